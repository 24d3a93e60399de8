"""One spelling for texts that mean the same: width, case, traditional characters, emoji."""

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Protocol, cast

import regex

_EMOJI = regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\u20e3\ufe0e\ufe0f]+")
_DIGIT_OR_SIGN = regex.compile(r"[0-9#*©®™]")
_SPACE = regex.compile(r"\s+")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _to_simplified() -> _Converter:
    from opencc import OpenCC

    return cast(_Converter, OpenCC("t2s"))


@cache
def _traditional() -> frozenset[str]:
    """The characters that simplification changes: most texts have none, and are left alone."""
    table = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split() for line in table.splitlines() if line)
    return frozenset(pair[0] for pair in pairs if pair[0] not in pair[1:])


def _strip_emoji(found: regex.Match[str]) -> str:
    return "".join(_DIGIT_OR_SIGN.findall(found.group())) or " "


@lru_cache(maxsize=8192)
def normalize(text: str) -> str:
    """NFKC, simplified Chinese, no emoji, single spaces; the letters' case is kept."""
    text = unicodedata.normalize("NFKC", text)
    text = _EMOJI.sub(_strip_emoji, text)
    if not _traditional().isdisjoint(text):
        text = _to_simplified().convert(text)
    return _SPACE.sub(" ", text).strip()
