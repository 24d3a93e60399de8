"""Every intent that the bot knows does something."""

from bot.spoken import SPOKEN
from knowledge.intents.nlu import shipped_examples
from workflows.answer_question import HANDLED_WITHOUT_COMMAND


def test_every_intent_is_carried_out_or_answered():
    known = {example.intent for example in shipped_examples()}
    assert known - SPOKEN - HANDLED_WITHOUT_COMMAND == set()


def test_nothing_is_carried_out_that_nobody_can_say():
    known = {example.intent for example in shipped_examples()}
    assert known >= SPOKEN
