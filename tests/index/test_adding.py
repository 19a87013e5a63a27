"""A new file gets into the corpus whole, over no other, whenever the program is killed."""

import os
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from index.adding import HISTORY, NewFile, add_document, file_key, withdraw
from index.documents import Metadata, Topic
from index.errors import DocumentError
from index.loading import load_corpus

TEXT = b"The jade park lies in Hotan."


def new(content=TEXT, *, title="Jade park", replaces="", name="jade-park.txt"):
    metadata = Metadata(title=title, language="en", topic=Topic.ZONES)
    return NewFile(
        name=name,
        content=content,
        topic=Topic.ZONES,
        language="en",
        metadata=metadata,
        replaces=replaces,
    )


def visible(directory):
    """All files but those of the history, and no folder left behind."""
    assert {each.name for each in directory.glob(".*")} <= {HISTORY}
    paths = (path for path in directory.rglob("*") if path.is_file())
    return sorted(
        path.relative_to(directory).as_posix() for path in paths if HISTORY not in path.parts
    )


def history(directory):
    return sorted(path.read_bytes() for path in (directory / HISTORY).rglob("*") if path.is_file())


def test_a_file_and_what_is_known_of_it_lie_in_the_folder_of_its_topic(corpus):
    path = add_document([corpus.directory], new())

    assert visible(corpus.directory) == [
        "zones/jade-park.en.txt",
        "zones/jade-park.en.txt.meta.yaml",
    ]
    assert path.read_bytes() == TEXT
    (document,) = corpus.load().documents
    assert (document.id, document.metadata.title) == ("zones/jade-park.en", "Jade park")
    assert corpus.load().notes == ()


def test_what_came_with_the_program_takes_nothing(corpus, monkeypatch):
    monkeypatch.setattr("index.shipped.SHIPPED", corpus.directory.resolve().parent)

    with pytest.raises(DocumentError, match="smebot init DIR"):
        add_document([corpus.directory], new())

    assert visible(corpus.directory) == []


def test_adding_it_again_changes_nothing(corpus):
    first = add_document([corpus.directory], new())
    before = visible(corpus.directory)

    assert add_document([corpus.directory], new()) == first
    assert visible(corpus.directory) == before


@pytest.mark.parametrize("taken", ["zones/jade-park.zh.md", "zones/Jade-Park.en.txt"])
def test_another_document_of_that_name_stays_as_it_is(corpus, taken):
    corpus.write_raw(taken, "something else")

    path = add_document([corpus.directory], new())

    assert path.name == "jade-park-2.en.txt"
    assert (corpus.directory / taken).read_text() == "something else"


def test_a_name_that_another_corpus_directory_has_is_taken(corpus, tmp_path):
    seeds = type(corpus)(tmp_path / "seeds")
    seeds.write_raw("zones/jade-park.en.md", "something else")

    path = add_document([seeds.directory, corpus.directory], new())

    assert path == corpus.directory / "zones" / "jade-park-2.en.txt"


def test_who_puts_a_file_of_that_name_there_meanwhile_keeps_it(corpus, monkeypatch):
    link = os.link

    def after_somebody_else(source, target):
        if target.name == "jade-park.en.txt":
            target.write_text("something else")
        link(source, target)

    monkeypatch.setattr(os, "link", after_somebody_else)
    path = add_document([corpus.directory], new())

    assert path.name == "jade-park-2.en.txt"
    assert visible(corpus.directory) == [
        "zones/jade-park-2.en.txt",
        "zones/jade-park-2.en.txt.meta.yaml",
        "zones/jade-park.en.txt",
    ]


def test_what_would_not_be_read_is_not_added(corpus):
    with pytest.raises(DocumentError):
        add_document([corpus.directory], new(b"\x89PNG"))

    assert visible(corpus.directory) == []


def test_a_new_version_takes_the_place_of_all_versions_which_go_into_the_history(corpus):
    old = [corpus.write(f"zones/jade-park.{code}.md").read_bytes() for code in ("zh", "en")]

    path = add_document([corpus.directory], new(replaces="zones/jade-park", name="v2.txt"))

    assert path == corpus.directory / "zones" / "jade-park.en.txt"
    assert [document.id for document in corpus.load().documents] == ["zones/jade-park.en"]
    assert history(corpus.directory) == sorted(old)


def test_a_new_version_of_the_same_format_takes_its_side_file_s_place_too(corpus):
    add_document([corpus.directory], new())
    old = (corpus.directory / "zones/jade-park.en.txt.meta.yaml").read_bytes()

    add_document([corpus.directory], new(b"Newer.", title="Two", replaces="zones/jade-park"))

    (document,) = corpus.load().documents
    assert (document.text, document.metadata.title) == ("Newer.", "Two")
    assert history(corpus.directory) == sorted([TEXT, old])


@pytest.fixture
def old_pair(corpus):
    """A document in Chinese and English that has lain there for a day."""
    for code in ("zh", "en"):
        path = corpus.write(f"zones/jade-park.{code}.md", topic="zones")
        os.utime(path, (0, time.time() - 86_400))


def test_each_language_of_a_new_version_may_come_in_a_file_of_its_own(corpus, old_pair):
    began = datetime.now(UTC) - timedelta(hours=1)
    english = replace(new(replaces="zones/jade-park"), update_began=began)
    known = Metadata(title="玉石园", language="zh", topic=Topic.ZONES)
    text = "玉石园位于和田。".encode()
    chinese = replace(english, content=text, language="zh", metadata=known)
    for each in (english, chinese):
        add_document([corpus.directory], each)

    assert [each.id for each in corpus.load().documents] == [
        "zones/jade-park.en",
        "zones/jade-park.zh",
    ]
    assert len(history(corpus.directory)) == 2


def test_what_describes_itself_replaces_its_own_language_only(corpus, old_pair):
    text = (corpus.directory / "zones/jade-park.en.md").read_bytes() + b"It grows."
    described = replace(new(text, replaces="zones/jade-park", name="jade-park.md"), metadata=None)
    add_document([corpus.directory], described)

    assert visible(corpus.directory) == ["zones/jade-park.en.md", "zones/jade-park.zh.md"]
    assert len(history(corpus.directory)) == 1


class Killed(BaseException):
    """What ends a program at once."""


@pytest.fixture
def killed_at(monkeypatch):
    """`killed_at(n)`: the n-th change of the folder is the last; True once there is no such."""

    def arm(last):
        numbers = count(1)

        def counted(change):
            def act(*args, **kwargs):
                if next(numbers) == last:
                    raise Killed
                return change(*args, **kwargs)

            return act

        with monkeypatch.context() as patched:
            patched.setattr(os, "link", counted(os.link))
            for name in ("rename", "replace", "unlink"):
                patched.setattr(Path, name, counted(getattr(Path, name)))
            yield

    return arm


@pytest.mark.parametrize("replaces", ["", "zones/jade-park"])
@pytest.mark.parametrize("old", [("en.txt",), ("en.md", "zh.md")])
@pytest.mark.parametrize("last", range(1, 9))
def test_after_a_kill_nothing_is_lost_and_a_second_try_ends_it(
    corpus, killed_at, replaces, old, last
):
    before = [corpus.write_raw(f"zones/jade-park.{each}", f"old {each}") for each in old]
    texts = [path.read_bytes() for path in before]
    change = new(replaces=replaces)

    for _ in killed_at(last):
        try:
            add_document([corpus.directory], change)
        except Killed:
            kept = {path.read_bytes() for path in corpus.directory.rglob("*") if path.is_file()}
            assert set(texts) <= kept
    path = add_document([corpus.directory], change)

    assert path.read_bytes() == TEXT
    kept = [path.read_bytes() for path in corpus.directory.rglob("*") if path.is_file()]
    assert set(texts) <= set(kept)
    assert kept.count(TEXT) == 1
    if replaces:
        assert [each.id for each in load_corpus([corpus.directory]).documents] == [
            "zones/jade-park.en"
        ]


def test_where_files_cannot_have_two_names_they_are_copied(corpus, monkeypatch):
    def refuse(*_):
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    corpus.write_raw("zones/jade-park.en.txt", "old")

    add_document([corpus.directory], new())
    add_document([corpus.directory], new(b"Newer.", replaces="zones/jade-park"))

    assert (corpus.directory / "zones/jade-park.en.txt").read_bytes() == b"Newer."
    assert history(corpus.directory) == [b"old"]


def test_what_was_added_by_mistake_goes_into_the_history(corpus):
    path = add_document([corpus.directory], new())
    other = add_document([corpus.directory], new(b"The silk road.", name="silk.txt"))

    assert withdraw([corpus.directory], file_key(path)) == path

    assert visible(corpus.directory) == [f"zones/{other.name}", f"zones/{other.name}.meta.yaml"]
    assert TEXT in history(corpus.directory)
    assert withdraw([corpus.directory], file_key(path)) is None
