"""What the bot said about itself."""

from dataclasses import asdict, dataclass, field
from hashlib import sha256

from sandbox.values import JsonObject

BOT_USERNAME = "hourwise_sandbox_bot"


@dataclass
class Profile:
    """Commands by scope and language, descriptions by language, menu buttons by chat."""

    commands: dict[str, list[JsonObject]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[str, JsonObject] = field(default_factory=dict)
    bot: JsonObject = field(default_factory=lambda: bot_user("1:sandbox"))
    """The User of the token last used: the sandbox is one bot, whatever its token."""

    def commands_for(self, language: str) -> list[JsonObject]:
        """The menu that a person with this language sees in a private chat."""
        for scope in ("all_private_chats", "default"):
            for code in (language, ""):
                listed = self.commands.get(f"{scope}/{code}")
                if listed:
                    return listed
        return []

    def dump(self) -> JsonObject:
        """As JSON for the state file."""
        return asdict(self)


def bot_user(token: str) -> JsonObject:
    """The User that a token stands for: its number, as Telegram's tokens begin with it."""
    number = token.partition(":")[0]
    known = number.isdecimal() and number
    bot_id = int(number) if known else int(sha256(token.encode()).hexdigest()[:8], 16)
    return {
        "id": bot_id,
        "is_bot": True,
        "first_name": "Hourwise",
        "username": BOT_USERNAME,
    }
