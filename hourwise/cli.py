"""The command line: `hourwise …`."""

import asyncio
import json
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hourwise.database_cli import db, seed
from hourwise.delivery_cli import AsJson, File, broadcast, jobs, outbox
from hourwise.later import Later
from hourwise.settings import load_settings
from kernel import memory
from kernel.errors import DomainError, InputError
from vectors.errors import ModelUnavailable, StoreInUse, StoreUnavailable

if TYPE_CHECKING:
    from hourwise import commands, feedback_commands, importing, topic_commands
else:
    commands = Later("hourwise.commands")
    feedback_commands = Later("hourwise.feedback_commands")
    importing = Later("hourwise.importing")
    topic_commands = Later("hourwise.topic_commands")

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
faq = typer.Typer(no_args_is_help=True, help="The knowledge base.")
intents = typer.Typer(no_args_is_help=True, help="What people want, and its models.")
experts = typer.Typer(no_args_is_help=True, help="Experts.")
topics = typer.Typer(no_args_is_help=True, help="Fields of advice and their topics.")
insights = typer.Typer(no_args_is_help=True, help="What is learnt from it all.")
ledger = typer.Typer(no_args_is_help=True, help="The books.")
for name, group in {
    "faq": faq, "intents": intents, "experts": experts, "db": db, "seed": seed,
    "topics": topics,
    "ledger": ledger, "insights": insights, "outbox": outbox, "broadcast": broadcast,
}.items():  # fmt: skip
    app.add_typer(group, name=name)

OptionalFile = Annotated[Path | None, typer.Argument(exists=True, dir_okay=False)]
Port = Annotated[int, typer.Option(help="The port to listen on.")]


def _out(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))


@app.command()
def run() -> None:
    """Bot, scheduler and web in one process."""
    commands.run_roles({"bot", "scheduler", "web"})


@app.command()
def bot() -> None:
    """The bot alone."""
    commands.run_roles({"bot"})


@app.command()
def web() -> None:
    """The web side alone."""
    commands.run_roles({"web"})


@app.command()
def scheduler() -> None:
    """The scheduler alone."""
    commands.run_roles({"scheduler"})


@app.command()
def sandbox(
    port: Port = 8081,
    state: Annotated[Path | None, typer.Option(help="Keep the state in this file.")] = None,
    product: Annotated[str, typer.Option(help="Where the card processor's events go.")] = "",
) -> None:
    """The sandbox alone."""
    commands.run_sandbox(port=port, state=state, product=product)


@app.command()
def demo(port: Port = 8080) -> None:
    """Everything against the built-in sandbox, on one port."""
    commands.run_demo(port=port)


@app.command()
def journey(
    story: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False)] = None,
    as_json: AsJson = False,
) -> None:
    """Play a story through the sandbox; without a file, the whole consultation, both languages."""
    raise typer.Exit(commands.play(story, as_json=as_json))


@app.command()
def settings() -> None:
    """What is in force, secrets masked."""
    for key, value in load_settings().shown().items():
        typer.echo(f"{key}={value}")


@app.command()
def new_key() -> None:
    """A new key for HOURWISE_SECRET_KEYS; put it before the old ones."""
    from cryptography.fernet import Fernet

    typer.echo(Fernet.generate_key().decode())


@app.command()
def ask(
    text: str,
    lang: Annotated[str, typer.Option(help="The language, where the text does not show it.")] = "",
    as_json: AsJson = False,
) -> None:
    """What the bot would answer."""
    answer = asyncio.run(commands.ask(text, language=lang))
    if as_json:
        _out(answer)
    else:
        typer.echo(answer["answer"] or f"({answer['kind']})")


@faq.command("import")
def faq_import(file: File) -> None:
    """Entries from CSV, JSONL or YAML: `id?, question, answer, lang?, variants?`."""
    _out(asyncio.run(importing.import_faq(file)))


@faq.command("eval")
def faq_eval(
    corpus: OptionalFile = None, queries: OptionalFile = None, as_json: AsJson = False
) -> None:
    """Measure the answers on labelled questions; without files, on those that people judged,
    without their feedback and with it. Nothing is stored."""
    if corpus is None:
        _report(asyncio.run(feedback_commands.eval_stored()), as_json=as_json)
    elif queries is None:
        raise InputError("faq eval needs both files, or none")
    else:
        _report(commands.eval_faq(corpus, queries), as_json=as_json)


@faq.command("reweigh")
def faq_reweigh(
    off: Annotated[bool, typer.Option("--off", help="Answer without feedback again.")] = False,
) -> None:
    """Put what people said about answers in force; `faq eval` shows the effect before."""
    _out(asyncio.run(feedback_commands.reweigh(off=off)))


@faq.command("thresholds")
def faq_thresholds(
    corpus: File,
    queries: File,
    wrong: Annotated[float, typer.Option(help="The wanted share of wrong answers.")] = 0.05,
) -> None:
    """What each threshold would answer, and which one to set."""
    typer.echo(commands.faq_thresholds(corpus, queries, wrong=wrong))


@topics.command("export")
def topics_export() -> None:
    """The fields and topics in force, as YAML to edit."""
    typer.echo(asyncio.run(topic_commands.export_topics()), nl=False)


@topics.command("import")
def topics_import(file: File) -> None:
    """Put the fields and topics of a file in force, instead of those before."""
    _out(asyncio.run(topic_commands.import_topics(file)))


@intents.command("train")
def intents_train() -> None:
    """Train from the YAML and activate if not worse."""
    _out(commands.train_intents())


@intents.command("rollback")
def intents_rollback() -> None:
    """Back to the version before."""
    _out(commands.roll_back_intents())


@intents.command("list")
def intents_list(as_json: AsJson = False) -> None:
    """Versions with their scores."""
    _report(commands.list_intents(), as_json=as_json)


@intents.command("parse")
def intents_parse(text: str, as_json: AsJson = False) -> None:
    """What a text wants, in Rasa's shape."""
    _report(asyncio.run(commands.parse_intent(text)), as_json=as_json)


@intents.command("eval")
def intents_eval(
    train: File,
    test: File,
    valid: Annotated[Path | None, typer.Option(exists=True, dir_okay=False)] = None,
    oos: Annotated[str | None, typer.Option(help="The label of texts out of scope.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure intent recognition on labelled texts; nothing is stored."""
    _report(commands.eval_intents(train, test, valid=valid, oos=oos), as_json=as_json)


@intents.command("export-rasa")
def intents_export(
    folder: Path, lang: Annotated[str, typer.Option(help="The language to export.")] = "en"
) -> None:
    """A project that `rasa train nlu` accepts."""
    commands.export_rasa(folder, language=lang)


@experts.command("import")
def experts_import(file: File) -> None:
    """Experts from JSON Lines, as `docs/experts.md` describes them."""
    _out(asyncio.run(importing.import_experts(file)))


@app.command("match")
def match_(
    text: str,
    limit: Annotated[int, typer.Option(min=1)] = 5,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option(help="Draw what each score is made of.")] = False,
) -> None:
    """The experts that fit a need."""
    if explain:
        typer.echo(asyncio.run(commands.explain_match(text, limit=limit)))
        return
    _report(asyncio.run(commands.match(text, limit=limit)), as_json=as_json)


@app.command("match-eval", hidden=True)
def match_eval(experts_file: File, needs: File, as_json: AsJson = False) -> None:
    """`match eval`: measure matching on labelled needs; nothing is stored."""
    _report(commands.eval_match(experts_file, needs), as_json=as_json)


@app.command("match-replay", hidden=True)
def match_replay(as_json: AsJson = False) -> None:
    """`match replay`: measure recommendation on the stored history; nothing is stored."""
    _report(asyncio.run(commands.replay_match()), as_json=as_json)


@app.command()
def slots(file: File, as_json: AsJson = False) -> None:
    """Free times by a pure calculation."""
    _report(commands.slots(file), as_json=as_json)


@ledger.command("check")
def ledger_check(as_json: AsJson = False) -> None:
    """Whether the books balance; exit code 1 when they do not."""
    found = asyncio.run(commands.check_ledger())
    _report(found, as_json=as_json)
    if not found["balanced"]:
        raise typer.Exit(1)


@insights.command("report")
def insights_report(
    as_json: AsJson = False,
    discount: Annotated[
        float, typer.Option(min=0, help="What a later payment loses a year.")
    ] = 0.1,
    months: Annotated[int, typer.Option(min=0, help="Over how many months.")] = 12,
) -> None:
    """Retention, satisfaction, value, churn and segments, each with its inputs."""
    _report(asyncio.run(commands.report_insights(rate=discount, months=months)), as_json=as_json)


app.command()(jobs)


@ledger.command("export")
def ledger_export(year: Annotated[int, typer.Argument(min=2000, max=2999)]) -> None:
    """A calendar year's entries (UTC) as CSV on standard output, for the bookkeeper."""
    typer.echo(asyncio.run(commands.export_ledger(year)), nl=False)


def _report(found: Any, *, as_json: bool) -> None:
    if as_json:
        _out(found)
    else:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


def main() -> None:
    """The console script: exit code 2 for wrong input, 1 for anything else that fails."""
    memory.be_thrifty()
    logging.basicConfig(
        stream=sys.stderr,
        level=os.environ.get("HOURWISE_LOG", "WARNING").upper(),
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    for talkative in ("bm25s", "apscheduler", "stripe", "aiogram.event"):
        logging.getLogger(talkative).setLevel(logging.ERROR)
    arguments = sys.argv[1:]
    if arguments[:2] in (["match", "eval"], ["match", "replay"]):
        arguments = ["-".join(arguments[:2]), *arguments[2:]]
    try:
        code = app(arguments, standalone_mode=False)
    except typer.TyperException as error:
        typer.echo(error.format_message(), err=True)
        code = 2
    except (InputError, ModelUnavailable, StoreInUse, StoreUnavailable) as error:
        typer.echo(str(error), err=True)
        code = 2
    except DomainError as refusal:
        from texts.translator import Translator

        typer.echo(Translator().plain(refusal.key, **refusal.values), err=True)
        code = 2
    except typer.Abort:
        code = 130
    sys.exit(code if isinstance(code, int) else 0)
