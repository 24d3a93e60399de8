"""The private chats: messages as the bot and as the person see them, and what changed when."""

from dataclasses import asdict, dataclass, field

from sandbox.signal import Pulse, Signal
from sandbox.values import JsonObject


@dataclass
class StoredMessage:
    """A message in its latest state."""

    chat_id: int
    body: JsonObject
    """The Bot API's Message, as the bot gets it."""
    keyboard: JsonObject | None = None
    """The reply keyboard that came with it, which only the person sees."""
    invoice: JsonObject | None = None
    """What is asked for, when this is an invoice."""
    change: int = 0
    edited: bool = False
    deleted: bool = False

    @property
    def message_id(self) -> int:
        number: int = self.body["message_id"]
        return number

    @property
    def by_bot(self) -> bool:
        """Whether the bot sent it."""
        return bool(self.body["from"]["is_bot"])

    def seen_by_person(self) -> JsonObject:
        """The message as the chat page shows it."""
        view = {**self.body, "edited": self.edited, "deleted": self.deleted, "n": self.change}
        if self.keyboard:
            view["reply_markup"] = self.keyboard
        return view


@dataclass
class Chat:
    """One person's chat with the bot; `last` counts its changes, edits and toasts included."""

    last: int = 0
    keyboard: JsonObject | None = None
    toasts: list[JsonObject] = field(default_factory=list)
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    signal: Signal = field(default_factory=Signal)


class Chats:
    """All chats. Message ids grow over all of them, as they do for a bot."""

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._chats: dict[int, Chat] = {}
        self._next_id = 1
        self._closed = False

    def chat(self, chat_id: int) -> Chat:
        """The chat with a person, begun when first asked for."""
        if chat_id not in self._chats:
            self._chats[chat_id] = Chat()
            if self._closed:
                self._chats[chat_id].signal.close()
        return self._chats[chat_id]

    def next_message_id(self) -> int:
        """A new message id."""
        number = self._next_id
        self._next_id += 1
        return number

    def add(self, message: StoredMessage) -> None:
        """Put a new message into its chat."""
        self.chat(message.chat_id).messages[message.message_id] = message
        self.touch(message)

    def touch(self, message: StoredMessage) -> None:
        """Count a change of a message and wake who looks at its chat."""
        chat = self.chat(message.chat_id)
        chat.last += 1
        message.change = chat.last
        chat.signal.notify()
        self._pulse.beat()

    def toast(self, chat_id: int, toast: JsonObject) -> None:
        """Show the person a short notice outside of the messages."""
        chat = self.chat(chat_id)
        chat.last += 1
        chat.toasts.append({"n": chat.last, **toast})
        chat.signal.notify()
        self._pulse.beat()

    def show_keyboard(self, chat_id: int, keyboard: JsonObject | None) -> None:
        """Show a reply keyboard, or take it away."""
        self.chat(chat_id).keyboard = keyboard

    def find(self, chat_id: int, message_id: int) -> StoredMessage | None:
        """A message that is still there."""
        message = self.chat(chat_id).messages.get(message_id)
        return None if message is None or message.deleted else message

    def changed(self, chat_id: int, *, after: int) -> list[StoredMessage]:
        """The messages of a chat that changed since `after`, by message id."""
        return [
            message for message in self.chat(chat_id).messages.values() if message.change > after
        ]

    def close(self) -> None:
        """Let all who wait go."""
        self._closed = True
        for chat in self._chats.values():
            chat.signal.close()

    def dump(self) -> JsonObject:
        """As JSON for the state file."""
        return {
            "next_id": self._next_id,
            "chats": [
                {
                    "id": chat_id,
                    "last": chat.last,
                    "keyboard": chat.keyboard,
                    "toasts": chat.toasts,
                    "messages": [asdict(message) for message in chat.messages.values()],
                }
                for chat_id, chat in self._chats.items()
            ],
        }

    def load(self, saved: JsonObject) -> None:
        """Back from the state file."""
        self._next_id = saved["next_id"]
        for row in saved["chats"]:
            messages = [StoredMessage(**message) for message in row["messages"]]
            self._chats[row["id"]] = Chat(
                row["last"],
                row["keyboard"],
                row["toasts"],
                {message.message_id: message for message in messages},
            )
