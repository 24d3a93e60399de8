import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from knowledge.evaluate import (
    Operating,
    Query,
    accuracy_among,
    curve,
    evaluate_faq,
    evaluate_intents,
    recommended,
)
from knowledge.intents import Example
from knowledge.model import Entry
from vectors.embedders import Embedders

DATA = Path(__file__).parents[3] / "shared" / "data"


def rows(name: str) -> Iterator[dict[str, Any]]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def test_faq_figures_on_stackfaq(embedders: Embedders) -> None:
    corpus = [
        Entry(row["id"], row["question"], row.get("answer", ""), row["lang"])
        for row in rows("faq/stackfaq-corpus.jsonl")
    ]
    queries = [
        Query(row["query"], frozenset(row["relevant"]))
        for row in list(rows("faq/stackfaq-queries.jsonl"))[::4]
    ]
    figures = evaluate_faq(corpus, queries, embedders)
    assert figures["recall@1"] >= 0.95
    assert figures["hit@5"] >= 0.99
    assert figures["wrong"] <= 0.02


def test_faq_figures_on_chinese_questions(embedders: Embedders) -> None:
    queries = [
        Query(row["query"], frozenset(row["relevant"]))
        for row in list(rows("faq/lcqmc-queries.jsonl"))[:150]
    ]
    needed = {entry for query in queries for entry in query.relevant}
    corpus = [
        Entry(row["id"], row["question"], "", row["lang"])
        for place, row in enumerate(rows("faq/lcqmc-corpus.jsonl"))
        if row["id"] in needed or place % 6 == 0
    ]
    figures = evaluate_faq(corpus, queries, embedders)
    assert figures["recall@1"] >= 0.88


def test_a_question_without_an_entry_counts_as_rightly_unanswered(embedders: Embedders) -> None:
    corpus = [Entry("a", "How do I cancel?", "By a click.", "en")]
    queries = [
        Query("how can I cancel", frozenset({"a"})),
        Query("who won the game last night", frozenset()),
    ]
    figures = evaluate_faq(corpus, queries, embedders)
    assert figures["n"] == 2
    assert figures["recall@1"] == figures["hit@5"] == figures["mrr@10"] == 1
    assert figures["abstained_right"] == 1


def test_intent_figures_on_a_few_of_banking77(embedders: Embedders) -> None:
    kept = {"card_arrival", "lost_or_stolen_card", "exchange_rate", "top_up_failed", "age_limit"}
    examples, tests = (
        [
            Example(row["text"], row["intent"])
            for row in rows(f"intents/banking77-{name}.jsonl")
            if row["intent"] in kept
        ]
        for name in ("train_10", "valid")
    )
    figures = evaluate_intents(examples, tests, embedders)
    assert figures["accuracy"] == figures["in_scope_accuracy"] >= 0.95
    assert figures["n"] == len(tests)


def test_rejected_in_scope_texts_count_as_wrong(embedders: Embedders) -> None:
    examples = [
        Example(text, intent)
        for intent, texts in {
            "cancel": ["cancel it", "please cancel my booking", "I want to cancel"],
            "pay": ["how do I pay", "pay by card", "let me pay now"],
            "none": ["what's the weather", "who won the game", "order a pizza"],
        }.items()
        for text in texts
    ]
    figures = evaluate_intents(
        examples,
        [Example("cancel my booking", "cancel"), Example("will it rain", "none")],
        embedders,
        out_of_scope="none",
    )
    assert figures["in_scope_accuracy"] == 1
    assert figures["oos_recall"] == figures["oos_precision"] == 1


def test_intent_figures_are_those_of_the_contract(embedders: Embedders) -> None:
    examples = [Example("pay by card", "pay"), Example("cancel it", "cancel")]
    assert set(evaluate_intents(examples, examples, embedders)) == {
        "n", "accuracy", "in_scope_accuracy", "oos_recall", "oos_precision", "train_s", "p50_ms"
    }  # fmt: skip


def test_the_right_intent_may_be_among_the_first_few(embedders: Embedders) -> None:
    examples = [Example("pay by card", "pay"), Example("cancel it", "cancel")]
    tests = [Example("pay by card", "cancel")]
    assert accuracy_among(1, examples, tests, embedders) == 0
    assert accuracy_among(2, examples, tests, embedders) == 1


def test_the_curve_is_what_each_threshold_would_answer(embedders: Embedders) -> None:
    corpus = [
        Entry("a", "How do I cancel?", "So.", "en"),
        Entry("b", "What does it cost?", "Much.", "en"),
    ]
    queries = [
        Query("How do I cancel?", frozenset({"a"})),
        Query("What does it cost?", frozenset({"a"})),
    ]
    points = curve(corpus, queries, embedders)
    lowest = points[0]
    assert (lowest.answered, lowest.wrong) == (1.0, 0.5)
    assert all(one.answered >= two.answered for one, two in pairwise(points))


def test_the_recommended_threshold_is_the_lowest_that_is_good_from_there_on() -> None:
    points = [
        Operating(0.2, 1.0, 0.02), Operating(0.4, 0.9, 0.2), Operating(0.6, 0.7, 0.05),
        Operating(0.8, 0.3, 0.0),
    ]  # fmt: skip
    assert recommended(points, wrong=0.05) == points[2]
    assert recommended([Operating(0.9, 1, 0.5)], wrong=0.05) is None
