"""The addresses below `/sandbox/api` that steer the sandbox: clock, faults, calls, payments."""

import asyncio
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import person_actions as actions
from sandbox.clock import utc
from sandbox.durations import parse_duration
from sandbox.faults import Faults, Rule
from sandbox.people_api import number, read_json
from sandbox.person_actions import BadAction
from sandbox.stripe.checkout import settle
from sandbox.stripe.errors import StripeError
from sandbox.values import JsonObject
from sandbox.world import World

MAX_WAIT_S = 60


class ControlApi:
    """What scripts and the chat page do to the sandbox itself."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Where each part answers."""
        return [
            Route("/sandbox/api/clock", self._clock, methods=["GET"]),
            Route("/sandbox/api/clock", self._set_clock, methods=["POST"]),
            Route("/sandbox/api/faults", self._faults, methods=["GET"]),
            Route("/sandbox/api/faults", self._add_fault, methods=["POST"]),
            Route("/sandbox/api/faults", self._clear_faults, methods=["DELETE"]),
            Route("/sandbox/api/calls", self._calls, methods=["GET"]),
            Route("/sandbox/api/stripe/{session}", self._settle, methods=["POST"]),
        ]

    async def _clock(self, request: Request) -> Response:
        if "after" in request.query_params:
            await self._follow(request)
        return self._clock_answer()

    async def _follow(self, request: Request) -> None:
        follower = request.query_params.get("follower")
        following = asyncio.create_task(
            self._world.clock.follow(
                follower,
                after=number(request, "after", 0),
                wait=min(number(request, "wait", 25), MAX_WAIT_S),
            )
        )
        hanging_up = asyncio.create_task(_hung_up(request))
        await asyncio.wait({following, hanging_up}, return_when=asyncio.FIRST_COMPLETED)
        if not following.done() and follower is not None:
            self._world.clock.forget(follower)
        for task in (following, hanging_up):
            task.cancel()
        await asyncio.gather(following, hanging_up, return_exceptions=True)

    async def _set_clock(self, request: Request) -> Response:
        wanted = await read_json(request)
        if "follower" in wanted:
            self._world.clock.report(
                str(wanted["follower"]),
                done=_whole(wanted, "done"),
                next_due=_instant(wanted["next_due"]) if wanted.get("next_due") else None,
            )
        elif wanted.get("to") == "next":
            if not await self._world.clock.advance_to_next():
                raise BadAction("nothing is due", status=409)
        else:
            await self._world.clock.advance(self._target(wanted))
        return self._clock_answer()

    def _clock_answer(self) -> Response:
        clock = self._world.clock
        due = clock.next_due()
        return JSONResponse(
            {
                "now": utc(clock()),
                "n": clock.n,
                "offset_s": clock.offset_s,
                "next_due": utc(due) if due else None,
                "moving": clock.moving,
            }
        )

    def _target(self, wanted: JsonObject) -> datetime:
        now = self._world.clock()
        if "advance" in wanted:
            duration = parse_duration(str(wanted["advance"]))
            if duration is None or duration < timedelta():
                raise BadAction("advance must be a duration such as PT24H, and not negative")
            return now + duration
        if "to" in wanted:
            target = _instant(wanted["to"])
            if target < now:
                raise BadAction("the clock never goes backwards")
            return target
        raise BadAction('give {"advance": "PT1H"} or {"to": "next"} or {"to": an instant}')

    async def _faults(self, _: Request) -> Response:
        return JSONResponse(self._world.faults.as_json())

    async def _clear_faults(self, _: Request) -> Response:
        self._world.faults = Faults()
        self._world.stripe.drop_webhooks = False
        return JSONResponse(self._world.faults.as_json())

    async def _add_fault(self, request: Request) -> Response:
        wanted = await read_json(request)
        faults = self._world.faults
        known = False
        for name in ("block", "unblock"):
            if name in wanted:
                self._block(wanted[name], blocked=name == "block")
                known = True
        if "drop_webhooks" in wanted:
            self._world.stripe.drop_webhooks = bool(wanted["drop_webhooks"])
            known = True
        if "pace" in wanted:
            faults.pace = bool(wanted["pace"])
            known = True
        if "repeat_updates" in wanted:
            faults.repeat_updates = max(1, _whole(wanted, "repeat_updates"))
            known = True
        if "lose_response" in wanted:
            method = str(wanted["lose_response"])
            faults.rules.append(
                Rule(method, _times(wanted), chat_id=wanted.get("chat_id"), lose=True)
            )
            known = True
        if "method" in wanted:
            faults.rules.append(_refusing(wanted))
            known = True
        if not known:
            raise BadAction("unknown kind of fault")
        return JSONResponse(faults.as_json() | {"drop_webhooks": self._world.stripe.drop_webhooks})

    def _block(self, person_id: Any, *, blocked: bool) -> None:
        person = self._world.people.get(person_id)
        if person is None:
            raise BadAction("there is no such user", status=404)
        (actions.block if blocked else actions.unblock)(self._world, person)

    async def _calls(self, request: Request) -> Response:
        return JSONResponse({"calls": self._world.calls.listed(request.query_params.get("method"))})

    async def _settle(self, request: Request) -> Response:
        wanted = await read_json(request)
        session_id = request.path_params["session"]
        try:
            session = settle(self._world.stripe, session_id, str(wanted.get("outcome")))
        except StripeError as error:
            return JSONResponse(error.as_json(), status_code=error.status)
        return JSONResponse(session)


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue


def _refusing(wanted: JsonObject) -> Rule:
    status = _whole(wanted, "status")
    if status not in set(HTTPStatus) or status < 400:
        raise BadAction("status must be a refusing HTTP status")
    return Rule(
        str(wanted["method"]),
        _times(wanted),
        status=status,
        retry_after=wanted.get("retry_after"),
        chat_id=wanted.get("chat_id"),
    )


def _times(wanted: JsonObject) -> int:
    return _whole(wanted, "times") if "times" in wanted else 1


def _whole(wanted: JsonObject, name: str) -> int:
    value = wanted.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadAction(f"{name} must be a whole number")
    return value


def _instant(value: Any) -> datetime:
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        raise BadAction("an instant looks like 2026-11-24T13:00:00Z") from None
    if instant.tzinfo is None:
        raise BadAction("an instant needs an offset, such as Z")
    return instant.astimezone(UTC)
