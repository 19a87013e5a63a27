"""`smebot doctor`: looks at everything the program needs, and says how to mend what is wrong."""

import os
import shutil
import socket
import threading
from collections import namedtuple
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import PackageNotFoundError

import pytest

from index.errors import ModelError
from index.testing import HashingEncoder

SUBJECTS = [
    *("settings", "disk", "corpus", "model", "reader", "index", "checks", "database", "telegram"),
    *("operator", "ports", "log"),
]
CHECK = "{as_of: 2026-02-15, checks: [{id: a, question: Hi, language: en, status: small_talk}]}"
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def findings(command):
    """`findings()`: the exit code, and for each subject whether it is well and what is said."""

    def examine():
        outcome = command("doctor")
        assert outcome.err == ""
        rows = [line.split(None, 2) for line in outcome.out.splitlines()]
        assert [subject for _, subject, _ in rows] == SUBJECTS
        assert {word for word, _, _ in rows} <= {"ok", "FAIL"}
        return outcome.code, {subject: (word == "ok", said) for word, subject, said in rows}

    return examine


def assert_only(findings, faulty, *texts):
    """All is well but one thing, of which these texts are said."""
    code, found = findings()
    assert code == 1
    assert [subject for subject, (is_well, _) in found.items() if not is_well] == [faulty]
    for text in texts:
        assert text in found[faulty][1]


def test_a_sound_installation_is_well(findings, served_desk):
    code, found = findings()

    assert code == 0
    assert all(is_well for is_well, _ in found.values())
    assert "1 documents in seeds, corpus" in found["corpus"][1]
    assert found["model"][1].startswith("hashing/1")
    assert found["model"][1].endswith("in float32")
    snapshot = (served_desk / "snapshots" / "CURRENT").read_text().strip()
    assert snapshot in found["index"][1]
    assert found["checks"][1].startswith("none, there is no corpus/checks: name their folder")
    assert "SMEBOT_TELEGRAM_TOKEN" in found["telegram"][1]


def test_it_is_said_whom_people_can_turn_to(findings, monkeypatch):
    assert "nobody: " in findings()[1]["operator"][1]

    for name, value in {
        "OPERATOR_NAME": "Hall of Trade",
        "OPERATOR_CONTACT": "@hall",
        "HANDOVER_CHAT_ID": "-5",
        "STAFF_IDS": "[11]",
    }.items():
        monkeypatch.setenv(f"SMEBOT_{name}", value)

    said = "name: Hall of Trade; contact: @hall; questions are passed on to chat -5"
    assert findings()[1]["operator"] == (True, said)


def test_a_chat_for_questions_that_nobody_may_answer_is_named(findings, monkeypatch):
    monkeypatch.setenv("SMEBOT_HANDOVER_CHAT_ID", "-5")

    assert_only(findings, "operator", "SMEBOT_STAFF_IDS")


def test_the_checks_are_counted(findings, tmp_path):
    (tmp_path / "corpus" / "checks").mkdir(parents=True)
    (tmp_path / "corpus" / "checks" / "a.yaml").write_text(CHECK)

    assert findings()[1]["checks"] == (True, "1 in corpus/checks")


def test_checks_that_are_not_where_the_setting_says_are_named(findings, monkeypatch):
    monkeypatch.setenv("SMEBOT_CHECK_DIRS", '["no/such/place"]')

    assert_only(findings, "checks", "no/such/place", "SMEBOT_CHECK_DIRS")


def test_checks_that_are_not_sound_are_named(findings, tmp_path):
    (tmp_path / "corpus" / "checks").mkdir(parents=True)
    (tmp_path / "corpus" / "checks" / "a.yaml").write_text("checks: 3")

    assert_only(findings, "checks", "corpus/checks/a.yaml")


def test_no_secret_is_shown(findings, monkeypatch, unused_tcp_port):
    api = f"http://li:secret@127.0.0.1:{unused_tcp_port}/root?key=secret"
    monkeypatch.setenv("SMEBOT_TELEGRAM_TOKEN", "123456:secret")
    monkeypatch.setenv("SMEBOT_TELEGRAM_API_URL", api)
    shown = f"http://li:***@127.0.0.1:{unused_tcp_port}/root?*** cannot be reached"

    assert_only(findings, "telegram", shown)

    assert "secret" not in str(findings())


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_a_file_of_secrets_that_others_may_read_is_named(findings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / ".env"
    file.write_text("SMEBOT_MILVUS_TOKEN=root:Milvus\nSMEBOT_LOG=json\n")
    file.chmod(0o640)

    said = findings()[1]["settings"]

    assert said == (
        False,
        ".env holds SMEBOT_MILVUS_TOKEN, and others on this machine may read it: `chmod 600 .env`",
    )
    file.chmod(0o600)
    assert findings()[1]["settings"] == (
        True,
        "SMEBOT_MILVUS_TOKEN in .env, which only its owner may read",
    )


def test_a_full_disk_is_named(findings, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 2**20))

    assert_only(findings, "disk", "1 MB free", "free some space")


def test_a_database_server_that_cannot_be_reached_is_named(findings, monkeypatch):
    monkeypatch.setenv("SMEBOT_DATABASE_URL", "postgresql+psycopg://li:hidden@127.0.0.1:1/smebot")

    assert_only(findings, "database", "PostgreSQL smebot at 127.0.0.1:1", "is the server running")
    assert "hidden" not in findings()[1]["database"][1]


def test_a_data_directory_that_cannot_be_made_is_named(findings, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("SMEBOT_DATA_DIR", "file/below")

    code, found = findings()

    assert code == 1
    assert not found["disk"][0]
    assert "file/below" in found["disk"][1]
    assert "SMEBOT_DATA_DIR" in found["disk"][1]


def test_a_document_that_cannot_be_read_is_named(findings, corpus):
    corpus.write_raw("bad.en.md", "title: no front matter")

    assert_only(findings, "corpus", "1 documents cannot be read", "bad.en.md, line 1")


@pytest.mark.parametrize("directories", ['["no/such/place"]', '["seeds"]'])
def test_a_corpus_directory_without_documents_is_named(findings, monkeypatch, directories):
    monkeypatch.setenv("SMEBOT_CORPUS_DIRS", directories)

    assert_only(findings, "corpus", directories.strip('["]'))


def test_a_glossary_that_is_not_sound_is_named(findings, corpus):
    corpus.write_raw("glossary.yaml", "- {id: 3}\n")

    code, found = findings()

    assert code == 1
    assert "glossary.yaml" in str(found)


def test_a_model_that_cannot_be_had_is_named(findings, monkeypatch):
    def fail(*_):
        raise ModelError("no model 'some/model': check SMEBOT_ENCODER_MODEL")

    monkeypatch.setattr("bot.doctor.load_encoder", fail)

    code, found = findings()

    assert code == 1
    assert found["model"] == (False, "no model 'some/model': check SMEBOT_ENCODER_MODEL")


def test_an_index_that_was_never_built_is_named(findings, served_desk):
    shutil.rmtree(served_desk)

    assert_only(findings, "index", "smebot index build")


def test_a_damaged_index_is_named(findings, served_desk):
    (path,) = served_desk.glob("snapshots/*/documents.jsonl")
    path.write_text("")

    assert_only(findings, "index", "documents.jsonl")


def test_vectors_that_milvus_lacks_or_holds_are_told(findings, monkeypatch, tmp_path):
    monkeypatch.setenv("SMEBOT_VECTOR_STORE", "milvus")
    monkeypatch.setenv("SMEBOT_MILVUS_URI", str(tmp_path / "milvus.db"))
    assert_only(findings, "index", "smebot index publish")
    monkeypatch.setenv("SMEBOT_MILVUS_URI", "http://127.0.0.1:1")
    assert_only(findings, "index", "Milvus at http://127.0.0.1:1", "SMEBOT_VECTOR_STORE=faiss")


def test_an_index_of_another_model_is_named(findings, monkeypatch):
    monkeypatch.setattr("bot.doctor.load_encoder", lambda *_: HashingEncoder("hashing/2"))

    assert_only(findings, "index", "hashing/1", "hashing/2", "smebot index build")


def test_a_corpus_that_came_with_the_program_is_named_as_such(findings, monkeypatch, tmp_path):
    assert "came with the program" not in findings()[1]["corpus"][1]

    monkeypatch.setattr("index.shipped.SHIPPED", tmp_path.resolve())

    assert "came with the program: `smebot init DIR`" in findings()[1]["corpus"][1]


@pytest.fixture
def ports(monkeypatch, unused_tcp_port_factory):
    """Those of the health page and of the webhook, both free."""
    health, webhook = unused_tcp_port_factory(), unused_tcp_port_factory()
    monkeypatch.setenv("SMEBOT_HEALTH_PORT", str(health))
    monkeypatch.setenv("SMEBOT_WEBHOOK_PORT", str(webhook))
    monkeypatch.setenv("SMEBOT_WEBHOOK_URL", "https://bot.example.org")
    return health, webhook


def test_free_ports_are_named(findings, ports):
    health, webhook = ports

    said = f"SMEBOT_HEALTH_PORT: {health}, SMEBOT_WEBHOOK_PORT: {webhook}"
    assert findings()[1]["ports"] == (True, said)


def test_without_a_webhook_or_health_page_no_port_is_needed(findings):
    assert findings()[1]["ports"] == (True, "none are needed")


def test_a_port_that_another_program_has_is_named(findings, ports):
    with socket.create_server(("127.0.0.1", ports[1])):
        assert_only(findings, "ports", f"{ports[1]} is taken", "SMEBOT_WEBHOOK_PORT")


def test_two_pages_on_one_port_are_named(findings, ports, monkeypatch):
    monkeypatch.setenv("SMEBOT_WEBHOOK_PORT", str(ports[0]))

    assert_only(findings, "ports", "SMEBOT_HEALTH_PORT and SMEBOT_WEBHOOK_PORT are the same")


def test_ports_that_the_running_bot_has_are_well(findings, ports):
    class Live(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"alive\n" if self.path == "/live" else b"")

        def log_message(self, *_):
            """Nothing on standard error."""

    with HTTPServer(("", ports[0]), Live) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        is_well, said = findings()[1]["ports"]
        server.shutdown()

    assert is_well
    assert said.endswith("the bot is running")


def test_a_host_that_is_not_of_this_machine_is_named(findings, ports, monkeypatch):
    monkeypatch.setenv("SMEBOT_WEBHOOK_HOST", "192.0.2.1")

    assert_only(findings, "ports", "annot assign requested address")


def test_the_form_of_the_log_is_named(findings, monkeypatch):
    assert findings()[1]["log"] == (True, "lines of text; no traces are sent")

    monkeypatch.setenv("SMEBOT_LOG", "json")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")

    assert findings()[1]["log"] == (True, "JSON lines; traces are sent")


def test_traces_that_nothing_can_send_are_named(findings, monkeypatch):
    def fail(package):
        raise PackageNotFoundError(package)

    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
    monkeypatch.setattr("bot.observing.traces.version", fail)

    assert_only(findings, "log", "pip install 'smebot[opentelemetry]'")


def test_every_fault_is_named_at_once(findings, monkeypatch, served_desk, corpus):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 2**20))
    corpus.write_raw("bad.en.md", "title: no front matter")
    shutil.rmtree(served_desk)

    code, found = findings()

    assert code == 1
    ill = [subject for subject, (is_well, _) in found.items() if not is_well]
    assert ill == ["disk", "corpus", "index"]
