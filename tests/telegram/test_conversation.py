"""A long conversation with owners of many kinds: the real corpus, the real models, on Telegram.

What is asked, and what must hold of each reply, stands in `conversation.yaml`. All of it as it
looks on a phone is in `bot/conversation.txt`, written by

    pytest tests/telegram/test_conversation.py --write-conversation
"""

import asyncio
import shutil
from datetime import date

import pytest
from rich.cells import cell_len

from tests.conftest import leave_surroundings
from tests.telegram.conftest import Running
from tests.telegram.conversation import Seen, Stage, structure, transcript
from tests.telegram.conversation_script import load
from tests.telegram.fake.phone import COLUMNS
from tests.telegram.fake.server import FakeTelegram

pytestmark = pytest.mark.model

SCRIPT = load()
TODAY = date(2026, 11, 26)
STAFF = "陈主任"
STAFF_GROUP = "出海服务组"
ABOUT = (
    "A conversation with smebot as a phone shows it: 40 columns, buttons in brackets, long "
    "quotations folded after three lines (⌄).\n"
    "From the test server, as of {today}. The script and what must hold of each reply: "
    "tests/telegram/conversation.yaml.\n"
    "Written anew by: pytest tests/telegram/test_conversation.py --write-conversation"
)


async def play(telegram: FakeTelegram, running: Running) -> list[Seen]:
    """Start the bot for everybody of the script, and do all turns."""
    stage = Stage(telegram, SCRIPT)
    stage.people[STAFF].chat.started = True
    running.options |= {
        "staff_ids": {stage.people[STAFF].id},
        "handover_chat_id": stage.groups[STAFF_GROUP].chat_id,
        "operator_name": "中小企业出海服务中心",
        "operator_hours": "工作日9:00—17:00",
    }
    await running.start()
    seen = [await stage.play(turn) for turn in SCRIPT.turns]
    await running.stop()
    assert list(running.staff.errors) == []
    return seen


@pytest.fixture(scope="module")
def played(tmp_path_factory, project, project_index, model_encoder, model_reader) -> list[Seen]:
    """What came of each turn; all is played once."""
    root = tmp_path_factory.mktemp("conversation")
    shutil.copytree(project_index, root / ".smebot")
    folders = (project / "seeds", project / "corpus")
    with pytest.MonkeyPatch.context() as patch, FakeTelegram() as telegram:
        leave_surroundings(patch, root)
        for limit in ("_OVERALL", "_ONE_CHAT", "_ONE_GROUP"):
            patch.setattr(f"bot.chat.pacing.{limit}", (10_000, 1.0))
        running = Running(telegram, root, model_encoder, {"corpus_dirs": folders}, TODAY)
        running.reader = model_reader
        seen = asyncio.run(play(telegram, running))
        telegram.assert_clean()
    return seen


@pytest.fixture(scope="module")
def shown(played) -> str:
    """The transcript of what was played."""
    return transcript(SCRIPT, played, ABOUT.format(today=TODAY))


@pytest.mark.parametrize(
    "number", range(len(SCRIPT.turns)), ids=lambda n: f"{n + 1}-{SCRIPT.turns[n].named}"
)
def test_what_must_hold_of_each_turn(played, number):
    turn, seen = SCRIPT.turns[number], played[number]
    faults = seen.faults(turn)
    if faults and turn.known_failure:
        pytest.xfail(turn.known_failure)

    assert faults == [], "\n".join(seen.lines)


def test_the_conversation_is_as_long_and_as_mixed_as_its_readers():
    done = {turn.action for turn in SCRIPT.turns}
    speakers = set(SCRIPT.people.values())

    assert sum(bool(turn.who) for turn in SCRIPT.turns) >= 60
    assert {"says", "presses", "forwards", "captions", "changes", "types", "sends"} <= done
    assert {"zh-hans", "zh-hant", "en", "ru", "vi"} <= speakers


def test_the_transcript_fits_a_phone(shown):
    assert max(cell_len(line) for line in shown.split("\n")) <= COLUMNS


def test_the_written_transcript_is_of_this_conversation(shown, project, pytestconfig):
    written = project / "bot" / "conversation.txt"
    if pytestconfig.getoption("--write-conversation"):
        written.write_text(shown, "utf-8")

    assert structure(written.read_text("utf-8")) == structure(shown), (
        "bot/conversation.txt is of another conversation: read what has changed, and write it "
        "anew with `pytest tests/telegram/test_conversation.py --write-conversation`"
    )
