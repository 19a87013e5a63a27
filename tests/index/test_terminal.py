"""What the system refuses is one line that names the place, the missing right and the remedy."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.terminal import describe, progress_bar

pytestmark = pytest.mark.usefixtures("fake_model")

MAY_NOT_WRITE = "no permission to write there: give it to the user who runs smebot"
MAY_NOT_READ = "no permission to read it: give it to the user who runs smebot"
MAY_NOT_LOOK = "no permission to look into it: give it to the user who runs smebot"


def closed(path: str, mode: int) -> Callable[[], None]:
    """Takes rights away."""
    return lambda: next(Path().glob(path)).chmod(mode)


def without_index() -> None:
    shutil.rmtree(".smebot")
    Path().chmod(0o555)


def with_a_glossary() -> None:
    path = Path("corpus/glossary.yaml")
    path.write_text("[]")
    path.chmod(0)


BUILD = ("index", "build")
ASK = ("ask", "Where is the fair?")


@pytest.mark.parametrize(
    ("prepare", "command", "place", "said"),
    [
        (without_index, BUILD, ".smebot", MAY_NOT_WRITE),
        (without_index, ("chat",), ".smebot", MAY_NOT_WRITE),
        (closed(".smebot/snapshots", 0o555), BUILD, ".building-", MAY_NOT_WRITE),
        (closed(".smebot/embeddings.sqlite", 0o444), BUILD, "embeddings.sqlite", MAY_NOT_WRITE),
        (with_a_glossary, ("corpus", "check"), "corpus/glossary.yaml", MAY_NOT_READ),
        (closed("corpus/events", 0), BUILD, "corpus/events", MAY_NOT_READ),
        (closed(".smebot", 0), ASK, ".smebot", MAY_NOT_LOOK),
        (closed(".smebot", 0), ("index", "rollback"), ".smebot", MAY_NOT_LOOK),
        (closed(".smebot/snapshots/CURRENT", 0), ASK, "CURRENT", MAY_NOT_READ),
        (closed(".smebot/snapshots/*/passages.jsonl", 0), ASK, "passages.jsonl", MAY_NOT_READ),
    ],
)
def test_a_missing_right_is_named(  # noqa: PLR0917 - four of them are the table
    published, smebot, few_rights, prepare, command, place, said
):
    published.corpus.write("new.en.md")
    prepare()

    with few_rights():
        outcome = smebot(*command)

    error = outcome.err.splitlines()[-1]
    assert outcome.code == 1
    assert error.startswith("error: ")
    assert place in error
    assert said in error


def test_documents_of_a_folder_that_cannot_be_read_stay_in_service(published, smebot, few_rights):
    before = published.store.current_id()
    (published.corpus.directory / "zones").chmod(0)

    with few_rights():
        outcomes = [smebot("index", "build"), smebot("index", "diff"), smebot("doctor")]

    assert [outcome.code for outcome in outcomes] == [1, 1, 1]
    assert published.store.current_id() == before


def test_a_read_only_data_directory_still_answers(published, smebot, few_rights):
    for path in (published.data_dir, *published.data_dir.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)

    with few_rights():
        outcome = smebot(*ASK)

    assert (outcome.code, outcome.err) == (0, "")


def test_doctor_tells_of_a_read_only_data_directory(published, smebot, few_rights):
    published.data_dir.chmod(0o555)

    with few_rights():
        outcome = smebot("doctor")

    assert outcome.code == 1
    assert f".smebot: {MAY_NOT_WRITE}" in outcome.out


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: Path("file").mkdir(), "file: is a file where a folder is needed: move it away"),
        (lambda: Path("file/below").mkdir(), "a file lies where a folder is needed"),
        (lambda: Path("folder").write_text("x"), "folder: is a folder where a file is needed"),
        (lambda: Path("x" * 300).mkdir(), "the path is too long"),
    ],
)
def test_what_lies_in_the_way_is_named(act, said):
    Path("file").write_text("x")
    Path("folder").mkdir()

    with pytest.raises(OSError, match=r"file|folder|xxx") as raised:
        act()

    assert said in describe(raised.value)


@pytest.mark.parametrize("name", ["a%b", "a?b#c", "a'b \"c", "数据", "%(here)s", "file:x?mode=ro"])
def test_the_data_directory_may_have_any_name(published, smebot, monkeypatch, name):
    shutil.rmtree(published.data_dir)
    monkeypatch.setenv("SMEBOT_DATA_DIR", name)
    before = {*Path().iterdir()}

    built, asked = smebot(*BUILD), smebot(*ASK)

    assert (built.code, asked.code) == (0, 0)
    assert {*Path().iterdir()} - before == {Path(name)}


def test_without_a_terminal_progress_is_a_line_now_and_then(capsys, monkeypatch):
    monkeypatch.setattr("index.terminal.LINE_EVERY_S", 0)
    with progress_bar("asking") as progress:
        progress(0, 0)
        progress(1, 3)
        progress(3, 3)
    often = capsys.readouterr()
    monkeypatch.undo()
    with progress_bar("asking") as progress:
        progress(1, 3)

    assert (often.out, often.err) == ("", "asking: 1/3\nasking: 3/3\n")
    assert capsys.readouterr().err == ""
