"""What is put together for a message or a button fits, and reads as people write."""

from bot.shown import expert_text, headline
from kernel.ids import ExpertId, PersonId, SessionId
from people.model import Expert, Rating, Review
from tests.booking.builders import NOW
from texts.translator import Translator
from workflows.view_expert import ExpertPage


def test_an_experts_page_fits_into_one_message():
    expert = Expert(
        ExpertId("e"), "Ana", {"en": "b" * 9000}, ("en", "zh"), ("job-change",), "UTC",
        credentials=("MSc",),
    )  # fmt: skip
    reviews = [
        Review(
            str(n),
            SessionId(str(n)),
            ExpertId("e"),
            PersonId("p"),
            8,
            9,
            True,
            "c" * 1000,
            True,
            NOW,
        )
        for n in range(3)
    ]
    page = ExpertPage(expert, (), Rating(4.5, 3), reviews)
    text = expert_text(Translator("en"), page, topics=["Change of job"])
    assert len(text) < 4096
    assert text.count("…") == 4


def test_a_headline_is_in_the_readers_language_and_has_no_markup():
    text = {"en": "<b>Mon &amp; Tue</b>\nand more", "zh": "周一 &lt;和&gt; 周二"}
    assert headline(Translator("en"), text, 40) == "Mon & Tue and more"
    assert headline(Translator("zh"), text, 40) == "周一 <和> 周二"
    assert headline(Translator("zh"), {"en": "Only English"}, 6) == "Only…"
