"""Failures on demand."""

import httpx
import pytest

from tests.sandbox.kit import DANIEL, MIA, TOKEN, Sandbox


async def test_a_refusal_strikes_before_the_effect_and_so_often(sandbox: Sandbox) -> None:
    await sandbox.post("faults", method="sendMessage", status=500, times=2)
    for _ in range(2):
        assert (await sandbox.refused("sendMessage", chat_id=MIA, text="x"))["error_code"] == 500
    assert (await sandbox.chat(MIA))["messages"] == []
    await sandbox.call("sendMessage", chat_id=MIA, text="x")


async def test_a_fault_of_one_chat_spares_the_others(sandbox: Sandbox) -> None:
    await sandbox.post("faults", method="sendMessage", status=403, times=1, chat_id=MIA)
    await sandbox.call("sendMessage", chat_id=DANIEL, text="x")
    assert (await sandbox.refused("sendMessage", chat_id=MIA, text="x"))["error_code"] == 403


async def test_a_lost_answer_comes_after_the_effect(sandbox: Sandbox) -> None:
    await sandbox.post("faults", lose_response="sendMessage", times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        await sandbox.call("sendMessage", chat_id=MIA, text="done")
    assert [message["text"] for message in (await sandbox.chat(MIA))["messages"]] == ["done"]
    assert len(await sandbox.calls("sendMessage")) == 1


async def test_a_blocked_bot_is_told_and_a_message_unblocks_it(sandbox: Sandbox) -> None:
    await sandbox.post("faults", block=MIA)
    member = (await sandbox.last_update())["my_chat_member"]
    assert member["new_chat_member"]["status"] == "kicked"
    refusal = await sandbox.refused("sendMessage", chat_id=MIA, text="x")
    assert refusal["description"] == "Forbidden: bot was blocked by the user"
    await sandbox.says(MIA, "back")
    kinds = [
        next(kind for kind in update if kind != "update_id") for update in await sandbox.updates()
    ]
    assert kinds[-2:] == ["my_chat_member", "message"]
    await sandbox.call("sendMessage", chat_id=MIA, text="x")


async def test_pace_is_one_a_second_a_chat_and_thirty_in_all(sandbox: Sandbox) -> None:
    await sandbox.post("faults", pace=True)
    await sandbox.call("sendMessage", chat_id=MIA, text="x")
    assert (await sandbox.refused("sendMessage", chat_id=MIA, text="x"))["error_code"] == 429
    await sandbox.call("sendChatAction", chat_id=MIA, action="typing")
    for person in range(5000, 5029):
        await sandbox.post("users", id=person, first_name="a")
        await sandbox.call("sendMessage", chat_id=person, text="x")
    refusal = await sandbox.refused("sendMessage", chat_id=DANIEL, text="x")
    assert refusal["parameters"] == {"retry_after": 1}
    await sandbox.post("faults", pace=False)
    await sandbox.call("sendMessage", chat_id=MIA, text="x")


async def test_updates_are_repeated_under_their_id(sandbox: Sandbox) -> None:
    await sandbox.post("faults", repeat_updates=3)
    await sandbox.says(MIA, "thrice")
    seen = []
    offset = 0
    for _ in range(3):
        (update,) = await sandbox.updates(offset=offset)
        seen.append(update["update_id"])
        offset = update["update_id"] + 1
    assert len(set(seen)) == 1
    assert await sandbox.updates(offset=offset) == []


async def test_calls_are_recorded_oldest_first(sandbox: Sandbox) -> None:
    await sandbox.call("sendMessage", chat_id=MIA, text="a", reply_markup={"keyboard": [["b"]]})
    await sandbox.refused("sendMessage", chat_id=5, text="c")
    first, second = await sandbox.calls("sendmessage")
    assert first["params"]["reply_markup"] == {"keyboard": [["b"]]}
    assert first["answer"]["ok"]
    assert second["answer"]["error_code"] == 400
    await sandbox.http.post(
        f"/telegram/bot{TOKEN}/sendDocument",
        data={"chat_id": str(MIA)},
        files={"document": ("a.txt", b"text")},
    )
    (sent,) = await sandbox.calls("sendDocument")
    assert sent["params"]["document"] == {"file_name": "a.txt", "bytes": 4}


async def test_faults_can_be_cleared(sandbox: Sandbox) -> None:
    await sandbox.post("faults", method="getMe", status=500, times=9)
    await sandbox.http.delete("/sandbox/api/faults")
    await sandbox.call("getMe")
