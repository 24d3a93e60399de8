"""The addresses below `/sandbox/api` that people, scripts and the chat page use."""

import mimetypes
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import person_actions as actions
from sandbox.people import ROLES, Person
from sandbox.person_actions import BadAction
from sandbox.values import JsonObject
from sandbox.world import World

MAX_WAIT_S = 60.0
PAGE_PEOPLE = 24
"""The chat page shows so many phones; a script may add any number of people."""
_SHOWN = ("image/", "audio/")


class PeopleApi:
    """Users, their messages, clicks, payments and chats."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Where each part answers."""
        base = "/sandbox/api/users"
        one = f"{base}/{{user:int}}"
        return [
            Route(base, self._list_users, methods=["GET"]),
            Route(base, self._put_user, methods=["POST"]),
            Route(f"{one}/messages", self._messages, methods=["POST"]),
            Route(f"{one}/clicks", self._clicks, methods=["POST"]),
            Route(f"{one}/payments", self._payments, methods=["POST"]),
            Route(f"{one}/subscriptions", self._subscriptions, methods=["POST"]),
            Route(f"{one}/chat", self._chat, methods=["GET"]),
            Route("/sandbox/api/pulse", self._pulse, methods=["GET"]),
            Route("/sandbox/api/files/{file_id}", self._file, methods=["GET"]),
        ]

    async def _list_users(self, _: Request) -> Response:
        users = [
            {**vars(person), "role": ROLES.get(person.id)} for person in self._world.people.all()
        ]
        return JSONResponse({"users": users})

    async def _pulse(self, request: Request) -> Response:
        pulse = self._world.pulse
        after = number(request, "after", -1)
        wait = min(float(number(request, "wait", 0)), MAX_WAIT_S)
        # not "greater": a page that outlived this server's restart has counted further
        await pulse.signal.until(lambda: pulse.count != after, wait)
        shown = self._world.people.all()[:PAGE_PEOPLE]
        lasts = {str(person.id): self._world.chats.chat(person.id).last for person in shown}
        return JSONResponse({"pulse": pulse.count, "chats": lasts, "n": self._world.clock.n})

    async def _file(self, request: Request) -> Response:
        file = self._world.files.get(request.path_params["file_id"])
        if file is None:
            raise BadAction("there is no such file", status=404)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        shown = kind.startswith(_SHOWN) and "svg" not in kind
        disposition = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(file.name)}"
        return Response(file.content, media_type=kind, headers={"Content-Disposition": disposition})

    async def _put_user(self, request: Request) -> Response:
        wanted = await read_json(request)
        person_id, name = wanted.get("id"), wanted.get("first_name")
        if isinstance(person_id, bool) or not isinstance(person_id, int) or person_id <= 0:
            raise BadAction("id must be a positive whole number")
        known = self._world.people.get(person_id)
        if name is None and known:
            name = known.first_name
        if not isinstance(name, str) or not name:
            raise BadAction("first_name must be a text")
        username = wanted.get("username", known.username if known else None)
        language = wanted.get("language_code", known.language_code if known else "en")
        blocked = bool(known and known.blocked)
        person = Person(person_id, name, username, str(language), blocked)
        self._world.people.put(person)
        self._world.pulse.beat()
        return JSONResponse(vars(person))

    async def _messages(self, request: Request) -> Response:
        person = self._person(request)
        sent = actions.write(self._world, person, await read_json(request))
        return JSONResponse({**sent[-1], "messages": sent})

    async def _clicks(self, request: Request) -> Response:
        wanted = await read_json(request)
        message_id = wanted.get("message_id")
        if not isinstance(message_id, int):
            raise BadAction("message_id must be a whole number")
        return JSONResponse(
            actions.click(
                self._world,
                self._person(request),
                message_id,
                data=wanted.get("data"),
                label=wanted.get("text"),
            )
        )

    async def _payments(self, request: Request) -> Response:
        paid = actions.pay(self._world, self._person(request), await read_json(request))
        return JSONResponse(paid)

    async def _subscriptions(self, request: Request) -> Response:
        wanted = await read_json(request)
        return JSONResponse(actions.edit_subscription(self._world, self._person(request), wanted))

    async def _chat(self, request: Request) -> Response:
        person = self._person(request)
        after = number(request, "after", 0)
        wait = min(float(number(request, "wait", 0)), MAX_WAIT_S)
        chat = self._world.chats.chat(person.id)
        await chat.signal.until(lambda: chat.last > after, wait)
        person = self._person(request)
        messages = [
            message.seen_by_person()
            | ({"paid": True} if message.invoice and message.invoice.get("paid") else {})
            for message in self._world.chats.changed(person.id, after=after)
        ]
        return JSONResponse(
            {
                "messages": messages,
                "last": chat.last,
                "toasts": [toast for toast in chat.toasts if toast["n"] > after],
                "keyboard": chat.keyboard,
                "blocked": person.blocked,
                "commands": self._world.profile.commands_for(person.language_code),
            }
        )

    def _person(self, request: Request) -> Person:
        person = self._world.people.get(request.path_params["user"])
        if person is None:
            raise BadAction("there is no such user", status=404)
        return person


async def read_json(request: Request) -> JsonObject:
    """The JSON object in a request's body.

    Raises: BadAction when there is none.
    """
    try:
        body: Any = await request.json()
    except ValueError:
        raise BadAction("the body must be a JSON object") from None
    if not isinstance(body, dict):
        raise BadAction("the body must be a JSON object")
    return body


def number(request: Request, name: str, default: int) -> int:
    """A whole number from the query.

    Raises: BadAction when it is none.
    """
    value = request.query_params.get(name)
    if value is None:
        return default
    try:
        return int(float(value))
    except ValueError:
        raise BadAction(f"{name} must be a number") from None
