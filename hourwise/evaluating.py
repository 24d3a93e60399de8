"""The commands that measure, and those that look after the intent models."""

import json
from pathlib import Path
from typing import Any

from booking.slots_json import slots_from_json
from hourwise.jsonl import list_field, read_rows, text_field
from hourwise.settings import load_settings
from kernel.errors import InputError
from knowledge.evaluate import Query, curve, evaluate_faq, evaluate_intents, recommended
from knowledge.intents import Example
from knowledge.intents.trainer import IntentTrainer
from knowledge.intents.versions import Version
from knowledge.model import Entry
from knowledge.rasa import export_project
from matching.evaluate import JudgedExpert, JudgedNeed, evaluate
from vectors.embedders import Embedders, load_embedders
from vectors.language import language_of


def _embedders() -> Embedders:
    try:
        return load_embedders(load_settings().embedder)
    except ValueError as error:
        raise InputError(str(error)) from error


def eval_faq(corpus: Path, queries: Path) -> dict[str, Any]:
    """`faq eval`."""
    return dict(evaluate_faq(*_labelled(corpus, queries), _embedders()))


def faq_thresholds(corpus: Path, queries: Path, *, wrong: float) -> str:
    """`faq thresholds`: the curve as a table, and what to set."""
    points = curve(*_labelled(corpus, queries), _embedders())
    lines = ["answer from  answered   wrong"]
    lines += [f"{one.answer_from:11.2f} {one.answered:9.1%} {one.wrong:7.1%}" for one in points]
    best = recommended(points, wrong=wrong)
    lines.append(
        f"no threshold keeps wrong answers at or below {wrong:.1%}"
        if best is None
        else f"for at most {wrong:.1%} wrong answers set HOURWISE_ANSWER_FROM={best.answer_from}"
    )
    return "\n".join(lines)


def _labelled(corpus: Path, queries: Path) -> tuple[list[Entry], list[Query]]:
    entries = [_entry(row, place) for place, row in read_rows(corpus, "id", "question")]
    questions = [
        Query(text_field(row, "query", place), frozenset(list_field(row, "relevant", place)))
        for place, row in read_rows(queries, "query", "relevant")
    ]
    return entries, questions


def _entry(row: dict[str, Any], place: str) -> Entry:
    question = text_field(row, "question", place)
    return Entry(
        id=str(row["id"]),
        question=question,
        answer=str(row.get("answer") or ""),
        language=str(row.get("lang") or language_of(question)),
    )


def eval_intents(train: Path, test: Path, *, valid: Path | None, oos: str | None) -> dict[str, Any]:
    """`intents eval`."""
    return dict(
        evaluate_intents(
            _examples(train),
            _examples(test),
            _embedders(),
            valid=[] if valid is None else _examples(valid),
            out_of_scope=oos,
        )
    )


def _examples(path: Path) -> list[Example]:
    return [
        Example(text_field(row, "text", place), text_field(row, "intent", place))
        for place, row in read_rows(path, "text", "intent")
    ]


def eval_match(experts: Path, needs: Path) -> dict[str, Any]:
    """`match eval`."""
    judged = [
        JudgedExpert(
            str(row["id"]), {language_of(str(row["bio"])): str(row["bio"])}, tuple(list_field(row, "topics", place)),
            tuple(list_field(row, "answers", place)),
        )
        for place, row in read_rows(experts, "id", "bio", "topics", "answers")
    ]  # fmt: skip
    wanted = [
        JudgedNeed(text_field(row, "need", place), frozenset(list_field(row, "relevant", place)))
        for place, row in read_rows(needs, "need", "relevant")
    ]
    return dict(evaluate(judged, wanted, _embedders()))


def slots(file: Path) -> Any:
    """`slots`."""
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{file.name} is not JSON: {error}") from error
    return slots_from_json(value)


def _trainer() -> IntentTrainer:
    return IntentTrainer(load_settings().data_dir / "intents", _embedders())


def train_intents() -> dict[str, Any]:
    """`intents train`."""
    return _version(_trainer().train())


def roll_back_intents() -> dict[str, Any]:
    """`intents rollback`."""
    return _version(_trainer().rollback())


def list_intents() -> list[dict[str, Any]]:
    """`intents list`."""
    return [_version(one) for one in _trainer().versions()]


def _version(version: Version) -> dict[str, Any]:
    return {
        "version": version.number, "active": version.active,
        "scores": dict(version.scores),
    }  # fmt: skip


def export_rasa(folder: Path, *, language: str) -> None:
    """`intents export-rasa`."""
    export_project(folder, language=language)
