"""`smebot index ...`: results on standard output, one line a problem on standard error."""

import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("fake_model")

COMMANDS = ["build", "status", "diff", "publish", "rollback", "prune", "log", "verify"]


def test_build_tells_what_it_did(workspace, smebot):
    outcome = smebot("index", "build")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        f"published {workspace.store.current_id()}: 4 documents, 6 passages "
        "(4 added, 0 changed, 0 removed; 6 passages encoded)\n"
    )


def test_build_without_changes_says_so(published, smebot):
    outcome = smebot("index", "build")

    assert outcome.code == 0
    assert outcome.out.startswith(f"unchanged: {published.store.current_id()}")
    assert "0 passages encoded" in outcome.out


def test_directories_can_be_given_on_the_command_line(corpus, smebot, tmp_path):
    corpus.write("one/a.en.md")
    corpus.write("two/b.en.md")

    outcome = smebot(
        *("index", "build", "--corpus", "corpus/one", "--corpus", "corpus/two"),
        *("--data-dir", "elsewhere"),
    )

    assert "2 documents" in outcome.out
    assert (tmp_path / "elsewhere" / "snapshots" / "CURRENT").is_file()
    assert not (tmp_path / ".smebot").exists()


def test_build_names_every_document_it_left_out_and_serves_the_others(workspace, smebot):
    workspace.corpus.write_raw("bad.en.md", "title: no front matter")
    workspace.corpus.write("worse.en.md", topic="weather")

    outcome = smebot("index", "build")

    assert outcome.code == 1
    assert outcome.out.startswith("published ")
    lines = outcome.err.splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == ["error", "error"]
    assert "bad.en.md, line 1" in lines[0]
    assert "worse.en.md, line 4" in lines[1]
    assert lines[2].startswith("2 documents were left out")


def test_a_strict_build_publishes_nothing_if_a_document_cannot_be_read(workspace, smebot):
    workspace.corpus.write_raw("bad.en.md", "title: no front matter")

    outcome = smebot("index", "build", "--strict")

    outcome.assert_error("bad.en.md, line 1")
    assert not workspace.store.is_published


def test_a_build_with_errors_waits_and_says_how_to_publish_it_all_the_same(published, smebot):
    before = published.store.current_id()
    published.corpus.write("new.en.md", "Something new.")
    published.corpus.write_raw("bad.en.md", "title: no front matter")

    outcome = smebot("index", "build")

    assert outcome.code == 1
    assert outcome.out.startswith("built ")
    waiting = published.store.ids()[-1]
    assert f"{waiting} is not published because of 1 errors" in outcome.err
    assert f'smebot index publish {waiting} --override "REASON"' in outcome.err
    assert published.store.current_id() == before

    forced = smebot("index", "build", "--override", "a test")

    assert forced.out.startswith("published ")
    assert published.store.current_id() != before


@pytest.mark.parametrize("is_named", [True, False])
def test_a_build_that_waits_because_of_errors_is_published_only_for_a_reason(
    published, smebot, is_named
):
    before = published.store.current_id()
    published.corpus.write("new.en.md", "Something new.")
    published.corpus.write_raw("bad.en.md", "title: no front matter")
    smebot("index", "build")
    waiting = published.store.ids()[-1]
    name = [waiting] if is_named else []

    refused = smebot("index", "publish", *name)

    refused.assert_error(f"{waiting} is not published: corpus/bad.en.md, line 1: front matter")
    assert f'smebot index publish {waiting} --override "REASON"' in refused.err
    assert published.store.current_id() == before

    assert smebot("index", "publish", *name, "--override", " ").code == 1
    assert smebot("index", "publish", *name, "--override", "it is urgent").code == 0
    assert published.store.current_id() == waiting


def test_rollback_returns_to_what_was_served_with_errors(published, smebot):
    published.corpus.write("new.en.md", "It is old.[^1]\n\nNobody says so.")
    smebot("index", "build", "--override", "a test")
    served_with_errors = published.store.current_id()
    published.corpus.write("new.en.md", "Mended.")
    smebot("index", "build")

    assert smebot("index", "rollback", "--yes").code == 0
    assert published.store.current_id() == served_with_errors


def test_errors_that_leave_no_document_out_are_overridden_with_success(published, smebot):
    published.corpus.write("new.en.md", "It is old.[^1]\n\nNobody says so.")

    refused, forced = smebot("index", "build"), smebot("index", "build", "--override", "a test")

    assert (refused.code, forced.code) == (1, 0)
    assert "new.en.md, line 11: a sentence without a source mark" in refused.err


def test_a_build_says_which_encoding_it_assumed(workspace, smebot):
    workspace.corpus.write_raw("note.txt", "广交会在广州举行，每年两届。".encode("gb18030"))

    outcome = smebot("index", "build")

    assert outcome.code == 0
    assert outcome.err.startswith("note: corpus/note.txt: read as gb18030: save it as UTF-8")


def test_a_snapshot_can_be_built_first_and_published_later(published, smebot):
    before = published.store.current_id()
    published.corpus.write("new.en.md")

    built = smebot("index", "build", "--no-publish")

    assert built.out.startswith("built ")
    assert published.store.current_id() == before
    outcome = smebot("index", "publish")
    assert outcome.code == 0
    assert outcome.out == f"serving {published.store.ids()[-1]}: 5 documents\n"
    assert published.store.current_id() == published.store.ids()[-1] != before


def test_an_elder_of_another_version_is_no_fault(published, smebot):
    elder = published.served
    published.corpus.write("new.en.md")
    smebot("index", "build")
    manifest = (elder / "manifest.json").read_text()
    (elder / "manifest.json").write_text(manifest.replace('"format": ', '"format": 9'))

    outcome = smebot("index", "verify")

    assert (outcome.code, outcome.err) == (0, "")
    assert f"  {elder.name} of another version of smebot\n" in outcome.out
    smebot("index", "rollback", "--yes").assert_error(elder.name, "another version of smebot")


class SetBack(datetime):
    """A clock that somebody has set back by a year."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) - timedelta(days=365)


def test_the_newest_is_published_even_after_the_clock_was_set_back(published, smebot, monkeypatch):
    before = published.store.current_id()
    monkeypatch.setattr("index.writing.datetime", SetBack)
    published.corpus.write("new.en.md")

    smebot("index", "build", "--no-publish")
    outcome = smebot("index", "publish")

    assert outcome.out.endswith(": 5 documents\n")
    assert [before, published.store.current_id()] == published.store.ids()


def test_with_the_clock_set_back_the_last_build_is_served_and_the_oldest_go(
    published, smebot, monkeypatch
):
    monkeypatch.setattr("index.writing.datetime", SetBack)
    monkeypatch.setattr("index.publishing.KEPT_SNAPSHOTS", 2)
    ids = [published.store.current_id()]
    for number in (1, 2):
        published.corpus.write(f"new-{number}.en.md")
        smebot("index", "build")
        ids.append(published.store.current_id())

    assert published.store.ids() == ids[1:] == sorted(ids)[1:]


def test_diff_lists_what_a_build_would_change(published, smebot):
    published.corpus.write("new.en.md")
    published.corpus.write("events/canton-fair.en.md", "Changed.")
    published.corpus.remove("zones/suzhou-park.en.md")

    outcome = smebot("index", "diff")

    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        "+ new.en",
        "~ events/canton-fair.en",
        "- zones/suzhou-park.en",
        "1 added, 1 changed, 1 removed",
    ]


def test_diff_reports_documents_that_cannot_be_read(published, smebot):
    published.corpus.write_raw("bad.en.md", "title: no front matter")

    outcome = smebot("index", "diff")

    assert outcome.code == 1
    assert "0 added, 0 changed, 0 removed" in outcome.out
    assert "bad.en.md, line 1" in outcome.err


def test_status_tells_what_is_served_and_every_setting(published, smebot, monkeypatch):
    monkeypatch.setenv("SMEBOT_ENCODER_MODEL", "some/model")

    outcome = smebot("index", "status")

    assert outcome.code == 0
    assert "SMEBOT_DATA_DIR=.smebot\n" in outcome.out
    assert "SMEBOT_CORPUS_DIRS=seeds, corpus\n" in outcome.out
    assert "SMEBOT_ENCODER_MODEL=some/model\n" in outcome.out
    assert f"serving {published.store.current_id()}, built " in outcome.out
    assert "4 documents, 6 passages\nvectors: Flat, recall@10 1.000\n" in outcome.out
    assert f"* {published.store.current_id()}\n" in outcome.out


def test_rollback_serves_the_snapshot_before_and_then_there_is_none(published, smebot):
    before = published.store.current_id()
    published.corpus.write("new.en.md")
    smebot("index", "build")

    outcome = smebot("index", "rollback", "--yes")

    assert (outcome.code, outcome.out) == (0, f"serving {before}: 4 documents\n")
    smebot("index", "rollback", "--yes").assert_error("nothing to roll back to")


@pytest.fixture
def twice(published, smebot):
    """Something to go back to: the ids of what was served before and of what is served."""
    before = published.store.current_id()
    published.corpus.write("new.en.md")
    smebot("index", "build")
    return before, published.store.current_id()


@pytest.mark.parametrize("answer", ["y", "n"])
def test_rollback_asks_at_a_terminal(published, smebot, twice, at_terminal, answer):
    before, served = twice
    at_terminal(answer)

    outcome = smebot("index", "rollback")

    assert f"serve {before} (4 documents, built 20" in outcome.err
    assert f"instead of {served}?" in outcome.err
    assert outcome.code == (0 if answer == "y" else 1)
    assert published.store.current_id() == (before if answer == "y" else served)


def test_rollback_without_a_terminal_has_to_be_confirmed(published, smebot, twice, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))

    outcome = smebot("index", "rollback")

    assert outcome.code == 2
    assert "--yes" in outcome.err
    assert published.store.current_id() == twice[1]


def test_the_log_tells_who_did_what_and_when(published, smebot, twice, monkeypatch):
    monkeypatch.setenv("LOGNAME", "chen")
    before, served = twice
    smebot("index", "rollback", "--yes")

    lines = smebot("index", "log").out.splitlines()
    rows = [json.loads(line) for line in smebot("index", "log", "--json").out.splitlines()]

    assert len(lines) == 3
    assert f"publish  {served}  by " in lines[1]
    assert "5 documents, 7 passages (1 added, 0 changed, 0 removed)" in lines[1]
    assert f"rollback {before}  by chen" in lines[2]
    assert [row["action"] for row in rows] == ["publish", "publish", "rollback"]
    assert all(row["was_done"] for row in rows)


def test_prune_deletes_what_no_rollback_needs_and_names_it(published, smebot, monkeypatch):
    for number in range(3):
        published.corpus.write("new.en.md", f"Version {number}.")
        published.build()
    oldest = published.store.ids()[0]
    monkeypatch.setattr("index.publishing.KEPT_SNAPSHOTS", 3)

    outcome = smebot("index", "prune")

    assert outcome.out == f"deleted {oldest}\n1 deleted\n"
    assert oldest not in published.store.ids()
    assert smebot("index", "prune").out == "0 deleted\n"


def test_publishing_an_unknown_snapshot_names_those_there_are(published, smebot):
    outcome = smebot("index", "publish", "no-such-id")

    outcome.assert_error("no-such-id", published.store.current_id())


def test_publishing_before_the_first_build_says_what_to_run(workspace, smebot):
    smebot("index", "publish").assert_error("smebot index build")


def test_verify_passes_sound_snapshots_and_names_the_damaged(published, smebot):
    sound = smebot("index", "verify")
    (published.served / "documents.jsonl").write_text("")

    damaged = smebot("index", "verify")

    assert (sound.code, sound.out) == (0, f"* {published.store.current_id()} sound\n")
    damaged.assert_error("documents.jsonl")


def test_verify_and_status_know_of_milvus_and_keep_its_token_to_themselves(
    published, smebot, monkeypatch, tmp_path
):
    monkeypatch.setenv("SMEBOT_VECTOR_STORE", "milvus")
    monkeypatch.setenv("SMEBOT_MILVUS_URI", str(tmp_path / "milvus.db"))
    monkeypatch.setenv("SMEBOT_MILVUS_TOKEN", "root:pass-word")
    current = published.store.current_id()

    missing = smebot("index", "verify")
    smebot("index", "publish", current, "--override", "Milvus is new")
    held = smebot("index", "verify")

    assert missing.code == 1
    assert f"smebot index publish {current}" in missing.err
    assert held.code == 0
    assert "vectors in smebot_" in held.out
    status = smebot("index", "status")
    assert "SMEBOT_VECTOR_STORE=milvus" in status.out
    assert "pass-word" not in status.out + status.err + missing.err


def test_verify_misses_the_served_snapshot(published, smebot):
    published.served.rename(published.data_dir / "elsewhere")

    smebot("index", "verify").assert_error("is missing", "rollback")


@pytest.mark.parametrize("command", ["status", "rollback", "verify"])
def test_without_an_index_a_command_says_how_to_build_one(workspace, smebot, command):
    smebot("index", command).assert_error("smebot index build")


@pytest.mark.parametrize("command", ["build", "diff"])
def test_a_missing_directory_is_named(workspace, smebot, command):
    outcome = smebot("index", command, "--corpus", "no/such/place")

    outcome.assert_error("no/such/place", "SMEBOT_CORPUS_DIRS")


def test_directories_without_documents_are_an_error(corpus, smebot):
    smebot("index", "build").assert_error("no documents in")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("setting", "text"),
    [
        ("SMEBOT_DATA_DIRS=x", "did you mean SMEBOT_DATA_DIR?"),
        ("SMEBOT_CORPUS_DIRS=corpus", "SMEBOT_CORPUS_DIRS"),
    ],
)
def test_a_wrong_setting_is_wrong_usage(workspace, smebot, command, setting, text):
    Path(".env").write_text(setting)

    outcome = smebot("index", command)

    outcome.assert_error(text, code=2)
    assert outcome.out == ""


@pytest.mark.parametrize(
    "arguments",
    [("index", "biuld"), ("index", "build", "--fast"), ("index",), ("index", "build", "--corpus")],
)
def test_a_wrong_command_line_is_wrong_usage(smebot, arguments):
    outcome = smebot(*arguments)

    assert outcome.code == 2
    assert outcome.out + outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(smebot, command):
    outcome = smebot("index", command, "--help")

    assert outcome.code == 0
    assert f"index {command}" in outcome.out


def test_quick_commands_load_no_heavy_library(published, python):
    process = python(
        "import sys; from bot.cli import main;"
        "codes = main(['--help']), main(['index', '--help']), main(['index', 'status']);"
        "heavy = {'faiss', 'torch', 'onnxruntime', 'bm25s', 'telegram'} & set(sys.modules);"
        "print(codes, sorted(heavy))"
    )

    out, err = process.communicate(timeout=60)

    assert process.returncode == 0, err
    assert out.splitlines()[-1] == "(0, 0, 0) []"


@pytest.mark.model
def test_build_with_the_bundled_model(small_corpus, models_dir, tmp_path, python):
    (tmp_path / ".smebot").mkdir()
    (tmp_path / ".smebot" / "models").symlink_to(models_dir)
    command = "import sys; from bot.cli import main; sys.exit(main(['index', 'build']))"

    for start in ("published ", "unchanged: "):
        process = python(command)
        out, err = process.communicate(timeout=120)

        assert (process.returncode, err) == (0, "")
        assert out.startswith(start)
        assert "4 documents, 6 passages" in out
