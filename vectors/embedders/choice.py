"""Which embedder serves which language, from the setting HOURWISE_EMBEDDER."""

from dataclasses import dataclass

from vectors.embedders.base import Embedder
from vectors.embedders.e5 import E5Embedder
from vectors.embedders.english import EnglishEmbedder
from vectors.embedders.multilingual import MultilingualEmbedder
from vectors.embedders.remembered import Remembered
from vectors.embedders.sentence_transformers import SentenceTransformersEmbedder


@dataclass(frozen=True)
class Embedders:
    """One embedder for English, one for the rest, which also compares languages."""

    english: Embedder
    others: Embedder

    def for_language(self, language: str) -> Embedder:
        return self.english if language == "en" else self.others

    @property
    def across(self) -> Embedder:
        """Compares texts of different languages."""
        return self.others


def load_embedders(setting: str) -> Embedders:
    """Loads what `auto`, `english`, `multilingual`, `e5` or `st:<model>` names.

    Raises: ModelUnavailable; ValueError for an unknown setting.
    """
    if setting == "auto":
        return Embedders(
            english=Remembered(EnglishEmbedder()), others=Remembered(MultilingualEmbedder())
        )
    one = Remembered(_load_one(setting))
    return Embedders(english=one, others=one)


def _load_one(setting: str) -> Embedder:
    if setting.startswith("st:") and len(setting) > len("st:"):
        return SentenceTransformersEmbedder(setting.removeprefix("st:"))
    match setting:
        case "english":
            return EnglishEmbedder()
        case "multilingual":
            return MultilingualEmbedder()
        case "e5":
            return E5Embedder()
        case _:
            raise ValueError(
                f"HOURWISE_EMBEDDER is {setting!r}; "
                "use auto, english, multilingual, e5 or st:<model name or folder>"
            )
