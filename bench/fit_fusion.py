"""Fits knowledge/data/fusion.yml: weights of the features, and the curve to a probability.

Data: StackFAQ and LCQMC (development halves) under `../shared/data/faq`, and the demo's FAQ, each
phrasing asked against the others. For "nothing fits" each question is asked once more with its
entries taken away. Prints YAML to standard output.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench._faq_sets import public
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

GRID = {
    "whole": (0.0, 0.3, 0.6, 0.9, 1.2),
    "words": (0.0, 0.1, 0.2),
    "pairs": (0.0, 0.1, 0.2),
    "characters": (0.0, 0.1, 0.2, 0.3, 0.4),
    "length": (0.0, 0.1, 0.2, 0.3, 0.4),
}
PARTS = 5
NOT_FOUND = 1000


@dataclass(frozen=True)
class Asked:
    """One question against one shelf: its candidates' features, and which are right."""

    owners: list[str]
    features: np.ndarray
    right: np.ndarray


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


def grid(*, words: bool) -> list[np.ndarray]:
    """The weights to choose from (the cosine's is 1).

    `words` may be False where the languages differ and have no words in common.
    """
    values = [GRID[name] if words or name == "whole" else (0.0,) for name in FEATURES[1:]]
    return [np.array([1.0, *row]) for row in product(*values)]


def ranks(asked: Sequence[Asked], choices: Sequence[np.ndarray]) -> np.ndarray:
    """How many entries stand above the first right one: a row for each question, a column for
    each of the `choices` of weights."""
    rows = []
    for one in asked:
        if not one.right.any():
            rows.append(np.full(len(choices), NOT_FOUND))
            continue
        scores = one.features @ np.stack(choices, axis=1)
        _, owner = np.unique(one.owners, return_inverse=True)
        best = np.full((owner.max() + 1, len(choices)), -np.inf)
        np.maximum.at(best, owner, scores)
        rows.append((best > scores[one.right].max(axis=0)).sum(axis=0))
    return np.array(rows)


def chosen(found: np.ndarray) -> int:
    """The column with the best mean of recall@1 and reciprocal rank."""
    return int(((1 / (1 + found) + (found == 0)) / 2).sum(axis=0).argmax())


def unseen(found: np.ndarray) -> np.ndarray:
    """Which questions get the right entry first, each part of them under the weights that the
    others choose."""
    place = np.random.default_rng(1).permutation(len(found)) % PARTS
    first = np.zeros(len(found), bool)
    for part in range(PARTS):
        first[place == part] = found[place == part, chosen(found[place != part])] == 0
    return first


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


def report(name: str, sets: Sequence[Sequence[Asked]], *, words: bool = True) -> None:
    """Fits and prints one entry of fusion.yml. Every question counts the same for the weights,
    every set for the curve."""
    choices = grid(words=words)
    found = np.concatenate([ranks(part, choices) for part in sets])
    best = chosen(found)
    weights = choices[best]
    rows = [list(tops(one, weights)) for one in sets]
    data = np.array([row[:2] for part in rows for row in part])
    right = np.array([row[2] for part in rows for row in part])
    weight = np.concatenate([np.full(len(part), 1 / len(part)) for part in rows])
    curve = LogisticRegression(C=100.0, max_iter=1000)
    curve.fit(data, right, sample_weight=weight * len(right) / weight.sum())
    slope, lead = curve.coef_[0]
    listed = ", ".join(f"{key}: {value:.3f}" for key, value in zip(FEATURES, weights, strict=True))
    ends = np.cumsum([len(part) for part in sets])[:-1]
    for word, first in (("seen", found[:, best] == 0), ("unseen", unseen(found))):
        recalls = [round(float(part.mean()), 4) for part in np.split(first, ends)]
        print(f"# recall@1 of each set, {word}: {recalls}")
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
    report(english.name, [stack, own])
    lcqmc = list(ask_all(*public("lcqmc"), others))
    own = [one for n in range(3) for one in ask_all(*demo("zh", n), others)]
    report(others.name, [lcqmc, own])
    foreign = list(ask_all(*across(), others))
    report(f"{others.name}:across", [foreign], words=False)


if __name__ == "__main__":
    main()
