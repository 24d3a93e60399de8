import numpy as np
import pytest

from vectors.beginning import embed_with_beginning
from vectors.embedders import Embedders

TITLE = "How do I sleep again after losing my job?"
BODY = (
    "My cousin has a yellow boat. We often go fishing on the lake, where the water is clear and "
    "cold even in August. In the evening we make a fire and eat what we have caught."
)


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        (f"{TITLE} {BODY}", TITLE),
        (f"Hi! {TITLE} {BODY}", f"Hi! {TITLE}"),
        (
            f"失业以后我怎么也睡不着觉。{'我表哥有一条黄色的船，我们常去湖上钓鱼。' * 3}",
            "失业以后我怎么也睡不着觉。",
        ),
    ],
)
def test_a_message_lies_nearer_to_its_beginning_than_the_whole_does(
    embedders: Embedders, text: str, beginning: str
) -> None:
    whole = embedders.across.embed_queries([text])[0]
    first = embedders.across.embed_queries([beginning])[0]
    half, all_of_it = (
        embed_with_beginning(embedders.across, [text], share=share)[0] for share in (0.5, 1)
    )
    assert whole @ first + 0.01 < half @ first < 0.999
    np.testing.assert_allclose(all_of_it, first, atol=1e-5)


@pytest.mark.parametrize("text", [f"{TITLE} I am 40.", "word " * 99, "", " " * 5000 + "x"])
def test_what_is_short_or_one_sentence_stays_as_it_is(embedders: Embedders, text: str) -> None:
    rows = embed_with_beginning(embedders.english, [text, TITLE], share=0.5)
    np.testing.assert_array_equal(rows, embedders.english.embed_queries([text, TITLE]))


def test_rows_are_of_unit_length_and_what_is_remembered_stays(embedders: Embedders) -> None:
    text = f"{TITLE} {BODY}"
    before = embedders.english.embed_queries([text]).copy()
    rows = embed_with_beginning(embedders.english, [text, "hi", f"{BODY} {TITLE}"], share=0.3)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    embed_with_beginning(embedders.english, [text], share=0.3)
    np.testing.assert_array_equal(embedders.english.embed_queries([text]), before)
