"""What is said about items of the catalogue, and how their content is handed over."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from catalogue.model import Item, Kind, parts
from kernel.ids import PersonId
from people.model import Expert, Person
from storage.outbox import Media, Notice, NoticeButton
from texts.values import Localized, shortened
from workflows.news import news, to_expert

# Telegram's limit for one message
_LONGEST_MESSAGE = 4096
_LONGEST_CAPTION = 1024
# the rest of a message is for what is said around it
_LONGEST_QUOTE = 3500
# a chat takes about one message a second; this keeps their order as well
_APART = timedelta(seconds=1)


def _title(of: Item) -> Localized:
    return Localized(of.titles)


def handed_over(of: Item, reader: Person, *, once: str, now: datetime) -> list[Notice]:
    """The content itself, in the reader's language: a text in as many messages as it takes, a
    file with what it is about, a course by the button of its lessons. `once` tells one handing
    over from another."""
    if of.kind is not Kind.COURSE:
        return whole(of, reader, once=once, now=now)
    words = of.in_language(reader.language)[1]
    return [
        news("notice-item-course", reader.id, once, at=now, buttons=[_open_button(of)],
            about=of.id, title=words.title, count=len(words.lessons))
    ]  # fmt: skip


def whole(of: Item, reader: Person, *, once: str, now: datetime) -> list[Notice]:
    """All of the content at once, as an admin reads it before it is listed."""
    words = of.in_language(reader.language)[1]
    texts = [words.text, *(f"{one.title}\n\n{one.text}" for one in words.lessons)]
    pieces = [one for text in texts for one in parts(text, longest=_LONGEST_MESSAGE)]
    media = None
    if of.file is not None:
        media = Media(of.file.kind, of.file.id)
        caption, *rest = parts(words.text, longest=_LONGEST_CAPTION)
        pieces = [caption, *parts("\n".join(rest), longest=_LONGEST_MESSAGE)]
    told = [
        news("item-text", reader.id, f"{once}:{place}", at=now + place * _APART, about=of.id,
            text=one)
        for place, one in enumerate(pieces)
    ]  # fmt: skip
    return [replace(told[0], media=media), *told[1:]]


def _open_button(of: Item) -> NoticeButton:
    return NoticeButton("button-open-item", f"item:open:{of.id}")


def yours(of: Item, reader: Person, *, once: str, now: datetime) -> list[Notice]:
    """It is theirs now, with the content behind it."""
    head = news(
        "notice-item-yours", reader.id, once, at=now, buttons=[_open_button(of)], about=of.id,
        title=_title(of),
    )  # fmt: skip
    content = handed_over(of, reader, once=once, now=now + _APART)
    return [head, *content]


def sold(of: Item, expert: Expert, *, order: str, now: datetime) -> Iterable[Notice]:
    """Its expert is told of a sale."""
    if of.price is None:
        return []
    return to_expert(
        "notice-item-sold", expert, order, at=now, title=_title(of), price=of.price
    )  # fmt: skip


def not_sold(of: Item, person: PersonId, *, order: str, now: datetime) -> Notice:
    """It was paid too late: withdrawn, or theirs already. All the money goes back."""
    return news("notice-item-not-sold", person, order, at=now, title=_title(of))


def approved(of: Item, expert: Expert, *, now: datetime) -> Iterable[Notice]:
    """An admin has listed an expert's item."""
    return to_expert("notice-item-approved", expert, of.id, at=now, title=_title(of))


def given_back(of: Item, expert: Expert, *, once: str, now: datetime) -> Iterable[Notice]:
    """An admin wants something changed."""
    button = NoticeButton("button-change-item", f"item:write:{of.id}")
    return to_expert(
        "notice-item-given-back", expert, once, at=now, buttons=[button], title=_title(of),
        note=of.note,
    )  # fmt: skip


def withdrawn(
    of: Item, expert: Expert, reason: str, *, once: str, now: datetime
) -> Iterable[Notice]:
    """An admin took an expert's item off the shelf."""
    button = NoticeButton("button-change-item", f"item:write:{of.id}")
    return to_expert(
        "notice-item-withdrawn", expert, once, at=now, buttons=[button], title=_title(of),
        note=reason,
    )  # fmt: skip


def review_button(of: Item) -> NoticeButton:
    """Opens the item for an admin."""
    return NoticeButton("button-review-item", f"item:review:{of.id}")


def asked_to_agree(
    of: Item, expert: Expert, client: PersonId, *, language: str, once: str, now: datetime
) -> Notice:
    """Who asked a question reads what is to be made public, and decides."""
    words = of.in_language(language)[1]
    buttons = [
        NoticeButton("button-agree-public", f"item:agree:{of.id}:{of.mark}"),
        NoticeButton("button-refuse-public", f"item:refuse:{of.id}"),
    ]
    return news(
        "notice-item-consent", client, once, at=now, buttons=buttons, about=of.id,
        expert=expert.name, title=words.title, text=shortened(words.text, _LONGEST_QUOTE),
    )  # fmt: skip


def consent_told(of: Item, expert: Expert, *, agreed: bool, now: datetime) -> Iterable[Notice]:
    """The expert learns what who asked decided."""
    key = "notice-item-agreed" if agreed else "notice-item-refused"
    button = [NoticeButton("button-change-item", f"item:write:{of.id}")] if agreed else []
    return to_expert(key, expert, of.id, at=now, buttons=button, title=_title(of))
