"""The one door to understanding: a message in, everything it means out."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # ships no types

from kernel import memory
from knowledge import repository, service
from knowledge.danger import DangerFinder
from knowledge.danger_sense import load_sense
from knowledge.feedback import Weights
from knowledge.intents.rasa_server import RasaServer
from knowledge.intents.trainer import IntentTrainer
from knowledge.model import (
    Answer,
    AnswerKind,
    Danger,
    Entry,
    Intent,
    Need,
    Rule,
    Topic,
    Understood,
    Wish,
)
from knowledge.needs import NeedClassifier
from knowledge.routing import route
from knowledge.rules import RuleBook
from knowledge.search.embedding import EntryEmbedder, VectorsByModel, missing, searchable
from knowledge.search.knowledge_base import KnowledgeBase, Thresholds
from knowledge.topics import TopicFinder, shipped_topics
from knowledge.unanswered import Unanswered, UnansweredGroup, grouped
from knowledge.wishes import WishReader
from vectors.chroma import Chroma
from vectors.embedders import Embedders, load_embedders
from vectors.errors import StoreUnavailable
from vectors.language import language_of
from vectors.normal import normalize
from vectors.store import MemoryStore, NoStore, VectorStore

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

_SURE_QUESTION = 0.7
_USUAL = Thresholds()


class Understanding:
    """Understands messages. Its models live on one thread of their own, off the event loop.

    `await start()` first; then `await refresh(db)` whenever the knowledge base has changed.
    """

    def __init__(
        self,
        *,
        data_dir: Path,
        embedder: str = "auto",
        chroma_url: str = "",
        in_memory: bool = False,
        thresholds: Thresholds = _USUAL,
        rasa: str = "",
    ) -> None:
        """`in_memory` keeps vectors out of Chroma: for one-off commands and tests. `rasa` is the
        address of a Rasa server whose intents go before the embedded model's."""
        self._data_dir = data_dir
        self.intents_folder = data_dir / "intents"
        self._setting = embedder
        self._chroma_url = chroma_url
        self._in_memory = in_memory
        self._thresholds = thresholds
        self._rasa_address = rasa
        self._rasa: RasaServer | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="understanding")
        self._chroma: Chroma | None = None
        self._dangers = DangerFinder()
        self._rules = RuleBook(())
        self._version: object = None
        self._complete = False
        self._use_topics(shipped_topics())

    def _use_topics(self, topics: Sequence[Topic]) -> None:
        finder = TopicFinder(topics)
        self._wishes = WishReader(finder)
        self._needs = NeedClassifier(finder)

    async def start(self) -> None:
        """Loads the models, trains the intents if need be.

        Raises: ModelUnavailable, StoreInUse; ValueError for the setting.
        """
        await self._on_thread(self._start)

    async def warm(self) -> None:
        """Prepares what the first message would wait for, about half a second."""
        await self._on_thread(self._wishes.warm)

    def _start(self) -> None:
        self._embedders = load_embedders(self._setting)
        self._trainer = IntentTrainer(self.intents_folder, self._embedders)
        self._load_intents()
        if self._rasa_address:
            self._rasa = RasaServer(self._rasa_address, known=self._trainer.names)
        # one message is too little work to share: on a busy machine threads only wait for each other
        threadpool_limits(limits=1, user_api="blas")
        self._connect()
        self._base = KnowledgeBase((), embedders=self._embedders, vectors={})
        memory.give_back()

    def _load_intents(self) -> None:
        self._intents = self._trainer.load()
        self._intents_version = self._trainer.active_number()
        self._danger_sense = load_sense(
            self.intents_folder, self._trainer.encoder, harmless=self._intents.parameters.vectors
        )

    def _connect(self) -> None:
        """Opens Chroma; while its server is down, questions are searched by words alone."""
        if self._in_memory or self._chroma:
            return
        try:
            self._chroma = Chroma(folder=self._data_dir / "chroma", url=self._chroma_url)
        except StoreUnavailable:
            logger.warning("the vector store cannot be reached", exc_info=True)

    @property
    def embedders(self) -> Embedders:
        """The loaded embedders, for the evaluation commands."""
        return self._embedders

    @property
    def trainer(self) -> IntentTrainer:
        """Trains, lists and rolls back the intent models; `refresh` takes over what it did."""
        return self._trainer

    @property
    def entry_embedder(self) -> EntryEmbedder:
        """Makes the vectors that stored entries still need, between two questions."""
        return EntryEmbedder(self._embedders, self._on_thread)

    async def refresh(self, db: AsyncSession) -> None:
        """Takes over the stored entries that have their vectors, rules and topics, and the
        active intent model.
        """
        if self._trainer.active_number() != self._intents_version:
            await self._on_thread(self._load_intents)
        self._rules = RuleBook(await repository.rules(db))
        self._use_topics(await service.topics(db))
        version = await repository.version(db)
        if self._is_newest(version):
            return
        self._base, self._complete = await self._rebuilt(db)
        await self._on_thread(memory.give_back)
        self._version = version

    async def _rebuilt(self, db: AsyncSession) -> tuple[KnowledgeBase, bool]:
        """The base of the stored entries, and whether all have all their vectors."""
        entries = await repository.entries(db)
        names = {self._embedders.english.name, self._embedders.others.name}
        known = await repository.vectors(db, names)
        weights = await service.weights(db)
        return await self._on_thread(lambda: self._build(entries, known, weights))

    def use(self, base: KnowledgeBase) -> None:
        """Answers from a knowledge base that was built elsewhere."""
        self._base = base

    async def is_complete(self, db: AsyncSession) -> bool:
        """Whether every stored entry answers already, so that nothing is to be embedded."""
        return self._complete and self._is_newest(await repository.version(db))

    def _is_newest(self, version: object) -> bool:
        return version == self._version and bool(self._chroma or self._in_memory)

    def _build(
        self, entries: list[Entry], vectors: VectorsByModel, weights: Weights
    ) -> tuple[KnowledgeBase, bool]:
        """The base of the entries that can be found, and whether all have all their vectors."""
        self._connect()
        ready = searchable(entries, self._embedders, vectors)
        base = KnowledgeBase(
            ready,
            embedders=self._embedders,
            vectors=vectors,
            store=self._store,
            thresholds=self._thresholds,
            weights=weights,
        )
        left = missing(entries, self._embedders, vectors)
        return base, not any(left.values())

    def _store(self, name: str) -> VectorStore:
        if self._chroma:
            return self._chroma.collection(name)
        return MemoryStore() if self._in_memory else NoStore()

    async def understand(self, text: str, *, language: str, now: datetime, zone: str) -> Understood:
        """Everything a message means to a person whose `language` and IANA `zone` are given.

        `now` is aware UTC. What the text itself shows of its language goes first.
        """
        intent = await self.parse(text)
        return await self._on_thread(
            lambda: self._understand(text, intent, language=language, now=now, zone=zone)
        )

    def _understand(
        self, text: str, intent: Intent, *, language: str, now: datetime, zone: str
    ) -> Understood:
        spoken = language_of(text, default=language)
        danger = self._danger(text)
        rule = self._rules.match(text, language=spoken, now=now)
        if rule and rule.intent:
            intent = Intent(rule.intent, 1.0, intent.ranking)
        answer = self._answer(text, spoken, rule, surely_asks=_surely_asks(intent))
        wish = self._wishes.read(text, now=now, zone=zone, language=spoken)
        return Understood(
            route=route(text, danger=danger, rule=rule, intent=intent, answer=answer, wish=wish),
            intent=intent,
            answer=answer,
            wish=wish,
            need=self._needs.classify(text, topic_hint=wish.topic),
            danger=danger,
            rule=rule,
            language=spoken,
        )

    def _answer(self, text: str, language: str, rule: Rule | None, *, surely_asks: bool) -> Answer:
        ruled = _by_rule(rule, language)
        return ruled or self._base.ask(text, language=language, surely_asks=surely_asks)

    async def ask(self, text: str, *, language: str, now: datetime) -> Answer:
        """The answer alone, rules first; the intent is asked for only where it may matter."""
        spoken = language_of(text, default=language)
        rule = self._rules.match(text, language=spoken, now=now)
        if ruled := _by_rule(rule, spoken):
            return ruled
        base = self._base
        hits = await self._on_thread(lambda: base.hits(text, language=spoken))
        answer = base.answer(hits)
        if answer.kind is AnswerKind.ANSWER or not _surely_asks(await self.parse(text)):
            return answer
        return base.answer(hits, surely_asks=True)

    async def parse(self, text: str) -> Intent:
        """The intent alone: Rasa's where a server is set and answers, else the embedded model's."""
        if self._rasa is not None and (intent := await self._rasa.parse(text)) is not None:
            return intent
        return await self._on_thread(lambda: self._intents.parse(text))

    async def group(self, questions: Sequence[Unanswered]) -> list[UnansweredGroup]:
        """Unanswered questions (the most frequent first) by meaning, whatever their language."""
        if not questions:
            return []
        texts = [normalize(one.text) for one in questions]
        return await self._on_thread(
            lambda: grouped(questions, self._embedders.across.embed_queries(texts))
        )

    async def danger(self, text: str) -> Danger | None:
        """The sign of danger in a text: by the patterns in under a millisecond, else by what it
        means, which takes an embedding."""
        return self._dangers.find(text) or await self._on_thread(lambda: self._danger(text))

    def _danger(self, text: str) -> Danger | None:
        found = self._dangers.find(text)
        return found or self._danger_sense.find(self._dangers.without_figures(text))

    async def read_wish(self, text: str, *, now: datetime, zone: str, language: str) -> Wish:
        """The wish alone."""
        spoken = language_of(text, default=language)
        return await self._on_thread(
            lambda: self._wishes.read(text, now=now, zone=zone, language=spoken)
        )

    def classify(self, text: str, *, topic_hint: str | None = None) -> Need:
        """The need behind the answers of a questionnaire; takes under a millisecond."""
        return self._needs.classify(text, topic_hint=topic_hint)

    async def close(self) -> None:
        """Lets go of the vector store, the Rasa server and the thread."""
        if self._rasa is not None:
            await self._rasa.close()
        if self._chroma is not None:
            await self._on_thread(self._chroma.close)
            self._chroma = None
        self._thread.shutdown()

    async def _on_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _by_rule(rule: Rule | None, language: str) -> Answer | None:
    """The answer that a rule gives; None without one."""
    if rule is None or not rule.answer:
        return None
    spoken = rule.language or language
    return Answer(AnswerKind.ANSWER, by="rule", language=spoken, answer=rule.answer, score=1.0)


def _surely_asks(intent: Intent) -> bool:
    return intent.name == "ask_question" and intent.confidence >= _SURE_QUESTION
