"""aiogram's models, ready when they are first used: the same as aiogram's own, and few."""

import subprocess
import sys

from hourwise.telegram_types import import_aiogram

_AS_THE_PRODUCT = "from hourwise.telegram_types import import_aiogram; import_aiogram()"
_BY_ITSELF = "import aiogram"

# without the addresses of functions
_EVERY_FIELD = """
import re
import aiogram_dialog
from aiogram.client.context_controller import BotContextController

def below(model):
    for one in model.__subclasses__():
        yield one
        yield from below(one)

def show():
    for model in sorted(set(below(BotContextController)), key=str):
        model.model_rebuild()
        fields = re.sub(" at 0x[0-9a-f]+", "", str(model.model_fields))
        print(model, model.__pydantic_complete__, fields)

show()
"""

_READY = """
from aiogram import types
models = [getattr(types, one) for one in types.__all__]
print(sum(getattr(one, "__pydantic_complete__", False) for one in models))
"""


def test_every_field_of_every_model_is_as_aiogram_has_it():
    own, theirs = (_printed(f"{first}\n{_EVERY_FIELD}") for first in (_AS_THE_PRODUCT, _BY_ITSELF))
    assert own.count("\n") > 400
    assert own == theirs


def test_hardly_a_model_is_ready_before_it_is_used():
    assert int(_printed(f"{_BY_ITSELF}\n{_READY}")) > 300
    assert int(_printed(f"import hourwise.cli as c; c.commands.run_roles\n{_READY}")) < 50


def test_names_around_the_first_use_are_not_taken_for_telegrams():
    program = f"""
{_AS_THE_PRODUCT}
from aiogram.types import Chat as TheirChat, Update

def read():
    Chat = Message = User = int
    return Update.model_validate({{"update_id": 1, "message": {{
        "message_id": 2, "date": 3, "chat": {{"id": 4, "type": "private"}}}}}})

def deep(levels):
    return deep(levels - 1) if levels else read()

assert isinstance(deep(6).message.chat, TheirChat)
"""
    assert _printed(program) == ""


def test_models_of_others_are_made_ready_meanwhile():
    program = f"""
import sys
from pydantic import BaseModel

class Finder:
    def find_spec(self, name, *_):
        if name == "aiogram":
            class Whole(BaseModel):
                part: "Part"
            class Part(BaseModel):
                size: int
            Whole.model_rebuild()
            print(Whole(part={{"size": 1}}).part.size)

sys.meta_path.insert(0, Finder())
{_AS_THE_PRODUCT}
"""
    assert _printed(program) == "1\n"


def test_when_aiogram_is_there_already_nothing_changes():
    from aiogram.types import Poll

    before = Poll.model_rebuild
    import_aiogram()
    assert Poll.model_rebuild == before


def test_a_failed_import_leaves_pydantic_as_it_was():
    program = """
import sys
from pydantic import BaseModel
from hourwise.telegram_types import import_aiogram
before = BaseModel.model_rebuild
sys.path[:] = []
try:
    import_aiogram()
except ImportError:
    print(BaseModel.model_rebuild == before)
"""
    assert _printed(program) == "True\n"


def _printed(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
