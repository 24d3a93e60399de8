"""Longer texts about money, put together from the catalogues."""

from payments.model import Earning, RefundTo
from texts.translator import Translator
from texts.values import Localized
from workflows.money_queries import ExpertMoney, Paid, Why
from workflows.notices import Meeting


def what_for(translate: Translator, paid: Paid) -> str:
    """What was paid for, in a few words."""
    return subject(translate, paid.payment.purpose, paid.meeting)


def subject(translate: Translator, purpose: str, meeting: Meeting | None) -> str:
    """A session by its title, anything else by its kind."""
    if meeting is None or purpose != "session":
        return translate.plain(f"paid-for-{purpose}")
    return Localized(meeting.offer.title).in_language(translate.language)


def paid_line(translate: Translator, paid: Paid) -> str:
    """A payment in one line of a button."""
    when = translate.instant(paid.payment.paid_at or paid.payment.created_at, "yMMMd")
    back = " ↩" if paid.refunds else ""
    return f"{when} · {what_for(translate, paid)} · {translate.money(paid.payment.total)}{back}"


def paid_text(translate: Translator, paid: Paid) -> str:
    """A payment with all its amounts."""
    of = paid.payment
    lines = [
        translate(
            "payment-head", what=what_for(translate, paid), when=of.paid_at or of.created_at,
            expert=paid.meeting.expert.name if paid.meeting else "—",
        ),
        translate("payment-price", amount=of.price),
    ]  # fmt: skip
    if of.discount:
        lines.append(translate("payment-discount", amount=of.discount, code=of.code or ""))
    if of.credit:
        lines.append(translate("payment-credit", amount=of.credit))
    if of.amount:
        rail = translate.plain(f"rail-{of.rail}")
        lines.append(translate("payment-amount", amount=of.amount, rail=rail))
    if of.hold_until:
        lines.append(translate("payment-on-hold"))
    for one in paid.refunds:
        key = "payment-refund-sent" if one.sent_at else "payment-refund-asked"
        if one.to is not RefundTo.RAIL:
            key = f"payment-refund-{one.to}"
        lines.append(translate(key, amount=one.amount, when=one.sent_at or one.requested_at))
    if paid.disputed:
        lines.append(translate("payment-disputed"))
    lines.append(translate("payment-id", id=of.id))
    return "\n".join(lines)


def why_text(translate: Translator, why: Why) -> str:
    """Why as much came back as did, with the sum written out."""
    of = why.paid.payment
    if not why.paid.refunds:
        return translate("why-nothing-back", total=of.total)
    head = translate("why-head", total=of.total, back=of.refunded)
    match why:
        case Why(cancelled_by="client", notice_hours=hours, percent=percent):
            reason = translate(
                "why-client", hours=_hours(hours), percent=percent or 0, total=of.total,
                back=of.total.percent(percent or 0), policy=_policy(translate, why.paid.meeting),
            )  # fmt: skip
        case Why(taken=int() as taken, paid=Paid(meeting=Meeting(session=session))):
            reason = translate(
                "why-by-minute", taken=taken, booked=session.minutes, total=of.total,
                came_to=of.total - session.not_taken(of.total), back=session.not_taken(of.total),
            )  # fmt: skip
        case Why(cancelled_by="expert"):
            reason = translate("why-expert")
        case _:
            reason = "\n".join(translate("why-reason", reason=_reason(translate, one.reason))
                               for one in why.paid.refunds)  # fmt: skip
    parts = [translate("why-part", amount=one.amount,
                       way=translate.plain(f"refund-way-{one.to}"))
             for one in why.paid.refunds]  # fmt: skip
    return "\n".join([head, "", reason, "", *parts])


# what the product itself gives as a reason; anything else was written by an admin
_OWN_REASONS = {
    "time gone before the money": "reason-too-late", "declined": "reason-declined",
    "the expert did not answer": "reason-no-answer", "not owed": "reason-not-owed",
    "cancelled by client": "reason-client", "cancelled by expert": "reason-expert",
    "cancelled by admin": "reason-admin", "money taken back": "reason-taken-back", "not answered in time": "reason-not-answered",
    "given back at the end": "reason-given-back",
    "the expert does not go on": "reason-let-go",
    "the package ran out": "reason-package-over",
    "settled to the minutes taken": "reason-by-minute",
    "item not delivered": "reason-item-not-delivered",
    "subscription given back": "reason-subscription-back",
}  # fmt: skip


def _reason(translate: Translator, reason: str) -> str:
    key = _OWN_REASONS.get(reason)
    return translate.plain(key) if key else reason


def _hours(hours: float | None) -> str:
    return f"{max(0.0, hours or 0.0):.1f}".removesuffix(".0")


def _policy(translate: Translator, meeting: Meeting | None) -> str:
    if meeting is None:
        return ""
    return "\n".join(
        translate("policy-tier", hours=hours, percent=percent)
        for hours, percent in meeting.session.policy.tiers
        if percent
    )


def earnings_text(translate: Translator, money: ExpertMoney) -> str:
    """What an expert has coming, is owed and was paid, a block a currency."""
    blocks = [
        translate(
            "earnings-sums", pending=one.pending, payable=one.payable, frozen=one.frozen,
            paid=one.paid,
        )
        + ("\n" + translate("earnings-owed", amount=one.owed) if one.owed else "")
        for one in money.sums
    ]  # fmt: skip
    account = money.account
    state = "none" if account is None else "ready" if account.ready else "unfinished"
    return "\n\n".join(
        [
            translate("earnings-head", name=money.expert.name),
            *(blocks or [translate("earnings-empty")]),
            translate(f"earnings-account-{state}"),
        ]
    )


def earning_line(translate: Translator, earned: Earning, money: ExpertMoney) -> str:
    """An earning in one line of a button."""
    when = translate.instant(earned.released_at, "MMMd")
    state = translate.plain(f"earning-{earned.state(money.now)}")
    return f"{when} · {translate.money(earned.split.expert)} · {state}"


def earning_text(
    translate: Translator, earned: Earning, meeting: Meeting | None, money: ExpertMoney
) -> str:
    """A session's split: who got what of what the client paid."""
    split = earned.split
    lines = [
        translate(
            "earning-head", what=subject(translate, earned.purpose, meeting),
            client=meeting.client.first_name if meeting else "—", when=earned.released_at,
        ),
        translate("earning-whole", amount=split.whole),
        translate("earning-tax", amount=split.tax) if split.tax else "",
        translate("earning-commission", amount=split.commission + split.partner),
        translate("earning-yours", amount=split.expert),
        translate("earning-returned", amount=earned.returned) if earned.returned else "",
        _state_line(translate, earned, money),
    ]  # fmt: skip
    return "\n".join(line for line in lines if line)


def _state_line(translate: Translator, earned: Earning, money: ExpertMoney) -> str:
    state = earned.state(money.now)
    if state == "pending":
        return translate("earning-payable-from", when=earned.payable_at)
    return translate("earning-state", state=translate.plain(f"earning-{state}"))
