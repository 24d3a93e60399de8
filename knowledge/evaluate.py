"""The evaluation commands, run with the very code that answers people."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from knowledge.intents import Example, train
from knowledge.intents.features import Encoder
from knowledge.model import AnswerKind, Entry
from knowledge.search.embedding import embed_missing
from knowledge.search.knowledge_base import KnowledgeBase
from knowledge.search.shelf import Hit
from vectors.embedders import Embedders
from vectors.language import language_of
from vectors.normal import normalize


@dataclass(frozen=True)
class Query:
    """A question with the ids of the entries that answer it; none means that nothing fits."""

    text: str
    relevant: frozenset[str]


def evaluate_faq(
    corpus: Sequence[Entry], queries: Sequence[Query], embedders: Embedders
) -> dict[str, float | int]:
    """The figures of `faq eval`; recall, hit and MRR are over queries that have an answer."""
    base = _base(corpus, embedders)
    ranks: list[int | None] = []
    times: list[float] = []
    answered = wrong = abstained = nothing = 0
    for query in queries:
        started = time.perf_counter()
        answer = base.ask(query.text)
        times.append(time.perf_counter() - started)
        if answer.kind is AnswerKind.ANSWER:
            answered += 1
            wrong += answer.article not in query.relevant
        if not query.relevant:
            nothing += 1
            abstained += answer.kind is not AnswerKind.ANSWER
            continue
        ranks.append(_rank(base, query))
    found = [1 / (rank + 1) if rank is not None and rank < 10 else 0.0 for rank in ranks]
    return {
        "n": len(queries),
        "recall@1": _share(rank == 0 for rank in ranks),
        "hit@5": _share(rank is not None and rank < 5 for rank in ranks),
        "mrr@10": round(float(np.mean(found)), 4) if found else 0.0,
        "answered": round(answered / max(len(queries), 1), 4),
        "wrong": round(wrong / max(answered, 1), 4),
        "abstained_right": round(abstained / nothing, 4) if nothing else 1.0,
        **_times(times),
    }


@dataclass(frozen=True)
class Operating:
    """What a threshold means: the share of the questions answered, and of the answers the share
    that is wrong."""

    answer_from: float
    answered: float
    wrong: float


def curve(
    corpus: Sequence[Entry], queries: Sequence[Query], embedders: Embedders
) -> list[Operating]:
    """Answered against wrong for every threshold in steps of 0.05."""
    base = _base(corpus, embedders)
    best: list[tuple[float, bool]] = []
    for query in queries:
        hits = _hits(base, query)
        if hits:
            best.append((hits[0].probability, hits[0].entry.id in query.relevant))
    points = []
    for threshold in np.arange(0.05, 1.0, 0.05):
        answers = [right for probability, right in best if probability >= threshold]
        wrong = sum(not right for right in answers)
        points.append(
            Operating(
                round(float(threshold), 2), round(len(answers) / max(len(queries), 1), 4),
                round(wrong / max(len(answers), 1), 4),
            )
        )  # fmt: skip
    return points


def recommended(points: Sequence[Operating], *, wrong: float) -> Operating | None:
    """The lowest threshold of which, and above which, at most the share `wrong` of the answers is
    wrong; None when no threshold is that good."""
    found = None
    for point in reversed(points):
        if point.wrong > wrong:
            break
        found = point
    return found


def _base(corpus: Sequence[Entry], embedders: Embedders) -> KnowledgeBase:
    return KnowledgeBase(corpus, embedders=embedders, vectors=embed_missing(corpus, embedders, {}))


def _hits(base: KnowledgeBase, query: Query) -> list[Hit]:
    text = normalize(query.text)
    return base.search(text, language=language_of(text))


def _rank(base: KnowledgeBase, query: Query) -> int | None:
    hits = _hits(base, query)
    return next((n for n, hit in enumerate(hits) if hit.entry.id in query.relevant), None)


def evaluate_intents(
    examples: Sequence[Example],
    tests: Sequence[Example],
    embedders: Embedders,
    *,
    valid: Sequence[Example] = (),
    out_of_scope: str | None = None,
) -> dict[str, float | int]:
    """The figures of `intents eval`; a rejected in-scope text counts as wrong."""
    encoder = Encoder(embedders)
    started = time.perf_counter()
    classifier = train(examples, encoder, out_of_scope=out_of_scope, valid=valid).classifier
    train_s = time.perf_counter() - started
    times: list[float] = []
    named: list[str | None] = []
    for example in tests:
        started = time.perf_counter()
        intent = classifier.parse(example.text)
        times.append(time.perf_counter() - started)
        named.append(intent.name)
    expected = [None if one.intent == out_of_scope else one.intent for one in tests]
    pairs = list(zip(expected, named, strict=True))
    return {
        "n": len(tests),
        "accuracy": _share(want == got for want, got in pairs),
        "in_scope_accuracy": _share(want == got for want, got in pairs if want is not None),
        "oos_recall": _share(got is None for want, got in pairs if want is None),
        "oos_precision": _share(want is None for want, got in pairs if got is None),
        "train_s": round(train_s, 2),
        "p50_ms": _times(times)["p50_ms"],
    }


def accuracy_among(
    first: int, examples: Sequence[Example], tests: Sequence[Example], embedders: Embedders
) -> float:
    """The share of the tests whose intent is among the `first` likeliest; nothing is rejected."""
    classifier = train(examples, Encoder(embedders), out_of_scope=None).classifier
    found = classifier.parse_many([one.text for one in tests])
    return _share(
        one.intent in [name for name, _ in intent.ranking[:first]]
        for one, intent in zip(tests, found, strict=True)
    )


def cross_validated(
    examples: Sequence[Example], embedders: Embedders, *, out_of_scope: str, parts: int = 5
) -> dict[str, float]:
    """Accuracy in scope and recall out of scope, each example judged unseen."""
    totals: list[Mapping[str, Any]] = []
    for part in range(parts):
        rest = [one for n, one in enumerate(examples) if n % parts != part]
        held = [one for n, one in enumerate(examples) if n % parts == part]
        totals.append(evaluate_intents(rest, held, embedders, out_of_scope=out_of_scope))
    names = ("accuracy", "in_scope_accuracy", "oos_recall")
    return {name: round(float(np.mean([one[name] for one in totals])), 4) for name in names}


def _share(hits: Any) -> float:
    values = [bool(hit) for hit in hits]
    return round(sum(values) / len(values), 4) if values else 1.0


def _times(seconds: Sequence[float]) -> dict[str, float]:
    if not seconds:
        return {"p50_ms": 0.0, "p95_ms": 0.0}
    middle, late = np.percentile(np.array(seconds) * 1000, [50, 95])
    return {"p50_ms": round(float(middle), 2), "p95_ms": round(float(late), 2)}
