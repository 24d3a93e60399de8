"""Training the product's own intents, and having the active classifier at hand."""

from hashlib import blake2b
from pathlib import Path

from knowledge.intents.classifier import IntentClassifier, train
from knowledge.intents.features import Encoder
from knowledge.intents.nlu import shipped_examples
from knowledge.intents.versions import Version, Versions
from vectors.embedders import Embedders

# raise it when the features change, so that stored classifiers are trained again
_FEATURES_VERSION = 6


class IntentTrainer:
    """Trains from the shipped YAML and keeps the versions under `folder`."""

    def __init__(self, folder: Path, embedders: Embedders) -> None:
        self._versions = Versions(folder)
        self.encoder = Encoder(embedders)
        self._examples = shipped_examples()

    def versions(self) -> list[Version]:
        """All versions, oldest first."""
        return self._versions.all()

    @property
    def names(self) -> frozenset[str]:
        """Every intent that there are examples of."""
        return frozenset(one.intent for one in self._examples)

    def active_number(self) -> int | None:
        """The number of the version in use; another process may have changed it."""
        return self._versions.active_number()

    def train(self) -> Version:
        """Trains a new version; one that is worse is stored, but not activated."""
        trained = train(self._examples, self.encoder)
        return self._versions.save(
            trained.classifier, scores=trained.scores, data=self._fingerprint()
        )

    def rollback(self) -> Version:
        """Goes back to the version before. Raises: InputError when there is none."""
        return self._versions.rollback()

    def load(self) -> IntentClassifier:
        """The active classifier; one is trained first when there is none for this data."""
        fingerprint = self._fingerprint()
        active = self._versions.active()
        if active is None or active.data != fingerprint:
            active = self.train()
            self._versions.activate(active.number)  # an older one knows other intents or vectors
        return self._versions.load(active.number, self.encoder)

    def _fingerprint(self) -> str:
        """Names what a classifier depends on: examples, embedders, kind of features."""
        pairs = [(one.text, one.intent) for one in self._examples]
        state = repr((_FEATURES_VERSION, self.encoder.name, pairs))
        return blake2b(state.encode(), digest_size=12).hexdigest()
