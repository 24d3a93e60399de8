"""The processor's API over HTTP: authentication, keys, faults, the operation, the answer."""

import re
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.clock import utc
from sandbox.lost import LostResponse
from sandbox.stripe.checkout import expire_due
from sandbox.stripe.errors import StripeError
from sandbox.stripe.expand import expanded
from sandbox.stripe.forms import parse_form
from sandbox.stripe.idempotency import Kept, fingerprint
from sandbox.stripe.operations import OPERATIONS, Operation
from sandbox.stripe.processor import Origin
from sandbox.stripe.store import random_id
from sandbox.values import JsonObject
from sandbox.world import World

_KEPT_STATUSES = frozenset({200, 402})


@dataclass(frozen=True)
class _Asked:
    """One API request."""

    method: str
    path: str
    params: JsonObject
    key: str | None
    pages: str


async def answer_request(world: World, request: Request) -> Response:
    """Answer one HTTP request to `/stripe/v1/…`."""
    encoded = (await request.body()).decode() or request.url.query
    request_id = random_id("req_", 14)
    world.stripe.origin = Origin(
        request_id=request_id,
        idempotency_key=request.headers.get("idempotency-key"),
        api_version=request.headers.get("stripe-version"),
    )
    headers = {"Request-Id": request_id}
    name = ""
    try:
        _authenticate(request)
        asked = _Asked(
            method=request.method,
            path=request.path_params["path"],
            params=parse_form(encoded),
            key=request.headers.get("idempotency-key"),
            pages=_pages(request),
        )
        operation, ids = _find(asked)
        name = operation.name
        world.calls.add(name, asked.params, at=utc(world.clock()))
        status, body, replayed = _perform(world, asked, operation, ids)
        if replayed:
            headers["Idempotent-Replayed"] = "true"
    except StripeError as error:
        status, body = error.status, error.as_json()
    finally:
        world.stripe.origin = Origin()
    if name and world.faults.loses_answer(name, None):
        return LostResponse()
    return JSONResponse(body, status_code=status, headers=headers)


def _perform(
    world: World, asked: _Asked, operation: Operation, ids: list[str]
) -> tuple[int, JsonObject, bool]:
    _strike(world, operation.name)
    print_of = fingerprint(asked.method, asked.path, asked.params)
    now = world.stripe.now()
    if asked.key and asked.method == "POST":
        kept = world.stripe.keys.replay(asked.key, print_of, now=now)
        if kept is not None:
            return kept.status, kept.body, True
    expire_due(world.stripe)
    status = 200
    try:
        result = operation.run(world.stripe, asked.params, *ids, pages=asked.pages)
        body = expanded(world.stripe.store, result, asked.params.get("expand"))
    except StripeError as error:
        if error.status not in _KEPT_STATUSES:
            raise
        status, body = error.status, error.as_json()
    if asked.key and asked.method == "POST":
        world.stripe.keys.keep(asked.key, Kept(print_of, now, status, body))
    return status, body, False


def _find(asked: _Asked) -> tuple[Operation, list[str]]:
    for operation in OPERATIONS:
        if operation.method != asked.method:
            continue
        match = re.fullmatch(operation.path, asked.path)
        if match:
            return operation, list(match.groups())
    raise StripeError(
        f"Unrecognized request URL ({asked.method}: /v1/{asked.path}).",
        status=404,
    )


def _authenticate(request: Request) -> None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() not in ("bearer", "basic") or not key.strip():
        raise StripeError(
            "You did not provide an API key. You need to provide your API key in the "
            "Authorization header, using Bearer auth.",
            status=401,
        )


def _strike(world: World, name: str) -> None:
    refusal = world.faults.refusal(name, None)
    if refusal is None:
        return
    match refusal.status:
        case 429:
            raise StripeError("Request rate limit exceeded.", status=429, code="rate_limit")
        case 402:
            raise StripeError(
                "Your card was declined.", status=402, kind="card_error", code="card_declined"
            )
        case status:
            raise StripeError(HTTPStatus(status).phrase, status=status, kind="api_error")


def _pages(request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}/stripe"
