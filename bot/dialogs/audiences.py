"""The choice of an audience, each with how many it would reach now."""

from typing import Any

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Column

from bot.turn import turn_of
from bot.widgets import choice
from kernel.languages import LANGUAGES
from people.model import Standing

_STANDINGS = {
    Standing.NEW: "audience-new", Standing.FREQUENT: "audience-frequent",
    Standing.POTENTIAL: "audience-potential", Standing.QUIET: "audience-standing-quiet",
}  # fmt: skip


async def audiences(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """Getter: the audiences that can be chosen."""
    turn = turn_of(dialog_manager)
    translate = turn.translate
    fields = (await turn.use_cases.read_topics()).within(None)
    tags = await turn.use_cases.send_broadcast.tags()
    named = [("all", translate.plain("audience-all")),
             ("experts", translate.plain("audience-experts")),
             ("active:30", translate.plain("audience-active")),
             ("quiet:30", translate.plain("audience-quiet")),
             ("booked:yes", translate.plain("audience-booked")),
             ("booked:no", translate.plain("audience-never-booked")),
             *((f"segment:{one}", translate.plain(_STANDINGS[one])) for one in Standing),
             *((f"lang:{one}", translate.language_name(one)) for one in LANGUAGES),
             *((f"topic:{one.id}", one.names[translate.language]) for one in fields),
             *((f"tag:{one}", f"🏷 {one}") for one in tags)]  # fmt: skip
    counted = []
    for audience, label in named:
        count = await turn.use_cases.send_broadcast.count(audience)
        counted.append((audience, f"{label} ({count})"))
    return {"audiences": counted}


def audience_choice(on_click: Any) -> Column:
    """A button an audience."""
    return Column(choice("audience", "audiences", on_click))
