"""What is said when somebody did not come."""

from collections.abc import Iterable
from datetime import datetime

from booking.model import Side
from kernel.ids import PersonId
from kernel.money import Money
from storage.outbox import Notice, NoticeButton
from workflows.notices import Meeting, to_admins


def absent(
    meeting: Meeting, *, side: Side, refund: Money, admins: Iterable[PersonId], now: datetime
) -> list[Notice]:
    """Both sides are told, and the admins when it was the expert."""
    human = NoticeButton("choice-human", "menu:human")
    again = NoticeButton("button-find-expert", "menu:experts")
    notices = [
        meeting.notice(
            f"notice-{side}-absent", meeting.client.id, at=now, refund=refund,
            buttons=[human] if side == "client" else [again, human],
        )
    ]  # fmt: skip
    if meeting.expert.person_id:
        notices.append(
            meeting.notice(
                f"notice-{side}-absent-expert", meeting.expert.person_id, at=now, buttons=[human]
            )
        )
    if side == "expert":
        notices += to_admins(
            admins, "notice-expert-absent-admin", once=meeting.session.id, now=now,
            expert=meeting.expert.name, client=meeting.client.first_name,
            when=meeting.session.starts_at,
        )  # fmt: skip
    return notices
