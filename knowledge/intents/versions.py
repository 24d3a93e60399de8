"""Trained classifiers on disk: versions with their scores, one of them active."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from kernel.errors import InputError
from knowledge.intents.classifier import IntentClassifier, Parameters
from knowledge.intents.features import Encoder

_TOLERANCE = 0.005


@dataclass(frozen=True)
class Version:
    """One trained classifier: its number, what it scored, and whether it is in use."""

    number: int
    scores: dict[str, float]
    data: str
    active: bool = False


class Versions:
    """The classifiers under a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> list[Version]:
        """All versions, oldest first."""
        active = self.active_number()
        found = []
        for path in sorted(self._folder.glob("*.json"), key=lambda path: int(path.stem)):
            row = json.loads(path.read_text(encoding="utf-8"))
            number = int(path.stem)
            found.append(Version(number, row["scores"], row["data"], number == active))
        return found

    def active(self) -> Version | None:
        """The version in use."""
        return next((version for version in self.all() if version.active), None)

    def save(
        self, classifier: IntentClassifier, *, scores: Mapping[str, float], data: str
    ) -> Version:
        """Stores a classifier as the next version and activates it unless it is worse.

        `data` names what it was trained on. Worse than the active one: by more than half a
        percent in the mean of its scores, where both were trained on the same data.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        before = self.active()
        number = max((version.number for version in self.all()), default=0) + 1
        parameters = vars(classifier.parameters)
        arrays = {name: value for name, value in parameters.items() if _is_array(value)}
        plain = {name: value for name, value in parameters.items() if not _is_array(value)}
        np.savez(self._folder / f"{number}.npz", **arrays)
        (self._folder / f"{number}.json").write_text(
            json.dumps({"scores": dict(scores), "data": data, "parameters": plain}),
            encoding="utf-8",
        )
        activate = before is None or _mean(scores) >= _mean(before.scores) - _TOLERANCE
        if activate:
            self.activate(number)
        return Version(number, dict(scores), data, activate)

    def activate(self, number: int) -> None:
        """Puts a version into use."""
        temporary = self._folder / "active.tmp"
        temporary.write_text(str(number), encoding="utf-8")
        temporary.replace(self._folder / "active")

    def rollback(self) -> Version:
        """Goes back to the version before the active one. Raises: InputError without one."""
        active = self.active_number()
        earlier = [version for version in self.all() if version.number < (active or 0)]
        if not earlier:
            raise InputError("There is no earlier intent model to go back to.")
        self.activate(earlier[-1].number)
        return earlier[-1]

    def load(self, number: int, encoder: Encoder) -> IntentClassifier:
        """The classifier of a version. Raises: InputError when its files are damaged."""
        try:
            row = json.loads((self._folder / f"{number}.json").read_text(encoding="utf-8"))
            with (
                (self._folder / f"{number}.npz").open("rb") as file,
                np.load(file, allow_pickle=False) as arrays,
            ):
                values = {**row["parameters"], **arrays}
            for name in ("labels", "texts", "vocabulary"):
                values[name] = tuple(values[name])
            return IntentClassifier(Parameters(**values), encoder)
        except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
            raise InputError(
                f"Intent model {number} cannot be read ({error}). "
                "Train it again with: hourwise intents train"
            ) from error

    def active_number(self) -> int | None:
        """The number of the version in use."""
        path = self._folder / "active"
        return int(path.read_text(encoding="utf-8")) if path.exists() else None


def _is_array(value: object) -> bool:
    return isinstance(value, np.ndarray)


def _mean(scores: Mapping[str, float]) -> float:
    return sum(scores.values()) / len(scores) if scores else 0.0
