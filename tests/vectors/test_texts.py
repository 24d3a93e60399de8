import pytest

from vectors.language import language_of
from vectors.normal import normalize
from vectors.words import WordIndex, tokens


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I need a coach", "en"),
        ("我想找教练", "zh"),
        ("我想找career coach", "zh"),
        ("what does 你好 mean", "en"),
        ("予約をキャンセルしたい", "ja"),
        ("예약 취소", "ko"),
        ("отменить запись", "ru"),
        ("👍 12", "zh"),
    ],
)
def test_the_script_tells_the_language(text: str, language: str) -> None:
    assert language_of(text, default="zh") == language


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("請問  怎麼取消？", "请问 怎么取消?"),
        ("Ｃａｎｃｅｌ 😂👍🏽 now", "Cancel now"),
        ("room 3️⃣", "room 3"),
    ],
)
def test_spellings_that_mean_the_same_become_one(text: str, normal: str) -> None:
    assert normalize(text) == normal


def test_terms_are_stems_and_chinese_bigrams() -> None:
    assert tokens("cancelling bookings 怎么取消") == [
        "cancel", "book", "怎", "么", "取", "消", "怎么", "么取", "取消",
    ]  # fmt: skip


def test_the_word_index_finds_the_text_that_shares_rare_words() -> None:
    index = WordIndex(["how to cancel a booking", "how to pay", "怎么付款"])
    assert index.scores("can I cancel?").argmax() == 0
    assert index.scores("付款").argmax() == 2
    assert not index.scores("zebra").any()


def test_an_empty_word_index_has_no_scores() -> None:
    assert WordIndex([]).scores("anything").tolist() == []
