"""Every use case, with what it needs."""

from pathlib import Path
from typing import TYPE_CHECKING

from hourwise.settings import Settings
from kernel.errors import InputError
from knowledge.composing import Composer
from payments.rails.card import CardRail
from payments.split import Terms, per_mille
from workflows.admin_access import MakeAdminLink
from workflows.admin_money import AdminMoney
from workflows.answer_question import AnswerQuestion
from workflows.ask_human import AskHuman
from workflows.blocking import HideExpert, TurnClientAway
from workflows.broadcast import NoteCampaign, SendBroadcast
from workflows.calendars import Feeds, ImportCalendars, ReadCalendars
from workflows.cancel_session import CancelSession, MoveSession
from workflows.cashier import Cashier
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
from workflows.papers import MakePapers, Seller
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
from workflows.tell_admins import TellAdmins
from workflows.topics import ReadTopics
from workflows.unanswered import ReadUnanswered, SettleUnanswered
from workflows.use_cases import UseCases
from workflows.view_expert import NoteView, ReadExpert
from workflows.waitlist import TakeOffered, Waitlist
from workflows.write_items import PublishAnswers, WriteItems
from workflows.write_to_person import WriteToPerson
from workflows.written_questions import WrittenQuestions

if TYPE_CHECKING:
    from hourwise.wiring import Ground


def make_terms(settings: Settings) -> Terms:
    """How a payment is divided. Raises InputError for rates finer than 0.1 %."""
    try:
        return Terms(per_mille(settings.commission_percent), per_mille(settings.tax_percent))
    except ValueError as error:
        raise InputError(
            f"HOURWISE_COMMISSION_PERCENT and HOURWISE_TAX_PERCENT go in steps of 0.1: {error}"
        ) from error


def make_use_cases(ground: "Ground", cards: CardRail) -> UseCases:
    """Every use case, with what it needs."""
    settings, clock, understanding = ground.settings, ground.clock, ground.understanding
    write, read = ground.database.write, ground.database.read
    tell_admins, meeting_url = TellAdmins(clock, settings.admin_ids), settings.meeting_url
    settle, terms = SettlePayment(write, clock, meeting_url), make_terms(settings)
    cashier = Cashier(write, cards, settings.provider_token.get_secret_value())
    packages = Packages(write, clock, cashier, cards, terms, meeting_url)
    read_wish = ReadWish(clock, understanding)
    return UseCases(
        queries=Queries(read, clock),
        read_topics=ReadTopics(read),
        places=Places(),
        operator={"operator": settings.operator_name, "contact": settings.operator_contact},
        join=Join(write, clock),
        answer_questionnaire=AnswerQuestionnaire(write, clock, understanding),
        change_preferences=ChangePreferences(write, clock),
        answer_question=AnswerQuestion(
            write,
            clock,
            understanding,
            ground.matcher.named,
            ground.matcher.called,
            _composer(settings),
        ),
        read_budget=ReadBudget(read_wish),
        read_wish=read_wish,
        read_urgency=ReadUrgency(clock, understanding, read_wish),
        ask_human=AskHuman(write, clock, tell_admins, understanding),
        write_to_person=WriteToPerson(write, clock),
        look_for_danger=LookForDanger(understanding),
        raise_alarm=RaiseAlarm(write, tell_admins),
        judge_answer=JudgeAnswer(ground.database, clock),
        find_experts=FindExperts(read, clock, ground.matcher, settings.explore_percent / 100),
        read_expert=ReadExpert(read),
        hide_expert=HideExpert(write, clock),
        turn_client_away=TurnClientAway(write, clock),
        edit_hours=EditHours(write, clock, Places()),
        import_calendars=ImportCalendars(
            write, clock, ReadCalendars(clock, settings.calendar_hosts)
        ),
        feeds=Feeds(write, clock, settings.web_address),
        note_view=NoteView(write, clock),
        hold_time=HoldTime(write, clock, meeting_url),
        let_go=LetGo(write, clock),
        pay_for_session=PayForSession(write, clock, cashier, terms),
        gifts=Gifts(write, clock, cashier, terms, settle),
        packages=packages,
        book_weekly=BookWeekly(packages),
        series=Series(packages),
        written_questions=WrittenQuestions(write, clock, cashier, terms),
        subscriptions=Subscriptions(write, clock, terms),
        pay_less=PayLess(write, clock, cards, settle, terms),
        check_before_paying=CheckBeforePaying(read, clock),
        waitlist=Waitlist(write, clock),
        take_offered=TakeOffered(write, clock, meeting_url),
        library=Library(write, clock, cashier, terms),
        recommend_items=RecommendItems(read, clock),
        write_items=WriteItems(write, clock, tell_admins),
        publish_answers=PublishAnswers(write, clock),
        review_items=ReviewItems(write, clock),
        settle_payment=settle,
        take_telegram_payment=TakeTelegramPayment(write, clock, settle),
        money=MoneyQueries(read, clock),
        papers=MakePapers(
            write,
            clock,
            Seller(settings.operator_name, settings.seller_address, settings.seller_tax_id),
            Path(settings.paper_font) if settings.paper_font else None,
        ),
        admin_money=AdminMoney(write, clock, tell_admins, settings.two_admins_over),
        open_payout_account=OpenPayoutAccount(write, cards),
        approve_session=ApproveSession(write, clock, meeting_url),
        decline_session=DeclineSession(write, clock),
        cancel_session=CancelSession(write, clock),
        move_session=MoveSession(write, clock),
        end_session=EndSession(write, clock),
        report_absence=ReportAbsence(write, clock, tell_admins),
        say_coming=SayComing(write, clock),
        change_reminders=ChangeReminders(write, clock),
        join_session=JoinSession(write, clock, settings.public_url.rstrip("/")),
        relay_message=RelayMessage(write, clock),
        answer_survey=AnswerSurvey(write, clock, tell_admins),
        write_note=WriteNote(write, clock),
        write_review=WriteReview(write, clock),
        export_my_data=ExportMyData(read),
        erase_me=EraseMe(write, clock),
        send_broadcast=SendBroadcast(ground.database, clock),
        note_campaign=NoteCampaign(ground.database, clock),
        repeat_broadcast=RepeatBroadcast(ground.database, clock),
        polls=Polls(ground.database, clock),
        sequences=Sequences(ground.database, clock),
        edit_faq=EditFaq(ground.database, clock, ground.learn),
        read_unanswered=ReadUnanswered(ground.database, understanding),
        settle_unanswered=SettleUnanswered(ground.database, clock, ground.learn),
        refresh_facts=RefreshFacts(write),
        link_expert=LinkExpert(write, clock),
        make_admin_link=MakeAdminLink(write, settings.web_address),
    )


def _composer(settings: Settings) -> Composer | None:
    if not settings.compose_url:
        return None
    key = settings.compose_key.get_secret_value()
    return Composer(settings.compose_url, model=settings.compose_model, key=key)
