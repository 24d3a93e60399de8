"""A real Rasa trains on the exported project, serves it, and names intents for the bot.

Rasa 3.6 needs Python 3.10, so it has an environment of its own: `HOURWISE_TEST_RASA` names a
`rasa` command, else one is made in `.rasa` where a Python 3.10 is at hand.
"""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hourwise.journeys import free_port
from knowledge.intents.rasa_server import RasaServer
from knowledge.rasa import export_project

RASA = "rasa==3.6.21"
ROOT = Path(__file__).parents[2]
# enough to tell intents apart; the exported hundred are for the operator's patience
EPOCHS = 15
START_SECONDS = 120


@pytest.fixture(scope="module")
def rasa() -> str:
    """The `rasa` command."""
    given = os.environ.get("HOURWISE_TEST_RASA")
    if given:
        return given
    own = ROOT / ".rasa" / "bin" / "rasa"
    if not own.exists():
        _install(own.parents[1])
    return str(own)


def _install(folder: Path) -> None:
    # on the path may be pyenv's stand-in for a version that is not switched on
    candidates = [*Path.home().glob(".pyenv/versions/3.10*/bin/python"), shutil.which("python3.10")]
    python = next((str(one) for one in candidates if one), None)
    if python is None:
        pytest.skip("no Python 3.10 is at hand, which Rasa 3.6 needs")
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    # most of its modules are never imported: compiling them all takes half of the installation
    pip = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check",
           "--no-compile", RASA]  # fmt: skip
    if subprocess.run(pip, check=False).returncode:
        shutil.rmtree(folder)
        pytest.skip(f"{RASA} could not be installed")


@pytest.fixture
def address(rasa: str, tmp_path: Path) -> Iterator[str]:
    """A Rasa server with a model that was trained on the exported project."""
    export_project(tmp_path, language="en")
    config = tmp_path / "config.yml"
    config.write_text(config.read_text().replace("epochs: 100", f"epochs: {EPOCHS}"))
    trained = subprocess.run(
        [rasa, "train", "nlu", "--quiet"], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert trained.returncode == 0, trained.stderr
    assert list(tmp_path.glob("models/nlu-*.tar.gz"))
    port = free_port()
    with (tmp_path / "rasa.log").open("wb") as log:
        server = subprocess.Popen(
            [rasa, "run", "--enable-api", "--port", str(port), "--endpoints", os.devnull],
            cwd=tmp_path, stdout=log, stderr=log,
        )  # fmt: skip
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=30)


@pytest.mark.long
async def test_a_real_rasa_trains_on_the_project_and_names_intents(address: str) -> None:
    server = RasaServer(address, known={"refund", "my_sessions"}, patience=10, rest=0.1)
    async with asyncio.timeout(START_SECONDS):
        while (found := await server.parse("I want my money back please")) is None:  # noqa: ASYNC110 - a server starts
            await asyncio.sleep(0.5)
    assert found.name == "refund"
    assert found.ranking[0][0] == "refund"
    again = await server.parse("show me my sessions")
    assert again is not None
    assert again.name == "my_sessions"
    await server.close()
