"""The commands `smebot check` and `smebot check add`."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from bot.check_add_cli import add
from bot.options import PageLanguageOption, known
from index.terminal import EXIT_DONE, EXIT_FAILED, progress_bar

if TYPE_CHECKING:
    from bot.checks.last_run import LastRun
    from bot.checks.selecting import Selection
    from bot.checks.values import Check, CheckOutcome
    from bot.settings import BotSettings

_RUN = "run"


class _RunUnlessNamed(TyperGroup):
    """`smebot check` runs checks, whatever follows, unless that is the name of a command."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **more: Any) -> Any:
        if args[:1] and args[0] in self.commands:
            return super().make_context(info_name, args, *rest, **more)
        return self.commands[_RUN].make_context(info_name, args, *rest, **more)


check_commands = typer.Typer(
    cls=_RunUnlessNamed,
    help="Canned questions and answers; `add` makes one of an answer that was given.",
)
check_commands.command()(add)


@check_commands.command(_RUN, epilog="`smebot check add` makes a check of an answer.")
def check(  # noqa: PLR0913, PLR0917 - typer reads an option from each
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders of checks; SMEBOT_CHECK_DIRS if left out."),
    ] = None,
    topic: Annotated[
        list[str] | None, typer.Option(help="Only this topic's; may be repeated.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only this kind; may be repeated.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Only in this language; may be repeated.")
    ] = None,
    identity: Annotated[
        list[str] | None, typer.Option("--id", help="Only this one; may be repeated.")
    ] = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only what failed when it was last run.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell the way to each answer.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a check.")] = False,
    junit: Annotated[
        Path | None, typer.Option(help="Write a JUnit XML report to this file.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write a page to look at and to print to this file.")
    ] = None,
    page_language: PageLanguageOption = "zh",
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List what passed as well.")
    ] = False,
) -> int:
    """Canned questions and answers; exit code 0 only if all pass."""
    from bot.app import make_answerer, read_settings
    from bot.checks.history import keep_run
    from bot.checks.last_run import LastRun
    from bot.checks.page import page
    from bot.checks.report import is_success, write_junit
    from bot.checks.running import run_checks
    from bot.checks.selecting import Selection
    from bot.checks.values import Kind
    from index import Topic

    settings = read_settings()
    selection = Selection(
        topics=known("--topic", topic, Topic),
        kinds=known("--kind", kind, Kind),
        languages=tuple(language or ()),
        ids=tuple(identity or ()),
    )
    last = LastRun(settings.data_dir)
    checks = _chosen(paths, settings, selection, last if failed else None)
    if not checks:
        print("nothing to run: none of them failed when it was last run")
        return EXIT_DONE
    answerer = make_answerer(settings)
    started = datetime.now().astimezone()
    with progress_bar("asking") as progress:
        outcomes = run_checks(checks, answerer, progress)
    _print(outcomes, last, as_json=as_json, explain=explain, verbose=verbose)
    if junit:
        write_junit(outcomes, junit)
    if html:
        html.write_text(page(outcomes, last.compare(outcomes), started, page_language), "utf-8")
    last.replace(outcomes)
    if not (paths or failed) and selection == Selection():
        keep_run(settings.data_dir, outcomes, started)
    return EXIT_DONE if is_success(outcomes) else EXIT_FAILED


def _chosen(
    paths: list[Path] | None,
    settings: "BotSettings",
    selection: "Selection",
    last: "LastRun | None",
) -> "list[Check]":
    """What is to be run; of those that failed in an earlier run only where one is given."""
    from bot.checks.loading import load_checks
    from bot.errors import CheckFileError

    checks = selection.of(load_checks(paths or settings.check_dirs))
    if last is None:
        return checks
    if not last.labels:
        raise CheckFileError("nothing was run yet: run `smebot check` without --failed first")
    failed = last.failed()
    return [check for check in checks if check.id in failed]


def _print(
    outcomes: "Sequence[CheckOutcome]",
    last: "LastRun",
    *,
    as_json: bool,
    explain: bool,
    verbose: bool,
) -> None:
    from bot.checks.report import as_json as outcome_as_json
    from bot.checks.report import lines, lines_of_one
    from bot.printing import print_answer

    if as_json:
        for outcome in outcomes:
            before = last.labels.get(outcome.check.id)
            row = outcome_as_json(outcome, before=before, with_trace=explain)
            print(json.dumps(row, ensure_ascii=False))
        return
    if explain:
        for outcome in outcomes:
            asked = (*outcome.check.history, outcome.check.question)
            print(*lines_of_one(outcome), "", *asked, "", sep="\n")
            print_answer(outcome.answer, explain=True)
            print()
    for line in lines(
        outcomes, verbose=verbose, explained=explain, comparison=last.compare(outcomes)
    ):
        print(line)
