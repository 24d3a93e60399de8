from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from kernel.errors import InputError
from knowledge.intents import Example, IntentClassifier, Trained, train
from knowledge.intents.features import Encoder
from knowledge.intents.nlu import parse_nlu, shipped_examples
from knowledge.intents.versions import Versions
from knowledge.rasa import export_project
from vectors.embedders import Embedders

SMALL = [
    Example(text, intent)
    for intent, texts in {
        "cancel": ["cancel it", "please cancel my booking", "取消预约", "I want to cancel"],
        "pay": ["how do I pay", "pay by card", "我要付款", "let me pay now"],
        "out_of_scope": ["what's the weather", "今天天气", "who won the game", "order a pizza"],
    }.items()
    for text in texts
]


@pytest.fixture(scope="module")
def encoder(embedders: Embedders) -> Encoder:
    return Encoder(embedders)


@pytest.fixture(scope="module")
def small(encoder: Encoder) -> Trained:
    return train(SMALL, encoder)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_shipped_data_has_enough_for_each_intent(language: str) -> None:
    examples = shipped_examples([language])
    counts = Counter(example.intent for example in examples)
    assert len(counts) >= 25
    assert min(counts.values()) >= 20
    assert len({(one.text, one.intent) for one in examples}) == len(examples)


def test_both_languages_teach_the_same_intents() -> None:
    english, chinese = ({one.intent for one in shipped_examples([code])} for code in ("en", "zh"))
    assert english == chinese


def test_an_intent_is_named_and_ranked(small: Trained) -> None:
    intent = small.classifier.parse("could you cancel my appointment")
    assert intent.name == "cancel"
    assert intent.ranking[0] == ("cancel", intent.confidence)
    assert sum(p for _, p in intent.ranking) == pytest.approx(1, abs=0.01)


def test_what_is_out_of_scope_has_no_name(small: Trained) -> None:
    assert small.classifier.parse("will it rain tomorrow").name is None
    assert small.classifier.parse("😂").name is None


def test_what_is_as_much_one_thing_as_another_has_no_name(encoder: Encoder) -> None:
    both = [Example("the booking and the card", intent) for intent in "abcde"]
    classifier = train([*SMALL, *both], encoder).classifier
    intent = classifier.parse("the booking and the card")
    assert intent.name is None
    assert {name for name, _ in intent.ranking[:5]} == set("abcde")
    assert classifier.parse("please cancel my booking").name == "cancel"


def test_the_share_of_what_is_to_be_rejected_is(encoder: Encoder) -> None:
    """Most of what is out of scope, and no more of the rest than that costs."""
    trained = train(shipped_examples(["en"]), encoder)
    assert 0.9 <= trained.rejected <= 0.98
    assert trained.accuracy > 0.88


def test_one_language_teaches_the_other(encoder: Encoder) -> None:
    english = [one for one in SMALL if one.text.isascii()]
    classifier = train(english, encoder, out_of_scope=None).classifier
    assert classifier.parse("取消预约").ranking[0][0] == "cancel"


def test_an_example_left_out_is_judged_as_if_it_had_not_been_there(encoder: Encoder) -> None:
    """The shortcut by the inverse matrix against really training without the example."""
    trained = train(SMALL, encoder)
    hits = []
    for place, example in enumerate(SMALL):
        rest = [one for other, one in enumerate(SMALL) if other != place]
        classifier = train(rest, encoder, out_of_scope=None).classifier
        hits.append(classifier.parse(example.text).ranking[0][0] == example.intent)
    assert trained.accuracy <= np.mean(hits) + 0.2


def test_rasa_yaml_is_read_without_its_entity_marks() -> None:
    text = (
        'version: "3.1"\nnlu:\n- intent: book\n  examples: |\n'
        '    - book [tomorrow](time)\n    - a [coach]{"entity": "role"}\n- synonym: x\n'
        "  examples: |\n    - y\n"
    )
    assert parse_nlu(text, name="f") == [
        Example("book tomorrow", "book"),
        Example("a coach", "book"),
    ]


@pytest.mark.parametrize("text", ["nlu: [", "other: 1", "- a", "nlu:\n- intent: x\n"])
def test_broken_rasa_yaml_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="f is not Rasa NLU YAML"):
        parse_nlu(text, name="f")


def test_versions_are_kept_scored_and_rolled_back(
    small: Trained, encoder: Encoder, tmp_path: Path
) -> None:
    versions = Versions(tmp_path)
    good = {"accuracy": 0.9, "rejected": 0.9}
    assert versions.save(small.classifier, scores=good, data="x").active
    assert versions.save(small.classifier, scores=good, data="x").active
    worse = versions.save(small.classifier, scores={"accuracy": 0.5, "rejected": 0.9}, data="x")
    assert not worse.active
    assert [version.number for version in versions.all() if version.active] == [2]
    assert versions.rollback().number == 1
    with pytest.raises(InputError, match="no earlier intent model"):
        versions.rollback()


def test_a_stored_classifier_says_the_same(
    small: Trained, encoder: Encoder, tmp_path: Path
) -> None:
    versions = Versions(tmp_path)
    saved = versions.save(small.classifier, scores=small.scores, data="x")
    loaded: IntentClassifier = versions.load(saved.number, encoder)
    assert loaded.parse("cancel please") == small.classifier.parse("cancel please")


def test_a_model_file_cut_in_half_says_how_to_mend_it(
    small: Trained, encoder: Encoder, tmp_path: Path
) -> None:
    versions = Versions(tmp_path)
    versions.save(small.classifier, scores=small.scores, data="x")
    path = tmp_path / "1.npz"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(InputError, match="hourwise intents train"):
        versions.load(1, encoder)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_rasa_project_has_every_example(tmp_path: Path, language: str) -> None:
    export_project(tmp_path, language=language)
    exported = parse_nlu((tmp_path / "data" / "nlu.yml").read_text(encoding="utf-8"), name="nlu")
    assert Counter(exported) == Counter(shipped_examples([language]))
    domain = (tmp_path / "domain.yml").read_text(encoding="utf-8")
    assert all(f"- {one.intent}\n" in domain for one in exported)
    assert (tmp_path / "config.yml").exists()


def test_a_labels_own_name_teaches_as_well(encoder: Encoder) -> None:
    examples = [Example("that one", "card_arrival"), Example("this one", "lost_phone")]
    classifier = train(examples, encoder, out_of_scope=None).classifier
    assert classifier.parse("when does my card arrive").name == "card_arrival"
    assert classifier.parse("I cannot find my phone").name == "lost_phone"


def test_being_like_what_is_out_of_scope_makes_a_text_less_familiar(encoder: Encoder) -> None:
    without = [one for one in SMALL if one.intent != "out_of_scope"]
    texts = ["what's the weather tomorrow", "order me a pizza please"]

    def familiarity(examples: list[Example]) -> float:
        classifier = train(examples, encoder).classifier
        likeness = classifier.likeness(texts)
        return float(classifier.familiarity(likeness, classifier.values(likeness)).mean())

    assert familiarity(SMALL) < familiarity(without) - 0.2
