"""Everything the sandbox holds, and keeping it in a file."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.calls import Calls
from sandbox.clock import SandboxClock
from sandbox.faults import Faults
from sandbox.people import People
from sandbox.signal import Pulse
from sandbox.stripe.processor import Processor
from sandbox.telegram.chats import Chats
from sandbox.telegram.files import Files
from sandbox.telegram.profile import Profile
from sandbox.telegram.queries import Queries
from sandbox.telegram.stars import Charges
from sandbox.telegram.subscriptions import Subscriptions
from sandbox.telegram.updates import UpdateQueue
from sandbox.telegram.webhook import Webhook
from sandbox.values import JsonObject


@dataclass
class World:
    """The parts of one sandbox."""

    clock: SandboxClock
    stripe: Processor
    pulse: Pulse
    chats: Chats
    people: People = field(default_factory=People)
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    files: Files = field(default_factory=Files)
    queries: Queries = field(default_factory=Queries)
    charges: Charges = field(default_factory=Charges)
    subscriptions: Subscriptions = field(default_factory=Subscriptions)
    invoice_links: dict[str, JsonObject] = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)
    webhook: Webhook = field(default_factory=Webhook)
    faults: Faults = field(default_factory=Faults)
    calls: Calls = field(default_factory=Calls)

    def close(self) -> None:
        """Let every waiting request go, so that a server can stop at once."""
        self.pulse.signal.close()
        self.clock.close()
        self.chats.close()
        self.updates.signal.close()

    def dump(self) -> JsonObject:
        """Everything that outlives a restart."""
        return {
            "clock": self.clock.dump(),
            "people": self.people.dump(),
            "chats": self.chats.dump(),
            "updates": self.updates.dump(),
            "files": self.files.dump(),
            "charges": self.charges.dump(),
            "subscriptions": self.subscriptions.dump(),
            "invoice_links": self.invoice_links,
            "profile": self.profile.dump(),
            "webhook": self.webhook.dump(),
            "stripe": self.stripe.dump(),
        }

    def load(self, saved: JsonObject) -> None:
        """Back to what `dump` gave."""
        self.clock.load(saved["clock"])
        self.people.load(saved["people"])
        self.chats.load(saved["chats"])
        self.updates.load(saved["updates"])
        self.files.load(saved["files"])
        self.charges.load(saved["charges"])
        self.subscriptions.load(saved.get("subscriptions", []))
        self.invoice_links = saved["invoice_links"]
        self.profile = Profile(**saved["profile"])
        self.webhook.load(saved["webhook"])
        self.stripe.load(saved["stripe"])


def new_world(*, product_url: str, webhook_secret: str) -> World:
    """A sandbox in which nothing has happened yet."""
    pulse = Pulse()
    clock = SandboxClock(pulse)
    stripe = Processor(clock=clock, product_url=product_url, webhook_secret=webhook_secret)
    return World(clock=clock, stripe=stripe, pulse=pulse, chats=Chats(pulse))


def save(world: World, path: Path) -> None:
    """Write the state file; a crash in the middle leaves the old one."""
    unfinished = path.with_suffix(path.suffix + ".new")
    unfinished.write_text(json.dumps(world.dump(), ensure_ascii=False), encoding="utf-8")
    unfinished.replace(path)


def restore(world: World, path: Path) -> None:
    """Read the state file, if there is one."""
    if path.exists():
        world.load(json.loads(path.read_text(encoding="utf-8")))
