"""The journeys. `TEXT_STATES` are the windows that take any text as their answer."""

from bot.dialogs.states import Broadcast, Faq, Note, Questionnaire, Survey, Zone

TEXT_STATES = frozenset(
    state.state
    for state in (
        Questionnaire.about, Questionnaire.tried, Questionnaire.budget, Zone.ask,
        Survey.comment, Note.text, Broadcast.english, Broadcast.chinese, Broadcast.buttons,
        Broadcast.when, Faq.question, Faq.answer,
    )
)  # fmt: skip
