"""The product's intents as a project that `rasa train nlu` accepts."""

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from kernel.errors import InputError
from knowledge.intents.nlu import shipped_examples

_VERSION = "3.1"
_PIPELINE = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
    {"name": "FallbackClassifier", "threshold": 0.5},
]


def export_project(folder: Path, *, language: str) -> None:
    """Write `config.yml`, `domain.yml` and `data/nlu.yml` for one language.

    Raises InputError when the folder cannot be written.
    """
    by_intent: dict[str, list[str]] = {}
    for example in shipped_examples([language]):
        by_intent.setdefault(example.intent, []).append(example.text)
    rows = [
        {"intent": intent, "examples": LiteralScalarString("".join(f"- {one}\n" for one in texts))}
        for intent, texts in sorted(by_intent.items())
    ]
    config = {
        "recipe": "default.v1",
        "version": _VERSION,
        "language": language,
        "pipeline": _PIPELINE,
        "policies": [],
    }
    try:
        (folder / "data").mkdir(parents=True, exist_ok=True)
        _write(folder / "config.yml", config)
        _write(folder / "domain.yml", {"version": _VERSION, "intents": sorted(by_intent)})
        _write(folder / "data" / "nlu.yml", {"version": _VERSION, "nlu": rows})
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}") from error


def _write(file: Path, value: object) -> None:
    with file.open("w", encoding="utf-8") as target:
        YAML().dump(value, target)
