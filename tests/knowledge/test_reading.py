"""Who asks for something to read, and who does not."""

import pytest

from knowledge.intents.nlu import shipped_examples
from knowledge.reading import shared_words, subject_of_reading


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("do you have an article about burnout", "burnout"),
        ("Any videos on exams?", "exams?"),
        ("is there something to read about choosing a job", "choosing a job"),
        ("有没有关于焦虑的文章", "焦虑"),
        ("有简历方面的课程吗", "简历"),
        ("想看基金的视频", "基金"),
        ("how do I pay for a course?", None),
        ("I read an article yesterday", None),
        ("我想找一门编程课程的老师", None),
    ],
)
def test_the_subject_of_what_somebody_wants_to_read(text: str, subject: str | None):
    assert subject_of_reading(text) == subject


def test_what_is_said_to_the_bot_otherwise_asks_for_nothing_to_read():
    assert [one.text for one in shipped_examples() if subject_of_reading(one.text)] == []


def test_words_are_shared_in_whatever_form():
    assert shared_words("writing essays", "How to write an essay") == 2
    assert shared_words("考试作文", "三步写好考试作文") == 3
    assert shared_words("the one", "the other") == 0
