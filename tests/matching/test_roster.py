"""Looking over all experts at once finds whom the plain definition finds, whatever changed before."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.ids import ExpertId, OfferId
from kernel.money import Money
from matching.fair import turns
from matching.fit import FitIndex
from matching.model import ExpertFacts, MatchNeed, OfferFacts
from matching.names import Names
from matching.roster import Roster
from tests.matching.builders import FIELDS
from tests.matching.plain import candidates, groups
from vectors.embedders import Embedders

TOPICS = [*FIELDS, "career", "unheard-of"]
LANGUAGES = ["en", "zh"]
PRICES = st.integers(0, 3).map(lambda price: price * 10_00)
CURRENCIES = st.sampled_from(["USD", "CNY"])
NAMES = [ExpertId(name) for name in "abcdefgh"]

offers = st.lists(st.tuples(st.sampled_from([30, 60, 90]), PRICES, CURRENCIES), max_size=4).map(
    lambda found: tuple(
        OfferFacts(OfferId(f"{place}"), {}, minutes, Money(price, currency), "card")
        for place, (minutes, price, currency) in enumerate(found)
    )
)
experts = st.builds(
    ExpertFacts,
    expert_id=st.sampled_from(NAMES),
    name=st.just("somebody"),
    bio=st.just({}),
    topics=st.lists(st.sampled_from([*FIELDS]), max_size=3, unique=True).map(tuple),
    languages=st.lists(st.sampled_from(LANGUAGES), max_size=2, unique=True).map(tuple),
    offers=offers,
    verified=st.integers(0, 5).map(bool),
    taking_clients=st.integers(0, 5).map(bool),
)
needs = st.builds(
    MatchNeed,
    topic=st.none() | st.sampled_from(TOPICS),
    language=st.none() | st.sampled_from([*LANGUAGES, "fr"]),
    budget=st.none() | st.builds(Money, PRICES, CURRENCIES),
    minutes=st.none() | st.sampled_from([30, 45, 60]),
)
# what one refresh brings: experts as they are now, and who left
changes = st.lists(
    st.tuples(st.lists(experts, max_size=4), st.lists(st.sampled_from(NAMES), max_size=2))
)
fitting = st.fixed_dictionaries(
    {name: st.sampled_from([0.0, 0.395, 0.4, 0.8, 0.9]) for name in NAMES}
)


@settings(max_examples=300, deadline=None)
@given(
    changes, needs, fitting, st.integers(1, 9), st.text(max_size=3),
    st.lists(st.sampled_from([*NAMES, "unknown"]), max_size=3),
)  # fmt: skip
def test_the_shortlist_is_that_of_the_plain_definition(news, need, fits, limit, seed, without):
    roster = Roster(FIELDS)
    roster.put((), NAMES)
    known: dict[ExpertId, ExpertFacts] = {}
    for changed, forgotten in news:
        roster.put(changed, forgotten)
        known = {one: each for one, each in known.items() if one not in forgotten}
        known |= {each.expert_id: each for each in changed}
    places = {roster.place(name): name for name in NAMES}
    texts = np.array([fits[places[place]] for place in range(len(roster))])
    found = [*roster.shortlist(need, lambda _: texts, limit=limit, seed=seed, without=without)]
    known = {one: each for one, each in known.items() if one not in without}

    plain = candidates([*known.values()], fits=fits, need=need, fields=FIELDS)
    sizes = groups([one.semantic + one.topical for one in plain])
    assert len(found) == min(limit, len(plain))
    begin = 0
    for size in sizes:
        equals = plain[begin : begin + size]
        shown = found[begin : begin + size]
        assert all(one in equals for one in shown)
        assert len({one.expert_id for one in shown}) == len(shown)
        begin += size


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 1), max_size=30), st.integers(1, 40), st.text(max_size=3))
def test_a_shorter_list_is_the_beginning_of_a_longer_one(scores, limit, seed):
    everybody = turns(np.array(scores), limit=len(scores), seed=seed)
    assert sorted(everybody.tolist()) == list(range(len(scores)))
    assert turns(np.array(scores), limit=limit, seed=seed).tolist() == everybody[:limit].tolist()


ALL = np.ones(5, dtype=np.bool_)
TEXTS = st.sampled_from(["I help with burnout.", "Taxes for freelancers", "职业规划与转行", ""])
writers = st.fixed_dictionaries({"en": TEXTS}, optional={"zh": TEXTS})
steps = st.lists(
    st.dictionaries(st.integers(0, 4), st.none() | st.tuples(writers, st.lists(TEXTS, max_size=2))),
    max_size=4,
)


@settings(max_examples=40, deadline=None)
@given(steps=steps, need=st.sampled_from(["burnout at work", "想换工作", "仕事を変えたい です"]))
def test_an_index_that_followed_every_change_says_what_a_new_one_says(
    embedders: Embedders, steps, need
):
    followed = FitIndex(embedders)
    last: dict[int, ExpertFacts | None] = {}
    for step in steps:
        news = {place: each and wrote(place, *each) for place, each in step.items()}
        followed.prepare([each for each in news.values() if each])
        followed.put(news)
        last |= news
    anew = FitIndex(embedders)
    anew.put({place: each for place, each in last.items() if each})
    assert np.allclose(followed.fits(need, ALL), anew.fits(need, ALL), atol=1e-5)
    silent = [place for place in range(len(ALL)) if last.get(place) is None]
    assert not followed.fits(need, ALL)[silent].any()
    for place in range(len(ALL)):
        one = np.arange(len(ALL)) == place
        assert np.allclose(followed.fits(need, one), followed.fits(need, ALL) * one, atol=1e-5)


def wrote(place: int, bio: dict[str, str], answers: list[str]) -> ExpertFacts:
    return ExpertFacts(
        ExpertId(str(place)), "", bio, (), (), (), True, True, answered=tuple(answers)
    )


def test_somebody_renamed_or_gone_is_found_no_more_by_the_old_name():
    names = Names()
    names.put(ExpertId("ann"), "Ann Lee")
    names.put(ExpertId("ann"), "Ann Brooks")
    assert names.named("is Ann Lee free?") is None
    assert names.named("is Ann Brooks free?") == "ann"
    names.put(ExpertId("ann"), "")
    assert names.named("is Ann Brooks free?") is None
