"""The memory of the whole of `hourwise run` against the sandbox, with 10,000 entries.

Read from /proc: the most that the process ever had, and what it has some seconds after its start.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench._table import row
from bench.knowledge import ENTRIES, ROOT, import_made_up
from bench.start import PATIENCE_SECONDS, healthy
from hourwise.journeys import free_port

LIMIT_MB = 700
_SETTLING_SECONDS = 10


@contextmanager
def running(*command: str, settings: Mapping[str, str], port: int) -> Iterator[int]:
    """A command of hourwise that serves at a port; gives its process id."""
    process = subprocess.Popen(
        [sys.executable, "-m", "hourwise", *command],
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        began = time.monotonic()
        while not healthy(port, path="/" if command[0] == "sandbox" else "/health"):
            if time.monotonic() - began > PATIENCE_SECONDS or process.poll() is not None:
                raise RuntimeError(f"{command} did not start")
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def memory_mb(process: int) -> tuple[float, float]:
    """The most that a process had, and what it has, in MB."""
    lines = (Path("/proc") / str(process) / "status").read_text(encoding="ascii").splitlines()
    values = dict(line.split(":", 1) for line in lines)
    most, now = (int(values[name].split()[0]) / 1024 for name in ("VmHWM", "VmRSS"))
    return most, now


def main() -> int:
    """Print the figures; 1 when one is over its limit."""
    kept = []
    sandbox_port, port = free_port(), free_port()
    sandbox = f"http://127.0.0.1:{sandbox_port}"
    with tempfile.TemporaryDirectory() as name:
        settings = {
            "PYTHONPATH": str(ROOT),
            "HOURWISE_DATA_DIR": name,
            "HOURWISE_PORT": str(port),
            "HOURWISE_TELEGRAM_TOKEN": "1000:sandbox",
            "HOURWISE_TELEGRAM_API": f"{sandbox}/telegram",
            "HOURWISE_STRIPE_KEY": "sk_test_sandbox",
            "HOURWISE_STRIPE_API": f"{sandbox}/stripe",
            "HOURWISE_STRIPE_WEBHOOK_SECRET": "whsec_hourwise_sandbox",
            "HOURWISE_CLOCK": f"{sandbox}/sandbox/api/clock",
        }
        served = ("sandbox", "--port", str(sandbox_port))
        with running(*served, settings=settings, port=sandbox_port):
            for which in ("first start, models trained", f"start with {ENTRIES:,} entries"):
                with running("run", settings=settings, port=port) as process:
                    time.sleep(_SETTLING_SECONDS)
                    most, now = memory_mb(process)
                shown = f"{most:.0f} MB, then {now:.0f} MB"
                kept.append(row(which, shown, f"<= {LIMIT_MB} MB", good=most <= LIMIT_MB))
                if len(kept) == 1:
                    import_made_up(Path(name))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
