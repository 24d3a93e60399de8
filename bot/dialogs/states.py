"""Every window of every journey."""

from aiogram.fsm.state import State, StatesGroup


class Menu(StatesGroup):
    main = State()


class Questionnaire(StatesGroup):
    field = State()
    topic = State()
    about = State()
    urgency = State()
    tried = State()
    budget = State()
    done = State()


class Zone(StatesGroup):
    ask = State()
    choose = State()


class Experts(StatesGroup):
    cards = State()
    page = State()
    hide = State()


class HalfWish(StatesGroup):
    topic = State()
    day = State()


class Book(StatesGroup):
    offer = State()
    day = State()
    time = State()
    pay = State()
    moved = State()
    insist = State()
    jump = State()
    package = State()
    weekly = State()
    series = State()


class Ask(StatesGroup):
    text = State()
    check = State()
    sent = State()


class Subscribe(StatesGroup):
    page = State()
    one = State()
    stop = State()
    over = State()


class Answer(StatesGroup):
    list = State()
    text = State()
    check = State()
    sent = State()


class Sessions(StatesGroup):
    list = State()
    one = State()
    cancel = State()
    cancelled = State()
    absent = State()


class Settings(StatesGroup):
    main = State()
    language = State()
    reminders = State()
    privacy = State()
    erase = State()
    hidden = State()


class Survey(StatesGroup):
    expected = State()
    received = State()
    would_return = State()
    comment = State()
    thanks = State()
    words = State()


class Note(StatesGroup):
    text = State()
    rating = State()
    thanks = State()


class Library(StatesGroup):
    home = State()
    topic = State()
    mine = State()
    item = State()
    lesson = State()


class WriteItem(StatesGroup):
    list = State()
    answers = State()
    topic = State()
    title = State()
    text = State()
    lessons = State()
    file = State()
    price = State()
    rights = State()
    source = State()
    one = State()
    remove = State()


class ReviewItem(StatesGroup):
    list = State()
    one = State()
    reason = State()
    withdraw = State()


class Money(StatesGroup):
    list = State()
    one = State()
    why = State()
    tip = State()
    give = State()
    pay = State()
    redeem = State()


class PayCode(StatesGroup):
    ask = State()


class ExpertMoney(StatesGroup):
    home = State()
    one = State()


class AdminMoney(StatesGroup):
    find = State()
    person = State()
    payment = State()
    amount = State()
    reason = State()
    reference = State()
    payable = State()
    confirm = State()
    done = State()


class ExpertHome(StatesGroup):
    agenda = State()
    one = State()
    decline = State()
    cancel = State()
    absent = State()


class Clients(StatesGroup):
    list = State()
    one = State()


class Hours(StatesGroup):
    week = State()
    check = State()


class Calendars(StatesGroup):
    mine = State()
    imported = State()


class Admin(StatesGroup):
    home = State()
    today = State()


class Broadcast(StatesGroup):
    audience = State()
    english = State()
    chinese = State()
    preview = State()
    other_english = State()
    other_chinese = State()
    share = State()
    buttons = State()
    when = State()
    latest = State()
    progress = State()
    repeat = State()
    repeats = State()
    repeat_one = State()
    repeat_stop = State()
    stop = State()


class Sequences(StatesGroup):
    list = State()
    trigger = State()
    days = State()
    english = State()
    chinese = State()
    check = State()
    one = State()
    stop = State()


class Polls(StatesGroup):
    list = State()
    questions = State()
    audience = State()
    often = State()
    one = State()
    stop = State()


class AnswerPoll(StatesGroup):
    choose = State()
    words = State()
    thanks = State()


class ToPerson(StatesGroup):
    text = State()


class ToTeam(StatesGroup):
    text = State()


class Faq(StatesGroup):
    list = State()
    search = State()
    entry = State()
    remove = State()
    question = State()
    answer = State()


class Unanswered(StatesGroup):
    list = State()
    one = State()
    answer = State()
