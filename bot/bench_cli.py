"""The commands `smebot bench` and `smebot bench scale`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import BotError
from bot.options import known
from index.terminal import EXIT_DONE, EXIT_FAILED, progress_bar

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.bench.questions import Question
    from bot.settings import BotSettings

bench_commands = typer.Typer(
    help="How fast and how large the program is here; `scale` shows how that grows."
)

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
QuestionsOption = Annotated[
    str | None,
    typer.Option(
        "--questions",
        metavar="FILE",
        help="Ask these, JSON lines as `smebot ask --batch` takes them; else the canned checks.",
    ),
]
AskOption = Annotated[int, typer.Option("--ask", min=1, help="How many questions are asked.")]
MemoryOption = Annotated[
    float | None,
    typer.Option("--memory-gb", min=0.1, help="Most that a size may take; what is free now."),
]
_GB = 10**9


@bench_commands.callback(invoke_without_command=True)
def bench(  # noqa: PLR0917 - typer reads an option from each
    context: typer.Context,
    as_json: JsonOption = False,
    part: Annotated[
        list[str] | None, typer.Option(help="Only this part; may be repeated.")
    ] = None,
    ask: AskOption = 500,
    questions: QuestionsOption = None,
    documents: Annotated[
        int, typer.Option(min=1, help="In the corpus of which one document is changed.")
    ] = 1000,
    runs: Annotated[int, typer.Option(min=1, help="How often the program is started.")] = 5,
) -> int:
    """Measure start, answers, memory, encoder and builds on this machine: some minutes."""
    if context.invoked_subcommand:
        return EXIT_DONE
    from bot.app import read_settings
    from bot.bench.running import Bench, Part, Plan
    from bot.bench.telling import report_lines

    settings = read_settings()
    plan = Plan(parts=known("--part", part, Part) or tuple(Part), documents=documents, runs=runs)
    report = Bench(settings, _questions(settings, questions, ask), plan).run()
    if as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
        return EXIT_DONE
    for line in report_lines(report):
        print(line)
    return EXIT_DONE


def _questions(settings: "BotSettings", source: str | None, most: int) -> "list[Question]":
    from bot.app import today
    from bot.bench.questions import read_questions

    return read_questions(settings, source, most, today())


@bench_commands.command()
def scale(
    passages: Annotated[
        str, typer.Option(help="Sizes of the index, separated by commas.")
    ] = "10000,100000",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a size.")] = False,
    ask: AskOption = 100,
    questions: QuestionsOption = None,
    memory_gb: MemoryOption = None,
    minutes: Annotated[float, typer.Option(min=0.01, help="Most that a size may take.")] = 60,
) -> int:
    """Show how cost grows with the index, which is made of real passages, recombined."""
    from bot.app import read_settings
    from bot.bench.machine import Machine, available_bytes
    from bot.bench.scaling import FAILED, Limits, measure_sizes
    from bot.bench.telling import SIZE_HEADING, size_line
    from bot.bench.working_folder import working_folder
    from index import snapshot_store

    sizes = _sizes(passages)
    settings = read_settings()
    snapshot_store(settings).current_id()  # says what to do where there is no index
    limits = Limits(memory_gb=memory_gb or available_bytes() / _GB, minutes=minutes)
    asked = ["--ask", str(ask), *(["--questions", questions] if questions else [])]
    code = EXIT_DONE
    machine = str(Machine.here())
    if not as_json:
        print(f"machine: {machine}", SIZE_HEADING, sep="\n", flush=True)
    with working_folder(settings.data_dir) as folder:
        for row in measure_sizes(sizes, folder, limits, asked):
            print(
                json.dumps({"machine": machine, **row}) if as_json else size_line(row), flush=True
            )
            if FAILED in row:
                code = EXIT_FAILED
    return code


def _sizes(given: str) -> list[int]:
    try:
        sizes = [int(each) for each in given.split(",")]
    except ValueError:
        sizes = []
    if not sizes or min(sizes) < 1:
        raise typer.BadParameter(f"--passages {given}: write 10000,100000")
    return sizes


@bench_commands.command("write-size", hidden=True)
def write_size(passages: int, folder: Path, memory_gb: MemoryOption = None) -> int:
    """Write the index of one size, for `scale`."""
    from bot.bench.one_size import write_size as write

    with progress_bar(f"writing {passages:,} passages") as progress:
        return _within(memory_gb, lambda settings: write(settings, passages, folder, progress))


@bench_commands.command("open-size", hidden=True)
def open_size(
    folder: Path,
    ask: AskOption = 100,
    questions: QuestionsOption = None,
    memory_gb: MemoryOption = None,
) -> int:
    """Open the index of one size and ask it, for `scale`."""
    from bot.bench.one_size import open_size as open_it

    with progress_bar("asking") as progress:
        return _within(
            memory_gb,
            lambda settings: open_it(
                settings, folder, _questions(settings, questions, ask), progress
            ),
        )


def _within(memory_gb: float | None, work: "Callable[[BotSettings], Any]") -> int:
    """Print what some work gives, or that it does not fit into the memory it may take."""
    from bot.app import read_settings
    from bot.bench.machine import limit_memory
    from bot.bench.running import rounded
    from bot.bench.scaling import FAILED
    from index import CorpusIndexError

    if memory_gb:
        limit_memory(int(memory_gb * _GB))
    try:
        values = rounded(asdict(work(read_settings())))
    except (BotError, CorpusIndexError, OSError):
        raise
    except MemoryError:
        values = {FAILED: f"it does not fit into {memory_gb or 0:.1f} GB of memory"}
    except Exception as error:  # noqa: BLE001 - native code says in many ways that it gets none
        kind = type(error).__name__
        values = {FAILED: f"{kind}, probably for want of memory ({memory_gb or 0:.1f} GB)"}
    print(json.dumps(values))
    return EXIT_FAILED if FAILED in values else EXIT_DONE
