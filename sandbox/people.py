"""The people who use the chat page."""

from dataclasses import asdict, dataclass

from sandbox.values import JsonObject


@dataclass
class Person:
    """A Telegram user with a private chat with the bot."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str = "en"
    blocked: bool = False

    def as_user(self) -> JsonObject:
        """The Bot API's User."""
        user: JsonObject = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        user["language_code"] = self.language_code
        return user

    def as_chat(self) -> JsonObject:
        """The Bot API's Chat: the private chat with this person."""
        chat: JsonObject = {"id": self.id, "type": "private", "first_name": self.first_name}
        if self.username:
            chat["username"] = self.username
        return chat


PRESET_PEOPLE = (
    Person(id=1001, first_name="Mia", username="mia"),
    Person(id=2001, first_name="Daniel", username="daniel"),
    Person(id=9001, first_name="Admin", username="admin"),
)


ROLES = {1001: "client", 2001: "expert", 9001: "admin"}
"""What the preset people are for; the chat page names their phones so."""


class People:
    """Everybody the sandbox knows, by Telegram id."""

    def __init__(self) -> None:
        self._by_id = {person.id: Person(**asdict(person)) for person in PRESET_PEOPLE}

    def get(self, person_id: int) -> Person | None:
        """The person with this id, if there is one."""
        return self._by_id.get(person_id)

    def all(self) -> list[Person]:
        """Everybody, in the order in which they came."""
        return list(self._by_id.values())

    def put(self, person: Person) -> None:
        """Add a person or change one with the same id."""
        self._by_id[person.id] = person

    def dump(self) -> list[JsonObject]:
        """As JSON for the state file."""
        return [asdict(person) for person in self.all()]

    def load(self, saved: list[JsonObject]) -> None:
        """Back from the state file."""
        self._by_id = {row["id"]: Person(**row) for row in saved}
