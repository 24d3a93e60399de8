"""The journeys. `TEXT_STATES` are the windows that take any text as their answer, `FILE_STATES`
those that take a photo or a document as well, `RECORDING_STATES` those that take a recording, too."""

from bot.dialogs.states import (
    AdminMoney,
    Answer,
    AnswerPoll,
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
    Polls,
    Questionnaire,
    ReviewItem,
    Sequences,
    Survey,
    ToPerson,
    ToTeam,
    Unanswered,
    WriteItem,
    Zone,
)

TEXT_STATES = frozenset(
    state.state
    for state in (
        Questionnaire.field, Questionnaire.topic, Questionnaire.about, Questionnaire.urgency,
        Questionnaire.tried, Questionnaire.budget, Zone.ask,
        Survey.comment, Survey.words, Note.text, Broadcast.english, Broadcast.chinese, Broadcast.buttons,
        Broadcast.other_english, Broadcast.other_chinese, Broadcast.when, Polls.questions, AnswerPoll.words,
        Sequences.english, Sequences.chinese, Faq.search, Faq.question, Faq.answer,
        Unanswered.answer, ToPerson.text, ToTeam.text, HalfWish.topic, HalfWish.day,
        Hours.week, Hours.check, Book.jump, Calendars.imported,
        Ask.text, Answer.text, Money.redeem, PayCode.ask, AdminMoney.find, AdminMoney.amount, AdminMoney.reason,
        AdminMoney.reference, WriteItem.title, WriteItem.text, WriteItem.lessons,
        WriteItem.price, WriteItem.source, ReviewItem.reason, ReviewItem.withdraw,
    )
)  # fmt: skip

FILE_STATES = frozenset({Broadcast.english.state, Broadcast.chinese.state})

RECORDING_STATES = frozenset({WriteItem.file.state})
