"""Whether a text asks for a woman or a man. Nobody is chosen by that, so it is only told apart to
say so: "a female therapist", "最好是女老师"."""

import regex

_PEOPLE = (
    r"(?:experts?|coach(?:es)?|therapists?|psychologists?|psychiatrists?|counsell?ors?|tutors?|teachers?"
    r"|mentors?|advis[eo]rs?|consultants?|doctors?|lawyers?|specialists?|trainers?|nutritionists?|ones?)"
)
_GENDER = r"(?:female|male|wom[ae]n|m[ae]n|lady|ladies)"
_NOUN = r"(?:female|male|woman|man|lady)"
_END = r"(?= please| pls| if possible| instead| for this| about this|\s*(?:$|[,.;!?)]))"
_ENGLISH = regex.compile(
    # one's own, or oneself, is not asked for
    rf"(?<!\b(?:my|our|his|her|their|the|i'?m an?|i am an?|as an?|being an?|(?:works?|working) as an?) )"
    rf"\b{_GENDER} (?:\w+ )?{_PEOPLE}\b"
    rf"|\b{_PEOPLE},? (?:who(?:'s| is)|that is|must be|should be|preferably|ideally) (?:an? )?{_NOUN}\b"
    rf"|\b(?:prefer(?:ably)?|ideally|rather(?: (?:have|see|talk to|speak to|speak with|talk with))?"
    rf"|comfortable (?:with|talking to)|must be|has to be|should be) an? {_NOUN}{_END}"
    rf"|^an? {_NOUN}{_END}|[,;] ?an? {_NOUN}(?= please| pls| if possible)|\b(?:women|females?|men|males?) only\b|\bonly (?:women|females|men|males)\b{_END}"
)
_CHINESE_PEOPLE = r"(?:心理|职业|营养|健康|理财|创业)?(?:咨询师|老师|专家|教练|顾问|医生|律师|治疗师|辅导员?|导师|教师|营养师|医师|理财师|规划师)"
_CHINESE = regex.compile(
    rf"(?<!我的?|我们的?|他的?|她的?|(?<!最好|必须|希望|想要|只要|要)(?:是|作为)(?:一?[个名位])?)[男女](?:性|士|生)?的?{_CHINESE_PEOPLE}"
    rf"|{_CHINESE_PEOPLE}(?:最好|必须|希望|要|得)?是?[男女](?:性|的|士|生)(?!朋友|孩|友)"
    r"|(?:最好|必须|希望|想要|只要|要|想找|换)(?:是|找)?(?:一?[个名位])?[男女](?:性|的|士|生)(?=$|[,，。.!！?？]|来|吧|可以|有)"
)
# everybody who knows something is called so; it does not mean education
_TEACHER = regex.compile(r"[男女](?:性|士|生)?的?老师")


def wants_gender(text: str) -> bool:
    """Whether a casefolded text asks for somebody by their gender."""
    plain = text.replace("’", "'")
    return bool(_ENGLISH.search(plain) or _CHINESE.search(plain))


def without_gender(text: str) -> str:
    """The text without a way to ask for somebody by gender that names no topic."""
    return _TEACHER.sub(" ", text)
