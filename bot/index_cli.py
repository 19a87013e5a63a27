"""The commands of `smebot index` that ask questions: build, diff and publish."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.options import Engine, EngineOption, PageLanguageOption
from index.cli import CorpusOption, DataOption
from index.terminal import EXIT_DONE, EXIT_FAILED, progress_bar, report_error, say

if TYPE_CHECKING:
    from bot.review.gate import Reviewing
    from bot.settings import BotSettings
    from index import BuildReport, Encoder, Manifest, Remark, SnapshotStore

OverrideOption = Annotated[
    str,
    typer.Option(
        metavar="REASON", help="Publish whatever speaks against it; the reason is logged."
    ),
]
_BUILD_FIRST = "run `smebot index build --no-publish`, then `smebot index diff`"
SnapshotArgument = Annotated[str | None, typer.Argument(help="Its id; the newest if left out.")]


def add_to(commands: typer.Typer) -> None:
    """Add them to the commands of `smebot index`."""
    for command in (build, diff, publish):
        commands.command()(command)


def _settings(corpus: list[Path] | None = None, data_dir: Path | None = None) -> "BotSettings":
    from bot.app import read_settings

    return read_settings(corpus_dirs=tuple(corpus) if corpus else None, data_dir=data_dir)


def _reviewing(settings: "BotSettings", encoder: "Encoder | None" = None) -> "Reviewing":
    from bot.app import answerer_to_compare, today
    from bot.review.gate import Reviewing

    return Reviewing(settings, lambda: answerer_to_compare(settings, encoder), today)


def build(
    corpus: CorpusOption = None,
    data_dir: DataOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Build nothing if any document cannot be read.")
    ] = False,
    override: OverrideOption = "",
    publish: Annotated[
        bool, typer.Option(help="Serve the new snapshot at once, if nothing speaks against it.")
    ] = True,
    engine: EngineOption = Engine.LOCAL,
) -> int:
    """Read all documents and publish an index of them."""
    from bot.app import make_encoder
    from bot.engines import engine_of
    from index import build as build_index
    from index.snapshots import shared_place, vector_engine

    settings = _settings(corpus, data_dir)
    encoder = make_encoder(settings)

    def review(built: "BuildReport") -> "Sequence[Remark]":
        with progress_bar("asking the checks") as progress:
            reviewing = _reviewing(settings, encoder)
            return reviewing.objections(built.manifest.snapshot_id, progress)

    with (
        engine_of(engine, settings, encoder) as (work, corpus_dirs),
        progress_bar("encoding passages") as progress,
    ):
        report = build_index(
            corpus_dirs,
            settings.data_dir,
            encoder,
            progress,
            strict=strict,
            publish=publish,
            override=override,
            review=review if publish else None,
            vectors=vector_engine(settings),
            shared=shared_place(settings),
            engine=work,
        )
    return _tell(report, was_to_be_published=publish)


def _tell(report: "BuildReport", *, was_to_be_published: bool) -> int:
    if report.unfinished:
        say(f"the build before was interrupted ({report.unfinished}): what it had encoded is used")
    for note in report.notes:
        say(f"note: {note}")
    for error in report.errors:
        report_error(str(error))
    manifest = report.manifest
    state = ("published" if report.is_published else "built") if report.is_new else "unchanged:"
    print(
        f"{state} {manifest.snapshot_id}: {len(manifest.documents)} documents, "
        f"{manifest.passages} passages ({report.changes}; {report.encoded} passages encoded)"
    )
    if report.problems:
        say(f"{len(report.problems)} documents were left out: mend them and build again")
    is_refused = was_to_be_published and not report.is_published
    if is_refused:
        _tell_why_refused(report)
    elif not report.is_published:
        say("look at it with `smebot index diff`, serve it with `smebot index publish`")
    elif len(report.errors) > len(report.problems):
        say(f"{len(report.errors)} errors: mend them and build again")
    return EXIT_FAILED if report.problems or is_refused else EXIT_DONE


def _tell_why_refused(report: "BuildReport") -> None:
    name = report.manifest.snapshot_id
    for objection in report.objections:
        if objection not in report.errors:
            report_error(str(objection))
    say(
        f"{name} is not published because of {len(report.objections)} errors: mend them and "
        "build again, or look at it with `smebot index diff` and publish it as it is with "
        f'`smebot index publish {name} --override "REASON"`'
    )


def diff(
    snapshot: SnapshotArgument = None,
    corpus: CorpusOption = None,
    data_dir: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write a page to look at and to print to this file.")
    ] = None,
    language: PageLanguageOption = "zh",
) -> int:
    """What publishing a snapshot would change, answers included; exit code 1 if it is blocked.

    Without one that waits to be published: what a build would change.
    """
    from bot.app import clock
    from bot.review.page import page
    from bot.review.report import as_json as review_as_json
    from bot.review.report import lines
    from index import snapshot_store
    from index.errors import SnapshotError

    settings = _settings(corpus, data_dir)
    store = snapshot_store(settings)
    candidate = snapshot or _candidate(settings, store)
    if candidate is None and not (as_json or html):
        return _diff_of_corpus(settings, store)
    if candidate is None:
        raise SnapshotError(f"nothing waits to be published: {_BUILD_FIRST}")
    with progress_bar("asking") as progress:
        review = _reviewing(settings).review(candidate, _asked(settings), progress)
    if review is None:
        return EXIT_FAILED  # it was told why
    now = clock()
    if html:
        html.write_text(page(review, now, language), "utf-8")
    if as_json:
        print(json.dumps(review_as_json(review, now.date()), ensure_ascii=False))
    else:
        print(*lines(review, now.date()), sep="\n")
    for warning in review.changes.warnings:
        say(f"warning: {warning}")
    for objection in review.against:
        report_error(str(objection))
    return EXIT_FAILED if review.against else EXIT_DONE


def _candidate(settings: "BotSettings", store: "SnapshotStore") -> "str | None":
    """What waits to be published."""
    waiting = store.waiting_id()
    if waiting:
        _warn_if_outdated(settings, store.manifest(waiting))
    return waiting


def _diff_of_corpus(settings: "BotSettings", store: "SnapshotStore") -> int:
    """What a build would change: its answers are not known yet."""
    from index.building import compare, served_documents

    changes, problems = compare(settings.corpus_dirs, served_documents(store))
    for sign, ids in (("+", changes.added), ("~", changes.changed), ("-", changes.removed)):
        for document in ids:
            print(f"{sign} {document}")
    print(changes)
    for problem in problems:
        report_error(str(problem))
    if changes:
        say(f"which answers that would change: {_BUILD_FIRST}")
    return EXIT_FAILED if problems else EXIT_DONE


def _warn_if_outdated(settings: "BotSettings", candidate: "Manifest") -> None:
    """Documents that were changed after a build are in none of its answers."""
    from index.building import compare

    changes, _ = compare(settings.corpus_dirs, candidate.documents)
    if changes:
        say(
            f"the documents have changed since {candidate.snapshot_id} was built ({changes}): "
            f"{_BUILD_FIRST}"
        )


def _asked(settings: "BotSettings") -> list[tuple[str, ...]]:
    """What people asked in the last days; a database that cannot be read stops no review."""
    from datetime import timedelta

    from bot.errors import StoreError
    from bot.review.values import WEEK_DAYS
    from bot.store import Store, now

    if not settings.has_database:
        return []
    try:
        store = Store.of(settings)
        try:
            return store.answers.conversations(now() - timedelta(WEEK_DAYS))
        finally:
            store.close()
    except StoreError as error:
        say(f"people's questions are not asked: {error}")
        return []


def publish(
    snapshot: SnapshotArgument = None,
    data_dir: DataOption = None,
    override: OverrideOption = "",
) -> int:
    """Serve a snapshot that waits, or any older one, unless something speaks against it."""
    from index import snapshot_store
    from index.errors import PublicationBlockedError, SnapshotError

    settings = _settings(data_dir=data_dir)
    store = snapshot_store(settings)
    ids = store.ids()
    if not ids:
        raise SnapshotError("there is no snapshot to publish: run `smebot index build`")
    candidate = snapshot or ids[-1]
    with progress_bar("asking the checks") as progress:
        objections = (
            _reviewing(settings).objections(candidate, progress) if candidate in ids else ()
        )
    try:
        manifest = store.publish(candidate, override=override, objections=objections)
    except PublicationBlockedError as error:
        for objection in error.objections[1:]:  # the first stands in the error itself
            report_error(str(objection))
        raise
    print(f"serving {manifest.snapshot_id}: {len(manifest.documents)} documents")
    return EXIT_DONE
