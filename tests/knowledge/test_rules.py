from datetime import UTC, datetime, time

import pytest

from knowledge.errors import RuleInvalid
from knowledge.model import Rule
from knowledge.rules import RuleBook, compiled

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def match(text: str, *rules: Rule, language: str = "en", now: datetime = NOON) -> str | None:
    found = RuleBook(rules).match(text, language=language, now=now)
    return found.id if found else None


OFFICE = Rule("office", 1, keywords=("address", "地址"), answer="1 Main Street")


@pytest.mark.parametrize("text", ["Your ADDRESS, please", "你們的地址在哪裡", "address"])
def test_a_keyword_matches_whatever_its_spelling(text: str) -> None:
    assert match(text, OFFICE) == "office"


def test_a_keyword_is_a_whole_word() -> None:
    assert match("I feel addressed", OFFICE) is None


def test_the_first_in_order_wins_and_disabled_ones_do_not_count() -> None:
    late = Rule("late", 2, pattern=r"\bhours?\b", intent="free_times")
    early = Rule("early", 1, pattern="hours", answer="9 to 5")
    off = Rule("off", 0, pattern="hours", answer="never", enabled=False)
    assert match("opening hours", late, early, off) == "early"


def test_a_rule_for_one_language_leaves_the_other_alone() -> None:
    rule = Rule("zh", 1, keywords=("vip",), answer="贵宾", language="zh")
    assert match("vip", rule, language="en") is None
    assert match("vip", rule, language="zh") == "zh"


@pytest.mark.parametrize(("hour", "matches"), [(21, True), (23, True), (3, True), (12, False)])
def test_opening_hours_may_run_over_midnight(hour: int, matches: bool) -> None:
    night = Rule("night", 1, keywords=("call",), answer="…", opens=time(21), closes=time(6))
    assert (match("call", night, now=NOON.replace(hour=hour)) == "night") is matches


def test_a_pattern_that_takes_too_long_is_skipped() -> None:
    slow = Rule("slow", 1, pattern=r"(?:(a|aa|aaa|b?)+)+\d{3}$", answer="never")
    assert match("a" * 900 + "!", slow, OFFICE) is None


@pytest.mark.parametrize(
    "rule",
    [
        Rule("r", 1, pattern="(", answer="x"),
        Rule("r", 1, answer="x"),
        Rule("r", 1, keywords=("x",)),
    ],
)
def test_an_unusable_rule_is_refused(rule: Rule) -> None:
    with pytest.raises(RuleInvalid):
        compiled(rule)
