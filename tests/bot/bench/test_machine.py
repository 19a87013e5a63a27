"""The machine in words; memory and disk."""

import os
import sys

import pytest

from bot.bench.machine import Machine, available_bytes, size_bytes
from index.processors import cores


def test_the_machine_is_told_in_words():
    machine = Machine.here()

    assert machine.processor
    assert 1 <= machine.cores <= (os.cpu_count() or 1)
    assert str(machine).startswith(f"{machine.processor}, {cores()} cores, ")
    assert f"{machine.memory_bytes / 2**30:.0f} GiB of memory" in str(machine)
    assert 0 < available_bytes() <= machine.memory_bytes


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the most so far is told")
def test_resident_memory_grows_with_what_is_held(python):
    """In a process of its own: one that has freed much takes it again without growing."""
    script = """
from bot.bench.machine import resident_bytes
import numpy
before = resident_bytes()
held = numpy.ones(100 * 2**20, numpy.uint8)
print((resident_bytes() - before) // 2**20)
"""
    out, err = python(script).communicate(timeout=60)

    assert err == ""
    assert 90 < int(out) < 110


def test_sizes_are_those_of_all_files_below_a_folder(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "one").write_bytes(b"x" * 10)
    (tmp_path / "a" / "b" / "two").write_bytes(b"x" * 5)

    assert size_bytes(tmp_path) == 15
    assert size_bytes(tmp_path / "a" / "one") == 10
    assert size_bytes(tmp_path / "nothing") == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds to it")
def test_more_memory_than_is_allowed_is_not_given(python):
    script = """
from bot.bench.machine import limit_memory
limit_memory(500_000_000)
import numpy
try:
    numpy.ones(1_000_000_000, numpy.uint8)
except MemoryError:
    print("refused")
"""
    out, err = python(script).communicate(timeout=60)

    assert (out, err) == ("refused\n", "")
