"""Whatever comes in is answered: with a result or with a refusal, never with a crash."""

import asyncio
import contextlib
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.stripe.errors import StripeError
from sandbox.stripe.forms import parse_form
from sandbox.stripe.operations import OPERATIONS
from sandbox.telegram.api import METHODS, perform
from sandbox.telegram.args import from_json
from sandbox.telegram.html import parse_html
from sandbox.telegram.markdown import parse_markdown
from sandbox.telegram.markdown_v2 import parse_markdown_v2
from sandbox.telegram.marked import EntityError, utf16_length
from sandbox.world import World, new_world
from tests.sandbox.kit import MIA, TOKEN
from tests.sandbox.spec import available, problems, spec

FIELDS = re.split(
    r"\s",
    "allowed_updates callback_query_id caption caption_entities chat_id commands currency "
    "description document duration entities error_message from_chat_id link_preview_options media "
    "menu_button message_effect_id message_id offset ok parse_mode payload photo prices "
    "provider_token reply_markup reply_parameters scope secret_token text title url user_id voice",
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "text",
                    "offset",
                    "length",
                    "url",
                    "command",
                    "label",
                    "amount",
                    "message_id",
                    "inline_keyboard",
                    "keyboard",
                    "media",
                    "user",
                    "id",
                    "callback_data",
                    "caption",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
LIKELY = st.one_of(
    VALUES,
    st.sampled_from([MIA, 1, 2, "HTML", "MarkdownV2", "Markdown", "XTR", "USD", "<b>x</b>"]),
)
CALLS = st.dictionaries(st.sampled_from(FIELDS), LIKELY, max_size=6)
MARKUP = st.text(
    st.sampled_from("ab *_`~|[]()!>\\\n<>/=\"'&;#x1🎉") | st.characters(exclude_categories=["Cs"]),
    max_size=30,
)


def _world() -> World:
    return new_world(product_url="http://127.0.0.1:9", webhook_secret="whsec_x")


@settings(max_examples=300, deadline=None)
@given(method=st.sampled_from(sorted(METHODS)), params=CALLS)
def test_every_call_is_answered(method: str, params: dict[str, Any]) -> None:
    async def answered() -> dict[str, Any]:
        world = _world()
        for text in ("one", "two"):
            await perform(world, TOKEN, "sendMessage", from_json({"chat_id": MIA, "text": text}))
        return await perform(world, TOKEN, method, from_json(params))

    body = asyncio.run(answered())
    if not body["ok"]:
        assert body["error_code"] in (400, 403, 409)
    elif available():
        assert problems(body["result"], spec()["methods"][method]["returns"]) == []


@settings(max_examples=300, deadline=None)
@given(source=MARKUP)
def test_every_markup_is_parsed_or_refused(source: str) -> None:
    for parse in (parse_html, parse_markdown, parse_markdown_v2):
        try:
            marked = parse(source)
        except EntityError:
            continue
        length = utf16_length(marked.text)
        for entity in marked.entities:
            assert entity["length"] > 0
            assert 0 <= entity["offset"] <= entity["offset"] + entity["length"] <= length


NAMES = st.sampled_from(
    re.split(
        r"\s",
        "amount currency metadata mode line_items line_items[0] line_items[0][price_data] limit "
        "line_items[0][quantity] line_items[0][price_data][unit_amount] success_url expires_at charge "
        "payment_intent destination source_transaction created created[gte] starting_after type status "
        "payment_intent_data metadata[a] expand[] account email capabilities confirm return_url",
    )
)


@settings(max_examples=300, deadline=None)
@given(
    operation=st.sampled_from(OPERATIONS),
    pairs=st.lists(
        st.tuples(NAMES, st.sampled_from(["", "x", "-1", "50", "5000", "usd", "payment"]))
    ),
)
def test_every_operation_of_the_processor_is_answered(
    operation: Any, pairs: list[tuple[str, str]]
) -> None:
    encoded = "&".join(f"{name}={value}" for name, value in pairs)
    ids = ["none"] * operation.path.count("(")
    with contextlib.suppress(StripeError):
        operation.run(_world().stripe, parse_form(encoded), *ids, pages="http://a.example")
