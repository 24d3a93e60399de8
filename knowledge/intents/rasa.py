"""A Rasa project from the product's own training data."""

from pathlib import Path

from knowledge.intents.nlu import shipped_examples

_CONFIG = """recipe: default.v1
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: 60
    entity_recognition: false
    constrain_similarities: true
  - name: FallbackClassifier
    threshold: 0.4
policies:
  - name: RulePolicy
"""


def export_rasa(folder: Path) -> list[Path]:
    """Writes `config.yml`, `domain.yml` and `data/nlu.yml` for `rasa train nlu`.

    Both languages are in it: character n-grams read Chinese without a tokenizer of its own.
    """
    examples: dict[str, list[str]] = {}
    for one in shipped_examples():
        examples.setdefault(one.intent, []).append(one.text)
    (folder / "data").mkdir(parents=True, exist_ok=True)
    written = {
        folder / "config.yml": _CONFIG,
        folder / "domain.yml": _domain(sorted(examples)),
        folder / "data" / "nlu.yml": _nlu(examples),
    }
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    return list(written)


def _domain(intents: list[str]) -> str:
    names = "".join(f"  - {name}\n" for name in intents)
    return f'version: "3.1"\nintents:\n{names}'


def _nlu(examples: dict[str, list[str]]) -> str:
    parts = ['version: "3.1"\nnlu:\n']
    for intent, texts in examples.items():
        parts.append(f"- intent: {intent}\n  examples: |\n")
        parts.extend(f"    - {_plain(text)}\n" for text in texts)
    return "".join(parts)


def _plain(text: str) -> str:
    """Without the signs that mark entities and would end a line."""
    return " ".join(text.replace("[", "(").replace("]", ")").split())
