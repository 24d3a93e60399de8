"""Reading a file of FAQ entries: CSV, JSONL or YAML, strictly, the bad line named."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from kernel.errors import InputError
from knowledge.errors import EntryInvalid
from knowledge.model import MAX_ANSWER, MAX_QUESTION, Entry, checked_entry
from knowledge.search.shelf import digest
from vectors.language import language_of

_FIELDS = frozenset({"id", "question", "answer", "lang", "variants", "topic"})
_MAX_ID = 100
_MAX_LANGUAGE = 16

Row = tuple[int, Mapping[str, Any]]


def read_entries(path: Path) -> list[Entry]:
    """The entries of a file. Raises: InputError naming the line, or why it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not UTF-8 text (byte {error.start}).") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    return parse_entries(text, name=path.name)


def parse_entries(text: str, *, name: str) -> list[Entry]:
    """The entries in a text whose kind the ending of `name` tells.

    A row without an id gets one that depends on its question and language alone. Raises:
    InputError naming the line of the first row that is wrong.
    """
    entries: list[Entry] = []
    lines: dict[str, int] = {}
    for line, row in _rows(text, name):
        entry = _entry(row, where=f"{name}, line {line}")
        if entry.id in lines:
            raise InputError(
                f"{name}, line {line}: the id {entry.id!r} is already in line {lines[entry.id]}."
            )
        lines[entry.id] = line
        entries.append(entry)
    if not entries:
        raise InputError(f"{name} has no entries.")
    return entries


def _rows(text: str, name: str) -> Iterator[Row]:
    match Path(name).suffix.lower():
        case ".csv":
            return _csv_rows(text, name)
        case ".jsonl":
            return _jsonl_rows(text, name)
        case ".yml" | ".yaml":
            return _yaml_rows(text, name)
        case suffix:
            raise InputError(f"{name}: use a file ending in .csv, .jsonl or .yml, not {suffix!r}.")


def _csv_rows(text: str, name: str) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            where = f"{name}, line {reader.line_num}"
            if None in row or None in row.values():
                raise InputError(f"{where}: it does not have as many cells as the first line.")
            yield reader.line_num, {key: value for key, value in row.items() if value.strip()}
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: {error}.") from error


def _jsonl_rows(text: str, name: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{name}, line {number}: not JSON ({error}).") from error
        yield number, row


def _yaml_rows(text: str, name: str) -> Iterator[Row]:
    try:
        rows = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{name}, line {line}: not YAML ({error.problem}).") from error
    except YAMLError as error:
        raise InputError(f"{name}: not YAML ({error}).") from error
    if not isinstance(rows, CommentedSeq):
        raise InputError(f"{name}: a list of entries is expected.")
    for place, row in enumerate(rows):
        yield rows.lc.item(place)[0] + 1, row


def _entry(row: object, *, where: str) -> Entry:
    if not isinstance(row, Mapping):
        raise InputError(f"{where}: an object with question and answer is expected.")
    unknown = sorted(str(key) for key in row.keys() - _FIELDS)
    if unknown:
        raise InputError(f"{where}: {unknown[0]!r} is not one of {', '.join(sorted(_FIELDS))}.")
    texts = {key: _text(row, key, where) for key in _FIELDS - {"variants"}}
    question = texts["question"]
    language = texts["lang"] or language_of(question)
    entry = Entry(
        id=texts["id"] or f"faq-{digest(f'{language} {question}')}",
        question=question,
        answer=texts["answer"],
        language=language,
        topic=texts["topic"] or None,
        variants=tuple(_variants(row.get("variants"), where)),
    )
    if len(entry.id) > _MAX_ID or len(entry.language) > _MAX_LANGUAGE:
        raise InputError(
            f"{where}: an id has at most {_MAX_ID} characters, a language {_MAX_LANGUAGE}."
        )
    try:
        return checked_entry(entry)
    except EntryInvalid as error:
        raise InputError(
            f"{where}: a question (1 to {MAX_QUESTION} characters) "
            f"and an answer (1 to {MAX_ANSWER}) are needed."
        ) from error


def _text(row: Mapping[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{where}: {key} must be text.")
    return value.strip()


def _variants(value: object, where: str) -> Iterable[str]:
    """A list of texts, or one text with `|` between them."""
    if value is None:
        return ()
    if isinstance(value, str):
        value = value.split("|")
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise InputError(f"{where}: variants must be a list of texts.")
    return [text.strip() for text in value if text.strip()]
