import pytest

from knowledge.model import NeedKind, Priority
from knowledge.needs import NeedClassifier
from knowledge.topics import TopicFinder, field_of, shipped_topics

FIELDS = {
    "education": {"tutoring", "career-planning", "study-abroad"},
    "career": {"skills", "personal-brand", "job-change"},
    "startup": {"market", "business-plan", "team"},
    "health": {"assessment", "psychology", "chronic-illness"},
    "investment": {"strategy", "risk", "wealth"},
}


def test_the_taxonomy_has_two_levels_in_both_languages() -> None:
    topics = shipped_topics()
    found = {
        field.id: {topic.id for topic in topics if topic.parent == field.id}
        for field in topics
        if field.parent is None
    }
    assert found == FIELDS
    for topic in topics:
        assert set(topic.names) == {"en", "zh"}
        assert topic.parent or set(topic.disclaimer) == {"en", "zh"}
    assert field_of("psychology", topics) == field_of("health", topics) == "health"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("help with my interview and resume", "job-change"),
        ("我想出国读研究生", "study-abroad"),
        ("I feel anxious all the time", "psychology"),
        ("公司股权怎么分", "team"),
        ("should I buy index funds", "strategy"),
        ("糖尿病飲食怎麼安排", "chronic-illness"),
        ("a career coach", "career"),
        ("a carreer coach, not too pricey", "career"),
        ("最近失眠，工作压力大，想找人聊聊", "psychology"),
        ("I presume so", None),
        ("工作日晚上", None),
        ("hello", None),
    ],
)
def test_a_topic_is_found_by_its_keywords(text: str, topic: str | None) -> None:
    assert TopicFinder(shipped_topics()).find(text) == topic


@pytest.mark.parametrize(
    ("text", "kind", "priority"),
    [
        ("what is an index fund", NeedKind.INFORMATIONAL, Priority.NORMAL),
        ("I want to change my job, no rush", NeedKind.PERSONAL, Priority.LOW),
        ("我想换工作，比较急", NeedKind.PERSONAL, Priority.HIGH),
        ("I'm anxious and can't sleep", NeedKind.EMOTIONAL, Priority.HIGH),
        ("我很焦虑，请尽快", NeedKind.EMOTIONAL, Priority.URGENT),
    ],
)
def test_kind_and_priority(text: str, kind: NeedKind, priority: Priority) -> None:
    need = NeedClassifier(TopicFinder(shipped_topics())).classify(text)
    assert (need.kind, need.priority) == (kind, priority)


def test_a_chosen_topic_is_kept() -> None:
    classifier = NeedClassifier(TopicFinder(shipped_topics()))
    assert classifier.classify("my interview", topic_hint="skills").topic == "skills"
