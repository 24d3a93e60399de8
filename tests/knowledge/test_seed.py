from collections import Counter
from zoneinfo import ZoneInfo

from hourwise.seed.content import demo_entries, demo_experts
from knowledge.topics import shipped_topics


def test_every_topic_has_an_expert_whose_data_is_whole() -> None:
    experts = demo_experts()
    topics = {topic.id for topic in shipped_topics() if topic.parent}
    assert len(experts) >= 15
    assert {topic for expert in experts for topic in expert.topics} == topics
    assert len({expert.id for expert in experts}) == len(experts)
    for expert in experts:
        ZoneInfo(expert.timezone)
        assert set(expert.bio) == {"en", "zh"}
        assert expert.delivery in ("video", "relay")
        assert expert.weekly
        for offer in expert.offers:
            assert set(offer.title) == {"en", "zh"}
            assert offer.rail in ("card", "invoice", "free")
            assert (offer.price.amount == 0) == (offer.rail == "free")


def test_the_first_expert_always_has_free_times() -> None:
    first = demo_experts()[0]
    assert (first.id, first.telegram_id, first.needs_confirmation) == ("exp-daniel", 2001, False)
    assert {day["weekday"] for day in first.weekly} == set(range(7))


def test_some_experts_confirm_and_some_write() -> None:
    experts = demo_experts()
    assert sum(expert.needs_confirmation for expert in experts) >= 2
    assert sum(expert.delivery == "relay" for expert in experts) >= 2


def test_the_faq_says_the_same_in_both_languages() -> None:
    entries = demo_entries()
    assert all(entry.id.endswith(f".{entry.language}") for entry in entries)
    assert all(2 <= len(entry.variants) <= 5 for entry in entries)
    stems = Counter(entry.id.rpartition(".")[0] for entry in entries)
    assert set(stems.values()) == {2}
    assert len(stems) >= 60
    topics = {topic.id for topic in shipped_topics()}
    assert {entry.topic for entry in entries if entry.topic} <= topics
