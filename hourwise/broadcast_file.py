"""The YAML file of `broadcast send`, read strictly."""

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kernel.errors import InputError
from storage.outbox import NoticeButton

_MOST_BUTTONS = 3


class _ButtonRow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: dict[str, str] = Field(min_length=1)
    url: str = Field(pattern=r"^(https?|tg)://")


class BroadcastFile(BaseModel):
    """Who gets which text, with up to three link buttons, now or at an instant."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    audience: str | list[int] = "all"
    text: dict[str, str] = Field(min_length=1)
    links: list[_ButtonRow] = Field(default=[], max_length=_MOST_BUTTONS, alias="buttons")
    at: AwareDatetime | None = None

    @property
    def buttons(self) -> list[NoticeButton]:
        """The links as the outbox keeps them."""
        return [NoticeButton(one.text, url=one.url) for one in self.links]


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
