"""The memory of the whole of `hourwise run` against the sandbox, with 10,000 entries.

Read from /proc: the most that the process ever had, and what it has some seconds after its start.
"""

import sys
import tempfile
import time
from pathlib import Path

from bench._table import row
from bench.knowledge import ENTRIES, ROOT, import_made_up
from bench.start import running
from hourwise.journeys import free_port
from sandbox.stripe.processor import WEBHOOK_SECRET

LIMIT_MB = 700
_SETTLING_SECONDS = 10


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
            "HOURWISE_STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "HOURWISE_CLOCK": f"{sandbox}/sandbox/api/clock",
        }
        served = ("sandbox", "--port", str(sandbox_port))
        with running(*served, settings=settings, port=sandbox_port, path="/"):
            for which in ("first start, models trained", f"start with {ENTRIES:,} entries"):
                with running("run", settings=settings, port=port) as (process, _):
                    time.sleep(_SETTLING_SECONDS)
                    most, now = memory_mb(process)
                shown = f"{most:.0f} MB, then {now:.0f} MB"
                kept.append(row(which, shown, f"<= {LIMIT_MB} MB", good=most <= LIMIT_MB))
                if len(kept) == 1:
                    import_made_up(Path(name))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
