"""The program `smebot`."""

import json
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.backup_cli import backup, restore
from bot.bench_cli import bench_commands
from bot.check_cli import check_commands
from bot.errors import BotError
from bot.index_cli import add_to
from bot.init_cli import init
from bot.loading import loading
from bot.report_cli import report
from index.cli import corpus_commands, index_commands
from index.errors import SettingsError
from index.terminal import EXIT_DONE, EXIT_FAILED, EXIT_USAGE, report_error, run_guarded, say

app = typer.Typer(
    help="Answers questions of small and medium-sized enterprises about going abroad.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
add_to(index_commands)
app.add_typer(index_commands, name="index")
app.add_typer(corpus_commands, name="corpus")
app.add_typer(check_commands, name="check")
app.add_typer(bench_commands, name="bench")
app.command()(report)
app.command()(init)
app.command()(backup)
app.command()(restore)

_INTERRUPTED = 130
_UsageError: Any = typer.BadParameter.__base__
"""What typer raises for any wrong usage; it has no public name."""

DayOption = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", formats=["%Y-%m-%d"], help="Answer as on this day; today if left out."
    ),
]
LanguageOption = Annotated[
    str | None,
    typer.Option("--language", help="Language of the question (BCP 47); found out if left out."),
]


@app.callback()
def _check_settings() -> None:
    from bot.settings import BotSettings
    from index.settings import load_settings, names_of, refuse_unknown

    refuse_unknown(names_of(BotSettings))
    load_settings(BotSettings)


def _day(given: datetime | None) -> date:
    from bot.app import today

    return given.date() if given else today()


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    as_of: DayOption = None,
    language: LanguageOption = None,
    batch: Annotated[
        str | None,
        typer.Option(help="File of JSON lines {id, text, history, as_of}, - for standard input."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell what each step did, and why it ended so.")
    ] = False,
) -> int:
    """Answer one question, or a file of them."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a QUESTION or --batch FILE")
    with loading():
        from bot.app import make_answerer, read_settings
        from bot.batch import answer_batch
        from bot.printing import print_answer

        answerer = make_answerer(read_settings())
    if batch is not None:
        code = EXIT_DONE
        for row in answer_batch(batch, answerer, _day(as_of), with_trace=explain):
            print(json.dumps(row, ensure_ascii=False), flush=True)
            if "error" in row:
                report_error(row["error"])
                code = EXIT_FAILED
        return code
    answer = answerer.answer(question or "", today=_day(as_of), language=language)
    if as_json:
        print(json.dumps(answer.as_json(with_trace=explain), ensure_ascii=False))
    else:
        print_answer(answer, explain=explain)
    return EXIT_DONE


@app.command()
def chat(as_of: DayOption = None, language: LanguageOption = None) -> int:
    """The conversation in the terminal; builds the index if there is none."""
    from bot.app import converse_in_terminal, read_settings

    converse_in_terminal(read_settings(), _day(as_of), language)
    return EXIT_DONE


@app.command()
def run() -> int:
    """The Telegram bot; without a token, the same conversation in the terminal."""
    from bot.app import read_settings, serve_telegram
    from bot.logs import configure_logging

    settings = read_settings()
    if settings.telegram_token is None:
        say("SMEBOT_TELEGRAM_TOKEN is not set: here is the same conversation in the terminal.")
        return chat()
    configure_logging(settings.log)
    serve_telegram(settings)
    return EXIT_DONE


FoldersArgument = Annotated[
    list[Path], typer.Argument(help="Folders of labelled sets, or folders of such folders.")
]
LanguagesOption = Annotated[
    str,
    typer.Option(
        help="Parallel sets: article n stays in the language of n modulo their number: zh=0,en=1."
    ),
]


def _languages(given: str) -> list[str]:
    if not given:
        return []
    try:
        pairs = [part.split("=") for part in given.split(",")]
        return [name for name, _ in sorted(pairs, key=lambda pair: int(pair[1]))]
    except (ValueError, IndexError):
        raise typer.BadParameter(f"--languages {given}: write zh=0,en=1") from None


@app.command("eval")
def evaluate(
    folders: FoldersArgument,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    languages: LanguagesOption = "",
    as_of: DayOption = None,
    part: Annotated[
        str, typer.Option(help="Questions that count: all, train, threshold or report.")
    ] = "all",
) -> int:
    """What a user gets, measured on labelled sets, all in one index."""
    from bot.app import read_settings
    from bot.evaluation.measuring import evaluate as evaluate_sets
    from bot.evaluation.report import report_lines
    from bot.evaluation.sets import Part

    if part not in ("all", *Part):
        raise typer.BadParameter("--part is all, train, threshold or report")
    chosen = None if part == "all" else Part(part)
    report = evaluate_sets(
        folders, read_settings(), _languages(languages), _day(as_of), chosen
    ).as_json()
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        for line in report_lines(report):
            print(line)
    return EXIT_DONE


@app.command()
def fit(
    folders: FoldersArgument,
    conversations: Annotated[
        list[Path] | None,
        typer.Option(help="Labelled sets of which only the follow-ups count."),
    ] = None,
    languages: LanguagesOption = "",
    as_of: DayOption = None,
) -> int:
    """Fit anew when to answer, on labelled sets that the reader was not trained on."""
    from bot.app import read_settings
    from bot.training.fitting import fit_decision

    path = fit_decision(
        folders, conversations or [], read_settings(), _languages(languages), _day(as_of)
    )
    print(f"written: {path}")
    return EXIT_DONE


@app.command()
def train_encoder(
    own: Annotated[Path, typer.Argument(help="Labelled questions, as tests/labelled/reader.")],
    public: Annotated[Path, typer.Argument(help="Public reading-comprehension sets, *.jsonl.gz.")],
    out: Annotated[Path, typer.Option(help="Gets checkpoints and the file.")],
) -> int:
    """Train the encoder anew: days on two cores; goes on where it was cut off."""
    from bot.training.encoder_training import train_encoder as train

    print(f"written: {train(own, public, out)}")
    return EXIT_DONE


@app.command()
def train_reader(
    own: Annotated[Path, typer.Argument(help="Labelled questions, as tests/labelled/reader.")],
    public: Annotated[Path, typer.Argument(help="Public reading-comprehension sets, *.jsonl.gz.")],
    out: Annotated[Path, typer.Option(help="Gets checkpoints and the file.")],
) -> int:
    """Train the reader anew: hours on two cores; goes on where it was cut off."""
    from bot.app import read_settings
    from bot.training.reader_training import train_reader as train

    print(f"written: {train(own, public, out, read_settings())}")
    return EXIT_DONE


@app.command()
def doctor() -> int:
    """Configuration, corpus, model, index, token: what is wrong and how to mend it."""
    from bot.app import read_settings
    from bot.doctor import examine

    code = EXIT_DONE
    for finding in examine(read_settings()):
        print(f"{'ok  ' if finding.is_well else 'FAIL'}  {finding.subject:8}  {finding.text}")
        if not finding.is_well:
            code = EXIT_FAILED
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

    def work() -> int:
        try:
            code = app(args=list(argv) if argv is not None else None, standalone_mode=False)
        except typer.Abort as error:
            raise KeyboardInterrupt from error
        except _UsageError as error:
            error.show()
            return EXIT_USAGE
        except SettingsError as error:
            report_error(str(error))
            return EXIT_USAGE
        if code == _INTERRUPTED:  # typer has turned Ctrl-C into an exit code
            raise KeyboardInterrupt
        return int(code or EXIT_DONE)

    return run_guarded(work, (BotError,))


def _open_missing_streams() -> None:
    """Where somebody has closed them, nothing comes in, and what goes out is lost."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - to the end
            setattr(sys, name, stream)


def entry_point() -> None:
    """For the console script."""
    _open_missing_streams()
    sys.exit(main())
