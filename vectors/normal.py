"""One spelling for texts that mean the same: width, case, traditional characters, emoji."""

from functools import cache
from typing import Protocol, cast

import regex

_HAN = regex.compile(r"\p{Han}")
_EMOJI = regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0e\ufe0f]+")
_DIGIT_OR_SIGN = regex.compile(r"[0-9#*©®™]")
_SPACE = regex.compile(r"\s+")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _to_simplified() -> _Converter:
    from opencc import OpenCC

    return cast(_Converter, OpenCC("t2s"))


def _strip_emoji(found: regex.Match[str]) -> str:
    return "".join(_DIGIT_OR_SIGN.findall(found.group())) or " "


def normalize(text: str) -> str:
    """NFKC, simplified Chinese, no emoji, single spaces; the letters' case is kept."""
    import unicodedata

    text = unicodedata.normalize("NFKC", text)
    text = _EMOJI.sub(_strip_emoji, text)
    if _HAN.search(text):
        text = _to_simplified().convert(text)
    return _SPACE.sub(" ", text).strip()
