"""What is said after a session: how was it, a review, another one."""

from dataclasses import replace
from datetime import datetime, timedelta

from kernel.ids import ExpertId, PersonId
from storage.outbox import MARKETING_PRIORITY, NOTICE_PRIORITY, Notice, NoticeButton
from workflows.notices import Meeting

_NUDGE_AFTER = timedelta(days=2)
_SURVEY_WORTH = timedelta(days=14)


def ended(meeting: Meeting, *, now: datetime) -> list[Notice]:
    """The session is over: the client is asked how it was, the expert for a note."""
    survey = NoticeButton("button-survey", f"survey:{meeting.session.id}")
    stop = now + _SURVEY_WORTH
    notices = [
        meeting.notice(
            "notice-survey", meeting.client.id, at=now, buttons=[survey], expires_at=stop
        ),
        meeting.notice(
            "notice-survey-nudge", meeting.client.id, at=now + _NUDGE_AFTER, buttons=[survey],
            expires_at=stop,
        ),
    ]  # fmt: skip
    if meeting.expert.person_id:
        note = NoticeButton("button-note", f"note:{meeting.session.id}")
        notices.append(
            meeting.notice("notice-expert-note", meeting.expert.person_id, at=now, buttons=[note])
        )
    return notices


def review_wanted(meeting: Meeting, *, at: datetime) -> Notice:
    """Somebody satisfied said so without words: would they write some for others?"""
    notice = meeting.notice(
        "notice-review-wanted", meeting.client.id, at=at,
        buttons=[NoticeButton("button-write-review", f"review:{meeting.session.id}")],
        expires_at=at + _SURVEY_WORTH,
    )  # fmt: skip
    return replace(notice, priority=NOTICE_PRIORITY)


def rebook(meeting: Meeting, *, at: datetime) -> Notice:
    """Another session with the same expert? Marketing: never for who said stop."""
    notice = meeting.notice(
        "notice-rebook", meeting.client.id, at=at,
        buttons=[NoticeButton("button-nearest-times", f"times:{meeting.offer.id}")],
        expires_at=at + timedelta(days=7),
    )  # fmt: skip
    about = rebooking(meeting.client.id, meeting.expert.id)
    return replace(notice, about=about, priority=MARKETING_PRIORITY)


def rebooking(client: PersonId, expert: ExpertId) -> str:
    """What the suggestion to book this expert again is about."""
    return f"rebook:{client}:{expert}"
