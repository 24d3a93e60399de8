"""`make bench`: every published figure, printed."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> int:
    """Run each benchmark in a process of its own; the worst exit code."""
    files = sorted(FOLDER.glob("*.py"))
    codes = []
    for file in files:
        if file.name.startswith("_"):
            continue
        print(f"== {file.stem}", flush=True)
        codes.append(
            subprocess.run([sys.executable, "-m", f"bench.{file.stem}"], check=False).returncode
        )
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main())
