"""What is said when somebody did not come."""

from datetime import datetime

from booking.model import Side
from kernel.money import Money
from storage.outbox import Notice, NoticeButton
from workflows.notices import Meeting


def absent(meeting: Meeting, *, side: Side, refund: Money, now: datetime) -> list[Notice]:
    """Both sides are told."""
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
    return notices
