"""Three files go in, are reviewed, published, asked about and rolled back: twice, in two ways.

At the desk, by copying files and by commands (`adding.sh`), and by sending them to the bot
(`adding.yaml`); the corpus and the files are those of `arriving.py`. `bot/adding.txt` shows both,
written by

    pytest tests/telegram/test_adding_files.py --write-conversation
"""

import asyncio
import io
import re
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

from bot.cli import main
from index import build
from index.encoder import no_progress
from tests.conftest import Corpus, leave_surroundings
from tests.telegram import arriving
from tests.telegram.conftest import Running
from tests.telegram.conversation import Seen, Stage, transcript
from tests.telegram.conversation_script import load
from tests.telegram.fake.phone import COLUMNS
from tests.telegram.fake.server import FakeTelegram

pytestmark = pytest.mark.model

SCRIPT = load(Path(__file__).with_name("adding.yaml"))
DESK = Path(__file__).with_name("adding.sh")
TODAY = date.fromisoformat(arriving.AS_OF)
STAFF = "王芳"
FAILS = "! "
"""Before a command of which the transcript is to show how it fails."""
ABOUT = """\
Three files go into a small corpus: a PDF, a text file in GBK, and a DOCX with this year's version
of a document. Reviewed, published, asked about, rolled back. Corpus and files are made up.

Played by tests/telegram/test_adding_files.py, which fails where this file is outdated; written
anew with --write-conversation.

══════════ At the desk ══════════

"""
BY_TELEGRAM = "The same by Telegram, on a phone of 40 columns, buttons in brackets."
_PASSING = re.compile(r"^[a-z ]+: \d+/\d+\n", re.MULTILINE)
"""How far a command is: seen only where it is slow."""
_MOMENTS = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}|\d{4}-\d\d-\d\dT[\d:+]+|\d+ bytes")
"""Names of snapshots, times, and sizes of files that hold the time."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory, models_dir, model_encoder, model_reader) -> Iterator[Path]:
    """A folder with the corpus, served, and with the files that staff have got."""
    root = tmp_path_factory.mktemp("desk")
    arriving.fill(Corpus(root / "corpus"))
    (root / "seeds").mkdir()
    (root / "下载").mkdir()
    for name, make in arriving.FILES.items():
        (root / "下载" / name).write_bytes(make())
    with pytest.MonkeyPatch.context() as patch:
        leave_surroundings(patch, root)
        patch.setenv("LOGNAME", "wangfang")
        patch.setattr("bot.app.load_encoder", lambda *_: model_encoder)
        patch.setattr("bot.app.load_reader", lambda *_: model_reader)
        patch.setattr("bot.app.clock", lambda: datetime(*TODAY.timetuple()[:3], 9, tzinfo=UTC))
        build((Path("seeds"), Path("corpus")), Path(".smebot"), model_encoder, no_progress)
        yield root


def at_the_desk() -> str:
    """What the terminal shows."""
    shown = []
    for step in re.split(r"\n\n+", DESK.read_text("utf-8").strip()):
        if step.startswith("#"):
            shown.append(f"{step}\n")
            continue
        command = step.removeprefix(FAILS)
        code, said = run(command)
        assert (code != 0) == step.startswith(FAILS), said
        shown.append(f"$ {command}\n{said}")
    return "\n".join(shown)


def run(command: str) -> tuple[int, str]:
    """The program in this process, where the models are loaded; all else by the shell."""
    if not command.startswith("smebot "):
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main(command.split()[1:])
    return code, _PASSING.sub("", said.getvalue())


async def by_telegram(telegram: FakeTelegram, running: Running) -> list[Seen]:
    """What came of each turn of the script."""
    files = {name: make() for name, make in arriving.FILES.items()}
    stage = Stage(telegram, SCRIPT, files)
    stage.people[STAFF].chat.started = True
    running.options["staff_ids"] = {stage.people[STAFF].id}
    await running.start()
    seen = [await stage.play(turn) for turn in SCRIPT.turns]
    await running.stop()
    assert list(running.staff.errors) == []
    return seen


@pytest.fixture(scope="module")
def terminal(desk) -> str:
    return at_the_desk()


@pytest.fixture(scope="module")
def played(tmp_path_factory, model_encoder, model_reader) -> list[Seen]:
    root = tmp_path_factory.mktemp("office")
    arriving.fill(Corpus(root / "corpus"))
    build((root / "corpus",), root / ".smebot", model_encoder, no_progress)
    with pytest.MonkeyPatch.context() as patch, FakeTelegram() as telegram:
        leave_surroundings(patch, root)
        for limit in ("_OVERALL", "_ONE_CHAT"):
            patch.setattr(f"bot.chat.pacing.{limit}", (10_000, 1.0))
        running = Running(telegram, root, model_encoder, {}, TODAY)
        running.reader = model_reader
        seen = asyncio.run(by_telegram(telegram, running))
        telegram.assert_clean()
    return seen


@pytest.fixture(scope="module")
def shown(terminal, played) -> str:
    return ABOUT + terminal + "\n\n" + transcript(SCRIPT, played, BY_TELEGRAM)


@pytest.mark.parametrize(
    "number", range(len(SCRIPT.turns)), ids=lambda n: f"{n + 1}-{SCRIPT.turns[n].named}"
)
def test_what_must_hold_of_each_turn(played, number):
    assert played[number].faults(SCRIPT.turns[number]) == [], "\n".join(played[number].lines)


def test_what_is_published_at_the_desk_is_answered_until_it_is_rolled_back(terminal):
    before, published, after = terminal.split("smebot ask 出口企业贷款贴息最高多少？")

    assert "check loan-interest-limit passes now and would fail" in before
    assert "最高80万元" in published.partition("$")[0]
    assert "最高50万元" in after.partition("$")[0]


def test_the_written_transcript_is_of_what_was_played(shown, project, pytestconfig):
    written = project / "bot" / "adding.txt"
    if pytestconfig.getoption("--write-conversation"):
        written.write_text(shown, "utf-8")

    assert _MOMENTS.sub("…", written.read_text("utf-8")) == _MOMENTS.sub("…", shown), (
        "bot/adding.txt is outdated: read what has changed, and write it anew with "
        "`pytest tests/telegram/test_adding_files.py --write-conversation`"
    )


def test_the_part_in_telegram_fits_a_phone(shown):
    phone = shown[shown.index(BY_TELEGRAM[:20]) :]

    assert max(cell_len(line) for line in phone.split("\n")) <= COLUMNS
