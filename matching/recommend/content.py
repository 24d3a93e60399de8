"""Experts as vectors of what is known of them without anybody's history.

Blocks, each of length 1 and then weighted: topics, fields, languages, price, and the bio by the
model that compares languages, on its 32 main axes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kernel.imports import one_at_a_time
from matching.model import ExpertFacts
from matching.recommend.history import Floats
from vectors.embedders import Embedder

_TOPIC, _FIELD, _LANGUAGE, _PRICE, _BIO = 1.0, 0.3, 1.0, 0.6, 0.3
_AXES = 32
_PRICE_STEPS = np.linspace(-1.5, 1.5, 4)


@dataclass(frozen=True)
class Content:
    """A row an expert; `columns` tells where a topic or field has its column."""

    rows: Floats
    columns: Mapping[str, int]
    fields: Mapping[str, str]

    def of_topic(self, topic: str) -> Floats:
        """What somebody looks for who asks for a topic or field."""
        wanted = np.zeros(self.rows.shape[1], dtype=np.float32)
        for key, weight in ((f"topic:{topic}", _TOPIC), (f"field:{topic}", _TOPIC),
                            (f"field:{self.fields.get(topic, '')}", _FIELD)):  # fmt: skip
            if key in self.columns:
                wanted[self.columns[key]] = weight
        return wanted


def describe(
    experts: Sequence[ExpertFacts], embedder: Embedder, fields: Mapping[str, str]
) -> Content:
    """The experts' vectors, in their order. Takes about 1.5 ms an expert, for the bio."""
    columns: dict[str, int] = {}
    marks = []
    for place, each in enumerate(experts):
        topics = [(f"topic:{one}", _TOPIC / len(each.topics) ** 0.5) for one in each.topics]
        within = {fields[one] for one in each.topics if one in fields}
        spoken = [(f"speaks:{one}", _LANGUAGE / len(each.languages) ** 0.5)
                  for one in each.languages]  # fmt: skip
        for key, weight in (*topics, *((f"field:{one}", _FIELD) for one in within), *spoken):
            marks.append((place, columns.setdefault(key, len(columns)), weight))
    named = np.zeros((len(experts), len(columns)), dtype=np.float32)
    for place, column, weight in marks:
        named[place, column] = weight
    rows = np.hstack([named, _PRICE * _prices(experts), _BIO * _bios(experts, embedder)])
    return Content(unit_rows(rows).astype(np.float32), columns, fields)


def _prices(experts: Sequence[ExpertFacts]) -> Floats:
    """Soft steps of the cheapest offer's logarithm, so that near prices are alike."""
    least = [min((one.price.minor for one in each.offers), default=0) for each in experts]
    log = np.log1p(np.array(least, dtype=np.float32))
    spread = log.std() or 1.0
    return np.asarray(
        unit_rows(np.exp(-((((log - log.mean()) / spread)[:, None] - _PRICE_STEPS) ** 2)))
    )


def _bios(experts: Sequence[ExpertFacts], embedder: Embedder) -> Floats:
    # whoever does not train need not wait for this library at the start
    with one_at_a_time:
        from sklearn.utils.extmath import randomized_svd

    texts = [" ".join(each.bio.values()) or each.name for each in experts]
    vectors = np.asarray(embedder.embed(texts), dtype=np.float32)
    axes = min(_AXES, *vectors.shape)
    left, sizes, _ = randomized_svd(vectors - vectors.mean(axis=0), axes, random_state=0)
    return unit_rows(left * sizes)


def unit_rows(rows: Floats) -> Floats:
    """Each row at length 1, or 0 as it was."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1))
