"""One call of the Bot API and what every method needs of it."""

from dataclasses import dataclass

from sandbox.people import Person
from sandbox.telegram.args import Args
from sandbox.telegram.chats import StoredMessage
from sandbox.telegram.entities import formatted
from sandbox.telegram.errors import BotApiError, bad_request
from sandbox.telegram.marked import Marked
from sandbox.values import JsonObject
from sandbox.world import World

DELETABLE_SECONDS = 48 * 3600


@dataclass(frozen=True)
class Call:
    """A call by the bot."""

    world: World
    bot: JsonObject
    args: Args

    def person(self, name: str = "chat_id") -> Person:
        """Whose private chat the argument names, reachable or not.

        Raises: BotApiError when nobody has it.
        """
        value = self.args.text(name)
        if not value:
            raise bad_request(f"{name} is empty")
        person = self.world.people.get(int(value)) if value.isdecimal() else None
        if person is None:
            raise bad_request("chat not found")
        return person

    def reachable(self) -> Person:
        """The person to write to.

        Raises: BotApiError when nobody has the chat or the bot is blocked.
        """
        person = self.person()
        if person.blocked:
            raise BotApiError(403, "Forbidden: bot was blocked by the user")
        return person

    def formatted(
        self, *, text: str = "text", entities: str = "entities", args: Args | None = None
    ) -> Marked:
        """A text argument with its formatting; people mentioned by id appear with their names.

        Raises: BotApiError for broken markup.
        """
        marked = formatted(args or self.args, text=text, entities=entities)
        named = [self._named(entity) for entity in marked.entities]
        return Marked(marked.text, [entity for entity in named if entity is not None])

    def _named(self, entity: JsonObject) -> JsonObject | None:
        if entity["type"] != "text_mention":
            return entity
        user = entity.get("user")
        mentioned = user.get("id") if isinstance(user, dict) else None
        person = self.world.people.get(mentioned) if isinstance(mentioned, int) else None
        return {**entity, "user": person.as_user()} if person else None

    def message(self, what: str, *, chat: str = "chat_id") -> StoredMessage:
        """The message that the call is about; `what` names it in the refusal.

        Raises: BotApiError when it is not there.
        """
        person = self.person(chat)
        number = self.args.integer("message_id", 0)
        if number <= 0:
            raise bad_request("message identifier is not specified")
        found = self.world.chats.find(person.id, number)
        if found is None:
            raise bad_request(f"{what} not found")
        return found
