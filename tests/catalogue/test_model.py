"""Items: texts are cut without losing anything, and content changes in a draft alone."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import ItemMoved, TextTooLong
from catalogue.model import (
    LONGEST_LESSON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_LESSONS,
    Item,
    ItemState,
    Kind,
    Lesson,
    Rights,
    Words,
    parts,
)
from kernel.ids import ExpertId
from kernel.money import Money

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def a_draft(**changes: object) -> Item:
    whole: dict[str, Any] = {
        "author": ExpertId("e"), "words": {"en": Words("Title", "Text")}, "price": Money(10, "XTR"), "rail": "stars",
        "rights": Rights.OWN,
    }  # fmt: skip
    return Item("i", Kind.ARTICLE, "skills", created_at=NOW, **(whole | changes))


@given(st.text(alphabet="ab 。\n😀", max_size=400), st.integers(min_value=2, max_value=60))
def test_a_text_in_pieces_fits_and_loses_only_space(text: str, longest: int):
    pieces = parts(text, longest=longest)
    assert all(len(one.encode("utf-16-le")) <= 2 * longest for one in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_text_is_cut_where_a_paragraph_ends():
    assert parts("one two\n\nthree four", longest=12) == ["one two", "three four"]


@pytest.mark.parametrize("state", [ItemState.REVIEW, ItemState.LISTED, ItemState.WITHDRAWN])
def test_only_a_draft_changes(state: ItemState):
    of = a_draft(state=state)
    with pytest.raises(ItemMoved):
        of.with_words("en", Words("Other", "words"))
    with pytest.raises(ItemMoved):
        of.priced(Money(0, "XTR"), "free")
    with pytest.raises(ItemMoved):
        of.declared(Rights.OWN)
    with pytest.raises(ItemMoved):
        of.submitted(now=NOW)


@pytest.mark.parametrize(
    "words",
    [
        Words(""), Words("t" * (LONGEST_TITLE + 1)), Words("t", "x" * (LONGEST_TEXT + 1)),
        Words("t", lessons=(Lesson("l", "x" * (LONGEST_LESSON + 1)),)),
        Words("t", lessons=(Lesson("l", "x"),) * (MOST_LESSONS + 1)),
    ],
)  # fmt: skip
def test_what_is_too_long_is_refused(words: Words):
    with pytest.raises(TextTooLong):
        a_draft().with_words("en", words)


def test_the_reader_gets_their_language_else_english_else_any():
    both = a_draft(words={"en": Words("E", "e"), "zh": Words("Z", "z")})
    assert both.in_language("zh")[1].title == "Z"
    assert both.in_language("de")[0] == "en"
    assert a_draft(words={"zh": Words("Z", "z")}).in_language("en")[0] == "zh"


def test_an_experts_item_goes_to_review_and_the_operators_is_listed():
    assert a_draft().submitted(now=NOW).state is ItemState.REVIEW
    assert a_draft(author=None).submitted(now=NOW).listed_at == NOW


def test_what_waits_is_taken_back_and_what_is_listed_is_withdrawn():
    assert a_draft(state=ItemState.REVIEW).withdrawn().state is ItemState.DRAFT
    assert a_draft(state=ItemState.LISTED).withdrawn().state is ItemState.WITHDRAWN
    for state in (ItemState.DRAFT, ItemState.WITHDRAWN):
        with pytest.raises(ItemMoved):
            a_draft(state=state).withdrawn()


@pytest.mark.parametrize("text", ["x", "short text", "word " * 1000])
def test_a_preview_never_gives_a_text_away(text: str):
    shown = a_draft(words={"en": Words("t", text)}).preview("en")
    assert len(shown) - 1 <= len(text) / 3
