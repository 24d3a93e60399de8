"""What kind of help a person needs, and how soon, from their words."""

import regex

from knowledge.model import Need, NeedKind, Priority
from knowledge.topics import TopicFinder
from vectors.normal import normalize

_FEELINGS = regex.compile(
    r"\b(?:anxious|anxiety|depress\w+|sad(?:ness)?|lonely|loneliness|afraid|scared|panic\w*|cry(?:ing)?|overwhelmed"
    r"|hopeless|ashamed|guilty|angry|heartbroken|grief|grieving|stress(?:ed)?|burn(?:ed|t)?[- ]?out|worried"
    r"|worry(?:ing)?|upset|miserable|exhausted|hurts?|feel(?:ing)? (?:bad|down|lost|empty|stuck|terrible|awful|so)"
    r"|can't (?:cope|sleep|stop)|nobody understands)\b"
    r"|焦虑|抑郁|难过|伤心|孤独|害怕|恐惧|恐慌|哭|崩溃|绝望|羞愧|内疚|愤怒|生气|心碎|悲痛|压力|倦怠|担心|烦恼|痛苦|疲惫"
    r"|迷茫|委屈|无助|自卑|失恋|睡不着|心烦|没人理解|受不了"
)
_PERSONAL = regex.compile(r"\b(?:i|i'm|i'd|i've|me|my|mine|myself|our|we)\b|我|咱|孩子|家里|本人")
_SOON = regex.compile(
    r"\b(?:soon|today|tonight|tomorrow|this week|deadline|quickly|in a hurry|important|can't wait)\b"
    r"|今天|今晚|明天|这周|本周|尽早|截止|很重要|着急|等不了|比较急"
)
_URGENT = regex.compile(
    r"\b(?:urgent(?:ly)?|asap|as soon as possible|right (?:now|away)|immediately|emergency|desperate|crisis)\b"
    r"|紧急|加急|尽快|马上|立刻|急需|非常急|很急|撑不住|救命"
)
_LATER = regex.compile(
    r"\b(?:no (?:rush|hurry)|just curious|some ?day|whenever|not urgent|eventually|sometime)\b"
    r"|不急|不着急|随便问问|有空再|以后再|慢慢来|好奇"
)


class NeedClassifier:
    """Topic, kind and priority from free text or from the answers of a questionnaire."""

    def __init__(self, topics: TopicFinder) -> None:
        self._topics = topics

    def classify(self, text: str, *, topic_hint: str | None = None) -> Need:
        """The need behind a text; a topic that was chosen (`topic_hint`) is kept."""
        plain = normalize(text).casefold().replace("’", "'")
        kind = _kind(plain)
        return Need(topic_hint or self._topics.find(plain), kind, _priority(plain, kind))


def _kind(text: str) -> NeedKind:
    if _FEELINGS.search(text):
        return NeedKind.EMOTIONAL
    return NeedKind.PERSONAL if _PERSONAL.search(text) else NeedKind.INFORMATIONAL


def _priority(text: str, kind: NeedKind) -> Priority:
    if _LATER.search(text):
        return Priority.LOW
    if _URGENT.search(text):
        return Priority.URGENT
    if _SOON.search(text):
        return Priority.HIGH
    feelings = len(_FEELINGS.findall(text))
    return Priority.HIGH if kind is NeedKind.EMOTIONAL and feelings > 1 else Priority.NORMAL
