"""Which updates the bot takes at all."""

from typing import Any

import pytest

from bot.received import is_private

MIA = {"id": 1, "is_bot": False, "first_name": "Mia"}
OWN = {"id": 1, "type": "private"}
GROUP = {"id": -5, "type": "supergroup", "title": "Family"}


def message(chat: dict[str, Any]) -> dict[str, Any]:
    return {"message_id": 1, "date": 0, "from": MIA, "chat": chat, "text": "/sessions"}


@pytest.mark.parametrize("chat", [OWN, GROUP])
def test_only_a_persons_own_chat_is_listened_to(chat: dict[str, Any]):
    tap = {"id": "1", "from": MIA, "chat_instance": "1", "data": "x", "message": message(chat)}
    removed = {"chat": chat, "from": MIA, "date": 0}
    for update in (
        {"message": message(chat)},
        {"callback_query": tap},
        {"my_chat_member": removed},
    ):
        assert is_private({"update_id": 1, **update}) == (chat is OWN)


def test_a_payment_question_has_no_chat_and_is_taken():
    query = {"id": "1", "from": MIA, "currency": "USD", "total_amount": 1, "invoice_payload": "p"}
    assert is_private({"update_id": 1, "pre_checkout_query": query})
