"""What is said to clients and experts about a session, as outbox notices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from booking import calendar
from booking.model import Delivery, Offer, Session, SessionState, Side
from kernel.ids import PersonId, SessionId
from kernel.money import Money
from people.model import Expert, Person
from scheduler.local_time import reminder_due
from storage.outbox import (
    Notice,
    NoticeButton,
)
from texts.translator import Translator
from texts.values import Key, Localized, Value, to_json
from workflows.back import Back

_COURTESY = timedelta(minutes=2)


@dataclass(frozen=True)
class Meeting:
    """A session with everything that its notices mention; `expert_person` is the expert as
    somebody who has started the bot, `need` as `need_values` makes it."""

    session: Session
    offer: Offer
    expert: Expert
    client: Person
    expert_person: Person | None = None
    need: Mapping[str, Value] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Value]:
        return {
            "title": Localized(self.offer.title),
            "expert": self.expert.name,
            "client": self.client.first_name,
            "when": self.session.starts_at,
            "minutes": self.session.minutes,
            "price": self.session.price,
            "paid": "yes" if self.session.price else "no",
            **self.need,
        }

    @property
    def place(self) -> str:
        """This session as it is now; when it is moved, everything is said anew."""
        return f"{self.session.id}:{self.session.sequence}"

    def notice(
        self,
        name: str,
        to: PersonId,
        *,
        at: datetime,
        buttons: Iterable[NoticeButton] = (),
        document: tuple[str, str] | None = None,
        expires_at: datetime | None = None,
        once: str = "",
        place: str | None = None,
        **more: Value,
    ) -> Notice:
        """A notice about this session; said once for each name, reader and version of it, or of
        the `place` that it is one of."""
        return Notice(
            unique_key=f"{place or self.place}:{name}{once}:{to}",
            recipient=to,
            due_at=at,
            key=name,
            values=to_json({**self.values, **more}),
            buttons=[[one] for one in buttons],
            document=document,
            about=self.session.id,
            expires_at=expires_at,
        )


def booked(meeting: Meeting, *, now: datetime) -> list[Notice]:
    """The session is confirmed: both are told, and all that comes later is planned."""
    return [*_confirmed(meeting, now=now), *timetable(meeting, now=now)]


def _confirmed(meeting: Meeting, *, now: datetime) -> list[Notice]:
    notices = [
        meeting.notice(
            "notice-confirmed", meeting.client.id, at=now, document=_invitation(meeting, now=now),
            buttons=[
                *_join(meeting, meeting.client.id),
                NoticeButton("button-my-session", _open(meeting)),
            ],
        )
    ]  # fmt: skip
    if meeting.expert.person_id:
        notices.append(
            meeting.notice(
                "notice-expert-booked", meeting.expert.person_id, at=now,
                buttons=_for_expert(meeting, meeting.expert.person_id),
            )
        )  # fmt: skip
    return notices


def _for_expert(meeting: Meeting, expert: PersonId) -> list[NoticeButton]:
    cancel = NoticeButton("button-expert-cancel", _refuse(meeting))
    return [*_join(meeting, expert), cancel]


def requested(meeting: Meeting, *, now: datetime) -> list[Notice]:
    """The client paid for a time that the expert must confirm."""
    notices = [meeting.notice("notice-requested", meeting.client.id, at=now)]
    if meeting.expert.person_id:
        notices.append(
            meeting.notice(
                "notice-expert-request", meeting.expert.person_id, at=now,
                buttons=_answers(meeting),
            )
        )  # fmt: skip
    return notices


def moved(meeting: Meeting, *, before: datetime, now: datetime) -> list[Notice]:
    """The session is at another time: both are told, and the plan is made anew; a time that the
    expert must confirm is only asked for."""
    if meeting.session.state is SessionState.REQUESTED:
        return _asked_to_move(meeting, before=before, now=now)
    notices = [
        meeting.notice(
            "notice-moved", meeting.client.id, at=now, before=before,
            document=_invitation(meeting, now=now),
        )
    ]  # fmt: skip
    if meeting.expert.person_id:
        notices.append(
            meeting.notice(
                "notice-expert-moved", meeting.expert.person_id, at=now, before=before,
                buttons=_for_expert(meeting, meeting.expert.person_id),
            )
        )  # fmt: skip
    return [*notices, *timetable(meeting, now=now)]


def _asked_to_move(meeting: Meeting, *, before: datetime, now: datetime) -> list[Notice]:
    notices = [meeting.notice("notice-move-requested", meeting.client.id, at=now, before=before)]
    if meeting.expert.person_id:
        notices.append(
            meeting.notice(
                "notice-expert-move-request", meeting.expert.person_id, at=now, before=before,
                buttons=_answers(meeting),
            )
        )  # fmt: skip
    return notices


def _answers(meeting: Meeting) -> list[NoticeButton]:
    return [
        NoticeButton("button-approve", f"session:approve:{meeting.session.id}"),
        NoticeButton("button-decline", f"session:decline:{meeting.session.id}"),
    ]


def timetable(meeting: Meeting, *, now: datetime) -> list[Notice]:
    """Reminders that are still ahead and the link at the start, for both sides."""
    readers = filter(None, (meeting.client, meeting.expert_person))
    return [notice for reader in readers for notice in timetable_of(meeting, reader, now=now)]


def timetable_of(meeting: Meeting, reader: Person, *, now: datetime) -> list[Notice]:
    """The same for one side; the expert of a group hears it once, whatever seats are taken."""
    session, role = meeting.session, _role(meeting, reader)
    start = meeting.notice(
        f"notice-start-{role if role == 'group' else session.delivery}", reader.id,
        at=session.starts_at, buttons=[*_join(meeting, reader.id), *_end(meeting, reader)],
        place=_place(meeting, reader), expires_at=session.ends_at,
    )  # fmt: skip
    return [*reminders(meeting, reader, now=now), start]


def reminders(meeting: Meeting, reader: Person, *, now: datetime) -> list[Notice]:
    """The reminders of one side that are still ahead, as the reader wants them, else as the offer
    has them."""
    session, side = meeting.session, _side(meeting, reader)
    zone = meeting.expert.time_zone if side == "expert" else reader.time_zone or "UTC"
    plan = meeting.offer.reminders if reader.reminders is None else reader.reminders
    dues = {
        minutes: reminder_due(
            session.starts_at, before=timedelta(minutes=minutes), zone=zone, quiet=reader.quiet
        )
        for minutes in plan
    }
    return [
        _reminder(meeting, reader, minutes=minutes, due=due)
        for minutes, due in dues.items()
        if due > now
    ]


def reminder_keys(meeting: Meeting, reader: Person) -> str:
    """How the keys of one side's reminders begin."""
    return f"{_place(meeting, reader)}:notice-reminder-{_role(meeting, reader)}-"


def group_keys(group: str) -> str:
    """How the keys begin of what the expert of a group is told once."""
    return f"{group}:"


def _role(meeting: Meeting, reader: Person) -> str:
    """Their side, or "group" for the expert of one."""
    side = _side(meeting, reader)
    return "group" if side == "expert" and meeting.session.group else side


def _place(meeting: Meeting, reader: Person) -> str:
    leads = _role(meeting, reader) == "group"
    return (leads and meeting.session.group) or meeting.place


def _side(meeting: Meeting, reader: Person) -> str:
    return "client" if reader.id == meeting.client.id else "expert"


def _reminder(meeting: Meeting, reader: Person, *, minutes: int, due: datetime) -> Notice:
    role, session_id = _role(meeting, reader), meeting.session.id
    coming = NoticeButton("button-coming", f"session:coming:{session_id}")
    buttons = {
        "client": [
            coming,
            NoticeButton("button-reschedule", f"session:move:{session_id}"),
            NoticeButton("button-cancel-session", f"session:cancel:{session_id}"),
        ],
        "expert": [coming, NoticeButton("button-expert-cancel", _refuse(meeting))],
        "group": [],
    }
    return meeting.notice(
        f"notice-reminder-{role}", reader.id, at=due, buttons=buttons[role], once=f"-{minutes}",
        place=_place(meeting, reader), expires_at=meeting.session.starts_at, minutes_left=minutes,
    )  # fmt: skip


def cancelled(
    meeting: Meeting, *, by: str, back: Back, now: datetime, kept: bool = False
) -> list[Notice]:
    """The session will not be: whoever did not cancel is told, the client with the refund, the
    expert whether a part of the price is `kept`."""
    again = NoticeButton("button-find-expert", "menu:experts")
    notices = []
    if by != "client":
        notices.append(
            meeting.notice(
                f"notice-cancelled-by-{by}", meeting.client.id, at=now, buttons=[again],
                refund=back.amount, way=back.way,
            )
        )  # fmt: skip
    if by != "expert" and meeting.expert.person_id:
        usual = "notice-expert-cancelled-late" if kept else "notice-expert-cancelled"
        name = "notice-expert-no-answer" if by == "time" else usual
        notices.append(meeting.notice(name, meeting.expert.person_id, at=now))
    return notices


def taken_back(meeting: Meeting, *, now: datetime) -> list[Notice]:
    """The session will not be, as the cardholder's bank took the money back: both are told."""
    human = NoticeButton("choice-human", "menu:human")
    again = NoticeButton("button-find-expert", "menu:experts")
    told = [meeting.notice("notice-taken-back", meeting.client.id, at=now, buttons=[again, human])]
    if meeting.expert.person_id:
        told.append(meeting.notice("notice-expert-taken-back", meeting.expert.person_id, at=now))
    return told


def hold_expired(meeting: Meeting, *, now: datetime) -> list[Notice]:
    """Nobody paid in time: the client is offered the nearest times."""
    again = NoticeButton("button-nearest-times", f"times:{meeting.offer.id}")
    return [
        meeting.notice(
            "notice-hold-expired", meeting.client.id, at=now, buttons=[again],
            expires_at=now + timedelta(days=1),
        )
    ]  # fmt: skip


def paid_too_late(meeting: Meeting, *, paid: Money, now: datetime) -> list[Notice]:
    """The money came when the time was gone: all that was `paid` goes back."""
    again = NoticeButton("button-nearest-times", f"times:{meeting.offer.id}")
    return [
        meeting.notice(
            "notice-paid-too-late", meeting.client.id, at=now, buttons=[again], price=paid
        )
    ]


def waiting(meeting: Meeting, *, side: Side, now: datetime) -> Notice | None:
    """One side has come: the other, `side`, is told a little after the start, if there is
    anybody to tell."""
    to = meeting.client.id if side == "client" else meeting.expert.person_id
    if to is None:
        return None
    notice = meeting.notice(
        f"notice-waiting-{side}", to, at=max(now, meeting.session.starts_at + _COURTESY),
        buttons=_join(meeting, to), expires_at=meeting.session.ends_at,
    )  # fmt: skip
    return replace(notice, unique_key=waiting_key(meeting, to))


def waiting_key(meeting: Meeting, to: PersonId) -> str:
    """Who is waited for is told once for each meeting, however many of a group wait."""
    return f"waiting:{meeting.session.group or meeting.place}:{to}"


def _join(meeting: Meeting, reader: PersonId) -> list[NoticeButton]:
    link = meeting.session.link
    if meeting.session.delivery is not Delivery.VIDEO or link is None:
        return []
    return [NoticeButton("button-join", url=link, page=join_page(meeting.session.id, reader))]


def _end(meeting: Meeting, reader: Person) -> list[NoticeButton]:
    """Who can end a session by the minute before its end: in the chat, which ends with it, both."""
    session = meeting.session
    may = session.delivery is Delivery.RELAY or _side(meeting, reader) == "expert"
    if not (session.by_minute and may):
        return []
    return [NoticeButton("button-end-session", f"session:end:{session.id}")]


def join_page(session_id: SessionId, reader: PersonId) -> str:
    """The page of our website that leads a reader to the session's link: who takes it has come."""
    return f"join/{session_id}/{reader}"


def _open(meeting: Meeting) -> str:
    return f"session:open:{meeting.session.id}"


def _refuse(meeting: Meeting) -> str:
    return f"session:refuse:{meeting.session.id}"


def _invitation(meeting: Meeting, *, now: datetime) -> tuple[str, str]:
    translate = Translator(meeting.client.language, meeting.client.time_zone or "UTC")
    session = meeting.session
    invitation = calendar.ics(
        session,
        title=translate.plain(
            "calendar-title", title=Localized(meeting.offer.title), expert=meeting.expert.name
        ),
        description=translate.plain("calendar-description", **_where(session)),
        url=session.link,
        now=now,
    )
    return "session.ics", invitation.decode()


def _where(session: Session) -> dict[str, Value]:
    if session.link:
        return {"where": session.link}
    return {"where": Key("calendar-in-chat")}
