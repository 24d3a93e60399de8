"""A kernel classifier over embeddings and n-grams, which knows what it does not know.

The regression is solved in closed form within seconds, and each example's prediction without
that example comes with its solution.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.intents.features import Encoder, Ngrams, prepare
from knowledge.intents.regression import (
    Floats,
    Solution,
    best_ridge,
    best_temperature,
    kernel_of,
    one_hot,
    predict,
    softmax,
    solve,
)
from knowledge.model import Intent
from vectors.embedders import Vectors

OUT_OF_SCOPE = "out_of_scope"
_TEMPERATURE = 9.0
_NEAREST = 3
# higher, and ways to say what one wants are lost; lower, and nonsense in the middle of a dialog is
# taken for small talk
_REJECTED = 0.92
# below it a text is as much one thing as another
_LIKELY = 0.3
_RANKED = 10
_ROWS_AT_ONCE = 256
_LETTER = re.compile(r"\w")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Example:
    """A text with the intent that it shows."""

    text: str
    intent: str


@dataclass(frozen=True)
class Parameters:
    """Everything a trained classifier knows, as plain values and arrays.

    `weights` has a row for each example and a column for each label, `share` the labels' shares.
    """

    model: str
    labels: tuple[str, ...]
    weights: Floats
    share: Floats
    texts: tuple[str, ...]
    vectors: Vectors
    vocabulary: tuple[str, ...]
    rarity: Vectors
    inside: npt.NDArray[np.bool_]
    threshold: float = float("-inf")
    temperature: float = _TEMPERATURE
    out_of_scope: str = ""


@dataclass(frozen=True)
class Trained:
    """A classifier, with the shares of examples it got right without having seen them.

    `accuracy` counts rejected in-scope examples as wrong; `rejected` is the share of
    out-of-scope examples that it refused.
    """

    classifier: "IntentClassifier"
    accuracy: float = 1.0
    rejected: float = 1.0
    by_label: dict[str, float] = field(default_factory=dict)

    @property
    def scores(self) -> dict[str, float]:
        return {"accuracy": round(self.accuracy, 4), "rejected": round(self.rejected, 4)}


class IntentClassifier:
    """Names the intent of a text, or none when it is like nothing it was taught."""

    def __init__(self, parameters: Parameters, encoder: Encoder) -> None:
        if parameters.model != encoder.name:
            raise ValueError(f"trained for {parameters.model}, not for {encoder.name}")
        self.parameters = parameters
        self._encoder = encoder
        self._ngrams = Ngrams(parameters.vocabulary, parameters.rarity)
        rows = encoder.weight(self._ngrams(parameters.texts), parameters.texts)
        self._columns = rows.T.tocsr()
        self._by_example = parameters.vectors.T
        self._is_label = np.array([name != parameters.out_of_scope for name in parameters.labels])

    def parse(self, text: str) -> Intent:
        """The intent of one text, with the likeliest ones ranked; none without any letter."""
        return self.parse_many([text])[0] if _LETTER.search(text) else Intent(None, 0.0)

    def parse_many(self, texts: Sequence[str]) -> list[Intent]:
        """As `parse`, for many."""
        found: list[Intent] = []
        for first in range(0, len(texts), _ROWS_AT_ONCE):
            likeness = self.likeness([prepare(one) for one in texts[first : first + _ROWS_AT_ONCE]])
            values = self.values(likeness)
            rows = self.probabilities(values)
            kept = self.keeps(self.familiarity(likeness, values), rows)
            found.extend(map(self._intent, rows, kept.tolist()))
        return found

    def likeness(self, texts: Sequence[str]) -> Floats:
        """Similarity (about 0 to 1) of prepared texts to each example."""
        ngrams = self._encoder.weight(self._ngrams(texts), texts)
        found: Floats = self._encoder.embed(texts) @ self._by_example
        found += (ngrams @ self._columns).toarray()
        return found

    def mutual_likeness(self) -> Floats:
        """Similarity of each example to each other one, and of each to itself 0."""
        found = _likeness_of_all(self.parameters.vectors, self._columns.T.tocsr())
        np.fill_diagonal(found, 0)
        return found

    def values(self, likeness: Floats) -> Floats:
        """What the regression says to each label: about 1 for the right one."""
        return predict(likeness, self.parameters.weights, self.parameters.share)

    def probabilities(self, values: Floats) -> Floats:
        """The regression's values as probabilities of the labels."""
        return softmax(self.parameters.temperature * values)

    def familiarity(self, likeness: Floats, values: Floats) -> Floats:
        """How sure it is that a row belongs to any label: larger is surer.

        The regression's best value among the labels, less the one of being out of scope, and the
        mean likeness of the nearest examples.
        """
        parts = [
            self._nearest(likeness[first : first + _ROWS_AT_ONCE])
            for first in range(0, len(likeness), _ROWS_AT_ONCE)
        ]
        nearest = np.concatenate(parts)
        outside = values[:, ~self._is_label].sum(axis=1)
        found: Floats = values[:, self._is_label].max(axis=1) - outside + nearest
        return found

    def keeps(self, scores: Floats, rows: Floats) -> npt.NDArray[np.bool_]:
        """Which rows of probabilities are given an intent: those familiar enough of which one
        label stands out."""
        stands_out = rows.max(axis=1) >= _LIKELY if self.parameters.out_of_scope else True
        named = self._is_label[rows.argmax(axis=1)]
        kept: npt.NDArray[np.bool_] = named & stands_out & (scores >= self.parameters.threshold)
        return kept

    def _nearest(self, likeness: Floats) -> Floats:
        """The mean likeness of each row's nearest examples."""
        near = likeness[:, self.parameters.inside]
        count = min(_NEAREST, near.shape[1])
        near.partition(near.shape[1] - count, axis=1)
        found: Floats = near[:, -count:].mean(axis=1)
        return found

    def _intent(self, row: Floats, kept: bool) -> Intent:
        labels = self.parameters.labels
        order = np.argsort(-row, kind="stable")[:_RANKED]
        ranking = tuple((labels[n], round(float(row[n]), 4)) for n in order)
        return Intent(ranking[0][0] if kept else None, ranking[0][1], ranking)


def train(
    examples: Sequence[Example],
    encoder: Encoder,
    *,
    out_of_scope: str | None = OUT_OF_SCOPE,
    valid: Sequence[Example] = (),
) -> Trained:
    """A classifier for these examples.

    Examples labelled `out_of_scope` teach what to reject; with None nothing is rejected and
    nothing is held out. The threshold comes from `valid`, or from each example judged without
    itself when that is empty.
    """
    expected = np.array([example.intent for example in examples])
    taught = [*examples, *_names(examples, out_of_scope)]
    classifier, solution = _fitted(
        [prepare(example.text) for example in taught],
        np.array([example.intent for example in taught]),
        encoder,
        out_of_scope or "",
    )
    if out_of_scope is None:
        return Trained(classifier)
    if valid:
        likeness = classifier.likeness([prepare(example.text) for example in valid])
        values = classifier.values(likeness)
        expected = np.array([example.intent for example in valid])
    else:
        likeness = classifier.mutual_likeness()[: len(examples)]
        values = solution.left_out[: len(examples)]
    return _with_threshold(classifier, encoder, likeness, values, expected)


def _names(examples: Sequence[Example], out_of_scope: str | None) -> list[Example]:
    """The labels' own names in words: each says what its label is about, as one more example."""
    labels = sorted({one.intent for one in examples} - {out_of_scope})
    return [Example(_SIGNS.sub(" ", label), label) for label in labels if _LETTER.search(label)]


def _fitted(
    texts: Sequence[str],
    expected: npt.NDArray[np.str_],
    encoder: Encoder,
    out_of_scope: str,
) -> tuple[IntentClassifier, Solution]:
    ngrams = Ngrams()
    rows = encoder.weight(ngrams.fit(texts), texts)
    vectors = encoder.embed(texts)
    labels, places = np.unique(expected, return_inverse=True)
    target = one_hot(places, len(labels))
    likeness = _likeness_of_all(vectors, rows)
    kernel = kernel_of(likeness, out=likeness)
    solution = solve(kernel, target, best_ridge(kernel, target))
    parameters = Parameters(
        model=encoder.name,
        labels=tuple(str(label) for label in labels),
        weights=solution.weights,
        share=target.mean(axis=0),
        texts=tuple(texts),
        vectors=vectors,
        vocabulary=tuple(ngrams.vocabulary),
        rarity=ngrams.rarity,
        inside=expected != out_of_scope,
        out_of_scope=out_of_scope,
    )
    return IntentClassifier(parameters, encoder), solution


def _likeness_of_all(vectors: Vectors, ngrams: Any) -> Floats:
    """Similarity of each row of both to each other one."""
    found: Floats = vectors @ vectors.T
    columns = ngrams.T.tocsr()
    # a part at a time: the sparse product of all would take more memory than anything else
    for first in range(0, len(found), _ROWS_AT_ONCE):
        part = slice(first, first + _ROWS_AT_ONCE)
        found[part] += (ngrams[part] @ columns).toarray()
    return found


def _with_threshold(
    classifier: IntentClassifier,
    encoder: Encoder,
    likeness: Floats,
    values: Floats,
    expected: npt.NDArray[np.str_],
) -> Trained:
    """The classifier with its temperature and threshold fitted to examples it has not seen."""
    parameters = classifier.parameters
    labels = np.array(parameters.labels)
    temperature = _best_temperature(values, labels, expected)
    scores = classifier.familiarity(likeness, values)
    outside = expected == parameters.out_of_scope
    fitted = replace(parameters, temperature=temperature, threshold=_threshold(scores[outside]))
    classifier = IntentClassifier(fitted, encoder)
    kept = classifier.keeps(scores, classifier.probabilities(values))
    right = kept & (labels[values.argmax(axis=1)] == expected)
    return Trained(
        classifier,
        accuracy=_mean(right[~outside]),
        rejected=_mean(~kept[outside]),
        by_label={str(name): _mean(right[expected == name]) for name in np.unique(expected)},
    )


def _best_temperature(
    values: Floats, labels: npt.NDArray[np.str_], expected: npt.NDArray[np.str_]
) -> float:
    """The best temperature for the examples whose labels are known."""
    known = np.isin(expected, labels)
    places = np.searchsorted(labels, expected[known])
    if not len(places):
        return _TEMPERATURE
    return best_temperature(values[known], places)


def _threshold(outside: Floats) -> float:
    """Below it lies the share of out-of-scope texts that is to be rejected."""
    return float(np.quantile(outside, _REJECTED)) if len(outside) else float("-inf")


def _mean(hits: npt.NDArray[np.bool_]) -> float:
    return float(hits.mean()) if len(hits) else 1.0
