"""Puts a new file into the corpus: whole or not at all, over no other, nothing lost."""

import hashlib
import os
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import yaml

from index.documents import Metadata, Topic
from index.durable import sync_directory
from index.errors import DocumentError
from index.language import UNKNOWN
from index.loading import is_document, load_corpus, parts_of_name
from index.loading.overlooked import SIDE_FILE
from index.shipped import HOW_TO_OWN, is_shipped

HISTORY = ".history"
"""The folder of a corpus directory that replaced files are moved to; no hidden one is read."""
_STAGING = ".adding-"
_LEFT_BEHIND_S = 3600.0
"""A folder of a program that was killed while it added something is removed after so long."""
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """What is to be added. `metadata` is None for a file that describes itself.

    `replaces` is the stem of the document that it is a new version of, such as `zones/jade-park`.
    That goes into the history in all its languages, as the others would contradict the new one,
    but for what lies there only since the update began: each language may come in a file of its
    own. A file that describes itself has its counterparts, and replaces its own language only.
    """

    name: str
    content: bytes
    topic: Topic
    language: str
    metadata: Metadata | None
    replaces: str = ""
    update_began: datetime | None = None

    def outdates(self, path: Path) -> bool:
        """Whether a file of the replaced document goes into the history."""
        is_own = parts_of_name(path.stem)[1] in (self.language, "")
        began = self.update_began
        is_older = began is None or path.stat().st_mtime < began.timestamp()
        return is_own or (self.metadata is not None and is_older)

    def named(self, stem: str) -> str:
        """Its file name: with the language, so that another version can lie beside it."""
        language = "" if self.language == UNKNOWN else f".{self.language}"
        return f"{stem}{language}{Path(self.name).suffix}"

    @property
    def files(self) -> dict[str, bytes]:
        """What is to be written, by what its name ends in beside the document's."""
        if self.metadata is None:
            return {"": self.content}
        values = self.metadata.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        side = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
        return {SIDE_FILE: side.encode(), "": self.content}  # none is read without what it needs


def add_document(corpus_dirs: Sequence[Path], new: NewFile) -> Path:
    """Add a file; adding it again changes nothing, so that a killed program may try again.

    Args:
        corpus_dirs: The last takes what is new; a new version lies where the old one did.
        new: The file.

    Returns:
        Where it lies.

    Raises:
        DocumentError: It would not be read there, or the corpus belongs to the program.
        OSError: Something cannot be written.
    """
    with _one_at_a_time:
        old = files_of(corpus_dirs, new.replaces) if new.replaces else []
        directory = next((each for each, _ in old), corpus_dirs[-1])
        if is_shipped(directory):
            raise DocumentError(directory, HOW_TO_OWN)
        with _staged(directory, new) as staged:
            if new.replaces:
                outdated = [path for _, path in old if new.outdates(path)]
                return _replace(directory, new, staged, outdated)
            return _place(corpus_dirs, new, staged)


def held_as(corpus_dirs: Sequence[Path], content: bytes) -> str:
    """The name, within the corpus, of a document that is the same file; "" if there is none."""
    files = (
        (path, path.relative_to(directory))
        for directory in corpus_dirs
        for path in sorted(directory.rglob("*"))
        if is_document(path.name) and path.is_file()
    )
    same = (
        name.as_posix()
        for path, name in files
        if not any(part.startswith(".") for part in name.parts)
        if path.stat().st_size == len(content) and path.read_bytes() == content
    )
    return next(same, "")


def file_key(path: Path) -> str:
    """Short enough for a button, and of one file in a corpus directory only."""
    return hashlib.sha256(f"{path.parent.name}/{path.name}".encode()).hexdigest()[:16]


def withdraw(corpus_dirs: Sequence[Path], key: str) -> Path | None:
    """Move a file that was added, and what describes it, into the history; None if it is gone.

    Raises:
        OSError: It cannot be moved.
    """
    directory = corpus_dirs[-1]
    with _one_at_a_time:
        for path in sorted(directory.glob("[!.]*/*")):
            if is_document(path.name) and file_key(path) == key:
                for each in (path, path.with_name(path.name + SIDE_FILE)):
                    if each.exists():
                        _move_to_history(each, directory)
                return path
    return None


def files_of(corpus_dirs: Sequence[Path], stem: str) -> list[tuple[Path, Path]]:
    """The files of a document in all its languages, each behind its corpus directory."""
    folder, _, wanted = stem.rpartition("/")
    return [
        (directory, path)
        for directory in corpus_dirs
        if (directory / folder).is_dir()
        for path in sorted((directory / folder).iterdir())
        if is_document(path.name)
        and parts_of_name(path.stem)[0].casefold() == wanted.casefold()
        and path.is_file()
    ]


def _place(corpus_dirs: Sequence[Path], new: NewFile, staged: Path) -> Path:
    """Put it under the first name that is free."""
    folder = corpus_dirs[-1] / new.topic.value
    folder.mkdir(parents=True, exist_ok=True)
    own = Path(new.name).stem
    for number in count(1):
        stem = own if number == 1 else f"{own}-{number}"
        target = folder / new.named(stem)
        if _is_there(target, new):
            return target
        if files_of(corpus_dirs, f"{new.topic}/{stem}"):
            continue
        if _linked(new, staged, target, corpus_dirs[-1]):
            return target
    raise AssertionError("names never end")


def _linked(new: NewFile, staged: Path, target: Path, directory: Path) -> bool:
    """Whether it got there; not where somebody else was quicker."""
    done: list[Path] = []
    try:
        for ending in new.files:
            path = target.with_name(target.name + ending)
            if ending and path.exists():  # of a file that is gone, or of a try that was killed
                _move_to_history(path, directory)
            _link(staged.with_name(staged.name + ending), path)
            done.append(path)
    except FileExistsError:
        for path in done:  # else it would describe the other's document
            path.unlink()
        return False
    sync_directory(target.parent)
    return True


def _replace(directory: Path, new: NewFile, staged: Path, old: Sequence[Path]) -> Path:
    """Put it where the old versions lie, and those into the history."""
    folder = directory / Path(new.replaces).parent
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / new.named(Path(new.replaces).name)
    placed = [target.with_name(target.name + ending) for ending in new.files]
    if not _is_there(target, new):
        for path in placed:
            if path.exists():
                _keep_in_history(path, directory)
            staged.with_name(staged.name + path.name[len(target.name) :]).replace(path)
    for path in old:
        for each in (path, path.with_name(path.name + SIDE_FILE), path.with_suffix(SIDE_FILE)):
            if each.exists() and each not in placed:
                _move_to_history(each, directory)
    sync_directory(folder)
    return target


def _is_there(target: Path, new: NewFile) -> bool:
    """Whether an earlier try got it there."""
    paths = {target.with_name(target.name + ending): said for ending, said in new.files.items()}
    return all(path.is_file() and path.read_bytes() == said for path, said in paths.items())


def _in_history(path: Path, directory: Path) -> Path:
    """A free name in the history, which begins with the time."""
    folder = directory / HISTORY / path.parent.relative_to(directory)
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    return folder / f"{stamp}-{path.name}"


def _move_to_history(path: Path, directory: Path) -> None:
    path.rename(_in_history(path, directory))


def _keep_in_history(path: Path, directory: Path) -> None:
    _link(path, _in_history(path, directory))


def _link(source: Path, target: Path) -> None:
    """Give a file a second name, which nothing else may have.

    Raises:
        FileExistsError: Something has it.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without second names
        if target.exists():
            raise FileExistsError(target) from None
        aside = target.with_name(f".{target.name}")
        shutil.copy2(source, aside)
        aside.rename(target)


@contextmanager
def _staged(directory: Path, new: NewFile) -> Iterator[Path]:
    """The files, written to the disk beside the documents and read once as these are.

    Raises:
        DocumentError: They would not be read.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for left in directory.glob(f"{_STAGING}*"):
        if time.time() - left.stat().st_mtime > _LEFT_BEHIND_S:
            shutil.rmtree(left, ignore_errors=True)
    root = Path(mkdtemp(prefix=_STAGING, dir=directory))
    try:
        path = root / new.named(Path(new.replaces or new.name).stem)
        for ending, content in new.files.items():
            with path.with_name(path.name + ending).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        problems = load_corpus([root]).problems
        if problems:
            raise problems[0]
        yield path
    finally:
        shutil.rmtree(root, ignore_errors=True)
