"""Remarks: English lines that carry what other languages need."""

import json
from dataclasses import asdict

import pytest

from index.errors import DocumentError, SnapshotError
from index.remark import Remark
from index.terminal import remark_of

FAULT = Remark.of("not_said", "not said: {words}", words="{50} 万元")


def test_a_remark_reads_as_a_line_with_its_place_and_what_it_comes_from():
    remark = Remark("the check fails", path="a.md", line=3, details=(FAULT, Remark("gone")))

    assert str(remark) == "a.md, line 3: the check fails: not said: {50} 万元; gone"
    assert str(Remark("too large", path="a.pdf")) == "a.pdf: too large"


@pytest.mark.parametrize(
    "remark", [FAULT, Remark("x", path="a.md", line=1, details=(FAULT,)), Remark("x")]
)
def test_a_remark_survives_being_written_down(remark):
    written = json.loads(json.dumps(asdict(remark)))

    assert Remark.read(written) == remark


def test_a_line_that_an_earlier_version_wrote_down_is_a_remark_without_a_name():
    assert Remark.read("a.md: it is wrong") == Remark("a.md: it is wrong")


def test_an_error_says_its_remark_in_english(tmp_path):
    error = DocumentError(tmp_path / "a.pdf", "it has a password", cause="password")

    assert str(error) == f"{tmp_path}/a.pdf: it has a password"
    assert remark_of(error).name == "cannot_password"
    assert remark_of(SnapshotError(FAULT)) == FAULT
    assert remark_of(SnapshotError("free words")) == Remark("free words")


def test_a_full_disk_and_a_missing_right_have_names(tmp_path):
    full = remark_of(OSError(28, "No space left on device", "/x"))
    refused = remark_of(PermissionError(13, "Permission denied", str(tmp_path)))
    other = remark_of(OSError(5, "Input/output error", "/x"))

    assert [each.name for each in (full, refused, other)] == [
        "disk_full",
        "no_permission",
        "os_error",
    ]
    assert other.values == {"path": "/x", "reason": "Input/output error"}
