"""The values of understanding: what was written, what it means, what to answer."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from kernel.money import Money
from knowledge.errors import EntryInvalid

MAX_QUESTION = 500
MAX_ANSWER = 3500
_ANSWER_CHARACTERS = 300


class AnswerKind(StrEnum):
    """How sure the knowledge base is: an answer, a near miss, or nothing."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of the knowledge base with its answer and other ways to ask it."""

    id: str
    question: str
    answer: str
    language: str
    topic: str | None = None
    variants: tuple[str, ...] = ()

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Everything the entry is found by, the question first."""
        return (self.question, *self.variants)

    @property
    def whole(self) -> str:
        """The question with the beginning of its answer: what the entry is about."""
        return f"{self.question} {self.answer[:_ANSWER_CHARACTERS]}".strip()


def checked_entry(entry: Entry) -> Entry:
    """The entry with its texts stripped. Raises: EntryInvalid."""
    cleaned = Entry(
        id=entry.id.strip(),
        question=entry.question.strip(),
        answer=entry.answer.strip(),
        language=entry.language,
        topic=entry.topic,
        variants=tuple(text.strip() for text in entry.variants if text.strip()),
    )
    if not 0 < len(cleaned.question) <= MAX_QUESTION or not 0 < len(cleaned.answer) <= MAX_ANSWER:
        raise EntryInvalid(question=MAX_QUESTION, answer=MAX_ANSWER)
    return cleaned


@dataclass(frozen=True)
class Candidate:
    """An entry that may fit; `score` is the probability (0 to 1) that it does."""

    article: str
    question: str
    score: float


@dataclass(frozen=True)
class Answer:
    """What the knowledge base says to a text.

    `by` is "rule" or "search", None when nothing fits; `language` is that of the answer.
    `candidates` come best first. `degraded` means that only words were searched.
    """

    kind: AnswerKind
    by: str | None = None
    language: str | None = None
    answer: str | None = None
    article: str | None = None
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    degraded: bool = False


@dataclass(frozen=True)
class Rule:
    """An operator's pattern that answers or routes before any search.

    A rule has keywords (any of them is enough) or a regular expression. It gives an `answer`,
    an `intent`, or both, in its `language` (None: any), between `opens` and `closes` (UTC).
    Lower `position` first.
    """

    id: str
    position: int
    keywords: tuple[str, ...] = ()
    pattern: str | None = None
    answer: str | None = None
    intent: str | None = None
    topic: str | None = None
    language: str | None = None
    opens: time | None = None
    closes: time | None = None
    enabled: bool = True


@dataclass(frozen=True)
class Entity:
    """A piece of the text with a meaning; `start` and `end` count characters, end excluded."""

    entity: str
    value: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Intent:
    """What the person wants the bot to do. `name` is None when nothing known fits.

    `ranking` holds (name, probability), likeliest first, whether or not one was accepted.
    """

    name: str | None
    confidence: float
    ranking: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Wish:
    """What a search for an expert is narrowed by. None means: not said.

    A session should start in [after, before), aware UTC. `hours` are local times of day, where
    they were said for no day or for several. `minutes` is the length of the session.
    `cheapest`: low prices first. `by_gender`: a woman or a man was asked for, which narrows nothing.
    """

    topic: str | None = None
    after: datetime | None = None
    before: datetime | None = None
    hours: tuple[time, time] | None = None
    minutes: int | None = None
    budget: Money | None = None
    language: str | None = None
    urgent: bool = False
    cheapest: bool = False
    by_gender: bool = False

    def __bool__(self) -> bool:
        return self != Wish()


class NeedKind(StrEnum):
    """What kind of help is asked for."""

    INFORMATIONAL = "informational"
    PERSONAL = "personal"
    EMOTIONAL = "emotional"


class Priority(StrEnum):
    """How soon a need should be met."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


@dataclass(frozen=True)
class Need:
    """A person's need in the operator's terms."""

    topic: str | None
    kind: NeedKind
    priority: Priority


class DangerKind(StrEnum):
    """What a person may be in danger of."""

    SELF_HARM = "self-harm"
    VIOLENCE = "violence"
    MEDICAL = "medical"


@dataclass(frozen=True)
class Danger:
    """A sign of danger, with the words that gave it."""

    kind: DangerKind
    words: str


@dataclass(frozen=True)
class Topic:
    """A field of advice (parent None) or a topic within one; texts by language code."""

    id: str
    parent: str | None
    names: dict[str, str]
    keywords: dict[str, tuple[str, ...]] = field(default_factory=dict)
    disclaimer: dict[str, str] = field(default_factory=dict)


class Route(StrEnum):
    """Which part of an understood text should lead."""

    DANGER = "danger"
    RULE = "rule"
    INTENT = "intent"
    WISH = "wish"
    ANSWER = "answer"
    SUGGEST = "suggest"
    NONE = "none"


@dataclass(frozen=True)
class Understood:
    """One message, understood. `route` says which field to act on first.

    RULE means the answer or intent comes from an operator's rule; WISH is a wish for an expert.
    """

    route: Route
    intent: Intent
    answer: Answer
    wish: Wish
    need: Need
    danger: Danger | None = None
    rule: Rule | None = None
    language: str = "en"
