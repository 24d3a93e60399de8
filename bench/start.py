"""How much disk this environment takes, and how soon `hourwise demo` answers.

The environment is the one that runs this, with whatever extras it has; the first start seeds an
empty data folder, the second finds it.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from hourwise.journeys import free_port

ROOT = Path(__file__).parents[1]
LIMIT_MB = 1400
LIMIT_SECONDS = (240, 10)
PATIENCE_SECONDS = 300


def size_mb(folder: Path) -> float:
    """The bytes of all files below a folder, in MB."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sum(file.stat().st_size for file in files) / 1e6


@contextmanager
def running(
    *command: str, settings: Mapping[str, str], port: int, path: str = "/health"
) -> Iterator[tuple[int, float]]:
    """A command of hourwise while the block runs, from when it answers at a port: its process id,
    and the seconds until then."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "hourwise", *command],
        cwd=settings["HOURWISE_DATA_DIR"], env={**os.environ, **settings},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not _answers(port, path):
            if time.perf_counter() - began > PATIENCE_SECONDS or process.poll() is not None:
                raise RuntimeError(f"hourwise {command[0]} did not start")
            time.sleep(0.1)
        yield process.pid, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(timeout=30)


def seconds_to_answer(folder: Path) -> float:
    """Start the demo on a data folder, wait until its product is healthy, end it."""
    port = free_port()
    settings = {"HOURWISE_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    with running("demo", "--port", str(port), settings=settings, port=port) as (_, seconds):
        return seconds


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def main() -> int:
    """Print the figures; 1 when one is over its limit."""
    size = size_mb(Path(sys.prefix))
    with tempfile.TemporaryDirectory() as name:
        times = [seconds_to_answer(Path(name)) for _ in range(2)]
    print(f"installed            {size:8.0f} MB  (limit {LIMIT_MB})")
    for which, took, limit in zip(("first", "second"), times, LIMIT_SECONDS, strict=True):
        print(f"{which:6} start answers {took:7.1f} s   (limit {limit})")
    within = all(took <= limit for took, limit in zip(times, LIMIT_SECONDS, strict=True))
    return 0 if within and size <= LIMIT_MB else 1


if __name__ == "__main__":
    sys.exit(main())
