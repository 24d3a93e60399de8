"""The public FAQ sets, as entries and questions."""

import json
from pathlib import Path

from knowledge.evaluate import Query
from knowledge.model import Entry

_DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "faq"


def public(name: str) -> tuple[list[Entry], list[Query]]:
    """A public set's entries and questions."""
    corpus = [json.loads(line) for line in (_DATA / f"{name}-corpus.jsonl").open()]
    queries = [json.loads(line) for line in (_DATA / f"{name}-queries.jsonl").open()]
    return (
        [Entry(row["id"], row["question"], row.get("answer", ""), row["lang"]) for row in corpus],
        [Query(row["query"], frozenset(row["relevant"])) for row in queries],
    )
