"""The journeys. `TEXT_STATES` are the windows that take any text as their answer."""

from bot.dialogs.states import (
    AdminMoney,
    Answer,
    Ask,
    Book,
    Broadcast,
    Calendars,
    Faq,
    HalfWish,
    Hours,
    Money,
    Note,
    PayCode,
    Questionnaire,
    Survey,
    Unanswered,
    Zone,
)

TEXT_STATES = frozenset(
    state.state
    for state in (
        Questionnaire.about, Questionnaire.tried, Questionnaire.budget, Zone.ask,
        Survey.comment, Note.text, Broadcast.english, Broadcast.chinese, Broadcast.buttons,
        Broadcast.when, Faq.question, Faq.answer,
        Unanswered.answer, HalfWish.topic, HalfWish.day,
        Hours.week, Hours.check, Book.jump, Calendars.imported,
        Ask.text, Answer.text, Money.redeem, PayCode.ask, AdminMoney.find, AdminMoney.amount, AdminMoney.reason,
        AdminMoney.reference,
    )
)  # fmt: skip
