from datetime import UTC, datetime

import numpy as np

from knowledge.unanswered import Unanswered, grouped
from knowledge.understanding import Understanding

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def asked(text: str, count: int, language: str = "en") -> Unanswered:
    return Unanswered(text, text, language, count, NOW)


def test_the_most_frequent_group_is_first_and_counts_all_its_wordings() -> None:
    questions = [asked("a", 5), asked("b", 4), asked("b too", 3)]
    vectors = np.array([[1, 0], [0, 1], [0.1, 0.995]], np.float32)
    groups = grouped(questions, vectors)
    assert [(one.count, [each.text for each in one.wordings]) for one in groups] == [
        (7, ["b", "b too"]),
        (5, ["a"]),
    ]


async def test_meaning_joins_wordings_and_languages(understanding: Understanding) -> None:
    groups = await understanding.group(
        [
            asked("Do you have a parking garage for visitors?", 3),
            asked("Can I bring my dog?", 2),
            asked("is there a car park for visitors", 1),
            asked("你们有访客停车场吗？", 1, "zh"),
        ]
    )
    assert [one.count for one in groups] == [5, 2]
    assert await understanding.group([]) == []
