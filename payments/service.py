"""Everything that payments does for others. Functions take a session and never commit."""

from payments.credit import agree, credit_of, grant, take_credit
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

__all__ = [
    "Earnings", "account_of", "agree", "apply_code", "begin_package", "bought", "by_charge",
    "by_rail", "by_reference", "close_page", "credit_of", "cursor", "earned_so_far",
    "earning_of", "earnings_of", "end_package", "event_done", "events_due", "follow_dispute",
    "freeze", "give_up", "grant", "history", "introduce", "is_disputed", "issue_voucher",
    "kept_by_expert", "lock_series", "mark_paid", "next_payable", "note_reminded",
    "open_disputes", "open_payment", "open_since", "opened", "order_package", "order_voucher",
    "package", "packages_ending", "packages_in_series", "packages_left", "packages_of",
    "paid_for", "partner", "partner_of", "pay_out", "payable", "payment", "payment_for",
    "payment_of", "payout", "payout_sent", "payouts_due", "payouts_of", "plan_reversals",
    "precheck", "promo_codes", "redeem_voucher", "refund_by_reference", "refund_done",
    "refund_failed", "refunds_due", "refunds_of", "release", "release_payment", "reprice",
    "request_refund", "reversal_done", "reversal_refused", "reversals_due",
    "reward_introduction", "rewards_due", "save_code", "save_package", "save_partner",
    "series_booked", "set_account", "set_cursor", "set_ready", "store_event", "summary",
    "take_credit", "take_stray", "units_left", "unpaid_with_something", "use_package",
]  # fmt: skip
