"""Training data in Rasa's NLU YAML."""

from collections.abc import Sequence

import regex
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kernel.errors import InputError
from kernel.languages import LANGUAGES
from knowledge.data_files import read_text
from knowledge.intents.classifier import Example

_ENTITY = regex.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def parse_nlu(text: str, *, name: str) -> list[Example]:
    """The examples in a Rasa NLU YAML text, entity marks removed; `name` is for the message.

    Raises: InputError naming what is wrong.
    """
    try:
        value = YAML(typ="safe", pure=True).load(text)
        return [
            Example(_ENTITY.sub(r"\1", line[2:]).strip(), row["intent"])
            for row in value["nlu"]
            if "intent" in row
            for line in row["examples"].splitlines()
            if line.startswith("- ")
        ]
    except (YAMLError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{name} is not Rasa NLU YAML: {error}") from error


def shipped_examples(languages: Sequence[str] = LANGUAGES) -> list[Example]:
    """The product's own training data."""
    names = [f"{language}/nlu.yml" for language in languages]
    return [example for name in names for example in parse_nlu(read_text(name), name=name)]
