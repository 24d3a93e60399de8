from collections.abc import Sequence

import pytest

from knowledge.model import AnswerKind, Entry
from knowledge.search.embedding import embed_missing
from knowledge.search.knowledge_base import KnowledgeBase
from vectors.embedders import Embedders
from vectors.store import MemoryStore, NoStore

CANCEL = Entry("cancel.en", "What is the cancellation policy?", "24 hours.", "en")
CANCEL_ZH = Entry("cancel.zh", "取消预约的规则是什么？", "24小时。", "zh")
VIDEO = Entry("video", "Which app do I need for the video call?", "None, a browser will do.", "en")
TAX = Entry("tax", "发票抬头怎么写？", "写公司名称。", "zh")


def base_of(entries: Sequence[Entry], embedders: Embedders) -> KnowledgeBase:
    return KnowledgeBase(
        entries, embedders=embedders, vectors=embed_missing(entries, embedders, {})
    )


@pytest.fixture(scope="module")
def base(embedders: Embedders) -> KnowledgeBase:
    return base_of([CANCEL, CANCEL_ZH, VIDEO, TAX], embedders)


def test_a_question_finds_its_entry_and_says_how_sure_it_is(base: KnowledgeBase) -> None:
    answer = base.ask("what's your cancellation policy")
    assert answer.kind is AnswerKind.ANSWER
    assert (answer.article, answer.by, answer.language) == ("cancel.en", "search", "en")
    assert answer.candidates[0].score == answer.score > 0.45


def test_the_answer_is_in_the_language_of_the_question(base: KnowledgeBase) -> None:
    assert base.ask("取消预约有什么规则").article == "cancel.zh"


def test_an_entry_in_the_other_language_is_found_and_says_so(base: KnowledgeBase) -> None:
    answer = base.ask("视频通话需要什么软件？")
    assert answer.candidates[0].article == "video"
    assert answer.language == "en"


@pytest.mark.parametrize(
    "text", ["WHATS YOUR CANCELATION POLICY!!! 😂", "取消預約的規則", "cancel 取消预约的规则是啥"]
)
def test_spelling_does_not_matter(base: KnowledgeBase, text: str) -> None:
    assert base.ask(text).candidates[0].article in ("cancel.en", "cancel.zh")


@pytest.mark.parametrize("text", ["", "   ", "👍", "?!", "how do I bake sourdough bread"])
def test_what_nothing_fits_gets_no_answer(base: KnowledgeBase, text: str) -> None:
    answer = base.ask(text)
    assert answer.kind is AnswerKind.NONE
    assert answer.answer is None


def test_a_question_of_10000_characters_is_answered_in_time(base: KnowledgeBase) -> None:
    assert base.ask("policy " * 1500).kind in AnswerKind


def test_an_empty_knowledge_base_answers_nothing(embedders: Embedders) -> None:
    assert base_of([], embedders).ask("anything").kind is AnswerKind.NONE


def test_without_the_vector_store_words_still_suggest(embedders: Embedders) -> None:
    entries = [CANCEL, VIDEO]
    base = KnowledgeBase(
        entries,
        embedders=embedders,
        vectors=embed_missing(entries, embedders, {}),
        store=lambda _: NoStore(),
    )
    answer = base.ask("what is the cancellation policy?")
    assert answer.kind is AnswerKind.SUGGEST
    assert answer.degraded
    assert answer.candidates[0].article == "cancel.en"


def test_a_store_that_fails_later_degrades_the_answer(embedders: Embedders) -> None:
    stores: list[MemoryStore] = []

    def make(_: str) -> MemoryStore:
        stores.append(MemoryStore())
        return stores[-1]

    vectors = embed_missing([CANCEL], embedders, {})
    base = KnowledgeBase([CANCEL], embedders=embedders, vectors=vectors, store=make)
    for store in stores:
        store.nearest = NoStore().nearest  # type: ignore[method-assign]
    assert base.ask("what is the cancellation policy?").degraded


def test_only_what_is_new_is_embedded(embedders: Embedders) -> None:
    known = embed_missing([CANCEL], embedders, {})
    again = embed_missing([CANCEL, VIDEO], embedders, known)
    assert embed_missing([CANCEL], embedders, known) == {name: {} for name in known}
    assert all(len(rows) == 2 for rows in again.values())  # the question, and with its answer


def test_the_demos_faq_answers_its_own_questions(demo_base: KnowledgeBase) -> None:
    asked = {
        "can I cancel later?": "cancel-policy.en",
        "are the calls recorded?": "recording.en",
        "提前一天取消能退多少钱？": "cancel-policy.zh",
        "我迟到了会怎么样？": "client-late.zh",
    }
    found = {text: demo_base.ask(text).candidates[0].article for text in asked}
    assert found == asked


def test_of_entries_with_the_same_words_the_one_as_short_as_the_question_comes_first(
    embedders: Embedders,
) -> None:
    short = Entry("short", "银行卡怎么注销？", "", "zh")
    long = Entry("long", "银行卡怎么注销银行卡怎么注销银行卡怎么注销？", "", "zh")
    found = base_of([long, short], embedders).search("银行卡如何注销？", language="zh")
    assert [hit.entry.id for hit in found] == ["short", "long"]
