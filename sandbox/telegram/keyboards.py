"""Keyboards: checked as Telegram checks them."""

from dataclasses import dataclass
from typing import Any

from sandbox.telegram.args import Args
from sandbox.telegram.errors import bad_request
from sandbox.values import JsonObject

MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_STRUCTURES = (
    "web_app",
    "login_url",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
)
_INLINE = "can't parse inline keyboard button: "
_LOOKS = ("icon_custom_emoji_id", "style")
_STYLES = ("danger", "success", "primary")
_SCHEMES = ("http://", "https://", "tg://", "ton://")


@dataclass(frozen=True)
class Markup:
    """What came as `reply_markup`: at most one of the three."""

    inline: JsonObject | None = None
    reply: JsonObject | None = None
    remove: bool = False


def read_markup(args: Args, *, inline_only: bool = False, invoice: bool = False) -> Markup:
    """The call's keyboard, checked.

    Raises: BotApiError when it is malformed or not allowed here.
    """
    markup = args.json("reply_markup", "reply keyboard markup")
    if markup is None:
        return Markup()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if not markup:
        return Markup()
    if "inline_keyboard" in markup:
        return Markup(inline=_inline(markup["inline_keyboard"], invoice=invoice))
    if inline_only:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        return _reply(markup)
    if markup.get("remove_keyboard"):
        return Markup(remove=True)
    if markup.get("force_reply"):
        return Markup(reply=markup)
    raise bad_request("can't parse reply keyboard markup JSON object")


def button_labelled(keyboard: JsonObject, label: str) -> JsonObject | None:
    """The button with this text, from either kind of keyboard."""
    rows = keyboard.get("inline_keyboard") or keyboard.get("keyboard") or []
    buttons: list[JsonObject] = [button for row in rows for button in row]
    return next((button for button in buttons if button["text"] == label), None)


def _rows(rows: Any, field: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" must be an Array of Arrays')
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return [row for row in rows if row]


def _inline(rows: Any, *, invoice: bool) -> JsonObject | None:
    checked = [[_inline_button(button) for button in row] for row in _rows(rows, "inline_keyboard")]
    if not checked:
        return None
    pays = [button for row in checked for button in row if "pay" in button]
    if invoice and (not pays or pays[0] is not checked[0][0]):
        raise bad_request("REPLY_MARKUP_BUY_EMPTY")
    if pays and not invoice:
        raise bad_request("BUTTON_TYPE_INVALID")
    return {"inline_keyboard": checked}


def _inline_button(button: Any) -> JsonObject:
    if not isinstance(button, dict):
        raise bad_request(f"{_INLINE}InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(f'{_INLINE}Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    given = {key: value for key, value in button.items() if value is not None}
    if given.get("style", _STYLES[0]) not in _STYLES:
        raise bad_request(f"{_INLINE}Invalid button style specified")
    action = _action(given)
    return {name: given[name] for name in ("text", *_LOOKS) if name in given} | action


def _action(given: JsonObject) -> JsonObject:
    """The one thing that the button does, checked."""
    actions = [
        name for name in _ACTIONS if name in given and (name != "pay" or given[name] is True)
    ]
    if not actions:
        raise bad_request(f"{_INLINE}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    name, value = actions[0], given[actions[0]]
    if name in _STRUCTURES:
        if not isinstance(value, dict):
            raise bad_request(f'{_INLINE}Field "{name}" must be of type Object')
    elif name != "pay":
        value = _as_text(value, f'{_INLINE}Field "{name}"')
    _check_action(name, value)
    return {name: value}


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data" and not 1 <= len(value.encode()) <= MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url" and not _is_address(value):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")


def _as_text(value: Any, field: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise bad_request(f"{field} must be of type String")
    return str(value)


def _is_address(url: str) -> bool:
    if " " in url or not url:
        return False
    return url.startswith(_SCHEMES) or ("://" not in url and "." in url)


def _reply(markup: JsonObject) -> Markup:
    rows = [
        [_reply_button(button) for button in row] for row in _rows(markup["keyboard"], "keyboard")
    ]
    if not rows:
        return Markup()
    return Markup(reply={**markup, "keyboard": rows})


def _reply_button(button: Any) -> JsonObject:
    if isinstance(button, str):
        button = {"text": button}
    prefix = "can't parse keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{prefix}KeyboardButton must be a String or an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(f'{prefix}Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request(f"{prefix}Keyboard button text must be non-empty")
    return {key: value for key, value in button.items() if value is not None}
