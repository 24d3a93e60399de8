"""The arguments of a call, however they came: query, form, multipart or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.telegram.errors import BotApiError, bad_request
from sandbox.values import JsonObject

_TRUE = ("true", "yes", "1")


@dataclass(frozen=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Args:
    """Texts by name, as Telegram sees them, and the uploaded files."""

    texts: Mapping[str, str]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """An argument, empty when absent."""
        return self.texts.get(name, "")

    def required(self, name: str) -> str:
        """An argument that must be there.

        Raises: BotApiError when it is absent or empty.
        """
        value = self.text(name)
        if not value:
            raise bad_request(f'parameter "{name}" is required')
        return value

    def has(self, name: str) -> bool:
        """Whether the caller gave this argument."""
        return name in self.texts

    def integer(self, name: str, default: int, *, low: int | None = None, high: int = 2**63) -> int:
        """A whole number within bounds; nonsense counts as the default, as in Telegram."""
        try:
            value = int(self.text(name))
        except ValueError:
            value = default
        return min(max(value, low) if low is not None else value, high)

    def flag(self, name: str) -> bool:
        """A Boolean."""
        return self.text(name).lower() in _TRUE

    def json(self, name: str, what: str) -> Any:
        """A JSON-serialized argument, None when absent; `what` names it in the refusal."""
        value = self.text(name)
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def as_json(self) -> JsonObject:
        """For the record of calls: structured arguments as structures, files by name."""
        record: JsonObject = {name: _readable(value) for name, value in self.texts.items()}
        for name, upload in self.files.items():
            record[name] = {"file_name": upload.name, "bytes": len(upload.content)}
        return record


async def read_args(request: Request) -> Args:
    """The arguments of an HTTP request, of all kinds that the Bot API supports.

    Raises: BotApiError when the body cannot be parsed.
    """
    texts = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        texts |= _json_args(await request.body())
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form(max_files=100, max_fields=1000, max_part_size=2**25) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[name] = Upload(value.filename or "file", await value.read())
                else:
                    texts[name] = value
    return Args(texts, files)


def from_json(body: JsonObject) -> Args:
    """Arguments given as a JSON object, such as a webhook's answer.

    Raises: BotApiError when a text has half of a surrogate pair.
    """
    return Args({name: _as_text(value) for name, value in body.items() if value is not None})


def _json_args(body: bytes) -> dict[str, str]:
    if not body.strip():
        return {}
    try:
        parsed = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(parsed, dict):
        raise BotApiError(400, "Bad Request: object expected as request body")
    return dict(from_json(parsed).texts)


def _as_text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise bad_request("strings must be encoded in UTF-8")
    return text


def _readable(value: str) -> Any:
    if value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
