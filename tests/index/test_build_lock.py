"""One build at a time; who builds, and whose build was interrupted, is known."""

import pytest

from index.build_lock import only_builder
from index.errors import BuildLockedError, NoDocumentsError


def test_who_comes_second_is_told_who_builds_since_when(tmp_path):
    with (
        only_builder(tmp_path, "chen"),
        pytest.raises(BuildLockedError, match=r"chen, since 20.* UTC\): wait until") as raised,
        only_builder(tmp_path, "li"),
    ):
        pass

    assert raised.value.by == "chen"
    assert raised.value.since.startswith("20")


def test_after_the_end_the_next_one_builds_and_hears_of_nobody(tmp_path):
    with only_builder(tmp_path, "chen"):
        pass

    with only_builder(tmp_path, "li") as unfinished:
        assert unfinished is None


def test_a_build_that_was_refused_is_finished(tmp_path):
    with pytest.raises(NoDocumentsError), only_builder(tmp_path, "chen"):
        raise NoDocumentsError("none")

    with only_builder(tmp_path, "li") as unfinished:
        assert unfinished is None


def test_a_build_that_was_killed_is_told_of_once(tmp_path, python):
    script = (
        "import os, sys; from pathlib import Path; from index.build_lock import only_builder\n"
        "with only_builder(Path(sys.argv[1]), 'chen'): os._exit(9)"
    )
    assert python(script, tmp_path).wait(60) == 9

    with only_builder(tmp_path, "li") as unfinished:
        assert unfinished is not None
        assert unfinished.by == "chen"
    with only_builder(tmp_path, "li") as unfinished:
        assert unfinished is None


@pytest.mark.parametrize("note", ["", "{}", "[1]", '{"by": "chen"}'])
def test_a_damaged_note_stops_no_build(tmp_path, note):
    (tmp_path / "build.by").write_text(note)

    with only_builder(tmp_path, "li") as unfinished:
        assert unfinished is None


def test_an_interrupted_build_is_used_by_the_next_which_says_so(published, smebot, fake_model):
    published.corpus.write("new.en.md", "Something new.")
    with pytest.raises(KeyboardInterrupt), only_builder(published.data_dir, "chen"):
        raise KeyboardInterrupt

    outcome = smebot("index", "build")

    assert outcome.err.startswith("the build before was interrupted (chen, since 20")
    assert outcome.code == 0


def test_what_waits_is_not_built_again(published):
    published.corpus.write("new.en.md", "Something new.")
    first = published.build(publish=False)

    second = published.build()

    assert second.manifest.snapshot_id == first.manifest.snapshot_id
    assert (second.is_new, second.is_published, second.encoded) == (True, True, 0)
    assert len(published.store.ids()) == 2
