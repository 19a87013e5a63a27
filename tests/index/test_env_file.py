"""`.env` as administrators leave it: what cannot be understood is one line with the remedy."""

from pathlib import Path

import pytest

SAVE = "save it as UTF-8"


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ("SMEBOT_DATA_DIR=数据\n".encode("gbk"), (SAVE,)),
        ("SMEBOT_DATA_DIR=数据\n".encode("utf-16"), (SAVE,)),
        ("SMEBOT_DATA_DIR=data\n".encode("utf-16-le"), (SAVE,)),
        (b"SMEBOT_DATA_DIR=a\0b\n", (SAVE,)),
        (b"A=1\n\n \nSMEBOT_HEALTH_PORT: 80\n", ("line 4", "NAME=value")),
        (b"A=1\nSMEBOT_DATA_DIR='a b\nB=2\n", ("line 2", "quotation mark")),
        (b"A=1\nSMEBOT_DATA_DIR\n", ("line 2", "SMEBOT_DATA_DIR=value")),
        (
            "A=1\nSMEBOT_RETENTION_DAYS＝5\n".encode(),
            ("line 2", "no plain = stands behind", "write SMEBOT_RETENTION_DAYS=value"),
        ),
        (b"SMEBOT_DATA_DIRR=a\n", ("did you mean SMEBOT_DATA_DIR?",)),
    ],
)
def test_what_cannot_be_understood_is_one_line(smebot, content, texts):
    Path(".env").write_bytes(content)

    smebot("index", "status").assert_error(*texts, code=2)


@pytest.mark.parametrize("sign", ["＝", ":", "：", "＝a="])
def test_what_follows_a_name_is_never_told(smebot, sign):
    Path(".env").write_text(f"SMEBOT_TELEGRAM_TOKEN{sign}hidden\n")

    outcome = smebot("index", "status")

    outcome.assert_error("write SMEBOT_TELEGRAM_TOKEN=value", code=2)
    assert "hidden" not in outcome.err


def test_a_folder_of_that_name_is_one_line(smebot):
    Path(".env").mkdir()

    smebot("index", "status").assert_error(".env is a folder", "remove it", code=2)


def test_one_that_may_not_be_read_is_one_line(smebot, few_rights):
    Path(".env").write_text("A=1")
    Path(".env").chmod(0)

    with few_rights():
        outcome = smebot("index", "status")

    outcome.assert_error(".env cannot be read", "right to read it", code=2)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfSMEBOT_DATA_DIR=data\n",
        b"SMEBOT_DATA_DIR=data\r\nA=1\r\n",
        b"export SMEBOT_DATA_DIR='data'  # ours\n",
        b"not our line\nOTHERS\n SMEBOT_DATA_DIR = data",
    ],
    ids=["mark", "windows", "shell", "others"],
)
def test_usual_ways_of_writing_it_are_understood(published, smebot, content):
    published.data_dir.rename("data")
    Path(".env").write_bytes(content)

    outcome = smebot("index", "status")

    assert outcome.code == 0
    assert "SMEBOT_DATA_DIR=data\n" in outcome.out
