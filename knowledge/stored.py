"""Feedback on stored questions: what it would change, measured before it is put in force."""

from collections.abc import Sequence

from knowledge.feedback import Judged, Phrasing, weights_of
from knowledge.model import AnswerKind
from knowledge.search.knowledge_base import KnowledgeBase
from knowledge.search.shelf import digest
from vectors.normal import normalize

_PARTS = 5

Figures = dict[str, float | int]
Located = Sequence[tuple[Judged, Phrasing | None]]


def located(base: KnowledgeBase, judged: Sequence[Judged]) -> Located:
    """Each judgement with the phrasing by which its question finds the entry."""
    base.weigh({})
    return [(one, base.phrasing(one.text, one.article)) for one in judged]


def compare(base: KnowledgeBase, judged: Sequence[Judged]) -> dict[str, Figures]:
    """The figures without feedback and with it.

    With it, each question is judged by the feedback on other questions alone: in five parts, equal
    questions in the same one.
    """
    found = located(base, judged)
    plain = _figures([_outcome(base, one) for one, _ in found])
    outcomes = []
    for part in range(_PARTS):
        base.weigh(weights_of([pair for pair in found if _part(pair[0]) != part]))
        outcomes += [_outcome(base, one) for one, _ in found if _part(one) == part]
    base.weigh({})
    return {"without": plain, "with": _figures(outcomes)}


def _part(one: Judged) -> int:
    return int(digest(normalize(one.text).casefold()), 16) % _PARTS


def _outcome(base: KnowledgeBase, one: Judged) -> tuple[bool, bool]:
    """Whether the answer had been right, and whether the same one would be given again."""
    answer = base.ask(one.text)
    return one.right, answer.kind is AnswerKind.ANSWER and answer.article == one.article


def _figures(outcomes: Sequence[tuple[bool, bool]]) -> Figures:
    right = [again for was_right, again in outcomes if was_right]
    wrong = [again for was_right, again in outcomes if not was_right]
    return {
        "n": len(outcomes),
        "right_again": round(sum(right) / len(right), 4) if right else 1.0,
        "wrong_again": round(sum(wrong) / len(wrong), 4) if wrong else 0.0,
    }
