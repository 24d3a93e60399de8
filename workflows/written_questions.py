"""Written questions: asked and paid, answered by the expert, or given back after the deadline."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.errors import UnknownQuestion
from booking.question_model import Question, QuestionState, WrittenOffer
from kernel.clock import Clock
from kernel.ids import ExpertId, PersonId
from payments import service as payments
from payments.model import Payment, Purpose, Rail, Refund
from payments.split import Terms
from people import blocks
from people import service as people
from people.errors import ExpertHidden, ExpertNotAvailable
from people.model import Expert, Person
from storage import activity, commands, outbox
from storage.engine import SessionMaker
from storage.outbox import Notice
from texts.translator import Translator
from workflows import question_notices
from workflows.cancel_session import TAKEN_BACK
from workflows.cashier import Cashier, Checkout

NOT_ANSWERED = "not answered in time"

_PAGE_OPEN = timedelta(hours=23)


@dataclass(frozen=True)
class Asked:
    """A question with the expert who answers and the client who asks."""

    question: Question
    expert: Expert
    client: Person


@dataclass(frozen=True)
class WrittenQuestions:
    """What answers cost, asking, answering, and what waits."""

    sessions: SessionMaker
    clock: Clock
    cashier: Cashier
    terms: Terms

    async def offered(self, expert_id: ExpertId) -> WrittenOffer | None:
        """What an answer of this expert costs, None where they give none."""
        async with self.sessions() as db:
            return await booking.written_offer(db, expert_id)

    async def draft(
        self, person: Person, expert_id: ExpertId, text: str, *, command: str
    ) -> Question:
        """Write a question down; the expert sees it once it is paid.

        Raises NoAnswersNow, ExpertHidden, ExpertNotAvailable.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            if done := await commands.earlier(db, command):
                return await booking.question(db, str(done.result))
            await blocks.check_may_meet(db, person.id, expert_id)
            new = await booking.draft_question(
                db, expert_id=expert_id, client=person.id, text=text, now=now
            )
            await commands.record(db, command, now=now, result=new.id)
        return new

    async def pay(self, person: Person, question_id: str) -> Checkout:
        """Open the payment of one's question; asking again gives the same one.

        Raises UnknownQuestion, PaymentPageClosed.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            found = await _asked(db, question_id)
            if found.client.id != person.id:
                raise UnknownQuestion
            question = found.question
            payment = await payments.open_payment(
                db, subject=question.id, payer=person.id, amount=question.price,
                rail=Rail(question.rail), purpose=Purpose.QUESTION, terms=self.terms, now=now,
            )  # fmt: skip
        translate = Translator(person.language)
        return await self.cashier(
            payment, title=translate.plain("question-title", expert=found.expert.name),
            description=translate.plain("question-description", hours=question.hours),
            language=person.language, expires_at=payment.created_at + _PAGE_OPEN,
        )  # fmt: skip

    async def one(self, question_id: str, reader: PersonId) -> Asked:
        """A question, for who asked it or who is to answer. Raises UnknownQuestion."""
        async with self.sessions() as db:
            found = await _asked(db, question_id)
        if reader not in {found.client.id, found.expert.person_id}:
            raise UnknownQuestion
        return found

    async def waiting(self, expert_id: ExpertId) -> list[Asked]:
        """What waits for an expert's answer, the most urgent first."""
        async with self.sessions() as db:
            found = await booking.questions_waiting(db, expert_id)
            return [await _asked(db, one.id) for one in found]

    async def answer(
        self, expert_person: PersonId, question_id: str, text: str, *, command: str
    ) -> None:
        """Answer once and in time: the client reads it, and the expert has earned its price.

        Raises UnknownQuestion, QuestionMoved.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            expert = await people.expert_of_person(db, expert_person)
            if expert is None:
                raise UnknownQuestion
            question = await booking.answer(
                db, question_id, expert_id=expert.id, text=text, now=now
            )
            payment = await payments.payment_for(db, Purpose.QUESTION, question.id)
            if payment is not None:
                await payments.release_payment(db, payment, expert_id=expert.id, now=now)
            await outbox.void(db, about=question.id)
            await outbox.add(db, question_notices.answered(question, expert, now=now))
            client = await people.get(db, question.client_id)
            await activity.record(
                db, client.id, "answered", at=now, about=expert.id, profiling=client.profiling
            )
            await commands.record(db, command, now=now)


async def ask_paid(db: AsyncSession, payment: Payment, *, now: datetime) -> None:
    """A question is paid: it reaches its expert. Where it cannot, or the two are not to
    meet, the money goes back.

    Raises RefundTooLarge.
    """
    try:
        draft = await booking.question(db, payment.subject)
        await blocks.check_may_meet(db, draft.client_id, draft.expert_id)
        question = await booking.ask(db, draft.id, now=now)
    except (UnknownQuestion, ExpertHidden, ExpertNotAvailable):
        await payments.request_refund(db, payment.id, payment.total, reason=NOT_ANSWERED, now=now)
        return
    found = await _asked(db, question.id)
    told = question_notices.asked(
        question, found.expert, found.client, now=now,
        by_subscription=payment.rail is Rail.SUBSCRIPTION,
    )  # fmt: skip
    await outbox.add(db, *told)


@dataclass(frozen=True)
class GiveBackUnanswered:
    """Questions whose deadline has passed: everything goes back, and both sides are told."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        async with self.sessions() as db:
            overdue = await booking.overdue(db, now=now)
        for question in overdue:
            async with self.sessions.begin() as db:
                if await booking.expire(db, question):
                    await self._give_back(db, question, now=now)

    async def _give_back(self, db: AsyncSession, question: Question, *, now: datetime) -> None:
        payment = await payments.payment_for(db, Purpose.QUESTION, question.id)
        back: list[Refund] = []
        if payment is not None and payment.refundable:
            back = await payments.request_refund(
                db, payment.id, payment.refundable, reason=NOT_ANSWERED, now=now
            )
        await outbox.void(db, about=question.id)
        expert = await people.expert(db, question.expert_id)
        await outbox.add(db, *question_notices.expired(question, expert, back, now=now))


async def withdraw_taken_back(db: AsyncSession, question_id: str, *, now: datetime) -> None:
    """The cardholder's bank took back what was paid for a question: one that waits for its answer
    needs none, what else was paid for it (credit) goes back, and both sides are told."""
    if not await _withdraw(db, question_id, question_notices.taken_back, now=now):
        return
    payment = await payments.payment_for(db, Purpose.QUESTION, question_id)
    if payment is not None and (rest := payment.refundable):
        await payments.request_refund(db, payment.id, rest, reason=TAKEN_BACK, now=now)


async def withdraw_refunded(db: AsyncSession, question_id: str, *, now: datetime) -> None:
    """All that was paid for a question went back: its expert need not answer it any more."""
    await _withdraw(db, question_id, question_notices.withdrawn, now=now)


async def _withdraw(
    db: AsyncSession, question_id: str, told: Callable[..., list[Notice]], *, now: datetime
) -> bool:
    withdrawn = await booking.withdraw(db, question_id)
    if withdrawn is None:
        return False
    await outbox.void(db, about=question_id)
    expert = await people.expert(db, withdrawn.expert_id)
    await outbox.add(db, *told(withdrawn, expert, now=now))
    return True


async def open_question(db: AsyncSession, person: PersonId, expert: ExpertId | None) -> bool:
    """Whether somebody waits for an answer, or is waited for."""
    mine = await booking.questions_of(db, person)
    theirs = await booking.questions_waiting(db, expert) if expert else []
    return bool(theirs) or any(one.state is QuestionState.ASKED for one in mine)


async def _asked(db: AsyncSession, question_id: str) -> Asked:
    question = await booking.question(db, question_id)
    return Asked(
        question=question,
        expert=await people.expert(db, question.expert_id),
        client=await people.get(db, question.client_id),
    )
