"""Every use case that an edge calls, one field each; wiring fills it."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.admin_access import MakeAdminLink
from workflows.admin_money import AdminMoney
from workflows.answer_question import AnswerQuestion
from workflows.ask_human import AskHuman
from workflows.blocking import HideExpert, TurnClientAway
from workflows.broadcast import NoteCampaign, SendBroadcast
from workflows.calendars import Feeds, ImportCalendars
from workflows.cancel_session import CancelSession, MoveSession
from workflows.checkout import CheckBeforePaying, HoldTime, LetGo, PayForSession
from workflows.danger import LookForDanger, RaiseAlarm
from workflows.decide_request import ApproveSession, DeclineSession
from workflows.edit_hours import EditHours
from workflows.end_session import EndSession
from workflows.expert_facts import RefreshFacts
from workflows.faq import EditFaq, JudgeAnswer
from workflows.find_expert import FindExperts
from workflows.follow_up import AnswerSurvey, WriteNote, WriteReview
from workflows.gifts import Gifts
from workflows.join_session import JoinSession
from workflows.library import Library
from workflows.link_expert import LinkExpert
from workflows.money_queries import MoneyQueries
from workflows.onboard import AnswerQuestionnaire, ChangePreferences, Join
from workflows.packages import Packages
from workflows.papers import MakePapers
from workflows.pay_less import PayLess
from workflows.payouts import OpenPayoutAccount
from workflows.places import Places
from workflows.polls import Polls
from workflows.privacy import EraseMe, ExportMyData
from workflows.queries import Queries
from workflows.read_answers import ReadBudget, ReadUrgency, ReadWish
from workflows.recommend_items import RecommendItems
from workflows.remind import ChangeReminders, SayComing
from workflows.repeat_broadcasts import RepeatBroadcast
from workflows.report_absence import ReportAbsence
from workflows.review_items import ReviewItems
from workflows.run_session import RelayMessage
from workflows.sequences import Sequences
from workflows.series import BookWeekly, Series
from workflows.settle_payment import SettlePayment, TakeTelegramPayment
from workflows.subscriptions import Subscriptions
from workflows.topics import ReadTopics
from workflows.unanswered import ReadUnanswered, SettleUnanswered
from workflows.view_expert import NoteView, ReadExpert
from workflows.waitlist import TakeOffered, Waitlist
from workflows.write_items import PublishAnswers, WriteItems
from workflows.write_to_person import WriteToPerson
from workflows.written_questions import WrittenQuestions


@dataclass(frozen=True)
class UseCases:
    """What the product can do. `operator` are the variables of the operator's own texts."""

    queries: Queries
    read_topics: ReadTopics
    places: Places
    operator: Mapping[str, str]
    join: Join
    answer_questionnaire: AnswerQuestionnaire
    change_preferences: ChangePreferences
    answer_question: AnswerQuestion
    read_budget: ReadBudget
    read_wish: ReadWish
    read_urgency: ReadUrgency
    ask_human: AskHuman
    write_to_person: WriteToPerson
    look_for_danger: LookForDanger
    raise_alarm: RaiseAlarm
    judge_answer: JudgeAnswer
    find_experts: FindExperts
    read_expert: ReadExpert
    hide_expert: HideExpert
    turn_client_away: TurnClientAway
    edit_hours: EditHours
    import_calendars: ImportCalendars
    feeds: Feeds
    note_view: NoteView
    hold_time: HoldTime
    let_go: LetGo
    pay_for_session: PayForSession
    check_before_paying: CheckBeforePaying
    pay_less: PayLess
    gifts: Gifts
    packages: Packages
    book_weekly: BookWeekly
    series: Series
    written_questions: WrittenQuestions
    subscriptions: Subscriptions
    library: Library
    recommend_items: RecommendItems
    write_items: WriteItems
    publish_answers: PublishAnswers
    review_items: ReviewItems
    settle_payment: SettlePayment
    waitlist: Waitlist
    take_offered: TakeOffered
    take_telegram_payment: TakeTelegramPayment
    money: MoneyQueries
    papers: MakePapers
    admin_money: AdminMoney
    open_payout_account: OpenPayoutAccount
    approve_session: ApproveSession
    decline_session: DeclineSession
    cancel_session: CancelSession
    move_session: MoveSession
    report_absence: ReportAbsence
    end_session: EndSession
    relay_message: RelayMessage
    say_coming: SayComing
    change_reminders: ChangeReminders
    join_session: JoinSession
    answer_survey: AnswerSurvey
    write_note: WriteNote
    write_review: WriteReview
    export_my_data: ExportMyData
    erase_me: EraseMe
    send_broadcast: SendBroadcast
    note_campaign: NoteCampaign
    repeat_broadcast: RepeatBroadcast
    polls: Polls
    sequences: Sequences
    edit_faq: EditFaq
    read_unanswered: ReadUnanswered
    settle_unanswered: SettleUnanswered
    refresh_facts: RefreshFacts
    link_expert: LinkExpert
    make_admin_link: MakeAdminLink
