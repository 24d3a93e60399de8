"""A restart keeps what happened, when there is a state file."""

import asyncio
import contextlib
import json
import socket
import sys
from pathlib import Path

import httpx

from sandbox.app import create_app
from sandbox.telegram.updates import UpdateQueue
from tests.sandbox.kit import MIA, TOKEN, running_sandbox

SESSION = {
    "mode": "payment",
    "success_url": "https://a.example/",
    "line_items[0][price_data][currency]": "usd",
    "line_items[0][price_data][unit_amount]": "4900",
    "line_items[0][price_data][product_data][name]": "An hour",
    "line_items[0][quantity]": "1",
}
KEY = {"Authorization": "Bearer sk_test_x", "Idempotency-Key": "one"}


async def test_a_restart_keeps_chats_updates_files_clock_and_payments(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.json"
    nowhere = "http://127.0.0.1:9"
    async with running_sandbox(product_url=nowhere, state_file=file) as sandbox:
        await sandbox.post("users", id=55, first_name="Lin")
        await sandbox.post(f"users/{MIA}/messages", document={"base64": "aGk="})
        sent = await sandbox.call("sendMessage", chat_id=MIA, text="before")
        await sandbox.post("clock", advance="P1D")
        response = await sandbox.http.post(
            "/stripe/v1/checkout/sessions", data=SESSION, headers=KEY
        )
        session = response.json()
        paid = await sandbox.post(f"stripe/{session['id']}", outcome="pay")
        seen = await sandbox.chat(MIA)
        pending = await sandbox.updates()
        now = (await sandbox.get("clock"))["now"]
    assert json.loads(file.read_text())
    async with running_sandbox(product_url=nowhere, state_file=file) as sandbox:
        assert await sandbox.chat(MIA) == seen
        assert await sandbox.updates() == pending
        assert (await sandbox.get("clock"))["now"] >= now
        await sandbox.call(
            "editMessageText", chat_id=MIA, message_id=sent["message_id"], text="after"
        )
        file_id = pending[0]["message"]["document"]["file_id"]
        path = (await sandbox.call("getFile", file_id=file_id))["file_path"]
        assert (await sandbox.http.get(f"/telegram/file/bot{TOKEN}/{path}")).content == b"hi"
        address = "/stripe/v1/checkout/sessions"
        again = await sandbox.http.post(address, data=SESSION, headers=KEY)
        assert again.headers["Idempotent-Replayed"] == "true"
        found = await sandbox.http.get(f"{address}/{session['id']}", headers=KEY)
        assert found.json() == paid
        assert await sandbox.says(55, "still here")


async def test_sigterm_writes_the_state(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.json"
    code = (
        "import asyncio, pathlib, sandbox.server as server;"
        "asyncio.run(server.serve(int({port}), product_url='http://127.0.0.1:9',"
        f"state_file=pathlib.Path({str(file)!r})))"
    )
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code.replace("{port}", str(port)), cwd=Path(__file__).parents[2]
    )
    await answering(port)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
        await http.post(f"/sandbox/api/users/{MIA}/messages", json={"text": "the last words"})
    process.terminate()
    assert await process.wait() == 0
    assert "the last words" in file.read_text()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def answering(port: int) -> None:
    """Wait until something listens there."""
    async with asyncio.timeout(20):
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                await writer.wait_closed()
                return
            await asyncio.sleep(0.05)


def test_without_a_file_nothing_is_written(tmp_path: Path) -> None:
    create_app(product_url="http://127.0.0.1:9")
    assert list(tmp_path.iterdir()) == []


def test_a_killed_sandbox_gives_no_update_id_a_second_time() -> None:
    killed = UpdateQueue()
    killed.add("message", {"text": "saved"})
    saved = json.loads(json.dumps(killed.dump()))
    for number in range(20):
        killed.add("message", {"text": f"not saved any more: {number}"})
    given = [one["update_id"] for one in killed.peek()]
    started = UpdateQueue()
    started.load(saved)
    started.add("message", {"text": "new"})
    again, new = (one["update_id"] for one in started.peek())
    assert again == given[0]
    assert new > max(given)
