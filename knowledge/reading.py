"""Something to read, hear or see that a person asks for: "有没有关于焦虑的文章"."""

import regex

from vectors.normal import normalize
from vectors.words import tokens

_THINGS = r"articles?|courses?|guides?|essays?|recordings?|audios?|videos?|podcasts?"
_DOINGS = r"read|watch|listen to|hear"
_ENGLISH = regex.compile(
    rf"\b(?:(?:{_THINGS})(?: to (?:{_DOINGS}))?|(?:something|anything) to (?:{_DOINGS}))"
    r" (?:about|on|regarding|against|dealing with)\b\s*(?P<subject>.+)",
    regex.IGNORECASE,
)
# a teacher of a course is a person
_CHINESE = regex.compile(
    r"(?:有没有|有|想[看读听学]|推荐|找)[^，。？！,?!]*?(?:关于|有关|讲|介绍)?(?P<subject>[^，。？！,?!]{2,20}?)"
    r"(?:方面)?的?(?:文章|课程|音频|视频|录音|教程|指南)(?!的)"
)
_SHORTEST_WORD, _SHORTEST_HAN_WORD = 4, 2


def subject_of_reading(text: str) -> str | None:
    """What somebody wants to read, hear or see something about, or None where they ask for
    nothing of the kind."""
    plain = normalize(text)
    found = _ENGLISH.search(plain) or _CHINESE.search(plain)
    return found["subject"] if found else None


def shared_words(one: str, other: str) -> int:
    """How many words that say something two texts have in common, whatever their form."""
    return len(_words(one) & _words(other))


def _words(text: str) -> set[str]:
    return {
        one
        for one in tokens(text)
        if len(one) >= (_SHORTEST_WORD if one.isascii() else _SHORTEST_HAN_WORD)
    }
