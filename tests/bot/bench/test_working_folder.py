"""Where is written what is only measured."""

import pytest

from bot.bench.working_folder import working_folder
from bot.errors import BenchError


def test_nothing_of_it_is_left_even_of_a_run_that_was_killed(tmp_path):
    (tmp_path / "bench-killed").mkdir()
    (tmp_path / "bench-killed" / "file").touch()

    with working_folder(tmp_path) as folder:
        (folder / "file").touch()
        assert [path for path in tmp_path.iterdir() if path.is_dir()] == [folder]

    assert [path.name for path in tmp_path.iterdir()] == ["bench.lock"]


def test_two_at_once_would_spoil_each_others_figures(tmp_path):
    with (
        working_folder(tmp_path) as folder,
        pytest.raises(BenchError, match="wait until it has ended"),
        working_folder(tmp_path),
    ):
        pass

    assert not folder.exists()
