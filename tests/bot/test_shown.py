"""Long texts fit into Telegram's messages, whatever people wrote."""

from bot.shown import expert_text
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
