"""Fits knowledge/data/fusion.yml: weights of the features, and the curve to a probability.

Data: StackFAQ and LCQMC (development halves) under `../shared/data/faq`, and the demo's FAQ, each
phrasing asked against the others. For "nothing fits" each question is asked once more with its
entries taken away. Prints YAML to standard output.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from hourwise.seed.content import demo_entries
from knowledge.evaluate import Query
from knowledge.model import Entry
from knowledge.search.embedding import embed_missing
from knowledge.search.fusion import load_fusion
from knowledge.search.likeness import FEATURES
from knowledge.search.shelf import Shelf
from vectors.embedders import Embedder, Embedders, load_embedders
from vectors.normal import normalize
from vectors.store import MemoryStore

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "faq"
GRID = {
    "whole": (0.0, 0.2, 0.4, 0.6, 0.9),
    "words": (0.0, 0.1, 0.2, 0.3, 0.5),
    "pairs": (0.0, 0.1, 0.2),
    "characters": (0.0, 0.1, 0.2, 0.3, 0.5),
}


@dataclass(frozen=True)
class Asked:
    """One question against one shelf: its candidates' features, and which are right."""

    owners: list[str]
    features: np.ndarray
    right: np.ndarray


def public(name: str) -> tuple[list[Entry], list[Query]]:
    """A public set's entries and questions."""
    corpus = [json.loads(line) for line in (DATA / f"{name}-corpus.jsonl").open()]
    queries = [json.loads(line) for line in (DATA / f"{name}-queries.jsonl").open()]
    return (
        [Entry(row["id"], row["question"], row.get("answer", ""), row["lang"]) for row in corpus],
        [Query(row["query"], frozenset(row["relevant"])) for row in queries],
    )


def demo(language: str, leaving: int) -> tuple[list[Entry], list[Query]]:
    """The demo's entries without one phrasing each, which is asked instead."""
    own = [entry for entry in demo_entries() if entry.language == language]
    asked = [entry for entry in own if len(entry.variants) > leaving]
    kept = [
        replace(entry, variants=entry.variants[:leaving] + entry.variants[leaving + 1 :])
        for entry in own
    ]
    return kept, [Query(entry.variants[leaving], frozenset({entry.id})) for entry in asked]


def across() -> tuple[list[Entry], list[Query]]:
    """Entries in one language asked in the other."""
    english, chinese = (
        [entry for entry in demo_entries() if entry.language == language]
        for language in ("en", "zh")
    )
    asked = [
        Query(text, frozenset({entry.id.replace(".zh", ".en")}))
        for entry in chinese
        for text in entry.phrasings[:2]
    ]
    return english, asked


def ask_all(
    entries: Sequence[Entry], queries: Sequence[Query], embedder: Embedder
) -> Iterator[Asked]:
    """Each question's candidates, as the product finds them."""
    embedders = Embedders(english=embedder, others=embedder)
    vectors = embed_missing(entries, embedders, {})[embedder.name]
    shelf = Shelf(entries, vectors=vectors, store=MemoryStore(), fusion=load_fusion("default"))
    for query in queries:
        text = normalize(query.text)
        found, _ = shelf.candidates(text, embedder.embed_queries([text])[0])
        owners = [owner for owner, _ in found]
        right = np.array([owner in query.relevant for owner in owners])
        yield Asked(owners, np.array([features for _, features in found]), right)


def fit_weights(sets: Sequence[Sequence[Asked]], *, words: bool = True) -> np.ndarray:
    """The weights of GRID (the cosine's is 1) with the best reciprocal rank, sets counting alike.

    `words` may be False where the languages differ and have no words in common.
    """
    grid = [GRID[name] if words or name == "whole" else (0.0,) for name in FEATURES[1:]]
    return max(
        (np.array([1.0, *values]) for values in product(*grid)),
        key=lambda weights: float(np.mean([reciprocal_rank(one, weights) for one in sets])),
    )


def reciprocal_rank(asked: Sequence[Asked], weights: np.ndarray) -> float:
    """Mean of recall@1 and the reciprocal rank of the first right candidate."""
    total = 0.0
    for one in asked:
        scores = one.features @ weights
        if one.right.any():
            above = {one.owners[row] for row in np.flatnonzero(scores > scores[one.right].max())}
            total += (1 / (1 + len(above)) + (not above)) / 2
    return total / len(asked)


def tops(asked: Sequence[Asked], weights: np.ndarray) -> Iterator[tuple[float, float, bool]]:
    """Score and lead of the first, and whether it is right; then the same without the right."""
    for one in asked:
        for keep in (np.ones(len(one.right), bool), ~one.right):
            best: dict[str, float] = {}
            for row in np.flatnonzero(keep):
                owner, score = one.owners[row], float(one.features[row] @ weights)
                best[owner] = max(best.get(owner, score), score)
            if not best:
                continue
            ordered = sorted(best, key=lambda owner: -best[owner])
            behind = best[ordered[1]] if len(ordered) > 1 else 0.0
            right_ones = {one.owners[row] for row in np.flatnonzero(one.right & keep)}
            yield best[ordered[0]], best[ordered[0]] - behind, ordered[0] in right_ones


def report(name: str, sets: Sequence[Sequence[Asked]], weights: np.ndarray) -> None:
    """Prints one entry of fusion.yml; each set counts the same for the curve."""
    rows = [list(tops(one, weights)) for one in sets]
    data = np.array([row[:2] for part in rows for row in part])
    right = np.array([row[2] for part in rows for row in part])
    weight = np.concatenate([np.full(len(part), 1 / len(part)) for part in rows])
    curve = LogisticRegression(C=100.0, max_iter=1000)
    curve.fit(data, right, sample_weight=weight * len(right) / weight.sum())
    slope, lead = curve.coef_[0]
    listed = ", ".join(f"{key}: {value:.3f}" for key, value in zip(FEATURES, weights, strict=True))
    recalls = [
        np.mean([one.right.any() and one.right[(one.features @ weights).argmax()] for one in part])
        for part in sets
    ]
    print(f"# recall@1 {[round(float(value), 4) for value in recalls]}")
    print(f'"{name}":')
    print(f"  weights: {{{listed}}}")
    print(
        f"  bias: {curve.intercept_[0]:.3f}\n  slope: {slope:.3f}\n  lead: {lead:.3f}", flush=True
    )


def main() -> None:
    """Fits each use of the two default embedders."""
    embedders = load_embedders("auto")
    english, others = embedders.english, embedders.others
    stack = list(ask_all(*public("stackfaq"), english))
    own = [one for n in range(3) for one in ask_all(*demo("en", n), english)]
    report(english.name, [stack, own], fit_weights([stack, own]))
    lcqmc = list(ask_all(*public("lcqmc"), others))
    own = [one for n in range(3) for one in ask_all(*demo("zh", n), others)]
    report(others.name, [lcqmc, own], fit_weights([lcqmc, own]))
    foreign = list(ask_all(*across(), others))
    report(f"{others.name}:across", [foreign], fit_weights([foreign], words=False))


if __name__ == "__main__":
    main()
