"""`faq eval` on the stored questions, and `faq reweigh`, which puts feedback in force."""

from hourwise.commands import opened
from hourwise.settings import load_settings
from kernel.clock import real_now
from knowledge import service
from knowledge.feedback import Judged, weights_of
from knowledge.search.embedding import embed_missing
from knowledge.search.knowledge_base import KnowledgeBase, Thresholds
from knowledge.stored import Figures, compare, located
from storage.engine import Database
from vectors.embedders import load_embedders


async def eval_stored() -> dict[str, Figures]:
    """The figures of the questions that people judged, without their feedback and with it."""
    async with opened(load_settings()) as database:
        base, judged = await _stored(database)
    return compare(base, judged)


async def reweigh(*, off: bool) -> dict[str, int]:
    """Puts the feedback so far in force, or takes it out; how many phrasings it weighs."""
    async with opened(load_settings()) as database:
        weights = {}
        if not off:
            base, judged = await _stored(database)
            weights = weights_of(located(base, judged))
        async with database.write.begin() as db:
            await service.put_weights(db, weights, now=real_now())
    return {"phrasings": len(weights)}


async def _stored(database: Database) -> tuple[KnowledgeBase, list[Judged]]:
    """The stored entries as they answer, and what people said about answers."""
    settings = load_settings()
    embedders = load_embedders(settings.embedder)
    async with database.read() as db:
        entries = await service.entries(db)
        names = {embedders.english.name, embedders.others.name}
        vectors = await service.vectors(db, names)
        judged = await service.feedback(db)
    for model, made in embed_missing(entries, embedders, vectors).items():
        vectors[model].update(made)
    known = {entry.id for entry in entries}
    base = KnowledgeBase(
        entries, embedders=embedders, vectors=vectors,
        thresholds=Thresholds(settings.answer_from, settings.suggest_from),
    )  # fmt: skip
    return base, [one for one in judged if one.article in known]
