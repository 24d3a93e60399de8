"""The taxonomy of topics, and which topic a text is about."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

import regex

from knowledge.data_files import read_yaml
from knowledge.model import Topic
from vectors.normal import normalize

# short words are near too many others
_LONG_KEYWORD = regex.compile(r"[a-z]{6,}")
_LONG_WORD = regex.compile(r"\b[a-z]{7,}\b")
_SIMILAR = 0.9
_PHRASE_WEIGHT = 1.5
_FIELD_WEIGHT = 0.6
# they contain a keyword, and are about no topic
_NO_TOPIC = (
    "工作日",
    "工作时间",
    "多少钱",
    "付钱",
    "退钱",
    "扣钱",
    "work day",
    "business day",
    "business hours",
    "my money back",
    "presume",
    "expression",
)


@cache
def shipped_topics() -> Sequence[Topic]:
    """The topics that come with the product: each field followed by its topics."""
    return topics_of(read_yaml("topics.yml"))


def topics_of(rows: Iterable[Mapping[str, Any]]) -> Sequence[Topic]:
    """The topics in the rows of a taxonomy's file, each field followed by its topics.

    Raises: KeyError, TypeError or AttributeError where a row is not as it should be.
    """
    return tuple(
        topic
        for field in rows
        for topic in (
            _topic(field, parent=None),
            *(_topic(child, parent=field["id"]) for child in field.get("topics", ())),
        )
    )


def _topic(row: Mapping[str, Any], *, parent: str | None) -> Topic:
    return Topic(
        id=row["id"],
        parent=parent,
        names=dict(row["names"]),
        keywords={language: tuple(words) for language, words in row.get("keywords", {}).items()},
        disclaimer=dict(row.get("disclaimer", {})),
    )


def field_of(topic: str, topics: Iterable[Topic]) -> str:
    """The id of the field that a topic belongs to; a field belongs to itself."""
    return next((one.parent or one.id for one in topics if one.id == topic), topic)


class TopicFinder:
    """Finds the topic of a text by its keywords, in every language at once."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = {topic.id: topic for topic in topics}
        self._of_word: dict[str, list[str]] = {word: [] for word in _NO_TOPIC}
        for topic in topics:
            names = (name for name in topic.names.values())
            words = (word for found in topic.keywords.values() for word in found)
            for word in {normalize(text).casefold() for text in (*names, *words)}:
                self._of_word.setdefault(word, []).append(topic.id)
        self._pattern = _any_of(self._of_word)
        self._long_words = [word for word in self._of_word if _LONG_KEYWORD.fullmatch(word)]

    def find(self, text: str) -> str | None:
        """The id of the best topic, of a field when no topic in it stands out, or None."""
        points: dict[str, float] = {}
        plain = normalize(text).casefold()
        for word in self._pattern.findall(plain) or self._misspelt(plain):
            for topic in self._of_word[word]:
                points[topic] = points.get(topic, 0.0) + _weight(word)
        if not points:
            return None
        fields: dict[str, float] = {}
        for topic, value in points.items():
            parent = self._topics[topic].parent
            share = value if parent else value * _FIELD_WEIGHT
            fields[parent or topic] = fields.get(parent or topic, 0.0) + share
        best = max(fields, key=lambda field: fields[field])
        inside = {t: value for t, value in points.items() if self._topics[t].parent == best}
        return max(inside, key=lambda topic: inside[topic]) if inside else best

    def _misspelt(self, text: str) -> list[str]:
        """Long Latin keywords that a word of the text differs from by a slip of the pen."""
        words = [word for word in _LONG_WORD.findall(text) if word not in self._of_word]
        near = (get_close_matches(word, self._long_words, 1, _SIMILAR) for word in words)
        return [keyword for found in near for keyword in found]


def _weight(word: str) -> float:
    """A phrase says more than a word."""
    return _PHRASE_WEIGHT if " " in word or (len(word) > 3 and not word.isascii()) else 1.0


def _any_of(words: Iterable[str]) -> regex.Pattern[str]:
    """Matches the longest of the words first; a Latin word only as a whole."""
    ordered = sorted(words, key=len, reverse=True)
    parts = [
        rf"(?<![\p{{Latin}}\d]){regex.escape(word)}(?![\p{{Latin}}\d])"
        if word[0].isascii()
        else regex.escape(word)
        for word in ordered
    ]
    return regex.compile("|".join(parts) or "(?!)")
