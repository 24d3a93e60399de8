"""Texts as their reader sees them."""

from datetime import UTC, datetime

import pytest

from kernel.money import Money
from texts.translator import TextMissing, Translator
from texts.values import Key, Localized, Markup, Value, from_json, to_json

WHEN = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)


def test_what_people_write_is_escaped_and_our_markup_is_not():
    translate = Translator()
    assert translate("faq-answer", answer="<b>&") == "💡 &lt;b&gt;&amp;"
    assert translate("faq-answer", answer=Markup("<b>bold</b>")) == "💡 <b>bold</b>"
    assert translate.plain("faq-answer", answer="<b>&") == "💡 <b>&"


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2026-11-27T09:00", "2026-11-27T14:00", "11月27日周五 17:00–22:00"),
        ("2026-11-27T12:00", "2026-11-27T16:00", "11月27日周五 20:00–24:00"),
        ("2026-11-27T16:00", "2026-11-28T16:00", "11月28日周六"),
        ("2026-11-27T16:00", "2026-11-29T16:00", "11月28日周六 – 11月29日周日"),
        ("2026-11-27T12:00", "2026-11-28T12:00", "11月27日周五 20:00 – 11月28日周六 20:00"),
    ],
)
def test_a_span_says_no_more_than_it_must(start: str, end: str, shown: str):
    ends = (datetime.fromisoformat(f"{one}+00:00") for one in (start, end))
    assert Translator("zh", "Asia/Shanghai").span(*ends) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "Tue, Nov 24, 19:30"), ("zh", "11月24日周二 19:30")]
)
def test_instants_are_in_the_readers_zone_and_language(language: str, shown: str):
    assert Translator(language, "Asia/Shanghai").instant(WHEN) == shown


def test_money_is_written_as_the_reader_does():
    assert Translator("en").money(Money(6000, "USD")) == "$60.00"
    assert Translator("zh").money(Money(20000, "CNY")) == "¥200.00"
    assert Translator("en").money(Money(50, "XTR")) == "50 ⭐"


def test_an_unknown_key_and_a_missing_variable_are_bugs():
    with pytest.raises(TextMissing):
        Translator()("no-such-text")
    with pytest.raises(ValueError, match="faq-answer"):
        Translator()("faq-answer")


def test_values_survive_json():
    values: dict[str, Value] = {
        "when": WHEN, "price": Money(1, "USD"), "title": Localized({"en": "a"}),
        "other": Key("yes"), "html": Markup("<i>"), "text": "x", "count": 3,
    }  # fmt: skip
    assert from_json(to_json(values)) == values


def test_a_text_in_another_language_is_better_than_none():
    assert Localized({"zh": "你好"}).in_language("en") == "你好"
    assert Localized({"zh": "你好", "en": "hi"}).in_language("de") == "hi"


def test_a_reader_of_an_unknown_language_reads_english():
    translate = Translator("xx")
    assert translate.money(Money(60_00, "USD")) == "$60.00"
    assert translate.language_name("zh") == "Chinese"


@pytest.mark.parametrize(("language", "said"), [("en", "Nothing is payable"), ("zh", "没有应付")])
def test_an_empty_list_of_payables_says_so(language: str, said: str):
    assert said in Translator(language)("admin-money-payable-list", count=0)
    assert said not in Translator(language)("admin-money-payable-list", count=2)
