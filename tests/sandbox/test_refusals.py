"""What the Bot API refuses, tried over raw HTTP without any client library."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from sandbox.telegram.api import METHODS
from tests.sandbox.kit import MIA, TOKEN, Sandbox, running_sandbox
from tests.sandbox.refusals import REFUSALS, Refusal
from tests.sandbox.spec import available, spec


@asynccontextmanager
async def _prepared() -> AsyncIterator[tuple[Sandbox, str]]:
    """A chat with 1 Mia's text, 2 a text, 3 a file, 4 a reply keyboard, 5 an invoice."""
    async with running_sandbox(product_url="http://127.0.0.1:9") as sandbox:
        await sandbox.says(MIA, "hi")
        await sandbox.call("sendMessage", chat_id=MIA, text="hello")
        response = await sandbox.http.post(
            f"/telegram/bot{TOKEN}/sendDocument",
            data={"chat_id": str(MIA), "caption": "a file"},
            files={"document": ("a.txt", b"text")},
        )
        file_id = response.json()["result"]["document"]["file_id"]
        await sandbox.call("sendMessage", chat_id=MIA, text="x", reply_markup={"keyboard": [["a"]]})
        await sandbox.call(
            "sendInvoice",
            chat_id=MIA,
            title="t",
            description="d",
            payload="p",
            currency="XTR",
            prices=[{"label": "a", "amount": 1}],
        )
        yield sandbox, file_id


async def _prepare(sandbox: Sandbox, refusal: Refusal) -> None:
    match refusal.before:
        case "block":
            await sandbox.post("faults", block=MIA)
        case "pace":
            await sandbox.post("faults", pace=True)
            await sandbox.call("sendMessage", chat_id=MIA, text="the first one may")
        case "webhook":
            await sandbox.call("setWebhook", url="http://127.0.0.1:9/hook")
        case "fault":
            await sandbox.post("faults", method=refusal.method, status=429, retry_after=7, times=1)
        case "server error":
            await sandbox.post("faults", method=refusal.method, status=500, times=1)
        case "three days":
            await sandbox.post("clock", advance="P3D")
        case _:
            pass


@pytest.mark.parametrize("method", METHODS)
async def test_refused_as_telegram_does(method: str) -> None:
    refusals = [refusal for refusal in REFUSALS if refusal.method == method]
    assert len(refusals) >= 3
    async with _prepared() as (sandbox, file_id):
        for refusal in refusals:
            if not refusal.before:
                await _check(sandbox, file_id, refusal)
    for refusal in refusals:
        if refusal.before:
            async with _prepared() as (sandbox, file_id):
                await _prepare(sandbox, refusal)
                await _check(sandbox, file_id, refusal)


async def _check(sandbox: Sandbox, file_id: str, refusal: Refusal) -> None:
    body = refusal.body
    if body is None:
        body = json.dumps(refusal.params).replace("<file>", file_id).encode()
    response = await sandbox.http.post(
        f"/telegram/bot{TOKEN}/{refusal.method}",
        content=body,
        headers={"Content-Type": "application/json"},
    )
    answer: dict[str, Any] = response.json()
    assert (response.status_code, answer["ok"]) == (refusal.status, False), refusal
    assert answer["error_code"] == refusal.status
    assert refusal.words in answer["description"], refusal
    if refusal.status == 429:
        assert answer["parameters"]["retry_after"] >= 1


@pytest.mark.skipif(not available(), reason="../shared/data/telegram-bot-api.json is not here")
async def test_all_other_methods_of_the_specification_are_not_found(sandbox: Sandbox) -> None:
    others = set(spec()["methods"]) - set(METHODS)
    assert len(others) > 100
    for method in sorted(others):
        refusal = await sandbox.refused(method, chat_id=MIA)
        assert refusal["error_code"] == 404
        assert refusal["description"].startswith("Not Found")
