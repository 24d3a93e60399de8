"""Signs as a Chinese keyboard types them."""

import re
import unicodedata

_BAR, _SLASH = re.compile("[|｜]"), re.compile(" ?／ ?| / ")


def half_width(text: str) -> str:
    """Digits and signs in the width in which they are read, and one space between words."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def between_bars(line: str) -> list[str]:
    """The parts of a line, without the space around them."""
    return [part.strip() for part in _BAR.split(line)]


def in_both_languages(text: str) -> dict[str, str]:
    """`English / 中文` as a text a language; what has no slash is both."""
    english, *chinese = _SLASH.split(text, maxsplit=1)
    return {"en": english.strip(), "zh": "".join(chinese).strip() or english.strip()}
