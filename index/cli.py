"""`smebot index ...`: staff's commands for the index."""

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from index.settings import IndexSettings

from index.terminal import EXIT_DONE, EXIT_FAILED, progress_bar, report_error, say

index_commands = typer.Typer(
    help="Build, look at, publish and roll back the index.", no_args_is_help=True
)
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
def build(
    corpus: CorpusOption = None,
    data_dir: DataOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Build nothing if any document cannot be read.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Publish although `corpus check` finds errors.")
    ] = False,
    publish: Annotated[bool, typer.Option(help="Serve the new snapshot at once.")] = True,
) -> int:
    """Read all documents and publish an index of them."""
    from index.building import build as build_index
    from index.encoders import load_encoder

    settings = _settings(corpus, data_dir)
    with progress_bar("unpacking the model") as progress:
        encoder = load_encoder(settings.encoder_model, settings.models_dir, progress)
    with progress_bar("encoding passages") as progress:
        report = build_index(
            settings.corpus_dirs,
            settings.data_dir,
            encoder,
            progress,
            strict=strict,
            publish=publish,
            force=force,
        )
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
    is_refused = publish and not report.is_published
    if is_refused:
        say(
            f"not published because of {len(report.errors)} errors: mend them and build again, "
            "or publish as it is with `smebot index build --force`"
        )
    elif len(report.errors) > len(report.problems):
        say(f"{len(report.errors)} errors: mend them and build again")
    return EXIT_FAILED if report.problems or is_refused else EXIT_DONE


@index_commands.command()
def status(data_dir: DataOption = None) -> int:
    """What is served, what it was built from, every setting in force."""
    from index.publishing import SnapshotStore

    settings = _settings(data_dir=data_dir)
    for name, value in settings.model_dump().items():
        print(f"SMEBOT_{name.upper()}={_shown(value)}")
    store = SnapshotStore(settings.data_dir)
    current = store.current_id()
    manifest = store.manifest(current)
    built = manifest.created_at.astimezone(UTC)
    print(f"serving {current}, built {built:%Y-%m-%d %H:%M} UTC with {manifest.encoder}")
    print(f"{len(manifest.documents)} documents, {manifest.passages} passages")
    for snapshot_id in store.ids():
        print(f"{'*' if snapshot_id == current else ' '} {snapshot_id}")
    return EXIT_DONE


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


@index_commands.command()
def diff(corpus: CorpusOption = None, data_dir: DataOption = None) -> int:
    """What a build would change, document by document."""
    from index.building import compare
    from index.publishing import SnapshotStore

    settings = _settings(corpus, data_dir)
    changes, problems = compare(settings.corpus_dirs, SnapshotStore(settings.data_dir))
    for sign, ids in (("+", changes.added), ("~", changes.changed), ("-", changes.removed)):
        for document in ids:
            print(f"{sign} {document}")
    print(changes)
    for problem in problems:
        report_error(str(problem))
    return EXIT_FAILED if problems else EXIT_DONE


@index_commands.command()
def publish(
    snapshot: Annotated[str | None, typer.Argument(help="Its id; the newest if left out.")] = None,
    data_dir: DataOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Publish although it was built with errors.")
    ] = False,
) -> int:
    """Serve a snapshot that was built with --no-publish, or any older one."""
    from index.errors import SnapshotError
    from index.publishing import SnapshotStore

    store = SnapshotStore(_settings(data_dir=data_dir).data_dir)
    ids = store.ids()
    if not ids:
        raise SnapshotError("there is no snapshot to publish: run `smebot index build`")
    manifest = store.publish(snapshot or ids[-1], force=force)
    print(f"serving {manifest.snapshot_id}: {len(manifest.documents)} documents")
    return EXIT_DONE


@index_commands.command()
def rollback(data_dir: DataOption = None) -> int:
    """Serve the snapshot that was served before."""
    from index.publishing import SnapshotStore

    manifest = SnapshotStore(_settings(data_dir=data_dir).data_dir).rollback()
    print(f"serving {manifest.snapshot_id}: {len(manifest.documents)} documents")
    return EXIT_DONE


@index_commands.command()
def verify(data_dir: DataOption = None) -> int:
    """Compare every file of every snapshot with its checksum."""
    from index.errors import OutdatedSnapshotError, SnapshotError
    from index.manifest import verify as verify_snapshot
    from index.publishing import SnapshotStore

    store = SnapshotStore(_settings(data_dir=data_dir).data_dir)
    current = store.current_id()
    code = EXIT_DONE
    for snapshot_id in store.ids():
        mark = "*" if snapshot_id == current else " "
        try:
            verify_snapshot(store.folder(snapshot_id))
        except SnapshotError as error:
            if isinstance(error, OutdatedSnapshotError) and snapshot_id != current:
                print(f"{mark} {snapshot_id} of another version of smebot")
                continue
            report_error(str(error))
            code = EXIT_FAILED
        else:
            print(f"{mark} {snapshot_id} sound")
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
    for finding in report.findings:
        if not finding.is_error:
            say(f"warning: {finding}")
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
