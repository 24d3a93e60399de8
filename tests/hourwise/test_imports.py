"""What is imported when: people wait for it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        # for `hourwise --help`
        ("hourwise.cli", {"aiogram", "chromadb", "sqlalchemy"}),
        # for a start: only who trains needs it
        ("hourwise.commands", {"sklearn"}),
    ],
)
def test_what_is_not_needed_yet_is_not_imported(module: str, unwanted: set[str]):
    program = f"import sys, {module}; print(*{unwanted!r} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout.split(), done.returncode) == ([], 0), done.stderr


def test_libraries_for_training_are_imported_one_at_a_time():
    """On threads at once they find each other half-made, now and then."""
    late, guarded = set(), set()
    for room in ("insights", "matching", "knowledge"):
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    late |= _learning_imports(file.name, node)
                if isinstance(node, ast.With) and "one_at_a_time" in ast.unparse(node.items[0]):
                    guarded |= _learning_imports(file.name, node)
    assert late == guarded != set()


def _learning_imports(file: str, node: ast.AST) -> set[tuple[str, int]]:
    return {
        (file, one.lineno)
        for one in ast.walk(node)
        if isinstance(one, ast.ImportFrom) and (one.module or "").startswith(("sklearn", "scipy"))
    }
