"""Everything that payments does for others. Functions take a session and never commit."""

from payments.card_holds import hold_settled, to_capture
from payments.credit import agree, credit_of, give_up_credit, grant, take_credit
from payments.disputes import follow_dispute
from payments.earning import (
    Earnings,
    earned_so_far,
    kept_by_expert,
    release,
    release_payment,
    summary,
)
from payments.gifts import (
    apply_code,
    give_up,
    issue_voucher,
    order_voucher,
    redeem_voucher,
    reward_introduction,
)
from payments.packages import (
    begin_package,
    end_package,
    order_package,
    packages_left,
    units_left,
    use_package,
)
from payments.paying import (
    close_page,
    mark_paid,
    open_payment,
    opened,
    precheck,
    reprice,
    take_stray,
)
from payments.payouts import (
    pay_out,
    payout_sent,
    plan_reversals,
    reversal_done,
    reversal_refused,
)
from payments.refunds import by_rail, refund_done, refund_failed, request_refund
from payments.repository.codes import (
    introduce,
    partner,
    partner_of,
    promo_codes,
    rewards_due,
    save_code,
    save_partner,
)
from payments.repository.disputes import is_disputed, open_disputes
from payments.repository.earnings import (
    account_of,
    earning_of,
    earnings_of,
    freeze,
    next_payable,
    payable,
    payout,
    payouts_due,
    payouts_of,
    set_account,
    set_ready,
)
from payments.repository.events import cursor, event_done, events_due, set_cursor, store_event
from payments.repository.packages import (
    bought,
    bought_by,
    lock_series,
    note_reminded,
    package,
    packages_of,
    series_booked,
)
from payments.repository.packages import ending as packages_ending
from payments.repository.packages import save as save_package
from payments.repository.packages import series as packages_in_series
from payments.repository.payments import (
    by_charge,
    by_reference,
    history,
    holds_due,
    open_since,
    paid_for,
    payment,
    payment_for,
    payment_of,
    unpaid_with_something,
)
from payments.repository.refunds import by_reference as refund_by_reference
from payments.repository.refunds import refunds_due, refunds_of
from payments.repository.reversals import reversals_due
from payments.repository.subscriptions import (
    ask_stop,
    plan_of,
    save_plan,
    stop_sent,
    stops_due,
    subscription,
)
from payments.repository.subscriptions import ending as subscriptions_ending
from payments.repository.subscriptions import running as subscriptions_running
from payments.subscriptions import (
    answers_left,
    begin_subscription,
    end_subscription,
    give_back,
    is_due_again,
    note_told,
    order_subscription,
    refuse_second,
    renew,
    stop,
    subscription_of,
    untouched,
    usable_subscription,
    use_subscription,
)

__all__ = [
    "Earnings", "account_of", "agree", "answers_left", "apply_code", "ask_stop", "begin_package",
    "begin_subscription", "bought", "bought_by", "by_charge", "by_rail", "by_reference",
    "close_page", "credit_of", "cursor", "earned_so_far", "earning_of", "earnings_of",
    "end_package", "end_subscription", "event_done", "events_due", "follow_dispute", "freeze",
    "give_back", "give_up", "give_up_credit", "grant", "history", "hold_settled", "holds_due",
    "introduce", "is_disputed", "is_due_again", "issue_voucher", "kept_by_expert", "lock_series",
    "mark_paid", "next_payable", "note_reminded", "note_told", "open_disputes", "open_payment",
    "open_since", "opened", "order_package", "order_subscription", "order_voucher", "package",
    "packages_ending", "packages_in_series", "packages_left", "packages_of", "paid_for", "partner",
    "partner_of", "pay_out", "payable", "payment", "payment_for", "payment_of", "payout",
    "payout_sent", "payouts_due", "payouts_of", "plan_of", "plan_reversals", "precheck",
    "promo_codes", "redeem_voucher", "refund_by_reference", "refund_done", "refund_failed",
    "refunds_due", "refunds_of", "refuse_second", "release", "release_payment", "renew", "reprice",
    "request_refund", "reversal_done", "reversal_refused", "reversals_due", "reward_introduction",
    "rewards_due", "save_code", "save_package", "save_partner", "save_plan", "series_booked",
    "set_account", "set_cursor", "set_ready", "stop", "stop_sent", "stops_due", "store_event",
    "subscription", "subscription_of", "subscriptions_ending", "subscriptions_running", "summary",
    "take_credit", "take_stray", "to_capture", "units_left", "unpaid_with_something", "untouched",
    "usable_subscription", "use_package", "use_subscription",
]  # fmt: skip
