"""Who may be suggested at all, before anybody's free times are known."""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId
from matching import repository, stored_vectors
from matching.fit import FitIndex
from matching.model import Candidate, ExpertFacts, MatchNeed, Taste
from matching.names import Names
from matching.rank import WEIGHTS
from matching.recommend import versions
from matching.recommend.recommender import Past, Recommender
from matching.roster import Roster
from vectors.embedders import Embedders, Vectors


class Matcher:
    """Knows all experts as of the last refresh. For one event loop, not for several threads."""

    def __init__(self, embedders: Embedders, fields: Mapping[str, str] | None = None) -> None:
        """`fields` maps a topic to the field that it belongs to."""
        self.embedders = embedders
        self.fields = fields or {}
        self._roster = Roster(self.fields)
        self._index = FitIndex(embedders)
        self._names = Names()
        self._known = repository.NOTHING_KNOWN
        self._learnt: tuple[int | None, Recommender | None] = (None, None)
        self._weights: tuple[int | None, Mapping[str, float]] = (None, WEIGHTS)

    async def refresh(self, db: AsyncSession) -> None:
        """Take over what changed; only texts whose vectors are not stored are embedded, in a
        thread."""
        news = await repository.news(db, self._known)
        if news.changed or news.forgotten:
            missing = await asyncio.to_thread(self._index.missing, news.changed)
            for embedder, texts in missing.items():
                self._index.know(embedder, await stored_vectors.read(db, embedder.name, texts))
            await asyncio.to_thread(self._index.prepare, news.changed)
            self.take(news.changed, news.forgotten)
        self._known = news.known
        in_use = await versions.in_use(db)
        number = in_use.get(versions.TASTES)
        if number is not None and number != self._learnt[0]:
            self._learnt = number, await versions.load(db, number)
        number = in_use.get(versions.WEIGHTS)
        if number != self._weights[0]:
            # a card of before the score had another feature says nothing about it
            learnt = {} if number is None else await versions.weights(db, number)
            self._weights = number, learnt if learnt.keys() == WEIGHTS.keys() else WEIGHTS

    def take_new_vectors(self) -> Mapping[str, Mapping[str, Vectors]]:
        """What was embedded since this was last asked, to be stored: model → digest → vector."""
        return self._index.take_new()

    def take(self, changed: Sequence[ExpertFacts], forgotten: Sequence[ExpertId] = ()) -> None:
        """Experts are judged by these facts from now on."""
        self._roster.put(changed, forgotten)
        texts = {each: None for each in forgotten} | {each.expert_id: each for each in changed}
        self._index.put({self._roster.place(one): each for one, each in texts.items()})
        for one, each in texts.items():
            self._names.put(one, each.name if each else "")

    @property
    def weights(self) -> Mapping[str, float]:
        """The weights of the score: learnt ones when they are in use, else the fixed ones."""
        return self._weights[1]

    @property
    def everybody(self) -> Sequence[ExpertFacts]:
        """All experts as of the last refresh."""
        return [*self._roster]

    def named(self, text: str) -> ExpertId | None:
        """The expert whose whole name stands in a text; None for nobody, or for several."""
        return self._names.named(text)

    def called(self, text: str) -> ExpertId | None:
        """The expert whose name is all that a text says; None for nobody, or for several."""
        return self._names.called(text)

    def name(self, expert_id: ExpertId) -> str:
        """What an expert is called; the id of somebody unknown."""
        known = self._roster.get(expert_id)
        return known.name if known else expert_id

    def tastes(
        self, past: Past, among: Collection[ExpertId], *, now: datetime
    ) -> dict[ExpertId, Taste]:
        """What a person is expected to like; empty before anything was learnt."""
        recommender = self._learnt[1]
        if recommender is None:
            return {}
        return recommender.tastes(past, among, name=self.name, now=now)

    def shortlist(
        self, need: MatchNeed, limit: int, *, seed: str = "", without: Collection[ExpertId] = ()
    ) -> Iterator[Candidate]:
        """Who may be suggested, the best fitting first; see `Roster.shortlist`."""
        return self._roster.shortlist(
            need, partial(self._index.fits, need.text), limit=limit, seed=seed, without=without
        )
