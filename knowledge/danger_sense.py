"""What is like a sign of danger in meaning, where no pattern of the rules fits.

Ridge regression on the embeddings of the phrasings in `knowledge/data/danger_phrases.yml`, with
figures of speech and the bot's own examples as what is harmless. It is solved in closed form
within a second; each example's value without that example comes with the solution.
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
from knowledge.model import Danger, DangerKind
from vectors.embedders import Vectors

_PENALTY = 1.0
# signs are few among the bot's examples, and missing one is worse than a false alarm
_SIGN_WEIGHT = 8.0
_FALSE_ALARMS = 0.01
# fewer alarms cost signs: docs/knowledge.md has the figures
_TROUBLE_ALARMS = 1 / 6
_VERSION = 3
_LETTER = re.compile(r"\w")

Floats = npt.NDArray[np.float32]


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


class DangerSense:
    """Judges a text as a whole; one sign in a long one is a matter for the patterns."""

    def __init__(self, weights: Floats, threshold: float, encoder: Encoder) -> None:
        """`weights` has a column for any danger and one for each kind of DangerKind, in its order;
        its last row is the constant."""
        self.weights = weights
        self.threshold = threshold
        self._encoder = encoder

    def find(self, text: str) -> Danger | None:
        """The danger that a text is like, or None; takes an embedding."""
        if not _LETTER.search(text):
            return None
        values = (_with_constant(self._encoder.embed([prepare(text)])) @ self.weights)[0]
        if values[0] < self.threshold:
            return None
        return Danger(list(DangerKind)[int(values[1:].argmax())], text)


def train_sense(
    phrasings: Phrasings, encoder: Encoder, *, harmless: Vectors
) -> tuple[DangerSense, npt.NDArray[np.bool_]]:
    """A sense for danger, and which of the signs it would find had it not learnt from them.

    `harmless` are the encoder's rows of the bot's own examples. One in 100 of these may alarm, and
    one in six of everyday trouble, each judged without itself: the higher threshold of the two,
    so that easy examples, however many there are, do not lower it.
    """
    texts = [prepare(text) for text, _ in phrasings.signs]
    signs = encoder.embed(texts)
    idioms = encoder.embed([prepare(text) for text in phrasings.harmless])
    everyday = encoder.embed([prepare(text) for text in phrasings.everyday])
    rows = _with_constant(np.vstack([signs, idioms, everyday, harmless]))
    count = len(texts)
    target = np.full((len(rows), 1 + len(DangerKind)), -1, np.float32)
    target[:count, 0] = 1
    for place, (_, kind) in enumerate(phrasings.signs):
        target[place, 1 + list(DangerKind).index(kind)] = 1
    weight = np.where(np.arange(len(rows)) < count, _SIGN_WEIGHT, 1.0).astype(np.float32)
    weighted = rows * weight[:, np.newaxis]
    inverse = np.linalg.inv(rows.T @ weighted + _PENALTY * np.eye(rows.shape[1]))
    weights = (inverse @ (weighted.T @ target)).astype(np.float32)
    leverage = weight * np.einsum("ij,ij->i", rows @ inverse.astype(np.float32), rows)
    values = rows @ weights[:, 0]
    left_out = target[:, 0] - (target[:, 0] - values) / (1 - leverage)
    _, troubled, own = np.split(left_out[count:], np.cumsum([len(idioms), len(everyday)]))
    threshold = max(
        float(np.quantile(troubled, 1 - _TROUBLE_ALARMS)),
        float(np.quantile(own, 1 - _FALSE_ALARMS)),
    )
    return DangerSense(weights, threshold, encoder), left_out[:count] >= threshold


def load_sense(folder: Path, encoder: Encoder, *, harmless: Vectors) -> DangerSense:
    """The sense for danger as it was trained on this data; trained and stored when it was not."""
    state = (_VERSION, encoder.name, read_text("danger_phrases.yml"), harmless.shape)
    name = blake2b(repr(state).encode() + harmless.tobytes(), digest_size=12).hexdigest()
    path = folder / f"danger-{name}.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return DangerSense(stored["weights"], float(stored["threshold"]), encoder)
    except (OSError, ValueError, KeyError, BadZipFile):
        sense, _ = train_sense(shipped_phrasings(), encoder, harmless=harmless)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as target:
        np.savez(target, weights=sense.weights, threshold=sense.threshold)
    temporary.replace(path)
    return sense


def _with_constant(rows: Vectors) -> Floats:
    return np.hstack([rows, np.ones((len(rows), 1), np.float32)])
