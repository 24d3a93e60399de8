"""Who the bot is: itself, its commands, descriptions and menu button."""

import re
from typing import Any

from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.values import JsonObject

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)


async def get_me(call: Call) -> JsonObject:
    """getMe."""
    return {
        **call.bot,
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }


async def set_my_commands(call: Call) -> bool:
    """setMyCommands."""
    listed = call.args.json("commands", "commands")
    if not isinstance(listed, list):
        raise bad_request("expected an Array of BotCommand")
    if len(listed) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(command) for command in listed]
    key = f"{_scope(call)}/{_language(call)}"
    call.world.profile.commands[key] = commands
    return True


async def set_my_description(call: Call) -> bool:
    """setMyDescription."""
    description = call.args.text("description")
    if len(description) > 512:
        raise bad_request("DESCRIPTION_TOO_LONG")
    call.world.profile.descriptions[_language(call)] = description
    return True


async def set_chat_menu_button(call: Call) -> bool:
    """setChatMenuButton."""
    button = call.args.json("menu_button", "menu button")
    if button is None:
        button = {"type": "default"}
    if not isinstance(button, dict):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    if button["type"] == "web_app":
        _check_web_app(button)
    chat = str(call.person().id) if call.args.text("chat_id") else ""
    call.world.profile.menu_buttons[chat] = button
    return True


def _command(command: Any) -> JsonObject:
    prefix = "can't parse BotCommand: "
    if not isinstance(command, dict):
        raise bad_request(f"{prefix}expected an Object")
    for name in ("command", "description"):
        if not isinstance(command.get(name), str):
            raise bad_request(f'{prefix}Can\'t find field "{name}"')
    if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"]) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {
        "command": command["command"].removeprefix("/"),
        "description": command["description"],
    }


def _scope(call: Call) -> str:
    scope = call.args.json("scope", "BotCommandScope")
    if scope is None:
        return "default"
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in scope:
        return f"{scope['type']}:{scope['chat_id']}"
    return str(scope["type"])


def _language(call: Call) -> str:
    code = call.args.text("language_code")
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("LANG_CODE_INVALID")
    return code


def _check_web_app(button: JsonObject) -> None:
    address = button.get("web_app")
    url = address.get("url", "") if isinstance(address, dict) else ""
    if not button.get("text"):
        raise bad_request("can't parse menu button: Can't find field \"text\"")
    if not str(url).startswith("https://"):
        raise bad_request("BUTTON_URL_INVALID")


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "setMyDescription": set_my_description,
    "setChatMenuButton": set_chat_menu_button,
}
