"""The Bot API over HTTP: finding the method, faults, the envelope."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.clock import utc
from sandbox.lost import LostResponse
from sandbox.telegram import (
    methods_bot,
    methods_files,
    methods_messages,
    methods_payments,
    methods_updates,
)
from sandbox.telegram.args import Args, from_json, read_args
from sandbox.telegram.call import Call
from sandbox.telegram.errors import BotApiError
from sandbox.telegram.profile import bot_user
from sandbox.values import JsonObject
from sandbox.world import World

Method = Callable[[Call], Awaitable[Any]]
METHODS: dict[str, Method] = {
    **methods_bot.METHODS,
    **methods_updates.METHODS,
    **methods_messages.METHODS,
    **methods_files.METHODS,
    **methods_payments.METHODS,
}
_NAMES = {name.lower(): name for name in METHODS}
_NOT_FOUND = BotApiError(404, "Not Found: method not found")


async def answer_request(world: World, request: Request) -> Response:
    """Answer one HTTP request to `/telegram/bot<token>/<method>`."""
    name = request.path_params["method"]
    try:
        args = await read_args(request)
    except BotApiError as error:
        return JSONResponse(error.as_json(), status_code=error.status)
    body = await perform(world, request.path_params["token"], name, args)
    chat_id = _chat_id(args)
    if world.faults.loses_answer(name, chat_id):
        return LostResponse()
    return JSONResponse(body, status_code=body.get("error_code", 200))


async def perform(world: World, token: str, name: str, args: Args) -> JsonObject:
    """Do one call and record it; returns the envelope with its result or refusal."""
    record = world.calls.add(_NAMES.get(name.lower(), name), args.as_json(), at=utc(world.clock()))
    try:
        body = await _done(world, token, name, args)
    except BotApiError as error:
        body = error.as_json()
    record["answer"] = body
    return body


async def perform_webhook_answer(world: World, name: str, arguments: JsonObject) -> None:
    """Do the call that a bot put into its answer to a webhook."""
    token = f"{world.profile.bot['id']}:webhook"
    await perform(world, token, name, from_json(arguments))


async def _done(world: World, token: str, name: str, args: Args) -> JsonObject:
    known = _NAMES.get(name.lower())
    refusal = world.faults.refusal(name, _chat_id(args))
    if refusal is not None:
        raise BotApiError(refusal.status, refusal.description, retry_after=refusal.retry_after)
    if known is None:
        raise _NOT_FOUND
    bot = bot_user(token)
    world.profile.bot = bot
    result = await METHODS[known](Call(world=world, bot=bot, args=args))
    if isinstance(result, tuple):
        value, description = result
        return {"ok": True, "result": value, "description": description}
    return {"ok": True, "result": result}


def _chat_id(args: Args) -> int | None:
    value = args.text("chat_id")
    return int(value) if value.lstrip("-").isdecimal() else None
