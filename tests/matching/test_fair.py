"""Equals take turns, new experts get seen, and who somebody is makes no difference."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from kernel.ids import ExpertId, OfferId
from matching.fair import chosen, turns
from matching.fit import without_gender
from matching.model import ExpertFacts, Match, MatchNeed, Stars
from matching.rank import rank
from tests.matching.builders import an_expert, fits_of, shortlist
from tests.matching.test_matching import NOW
from vectors.embedders import Embedders

REQUESTS = 10_000
SHOWN = 5


def a_match(name: str, score: float = 0.5) -> Match:
    """Those called `known` have ten reviews."""
    rating = Stars(4.5, 10) if name.startswith("known") else None
    return Match(ExpertId(name), OfferId(name), score, (), rating=rating)


def shown_of(matches: list[Match], *, explore: float = 0.0) -> Counter[str]:
    """How often each is shown in 10,000 requests."""
    counts: Counter[str] = Counter()
    for number in range(REQUESTS):
        few = chosen(matches, limit=SHOWN, explore=explore, seed=f"client {number}")
        counts.update(str(one.expert_id) for one in few)
    return counts


def test_equals_are_shown_equally_often():
    counts = shown_of([a_match(f"known {place}", 0.5 + place * 1e-4) for place in range(20, 0, -1)])
    assert len(counts) == 20
    assert max(counts.values()) <= 1.5 * min(counts.values())


def test_who_is_clearly_better_is_not_mixed_with_others():
    best, good, as_good, worse = range(4)
    firsts = set()
    for seed in range(50):
        found = turns(np.array([0.9, 0.6, 0.595, 0.4]), limit=4, seed=str(seed)).tolist()
        assert (found[0], found[3]) == (best, worse)
        firsts.add(found[1])
    assert firsts == {good, as_good}


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_new_experts_get_the_operators_share_of_requests(share: float):
    known = [a_match(f"known {place}", 0.6 - place / 50) for place in range(8)]
    new = [a_match("new one", 0.35), a_match("new two", 0.34)]
    counts = shown_of([*known, *new, a_match("new and unfit", 0.1)], explore=share)
    assert abs((counts["new one"] + counts["new two"]) / REQUESTS - share) < 0.02
    assert abs(counts["new one"] - counts["new two"]) <= 0.02 * REQUESTS
    assert counts["new and unfit"] == 0


def test_somebody_who_is_new_says_so():
    matches = [*(a_match(f"known {place}", 0.6) for place in range(5)), a_match("new", 0.5)]
    last = chosen(matches, limit=5, explore=1, seed="x")[-1]
    assert (last.expert_id, [one.key for one in last.reasons]) == ("new", ["reason-new"])


BIO = "Career coach. {} helped many people change jobs; {} clients value {} calm and practical way."
PRONOUNS = {"she": ("She", "her", "her"), "he": ("He", "his", "his")}


def a_coach(number: int) -> ExpertFacts:
    """Equally good ones: every other is a woman, and every other two speak Chinese as well."""
    gender, bilingual = ("she", "he")[number % 2], number % 4 >= 2
    bio = {"en": BIO.format(*PRONOUNS[gender])}
    if bilingual:
        bio["zh"] = "职业教练，帮助很多人换了工作。"
    return an_expert(
        f"{gender} {'both' if bilingual else 'english'} {number:02}", bio=bio,
        topics=("job-change",), languages=("en", "zh") if bilingual else ("en",),
    )  # fmt: skip


def test_gender_and_language_make_no_difference_in_exposure(embedders: Embedders):
    coaches = [a_coach(number) for number in range(40)]
    need = MatchNeed(text="I want to change my job and need a coach", language="en")
    fits = fits_of(coaches, embedders, need.text)
    counts: Counter[str] = Counter()
    for number in range(3_000):
        short = shortlist(coaches, need, fits=fits, seed=str(number))
        ranked = rank(short, need=need, next_free={}, tastes={}, now=NOW)
        for one in chosen(ranked, limit=SHOWN, explore=0.1, seed=str(number)):
            gender, language, _ = one.expert_id.split()
            counts[gender] += 1
            counts[language] += 1
    for group, other in (("she", "he"), ("both", "english")):
        assert abs(counts[group] / counts[other] - 1) <= 0.05


def test_pronouns_are_told_apart_from_words():
    assert without_gender("She sees where he's from; here is hers.") == (
        "they sees where they're from; here is theirs."
    )
    assert without_gender("她帮助他人。") == "TA帮助TA人。"


def test_a_review_and_an_answer_make_an_expert_be_found(embedders: Embedders):
    plain = [an_expert(f"plain {place}") for place in range(3)]
    praised = replace(plain[0], reviews=("She helped me through my burnout after a hard year.",))
    wrote = replace(plain[1], answered=("With burnout, first sleep, then talk to your boss.",))
    fits = fits_of([praised, wrote, plain[2]], embedders, "I think I have a burnout")
    assert min(fits[plain[0].expert_id], fits[plain[1].expert_id]) > 2 * fits[plain[2].expert_id]
