"""Settings: environment variables, or `.env`, with the prefix HOURWISE_."""

import re
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from kernel.errors import InputError

EMBEDDED = "embedded"
_UNSET = SecretStr("")
_URL_PASSWORD = re.compile(r"(://[^/@:]*:)[^@/]*@")


class Settings(BaseSettings):
    """What the operator decides. Each field's description is what `hourwise settings` shows."""

    model_config = SettingsConfigDict(env_prefix="HOURWISE_", env_file=".env", extra="ignore")

    data_dir: Path = Field(Path("data"), description="all files the product writes")
    database_url: str = Field("", description="empty: SQLite in DATA_DIR")
    telegram_token: SecretStr = Field(_UNSET, description="the bot's token from BotFather")
    telegram_api: str = Field("", description="another Bot API server; empty: Telegram")
    webhook_url: str = Field("", description="receive updates here; empty: long polling")
    webhook_secret: SecretStr = Field(_UNSET, description="proves that an update is Telegram's")
    provider_token: SecretStr = Field(_UNSET, description="for invoices inside Telegram")
    stripe_key: SecretStr = Field(_UNSET, description="the card processor's secret key")
    stripe_api: str = Field("", description="another address of the processor's API")
    stripe_webhook_secret: SecretStr = Field(_UNSET, description="signs the processor's events")
    redis_url: str = Field("", description="shared pace over several processes")
    chroma_url: str = Field("", description="a Chroma server; empty: embedded in DATA_DIR")
    embedder: str = Field("auto", description="auto, english, multilingual, e5 or st:NAME")
    intents: str = Field(
        EMBEDDED, pattern=r"^(embedded|https?://.+)$",
        description="embedded, or a Rasa server's address",
    )  # fmt: skip
    answer_from: float = Field(
        0.45, gt=0, lt=1, description="from which probability on a question is answered"
    )
    suggest_from: float = Field(
        0.12, gt=0, lt=1, description="from which probability on near questions are offered"
    )
    compose_url: str = Field(
        "", pattern=r"^(https?://.+)?$",
        description="an OpenAI-compatible address (…/v1) that phrases answers; empty: none does",
    )  # fmt: skip
    compose_model: str = Field("", description="the model's name there")
    compose_key: SecretStr = Field(_UNSET, description="the key for that address")
    secret_keys: SecretStr = Field(_UNSET, description="keys of encrypted columns, newest first")
    admin_ids: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(), description="Telegram ids of the admins"
    )
    public_url: str = Field("", description="where people reach the web side")
    port: int = Field(8080, description="the web side's port")
    clock: str = Field("", description="address of a sandbox's clock; empty: real time")
    meeting_url: str = Field(
        "https://meet.jit.si/hourwise-{session}", description="a session's video link"
    )
    calendar_hosts: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="hosts of your own network whose calendars may be imported"
    )
    operator_name: str = Field("Hourwise", description="who runs the service, for the terms")
    operator_contact: str = Field("", description="how to reach the operator, for the terms")
    messages_per_second: int = Field(
        30, ge=1, le=1000, description="over all chats; more only with Telegram's paid broadcasts"
    )
    messages_per_chat_second: float = Field(
        1, gt=0, le=1000, description="in a private chat, after a burst of 15"
    )
    messages_per_group_minute: int = Field(20, ge=1, le=1000, description="in a group")
    marketing_per_week: int = Field(
        5, ge=0, description="marketing messages a person in seven days; 0: no limit"
    )
    resend_unknown: bool = Field(
        True, description="say a session's message again when a crash leaves unknown if it was sent"
    )
    commission_percent: Decimal = Field(
        Decimal(15), ge=0, le=100, description="the platform's share, in steps of 0.1"
    )
    tax_percent: Decimal = Field(
        Decimal(0), ge=0, le=100, description="the value added tax that prices include; 0: none"
    )
    referral_percent: int = Field(
        10, ge=0, le=100, description="of a friend's first session, as credit for who brought them"
    )
    explore_percent: int = Field(
        10, ge=0, le=100, description="requests in which an expert with few reviews gets a place"
    )
    seller_address: str = Field("", description="the seller's address, on papers")
    seller_tax_id: str = Field("", description="the seller's tax number, on papers")
    paper_font: str = Field(
        "", description="a TrueType font with Chinese, of which papers embed what they use"
    )
    two_admins_over: int = Field(
        500, ge=0, description="whole units over which a second admin must agree; 0: never"
    )

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(int(part) for part in value.replace(",", " ").split())
        return value

    @field_validator("calendar_hosts", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(value.replace(",", " ").lower().split())
        return value

    @field_validator("paper_font")
    @classmethod
    def _font(cls, value: str) -> str:
        if value:
            # only who sets it waits for what reads fonts
            from payments.paper_pdf import check_font

            check_font(Path(value))
        return value

    @cached_property
    def database(self) -> str:
        """The database's URL in force."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'hourwise.db'}"

    @cached_property
    def web_address(self) -> str:
        """Where people reach the web side, without a slash at its end."""
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    def shown(self) -> dict[str, str]:
        """What is in force, by variable name, secrets masked."""
        names = type(self).model_fields
        return {f"HOURWISE_{name.upper()}": _masked(getattr(self, name)) for name in names}


def _masked(value: object) -> str:
    match value:
        case SecretStr():
            return "********" if value.get_secret_value() else ""
        case frozenset():
            return ",".join(str(one) for one in sorted(value))
        case str() if "://" in value:
            return _URL_PASSWORD.sub(r"\1********@", value)
        case _:
            return str(value)


def load_settings() -> Settings:
    """The settings of this process.

    Raises InputError naming the variable that cannot be read.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"HOURWISE_{str(first['loc'][0]).upper()}"
        raise InputError(f"{name} cannot be read: {first['msg']}") from error
    except ValueError as error:
        raise InputError(
            f"HOURWISE_ADMIN_IDS must be Telegram ids, comma separated: {error}"
        ) from error
