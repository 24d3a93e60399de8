"""The operator's rules: patterns that answer or route before any search."""

import logging
from collections.abc import Sequence
from datetime import datetime, time

import regex

from knowledge.errors import RuleInvalid
from knowledge.model import Rule
from vectors.normal import normalize

logger = logging.getLogger(__name__)
_TIME_LIMIT_S = 0.05
_MAX_CHARACTERS = 1000


class RuleBook:
    """The rules in force, asked in their order."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        enabled = sorted((rule for rule in rules if rule.enabled), key=lambda rule: rule.position)
        self._rules = [(rule, compiled(rule)) for rule in enabled]

    def match(self, text: str, *, language: str, now: datetime) -> Rule | None:
        """The first rule that a text in this language meets at the aware instant `now`."""
        plain = normalize(text)[:_MAX_CHARACTERS].casefold()
        for rule, pattern in self._rules:
            if rule.language not in (None, language) or not _is_open(rule, now):
                continue
            try:
                if pattern.search(plain, timeout=_TIME_LIMIT_S):
                    return rule
            except TimeoutError:
                logger.warning("rule %s took too long and was skipped", rule.id)
        return None


def compiled(rule: Rule) -> regex.Pattern[str]:
    """The pattern that finds a rule's keywords or regular expression in lower-case text.

    Raises: RuleInvalid.
    """
    if not (rule.answer or rule.intent) or not (rule.keywords or rule.pattern):
        raise RuleInvalid(rule=rule.id)
    words = [normalize(word).casefold() for word in rule.keywords]
    parts = [_word(word) for word in sorted(words, key=len, reverse=True) if word]
    if rule.pattern:
        parts.append(f"(?:{rule.pattern})")
    try:
        return regex.compile("|".join(parts), regex.IGNORECASE)
    except regex.error as error:
        raise RuleInvalid(rule=rule.id) from error


def _word(word: str) -> str:
    """A Latin word is matched as a whole only."""
    before = r"(?<![\p{Latin}\d])" if word[0].isascii() else ""
    after = r"(?![\p{Latin}\d])" if word[-1].isascii() else ""
    return before + regex.escape(word) + after


def _is_open(rule: Rule, now: datetime) -> bool:
    if rule.opens is None or rule.closes is None:
        return True
    at: time = now.time()
    if rule.opens <= rule.closes:
        return rule.opens <= at < rule.closes
    return at >= rule.opens or at < rule.closes
