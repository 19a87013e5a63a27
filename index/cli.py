"""`smebot index ...`: staff's commands for the index."""

import json
import sys
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from index.settings import IndexSettings

from index.terminal import EXIT_DONE, EXIT_FAILED, report_error, say

index_commands = typer.Typer(
    help="Build, look at, publish and roll back the index.", no_args_is_help=True
)
"""Those that ask no questions; the bot adds the others."""
corpus_commands = typer.Typer(help="Check the corpus, begin a document.", no_args_is_help=True)

CorpusOption = Annotated[
    list[Path] | None,
    typer.Option("--corpus", help="Directory with documents; may be given several times."),
]
DataOption = Annotated[
    Path | None, typer.Option("--data-dir", help="Where everything is written.")
]


def _settings(corpus: list[Path] | None = None, data_dir: Path | None = None) -> "IndexSettings":
    from index.settings import IndexSettings, load_settings

    dirs = tuple(corpus) if corpus else None
    return load_settings(IndexSettings, corpus_dirs=dirs, data_dir=data_dir)


@index_commands.command()
def status(data_dir: DataOption = None) -> int:
    """What is served, what it was built from, every setting in force."""
    from index.snapshots import snapshot_store

    settings = _settings(data_dir=data_dir)
    for name, value in settings.model_dump().items():
        print(f"SMEBOT_{name.upper()}={_shown(value)}")
    store = snapshot_store(settings)
    current = store.current_id()
    manifest = store.manifest(current)
    built = manifest.created_at.astimezone(UTC)
    print(f"serving {current}, built {built:%Y-%m-%d %H:%M} UTC with {manifest.encoder}")
    print(f"{len(manifest.documents)} documents, {manifest.passages} passages")
    print(f"vectors: {manifest.search_method}, recall@10 {manifest.recall_at_10:.3f}")
    for snapshot_id in store.ids():
        print(f"{'*' if snapshot_id == current else ' '} {snapshot_id}")
    return EXIT_DONE


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


@index_commands.command()
def rollback(
    data_dir: DataOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before.")] = False,
) -> int:
    """Serve the snapshot that was served before; asks first."""
    from index.snapshots import snapshot_store

    store = snapshot_store(_settings(data_dir=data_dir))
    served, target = store.current_id(), store.rollback_target()
    if not yes and not sys.stdin.isatty():
        raise typer.BadParameter(
            f"a rollback to {target.snapshot_id} has to be confirmed: say so with --yes"
        )
    question = (
        f"serve {target.snapshot_id} ({len(target.documents)} documents, built "
        f"{target.created_at:%Y-%m-%d %H:%M} UTC) instead of {served}?"
    )
    if not yes and not typer.confirm(question, err=True):
        say("nothing was changed")
        return EXIT_FAILED
    manifest = store.rollback(instead_of=served)
    print(f"serving {manifest.snapshot_id}: {len(manifest.documents)} documents")
    return EXIT_DONE


@index_commands.command()
def prune(data_dir: DataOption = None) -> int:
    """Delete old snapshots that no rollback needs, as every build does."""
    from index.snapshots import snapshot_store

    removed = snapshot_store(_settings(data_dir=data_dir)).prune()
    for snapshot_id in removed:
        print(f"deleted {snapshot_id}")
    print(f"{len(removed)} deleted")
    return EXIT_DONE


@index_commands.command()
def fetch(data_dir: DataOption = None) -> int:
    """Serve what was published elsewhere, as a running bot does; see SMEBOT_SNAPSHOTS_URL."""
    from index.errors import SettingsError
    from index.publishing import SnapshotStore
    from index.snapshots import fetch_snapshot

    settings = _settings(data_dir=data_dir)
    if settings.snapshots_url is None:
        raise SettingsError("SMEBOT_SNAPSHOTS_URL is not set: name where snapshots are shared")
    changed = fetch_snapshot(settings)
    current = SnapshotStore(settings.data_dir).current_id()
    print(f"{'now serving' if changed else 'unchanged:'} {current}")
    return EXIT_DONE


@index_commands.command()
def log(
    data_dir: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an entry.")] = False,
) -> int:
    """Who published, rolled back or deleted what, and when, also from Telegram; newest last."""
    from index.snapshots import snapshot_store

    store = snapshot_store(_settings(data_dir=data_dir))
    for entry, was_done in store.logged():
        if as_json:
            print(json.dumps(asdict(entry) | {"was_done": was_done}, ensure_ascii=False))
        else:
            print(entry if was_done else f"{entry}; interrupted, not done")
    return EXIT_DONE


@index_commands.command()
def verify(data_dir: DataOption = None) -> int:
    """Compare every file of every snapshot with its checksum; count its vectors where they are."""
    from index.errors import OutdatedSnapshotError, SnapshotError, VectorsAwayError
    from index.manifest import verify as verify_snapshot
    from index.snapshots import snapshot_store

    store = snapshot_store(_settings(data_dir=data_dir))
    current = store.current_id()
    code = EXIT_DONE
    for snapshot_id in store.ids():
        mark = "*" if snapshot_id == current else " "
        try:
            manifest = verify_snapshot(store.folder(snapshot_id))
            held = ""
            if snapshot_id == current:
                held = store.engine.examine(current, manifest.passages)
        except (SnapshotError, VectorsAwayError) as error:
            if isinstance(error, OutdatedSnapshotError) and snapshot_id != current:
                print(f"{mark} {snapshot_id} of another version of smebot")
                continue
            report_error(str(error))
            code = EXIT_FAILED
        else:
            print(f"{mark} {snapshot_id} sound{held and f', {held}'}")
    if current not in store.ids():
        raise SnapshotError(
            f"the served snapshot {current} is missing: run `smebot index build` or `rollback`"
        )
    return code


@corpus_commands.command("check")
def check_documents(corpus: CorpusOption = None) -> int:
    """Front matter, sources, versions, typed facts, duplicates, glossary; what is covered."""
    from datetime import datetime

    from index.corpus_check import check_corpus, coverage

    report = check_corpus(_settings(corpus).corpus_dirs, datetime.now(UTC).date())
    for note in report.loaded.notes:
        say(f"note: {note}")
    for warning in report.warnings:
        say(f"warning: {warning}")
    for error in report.errors:
        report_error(str(error))
    for rule in report.notes:
        print(f"note: {rule}")
    if report.notes:
        print(f"{len(report.notes)} rules, limits or codes to find a source for")
    for title, counts in coverage(report.loaded.documents).items():
        cells = ", ".join(f"{name} {counts[name]}" for name in sorted(counts))
        print(f"by {title}: {cells}")
    faults = len(report.problems) + len(report.findings)
    verdict = f"{faults} things to mend" if faults else "all sound"
    entries = len(report.glossary.entries)
    print(f"{len(report.loaded.documents)} documents, {entries} glossary entries: {verdict}")
    return EXIT_DONE if report.is_clean else EXIT_FAILED


@corpus_commands.command("due")
def due_documents(
    corpus: CorpusOption = None,
    days: Annotated[int, typer.Option(min=0, help="So many days ahead.")] = 90,
) -> int:
    """What ends, starts or is to be checked again soon, the earliest first."""
    from datetime import datetime

    from index.due import what_is_due
    from index.loading import load_corpus

    loaded = load_corpus(_settings(corpus).corpus_dirs)
    found = what_is_due(loaded.documents, datetime.now(UTC).date(), days)
    for item in found:
        print(item)
    print(f"{len(found)} within {days} days")
    return EXIT_DONE


@corpus_commands.command("new")
def new_document(
    name: Annotated[
        str, typer.Argument(help="Topic and short name, such as events/canton-fair-139.")
    ],
    directory: Annotated[
        Path, typer.Option("--corpus", help="The corpus directory to write to.")
    ] = Path("corpus"),
) -> int:
    """Write a skeleton of a new document, in Chinese and English."""
    from index.skeleton import write_skeleton

    for path in write_skeleton(directory, name):
        print(path)
    return EXIT_DONE
