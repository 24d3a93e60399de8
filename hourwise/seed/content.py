"""The demo's experts and FAQ, read as an operator's own files are."""

from importlib.resources import files

from kernel.languages import LANGUAGES
from knowledge.importing import parse_entries
from knowledge.model import Entry
from workflows.expert_rows import ExpertRow, parse_experts


def demo_experts() -> list[ExpertRow]:
    """The experts of the demo, in the order of their file."""
    return parse_experts(_read("experts.jsonl"), name="experts.jsonl")


def demo_entries() -> list[Entry]:
    """The FAQ of the demo in all languages."""
    names = [f"faq_{language}.jsonl" for language in LANGUAGES]
    return [entry for name in names for entry in parse_entries(_read(name), name=name)]


def _read(name: str) -> str:
    return files("hourwise").joinpath("seed", name).read_text(encoding="utf-8")
