"""What was not answered, grouped by meaning, so that one answer serves every wording."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vectors.embedders import Vectors

# multilingual cosine; the shipped variants of one entry have a median of 0.75
_ALIKE = 0.7


@dataclass(frozen=True)
class Unanswered:
    """A question that was not answered, how often, and when last."""

    id: str
    text: str
    language: str
    count: int
    last_at: datetime


@dataclass(frozen=True)
class UnansweredGroup:
    """Wordings of one question, the most frequent first."""

    wordings: tuple[Unanswered, ...]

    @property
    def count(self) -> int:
        """How often it was asked in any wording."""
        return sum(one.count for one in self.wordings)


def grouped(questions: Sequence[Unanswered], vectors: Vectors) -> list[UnansweredGroup]:
    """Each question joins the first group whose most frequent wording it is like.

    `questions` come with the most frequent first; `vectors` are theirs, of unit length. The
    groups asked most often come first.
    """
    heads: list[int] = []
    members: list[list[Unanswered]] = []
    for place, question in enumerate(questions):
        cosines = [float(vectors[place] @ vectors[head]) for head in heads]
        best = max(range(len(heads)), key=cosines.__getitem__, default=None)
        if best is not None and cosines[best] >= _ALIKE:
            members[best].append(question)
        else:
            heads.append(place)
            members.append([question])
    groups = [UnansweredGroup(tuple(each)) for each in members]
    return sorted(groups, key=lambda group: -group.count)
