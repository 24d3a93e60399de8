"""`topics export` and `topics import`: the operator's own fields and topics."""

from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from hourwise.commands import opened
from hourwise.settings import load_settings
from kernel.errors import InputError
from kernel.languages import LANGUAGES
from knowledge import service
from knowledge.model import Topic
from knowledge.topics import topics_of

_LONGEST_ID = 64


async def export_topics() -> str:
    """The taxonomy in force as YAML."""
    async with opened(load_settings()) as database, database.read() as db:
        topics = await service.topics(db)
    rows = [
        {**_row(field), "topics": [_row(one) for one in topics if one.parent == field.id]}
        for field in topics
        if field.parent is None
    ]
    text = StringIO()
    YAML().dump(rows, text)
    return text.getvalue()


async def import_topics(file: Path) -> dict[str, int]:
    """Puts the file's taxonomy in force, in the place of the one before."""
    topics = read_topics(file)
    async with opened(load_settings()) as database, database.write.begin() as db:
        await service.save_topics(db, topics)
    return {"fields": sum(one.parent is None for one in topics), "topics": len(topics)}


def read_topics(file: Path) -> list[Topic]:
    """Raises: InputError saying what is wrong with the file."""
    try:
        topics = list(topics_of(YAML(typ="safe", pure=True).load(file.read_text("utf-8"))))
    except (YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{file.name} is not YAML: {error}") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InputError(
            f"{file.name}: a list of fields with id, names and keywords by language, and topics "
            f"of the same kind, is expected ({error})."
        ) from error
    for one, count in Counter(topic.id for topic in topics).items():
        if count > 1:
            raise InputError(f"{file.name}: the id {one!r} stands there {count} times.")
    for topic in topics:
        if not isinstance(topic.id, str) or not 0 < len(topic.id) <= _LONGEST_ID:
            raise InputError(f"{file.name}: an id is a text of at most {_LONGEST_ID} characters.")
        missing = [language for language in LANGUAGES if not topic.names.get(language)]
        if missing:
            raise InputError(f"{file.name}: {topic.id} has no name in {missing[0]!r}.")
    if not topics:
        raise InputError(f"{file.name} has no topics.")
    return topics


def _row(topic: Topic) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": topic.id, "names": dict(topic.names),
        "keywords": {language: list(words) for language, words in topic.keywords.items()},
    }  # fmt: skip
    return {**row, "disclaimer": dict(topic.disclaimer)} if topic.disclaimer else row
