"""What is imported when: people wait for it."""

import subprocess
import sys

import pytest


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
