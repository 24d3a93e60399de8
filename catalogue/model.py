"""What is offered besides time, as values: articles, courses, answers made public, files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self, assert_never

from catalogue.errors import (
    ConsentMissing,
    ItemIncomplete,
    ItemMoved,
    SourceMissing,
    TextTooLong,
)
from kernel.ids import ExpertId, PersonId
from kernel.languages import DEFAULT_LANGUAGE
from kernel.money import Money

LONGEST_TITLE = 100
LONGEST_TEXT = 20_000
LONGEST_LESSON = 3000
MOST_LESSONS = 30
_PREVIEW = 280
_PART_SHOWN = 3


class Kind(StrEnum):
    """An article's text, a course of lessons in their order, an answered question made public,
    or a file that Telegram has."""

    ARTICLE = "article"
    COURSE = "course"
    ANSWER = "answer"
    FILE = "file"


class Rights(StrEnum):
    """What its author declares: their own work, licensed from a source, or nobody's any more."""

    OWN = "own"
    LICENSED = "licensed"
    PUBLIC_DOMAIN = "public_domain"


class ItemState(StrEnum):
    """Content changes in a draft alone; what was listed stays as it is."""

    DRAFT = "draft"
    REVIEW = "review"
    LISTED = "listed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Lesson:
    """One lesson of a course; it fits into one message."""

    title: str
    text: str


@dataclass(frozen=True)
class Words:
    """An item in one language: of an article or answer the text, of a file what it is about,
    of a course its lessons."""

    title: str
    text: str = ""
    lessons: tuple[Lesson, ...] = ()


@dataclass(frozen=True)
class File:
    """A file by Telegram's id of it; `kind` is `document`, `audio`, `video`, `voice` or `photo`."""

    kind: str
    id: str


@dataclass(frozen=True)
class Item:
    """Something to read, hear or see. `author` None is the operator; `words` is by language.

    `price` None is not decided yet, an amount of 0 is free. `note` is why an admin gave it back or took it off.
    An answer made public names its question, who asked it, and when they agreed. `version` counts
    its changes.
    """

    id: str
    kind: Kind
    topic: str
    author: ExpertId | None
    created_at: datetime
    state: ItemState = ItemState.DRAFT
    words: Mapping[str, Words] = field(default_factory=dict)
    price: Money | None = None
    rail: str = "free"
    rights: Rights | None = None
    source: str = ""
    file: File | None = None
    note: str = ""
    question: str | None = None
    asked_by: PersonId | None = None
    agreed_at: datetime | None = None
    listed_at: datetime | None = None
    version: int = 0

    def in_language(self, language: str) -> tuple[str, Words]:
        """The reader's language where it exists, else English, else any, with its words."""
        for code in (language, DEFAULT_LANGUAGE, *self.words):
            if code in self.words:
                return code, self.words[code]
        return language, Words("")

    def preview(self, language: str) -> str:
        """What everybody may read: what a file is about, the titles of lessons, of a text its
        beginning and never more than a third, which would be giving it away."""
        words = self.in_language(language)[1]
        if self.kind is Kind.COURSE:
            titles = (f"{place}. {one.title}" for place, one in enumerate(words.lessons, 1))
            return "\n".join(titles)
        whole = len(words.text)
        shown = min(_PREVIEW, whole if self.kind is Kind.FILE else whole // _PART_SHOWN)
        return words.text if shown >= whole else f"{words.text[:shown].rstrip()}…"

    @property
    def titles(self) -> dict[str, str]:
        """The title by language."""
        return {language: one.title for language, one in self.words.items()}

    @property
    def is_free(self) -> bool:
        return self.price is not None and not self.price

    @property
    def mark(self) -> str:
        """Names its words as they are now: who agrees to them agrees to no others."""
        return sha256(repr(sorted(self.words.items())).encode()).hexdigest()[:12]

    def with_words(self, language: str, words: Words) -> Self:
        """Other words in one language, to which nobody has agreed yet.

        Raises TextTooLong, and ItemMoved once it is no draft.
        """
        self._only(ItemState.DRAFT)
        _check_lengths(words)
        return replace(self, words={**self.words, language: words}, agreed_at=None)

    def priced(self, price: Money, rail: str) -> Self:
        """Another price. Raises ItemMoved once it is no draft."""
        self._only(ItemState.DRAFT)
        return replace(self, price=price, rail=rail)

    def declared(self, rights: Rights, source: str = "") -> Self:
        """The rights as their author declares them. Raises ItemMoved once it is no draft."""
        self._only(ItemState.DRAFT)
        return replace(self, rights=rights, source=source.strip())

    def submitted(self, *, now: datetime) -> Self:
        """An expert's item goes to an admin, the operator's own is listed at once.

        Raises ItemMoved, ItemIncomplete, SourceMissing, ConsentMissing.
        """
        self._only(ItemState.DRAFT)
        self._check_complete()
        if self.author is None:
            return replace(self, state=ItemState.LISTED, listed_at=now, note="")
        return replace(self, state=ItemState.REVIEW, note="")

    def approved(self, *, now: datetime) -> Self:
        """An admin has looked at it. Raises ItemMoved."""
        self._only(ItemState.REVIEW)
        return replace(self, state=ItemState.LISTED, listed_at=now)

    def given_back(self, note: str) -> Self:
        """An admin wants something changed. Raises ItemMoved."""
        self._only(ItemState.REVIEW)
        return replace(self, state=ItemState.DRAFT, note=note)

    def withdrawn(self) -> Self:
        """It is shown and sold no more; who has it keeps it. Raises ItemMoved."""
        match self.state:
            case ItemState.LISTED:
                return replace(self, state=ItemState.WITHDRAWN)
            case ItemState.REVIEW:
                return replace(self, state=ItemState.DRAFT)
            case ItemState.DRAFT | ItemState.WITHDRAWN:
                raise ItemMoved
            case _:
                assert_never(self.state)

    def missing(self) -> str | None:
        """The first thing that a draft lacks: `title`, `text`, `price`, `rights`, or nothing."""
        if not self.words:
            return "title"
        if not all(self._has_content(one) for one in self.words.values()):
            return "text"
        if self.price is None:
            return "price"
        return "rights" if self.rights is None else None

    def _has_content(self, words: Words) -> bool:
        match self.kind:
            case Kind.ARTICLE | Kind.ANSWER:
                return bool(words.text)
            case Kind.COURSE:
                return bool(words.lessons)
            case Kind.FILE:
                return bool(words.text) and self.file is not None
            case _:
                assert_never(self.kind)

    def _check_complete(self) -> None:
        if self.missing() is not None:
            raise ItemIncomplete
        if len({len(one.lessons) for one in self.words.values()}) > 1:
            raise ItemIncomplete
        if self.rights is Rights.LICENSED and not self.source:
            raise SourceMissing
        if self.kind is Kind.ANSWER and self.agreed_at is None:
            raise ConsentMissing

    def _only(self, state: ItemState) -> None:
        if self.state is not state:
            raise ItemMoved


@dataclass(frozen=True)
class Owned:
    """What somebody has; `lesson` is the one of a course at which they are, from 0."""

    item: Item
    person: PersonId
    since: datetime
    lesson: int = 0


@dataclass(frozen=True)
class Order:
    """What somebody wants to buy; its id is the payment's subject."""

    id: str
    item_id: str
    person: PersonId


def _check_lengths(words: Words) -> None:
    if not 0 < len(words.title) <= LONGEST_TITLE:
        raise TextTooLong(longest=LONGEST_TITLE)
    if len(words.text) > LONGEST_TEXT:
        raise TextTooLong(longest=LONGEST_TEXT)
    if len(words.lessons) > MOST_LESSONS:
        raise TextTooLong(longest=LONGEST_LESSON * MOST_LESSONS)
    for one in words.lessons:
        if len(one.text) > LONGEST_LESSON or not 0 < len(one.title) <= LONGEST_TITLE:
            raise TextTooLong(longest=LONGEST_LESSON)


def parts(text: str, *, longest: int) -> list[str]:
    """A text in pieces of at most `longest` UTF-16 units, which is how Telegram counts; cut where
    a paragraph, a line or a word ends."""
    found = []
    while _units(text) > longest:
        room = _characters(text, longest)
        ends = (text.rfind(mark, room // 2, room) for mark in ("\n\n", "\n", "。", " "))
        cut = next((place + 1 for place in ends if place > 0), room)
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*found, text] if text else found


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _characters(text: str, units: int) -> int:
    """How many of the first characters fit into so many UTF-16 units."""
    taken = 0
    for place, character in enumerate(text):
        taken += 1 + (character > "\uffff")
        if taken > units:
            return place
    return len(text)
