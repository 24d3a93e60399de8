"""What is like a sign of danger in meaning, where no pattern of the rules fits.

The intents' regression, on the embeddings of the phrasings in `knowledge/data/danger_phrases.yml`,
with figures of speech and some of the bot's own examples as what is harmless. It is solved in
closed form within a second; each example's value without that example comes with the solution.
"""

import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from knowledge.data_files import read_text, read_yaml
from knowledge.intents.features import Encoder, prepare
from knowledge.intents.regression import Floats, best_ridge, kernel_of, one_hot, predict, solve
from knowledge.model import Danger, DangerKind
from vectors.embedders import Vectors

_KINDS = list(DangerKind)
_HARMLESS = 0
# with all of the bot's own examples no more signs are seen, and each message takes longer
_LEARNT_OF_OWN = 3
_FALSE_ALARMS = 1 / 100
# fewer alarms cost signs: docs/knowledge.md has the figures
_TROUBLE_ALARMS = 1 / 6
_VERSION = 6
_ROWS_AT_ONCE = 256
_LETTER = re.compile(r"\w")


@dataclass(frozen=True)
class Phrasings:
    """The phrasings that are learnt from: signs with their kinds, what only sounds like one, and
    everyday trouble and questions."""

    signs: tuple[tuple[str, DangerKind], ...]
    harmless: tuple[str, ...]
    everyday: tuple[str, ...]


def shipped_phrasings() -> Phrasings:
    """Those that come with the product, in all languages."""
    data = read_yaml("danger_phrases.yml").values()
    return Phrasings(
        signs=tuple(
            (text, DangerKind(kind))
            for row in data
            for part in ("signs", "other_signs")
            for kind, texts in row[part].items()
            for text in texts
        ),
        harmless=tuple(text for row in data for text in row["harmless"]),
        everyday=tuple(text for row in data for text in row["everyday"]),
    )


@dataclass(frozen=True)
class Regression:
    """`weights` has a row for each of the `examples`, which are the encoder's rows, and like
    `share` a column for what is harmless and one for each kind of DangerKind, in its order."""

    examples: Vectors
    weights: Floats
    share: Floats

    def __call__(self, rows: Vectors) -> Floats:
        """What it says of the encoder's rows to each column: about 1 for the right one."""
        parts = [
            predict(rows[first : first + _ROWS_AT_ONCE] @ self.examples.T, self.weights, self.share)
            for first in range(0, len(rows), _ROWS_AT_ONCE)
        ]
        return np.concatenate(parts)


class DangerSense:
    """Judges a text as a whole; one sign in a long one is a matter for the patterns."""

    def __init__(self, regression: Regression, threshold: float, encoder: Encoder) -> None:
        """`threshold` is how much a text must speak against being harmless."""
        self.regression = regression
        self.threshold = threshold
        self._encoder = encoder

    def find(self, text: str) -> Danger | None:
        """The danger that a text is like, or None; takes an embedding."""
        if not _LETTER.search(text):
            return None
        harmless, *kinds = self.regression(self._encoder.embed([prepare(text)]))[0].tolist()
        if -harmless < self.threshold:
            return None
        return Danger(_KINDS[kinds.index(max(kinds))], text)


def train_sense(
    phrasings: Phrasings, encoder: Encoder, *, harmless: Vectors
) -> tuple[DangerSense, npt.NDArray[np.bool_]]:
    """A sense for danger, and which of the signs it would find had it not learnt from them.

    `harmless` are the encoder's rows of the bot's own examples, of which some are learnt from. One
    in 100 of these may alarm, and one in six of everyday trouble, each judged without itself: the
    higher threshold of the two, so that easy examples, however many there are, do not lower it.
    """
    parts = [
        encoder.embed([prepare(text) for text in texts])
        for texts in ([text for text, _ in phrasings.signs], phrasings.everyday, phrasings.harmless)
    ]
    learnt = np.arange(len(harmless)) % _LEARNT_OF_OWN == 0
    rows = np.vstack([*parts, harmless[learnt]])
    places = np.full(len(rows), _HARMLESS)
    places[: len(parts[0])] = [1 + _KINDS.index(kind) for _, kind in phrasings.signs]
    target = one_hot(places, 1 + len(_KINDS))
    likeness = rows @ rows.T
    kernel = kernel_of(likeness, out=likeness)
    solution = solve(kernel, target, best_ridge(kernel, target))
    regression = Regression(rows, solution.weights, target.mean(axis=0))
    signs, troubled, _, own = np.split(
        -solution.left_out[:, _HARMLESS], np.cumsum([len(part) for part in parts])
    )
    others = -regression(harmless[~learnt])[:, _HARMLESS]
    threshold = max(
        float(np.quantile(troubled, 1 - _TROUBLE_ALARMS)),
        float(np.quantile(np.concatenate([own, others]), 1 - _FALSE_ALARMS)),
    )
    return DangerSense(regression, threshold, encoder), signs >= threshold


def load_sense(folder: Path, encoder: Encoder, *, harmless: Vectors) -> DangerSense:
    """The sense for danger as it was trained on this data; trained and stored when it was not."""
    state = (_VERSION, encoder.name, read_text("danger_phrases.yml"), harmless.shape)
    name = blake2b(repr(state).encode() + harmless.tobytes(), digest_size=12).hexdigest()
    path = folder / f"danger-{name}.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            values = dict(stored)
        threshold = float(values.pop("threshold"))
        return DangerSense(Regression(**values), threshold, encoder)
    except (OSError, ValueError, KeyError, TypeError, BadZipFile):
        sense, _ = train_sense(shipped_phrasings(), encoder, harmless=harmless)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as target:
        np.savez(target, threshold=sense.threshold, **vars(sense.regression))
    temporary.replace(path)
    for outdated in set(folder.glob("danger-*.npz")) - {path}:
        outdated.unlink(missing_ok=True)
    return sense
