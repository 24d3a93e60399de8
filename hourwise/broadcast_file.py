"""The YAML file of `broadcast send`, read strictly."""

import re
from typing import Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.markup import LONGEST_CAPTION, LONGEST_TEXT, is_sendable
from kernel.errors import InputError
from kernel.languages import LANGUAGES
from storage.outbox import HALF, Media, Message, NoticeButton
from workflows.broadcast_buttons import MOST_BUTTONS, is_campaign

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class _ButtonRow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: dict[str, str] = Field(min_length=1)
    url: str | None = Field(None, pattern=r"^(https?|tg)://")
    campaign: str | None = None

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if (self.url is None) is (self.campaign is None):
            raise ValueError("give a url, or a campaign code that opens the bot")
        if self.campaign is not None and not is_campaign(self.campaign):
            raise ValueError("a campaign code has letters and digits only, 24 at most")
        return self


class BroadcastFile(BaseModel):
    """Who gets which text, with up to three buttons, now, at an instant, or at a local time.

    `other_text` goes to `other_percent` of them. `photo` or `document` is an https address, or
    Telegram's id of a file.
    """

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    audience: str | list[int] = "all"
    text: dict[str, str] = Field(min_length=1)
    other_text: dict[str, str] | None = None
    other_percent: int = Field(HALF, ge=1, le=99)
    photo: str | None = None
    document: str | None = None
    links: list[_ButtonRow] = Field(default=[], max_length=MOST_BUTTONS, alias="buttons")
    at: AwareDatetime | None = None
    local_time: str | None = None

    @field_validator("text", "other_text")
    @classmethod
    def _sendable(cls, texts: dict[str, str] | None) -> dict[str, str] | None:
        for language, text in (texts or {}).items():
            if language not in LANGUAGES:
                raise ValueError(f"{language} is no language of ours: {', '.join(LANGUAGES)}")
            if not is_sendable(text):
                raise ValueError(f"the {language} text has broken markup")
        return texts

    @field_validator("local_time")
    @classmethod
    def _wall_clock(cls, clock: str | None) -> str | None:
        if clock is not None and not _CLOCK.fullmatch(clock):
            raise ValueError("a local time looks like 10:00; put it in quotes")
        return clock

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.photo and self.document:
            raise ValueError("give a photo or a document, not both")
        longest = LONGEST_CAPTION if self.photo or self.document else LONGEST_TEXT
        texts = [*self.text.values(), *(self.other_text or {}).values()]
        if max(map(len, texts)) > longest:
            raise ValueError(f"a text has more than {longest} characters")
        return self

    @property
    def message(self) -> Message:
        """What is said."""
        media = None
        if self.photo or self.document:
            media = Media("photo" if self.photo else "document", self.photo or self.document or "")
        buttons = [NoticeButton(one.text, url=one.url, start=one.campaign) for one in self.links]
        return Message(self.text, self.other_text, media, buttons, other_percent=self.other_percent)

    @property
    def campaign(self) -> str | None:
        """The code that clicks and bookings are counted by."""
        return next((one.campaign for one in self.links if one.campaign), None)


def read_broadcast(text: str, *, name: str) -> BroadcastFile:
    """The broadcast in a file called `name`. Raises InputError naming the field that is wrong."""
    try:
        value = YAML(typ="safe").load(text)
        return BroadcastFile.model_validate(value)
    except YAMLError as error:
        raise InputError(f"{name} is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        raise InputError(f"{name}: {field}: {first['msg']}") from error
