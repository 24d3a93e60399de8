"""The language of a short text, from its script alone."""

import regex

_SCRIPTS = {
    "ja": regex.compile(r"[\p{Hiragana}\p{Katakana}]"),
    "ko": regex.compile(r"\p{Hangul}"),
    "zh": regex.compile(r"\p{Han}"),
    "ru": regex.compile(r"\p{Cyrillic}"),
    "ar": regex.compile(r"\p{Arabic}"),
    "th": regex.compile(r"\p{Thai}"),
}
_LATIN_WORD = regex.compile(r"\p{Latin}+")


def language_of(text: str, *, default: str = "en") -> str:
    """The ISO 639-1 code that the script points to; every Latin text counts as "en".

    In a mixed text a Chinese character weighs as much as a Latin word. A text
    without letters has the `default` language.
    """
    words = len(_LATIN_WORD.findall(text))
    for language, script in _SCRIPTS.items():
        found = len(script.findall(text))
        if found and found >= words:
            return language
    return "en" if words else default
