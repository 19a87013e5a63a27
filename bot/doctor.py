"""`smebot doctor`: what is wrong with this installation, and how to mend it."""

import asyncio
import errno
import os
import shutil
import socket
import stat
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from bot.checks.loading import load_checks
from bot.errors import BotError
from bot.observing.traces import traces_wanted
from bot.settings import BotSettings
from index import CorpusIndexError, Retriever, load_encoder, load_reader, snapshot_store
from index.encoders import BUNDLED_MODEL
from index.encoders.arithmetic import told_arithmetic
from index.glossary_file import load_glossary
from index.loading import load_corpus
from index.readers import BUNDLED_READER
from index.settings import secrets_in_file
from index.shipped import is_shipped
from index.terminal import describe, may, progress_bar

_LIVE_S = 2.0
_NEEDED_MB = 400
"""Free space for the unpacked model and some snapshots."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    is_well: bool
    text: str


def examine(settings: BotSettings) -> Iterator[Finding]:
    """Look at everything the program needs, one thing after the other."""
    for subject, look in (
        ("settings", _settings),
        ("disk", _disk),
        ("corpus", _corpus),
        ("model", _model),
        ("reader", _reader),
        ("index", _index),
        ("checks", _checks),
        ("database", _database),
        ("telegram", _telegram),
        ("operator", _operator),
        ("ports", _ports),
        ("log", _log),
    ):
        try:
            yield Finding(subject, True, look(settings))
        except (BotError, CorpusIndexError, _UnwellError) as error:
            yield Finding(subject, False, str(error))
        except OSError as error:
            yield Finding(subject, False, describe(error))


class _UnwellError(Exception):
    """Says what is wrong and how to mend it."""


def _settings(settings: BotSettings) -> str:
    file, held = secrets_in_file(settings)
    if not held:
        return f"nothing in {file} that others may not read"
    if os.name == "posix" and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise _UnwellError(
            f"{file} holds {', '.join(held)}, and others on this machine may read it: "
            f"`chmod 600 {file}`"
        )
    return f"{', '.join(held)} in {file}, which only its owner may read"


def _disk(settings: BotSettings) -> str:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if not may(settings.data_dir, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(settings.data_dir))
    free = shutil.disk_usage(settings.data_dir).free // 2**20
    if free < _NEEDED_MB:
        raise _UnwellError(
            f"{free} MB free in {settings.data_dir}, {_NEEDED_MB} are needed: free some space"
        )
    return f"{free} MB free in {settings.data_dir}"


def _corpus(settings: BotSettings) -> str:
    loaded = load_corpus(settings.corpus_dirs)
    if loaded.problems:
        raise _UnwellError(
            f"{len(loaded.problems)} documents cannot be read, the first: {loaded.problems[0]}"
        )
    load_glossary(settings.corpus_dirs)
    said = f"{len(loaded.documents)} documents in {', '.join(map(str, settings.corpus_dirs))}"
    if is_shipped(settings.corpus_dirs[-1]):
        said += ", which came with the program: `smebot init DIR` copies them to be edited"
    return said


def _model(settings: BotSettings) -> str:
    with progress_bar("unpacking the model") as progress:
        encoder = load_encoder(settings.encoder_model, settings.models_dir, progress)
    kind = "bundled" if settings.encoder_model == BUNDLED_MODEL else "sentence-transformers"
    arithmetic = told_arithmetic(settings.models_dir / encoder.name)
    return f"{encoder.name} ({kind}), {encoder.dimension} dimensions, {arithmetic}"


def _reader(settings: BotSettings) -> str:
    with progress_bar("unpacking the reader") as progress:
        reader = load_reader(settings.reader_model, settings.models_dir, progress)
    kind = "bundled" if settings.reader_model == BUNDLED_READER else "sentence-transformers"
    return f"{reader.name} ({kind})"


def _index(settings: BotSettings) -> str:
    with progress_bar("unpacking the model") as progress:
        encoder = load_encoder(settings.encoder_model, settings.models_dir, progress)
    store = snapshot_store(settings)
    snapshot = store.open_current()
    Retriever(snapshot, encoder)
    manifest = snapshot.manifest
    held = store.engine.examine(manifest.snapshot_id, manifest.passages)
    return (
        f"{manifest.snapshot_id}, {len(manifest.documents)} documents, built {manifest.created}"
        f"{held and f', {held}'}"
    )


def _checks(settings: BotSettings) -> str:
    shown = ", ".join(map(str, settings.check_dirs))
    is_default = "check_dirs" not in settings.model_fields_set
    if is_default and not any(folder.exists() for folder in settings.check_dirs):
        return f"none, there is no {shown}: name their folder in SMEBOT_CHECK_DIRS"
    return f"{len(load_checks(settings.check_dirs))} in {shown}"


def _database(settings: BotSettings) -> str:
    if not settings.has_database:
        return f"none yet: {settings.database_file} is made when the bot is started"
    from bot.store import Store

    store = Store.of(settings)
    try:
        return f"{store}, up to date"
    finally:
        store.close()


def _telegram(settings: BotSettings) -> str:
    if settings.telegram_token is None:
        return "no SMEBOT_TELEGRAM_TOKEN: `smebot run` opens the conversation in the terminal"
    from bot.chat.connection import ask_who_we_are, way_to_telegram

    name = asyncio.run(ask_who_we_are(settings))
    return f"@{name}, reached at {way_to_telegram(settings)}"


def _operator(settings: BotSettings) -> str:
    names = ("name", "contact", "hours")
    values = {name: getattr(settings, f"operator_{name}") for name in names}
    said = [f"{name}: {value}" for name, value in values.items() if value]
    if settings.handover_chat_id is not None:
        if not settings.staff_ids:
            raise _UnwellError(
                "SMEBOT_HANDOVER_CHAT_ID is set, but nobody may answer there: name the people in "
                "SMEBOT_STAFF_IDS"
            )
        said.append(f"questions are passed on to chat {settings.handover_chat_id}")
    return "; ".join(said) or (
        "nobody: who asks for a person is told that there is none; name one in "
        "SMEBOT_OPERATOR_NAME, SMEBOT_OPERATOR_CONTACT, SMEBOT_OPERATOR_HOURS"
    )


def _ports(settings: BotSettings) -> str:
    wanted = {}
    if settings.health_port:
        wanted["SMEBOT_HEALTH_PORT"] = ("0.0.0.0", settings.health_port)  # noqa: S104 - as it is
    if settings.webhook_url:
        wanted["SMEBOT_WEBHOOK_PORT"] = (settings.webhook_host, settings.webhook_port)
    if len({port for _, port in wanted.values()}) < len(wanted):
        raise _UnwellError(f"{' and '.join(wanted)} are the same: choose another for one of them")
    taken = {name: address for name, address in wanted.items() if not _is_free(*address)}
    if taken and not _is_live(settings.health_port):
        name, (_, port) = next(iter(taken.items()))
        raise _UnwellError(f"{port} is taken by another program: end it, or choose another {name}")
    said = [f"{name}: {port}" for name, (_, port) in wanted.items()]
    return ", ".join(said) + (", the bot is running" if taken else "") or "none are needed"


def _is_free(host: str, port: int) -> bool:
    """Whether this program could listen there.

    Raises:
        OSError: The host is not of this machine, or the port is for the system alone.
    """
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return False
        raise
    return True


def _is_live(health_port: int | None) -> bool:
    """Whether a bot answers there."""
    try:
        page = httpx.get(f"http://127.0.0.1:{health_port}/live", timeout=_LIVE_S, trust_env=False)
    except httpx.HTTPError:
        return False
    return page.text == "alive\n"


def _log(settings: BotSettings) -> str:
    forms = {"text": "lines of text", "json": "JSON lines"}
    traces = "traces are sent" if traces_wanted(os.environ) else "no traces are sent"
    return f"{forms[settings.log]}; {traces}"
