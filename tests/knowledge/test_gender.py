"""Who asks for a woman or a man is told that nobody is chosen by that; nobody else is."""

import pytest

from knowledge.topics import TopicFinder, shipped_topics
from knowledge.wishes import WishReader
from tests.knowledge.conftest import WEDNESDAY as NOW
from vectors.language import language_of


@pytest.fixture(scope="module")
def reader() -> WishReader:
    return WishReader(TopicFinder(shipped_topics()))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("a female therapist please", True),
        ("I’d feel more comfortable with a woman", True),
        ("maths tutor, must be a man", True),
        ("do you have any women coaches?", True),
        ("a psychologist, preferably female", True),
        ("women only", True),
        ("I need a career coach under $50, a woman please", True),
        ("it was my boss, a man", False),
        ("想找女性咨询师聊聊焦虑", True),
        ("最好是女老师", True),
        ("有没有男的职业顾问", True),
        ("咨询师要女的", True),
        ("a coach for women's health", False),
        ("I'm a female founder and need a mentor", False),
        ("my male therapist left", False),
        ("I don't know how to talk to a man I like", False),
        ("as a woman in tech I need a coach", False),
        ("女性健康方面的专家", False),
        ("和女朋友分手了，想找咨询师", False),
        ("我是一名女老师，想转行", False),
        ("我的女老师骂我", False),
        ("我女儿需要补数学", False),
    ],
)
def test_asking_for_a_woman_or_a_man_is_told_apart(reader: WishReader, text: str, asked: bool):
    wish = reader.read(text, now=NOW, zone="Europe/Berlin", language=language_of(text))
    assert wish.by_gender is asked


def test_a_teacher_in_chinese_is_anybody(reader: WishReader):
    wish = reader.read("换个女老师", now=NOW, zone="Asia/Shanghai", language="zh")
    assert wish.topic is None
