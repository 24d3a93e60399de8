"""Surveys that the operator writes: questions with a scale, with choices, or open ones."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from kernel.errors import DomainError
from kernel.typed import between_bars, in_both_languages
from people.model import BEST, WORST

MOST_QUESTIONS, MOST_CHOICES = 10, 8
_LONGEST_LINE = 500
_SHOWN_WORDS = 10


class WrongQuestion(DomainError):
    """A line that is no question: `line` is what was written."""

    key = "error-wrong-question"


class UnknownPoll(DomainError):
    """There is no such survey, or it has no such question or answer."""

    key = "error-unknown-poll"


class PollOver(DomainError):
    """It was stopped."""

    key = "error-poll-over"


class QuestionKind(StrEnum):
    """How a question is answered: by 1 to 10, by one of some choices, or in words."""

    SCALE = "scale"
    CHOICE = "choice"
    TEXT = "text"


_KINDS = {
    **{one.value: one for one in QuestionKind},
    "打分": QuestionKind.SCALE, "选择": QuestionKind.CHOICE, "文字": QuestionKind.TEXT,
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question, a text a language; `choices` likewise."""

    kind: QuestionKind
    text: Mapping[str, str]
    choices: Sequence[Mapping[str, str]] = ()

    def takes(self, *, number: int | None, words: str | None) -> bool:
        """Whether this is an answer to it; choices are numbered from 0."""
        match self.kind:
            case QuestionKind.SCALE:
                return number is not None and WORST <= number <= BEST
            case QuestionKind.CHOICE:
                return number is not None and 0 <= number < len(self.choices)
            case QuestionKind.TEXT:
                return bool(words)

    def to_json(self) -> dict[str, Any]:
        """The question as a JSON value; `from_json` is its inverse."""
        return {
            "kind": self.kind.value,
            "text": dict(self.text),
            "choices": [dict(one) for one in self.choices],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The question that `to_json` wrote."""
        return cls(QuestionKind(value["kind"]), value["text"], tuple(value["choices"]))


@dataclass(frozen=True)
class Poll:
    """A survey; `stopped_at` says since when nobody is asked any more."""

    id: str
    questions: Sequence[Question]
    created_at: datetime
    stopped_at: datetime | None = None


@dataclass(frozen=True)
class PollAnswer:
    """What somebody answered to one question of a round."""

    round: int
    question: int
    number: int | None = None
    words: str | None = None


@dataclass(frozen=True)
class Tally:
    """What was answered to one question. `counts` go by number (of the scale, or of a choice),
    `means` by round; `words` are the newest first."""

    question: Question
    answers: int
    counts: Mapping[int, int]
    means: Mapping[int, float]
    words: Sequence[str]

    @property
    def mean(self) -> float | None:
        """The mean of a scale, None before the first answer."""
        total = sum(number * count for number, count in self.counts.items())
        return total / self.answers if self.counts and self.answers else None


def tally(questions: Sequence[Question], answers: Sequence[PollAnswer]) -> list[Tally]:
    """The answers, newest first, as a table: a row a question."""
    return [
        _tally(question, [one for one in answers if one.question == place])
        for place, question in enumerate(questions)
    ]


def _tally(question: Question, answers: Sequence[PollAnswer]) -> Tally:
    numbers, rounds = Counter[int](), defaultdict[int, list[int]](list)
    for one in answers:
        if one.number is not None:
            numbers[one.number] += 1
            rounds[one.round].append(one.number)
    means = {number: sum(each) / len(each) for number, each in sorted(rounds.items())}
    words = [one.words for one in answers if one.words]
    return Tally(question, len(answers), numbers, means, words[:_SHOWN_WORDS])


def read_questions(text: str) -> tuple[Question, ...]:
    """Questions, one a line: `scale | How …? / ……？`, `choice | Which …? / ……？ | One / 一 |
    Two / 二`, `text | What …? / ……？`. What stands after ` / ` is the Chinese; 打分, 选择 and 文字 are
    the same three kinds.

    Raises WrongQuestion.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not 0 < len(lines) <= MOST_QUESTIONS:
        raise WrongQuestion(line=lines[MOST_QUESTIONS] if lines else "", most=MOST_QUESTIONS)
    return tuple(_read_question(line) for line in lines)


def _read_question(line: str) -> Question:
    word, *parts = between_bars(line)
    kind = _KINDS.get(word.lower())
    if kind is None or len(line) > _LONGEST_LINE or not parts or not all(parts):
        raise WrongQuestion(line=line, most=MOST_QUESTIONS)
    question = Question(
        kind, in_both_languages(parts[0]), tuple(in_both_languages(one) for one in parts[1:])
    )
    asks = question.kind is QuestionKind.CHOICE
    if not (2 <= len(question.choices) <= MOST_CHOICES if asks else not question.choices):
        raise WrongQuestion(line=line, most=MOST_QUESTIONS)
    return question
