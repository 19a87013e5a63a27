"""What tests of the bot need: an answerer over documents of a test, and the real corpus."""

import io
import itertools
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answerer import Answerer
from bot.answers.question import Question
from bot.answers.values import Answer
from bot.checks.loading import load_checks
from bot.checks.running import run_checks
from bot.checks.values import CheckOutcome
from index import Document, Glossary, Retriever, SnapshotStore
from index.building import build_documents
from index.encoder import Encoder, no_progress
from index.loading import load_corpus
from index.reader import Reader
from index.readers.word_reader import WordReader
from index.testing import HashingEncoder
from tests.bot.handmade_fits import decision_fit
from tests.bot.reading import read_completed
from tests.bot.soundness import assert_sound
from tests.conftest import Corpus, Smebot

TODAY = date(2026, 2, 15)

Ask = Callable[..., Answer]
MakeDocument = Callable[..., Document]

_SOURCE = {"publisher": "Ministry of Commerce", "published": "2025-11-06"}

_FAIR = {"edition": 12, "start": "2025-10-15", "end": "2025-11-04", "certainty": "held"}

_ASKED: dict[str, tuple[str, dict[str, object]]] = {
    "events/tea-fair-12.en": (
        "# 12th tea fair\n\nThe 12th tea fair has 74,600 booths. It was held in Hangzhou in "
        "October 2025.\n\nBuyers of tea came to the fair from Kenya, Ceylon and Japan.\n",
        {"title": "12th tea fair", "event": _FAIR},
    ),
    "events/tea-fair-12.zh": (
        "# 第12届茶叶博览会\n\n第12届茶叶博览会有7.46万个展位。博览会2025年10月在杭州举行。\n\n"
        "茶叶采购商来自肯尼亚、锡兰和日本。\n",
        {"title": "第12届茶叶博览会", "event": _FAIR},
    ),
    "events/spice-fair.en": (
        "The spice fair shows pepper and saffron. The spice fair is planned for the halls of "
        "Kunming, with cooks from Yunnan.\n",
        {
            "title": "Spice fair",
            "event": {"start": "2026-05-20", "end": "2026-05-24", "certainty": "tentative"},
        },
    ),
    "events/lamp-fair.en": (
        "The lamp fair shows lanterns and bulbs. The lamp fair fills the halls of Zhongshan.\n",
        {
            "title": "Lamp fair",
            "as_of": "2025-09",
            "event": {"usual": [{"start": "03-18", "end": "03-21"}], "certainty": "usual"},
        },
    ),
    "zones/silk-park.en": (
        "The silk park lies in Suzhou beside the canal. The silk park covers 80 square "
        "kilometres and houses weavers and dyers.\n",
        {"title": "Silk park"},
    ),
    "financing/policy-loan.zh": (
        "保单融资贷款最高300万元。保单融资贷款以出口信用保险保单作担保。\n",
        {"title": "保单融资贷款"},
    ),
    "policy/harbour-rebate.en": (
        "The harbour rebate refunds 40 percent of the harbour dues. Owners of barges claim the "
        "harbour rebate at the pier office.\n",
        {"title": "Harbour rebate", "valid_until": "2025-12-31"},
    ),
    "market-access/toy-labels.en": (
        "Toy labels must name the importer. Toy labels are printed in the language of the shop.\n",
        {"title": "Toy labels", "sources": [{"confidence": "known"}]},
    ),
    "customs-logistics/code-9810.zh": (
        "监管代码9810用于海外仓出口。海外仓出口货物以监管代码9810报关。\n",
        {"title": "海外仓出口监管代码"},
    ),
}
"""What tests ask about: id -> text, metadata."""

_REAL = 24
"""As many real documents stand beside them, so that abstention sees what it was fitted for."""


@pytest.fixture(scope="session")
def today() -> date:
    """The day on which tests ask, unless they say otherwise."""
    return TODAY


@pytest.fixture(scope="session")
def read() -> Callable[..., Question]:
    """`read(text, *earlier_turns, today=..., language=...)`: a question, read."""

    def read_text(
        text: str, *history: str, today: date = TODAY, language: str | None = None
    ) -> Question:
        return read_completed(text, today, history, language)

    return read_text


@pytest.fixture(scope="session")
def desk_document(make_document: MakeDocument) -> MakeDocument:
    """`desk_document(id, text, **metadata)`: topic, stem and language come from the id."""

    def make(identity: str, text: str, **metadata: object) -> Document:
        stem, _, language = identity.rpartition(".")
        values = {"topic": stem.partition("/")[0], "language": language, "sources": [_SOURCE]}
        return replace(make_document(text, id=identity, **values | metadata), stem=stem)

    return make


@pytest.fixture(scope="session")
def desk_documents(desk_document: MakeDocument, project: Path) -> tuple[Document, ...]:
    """What tests ask about, among some real documents."""
    loaded = load_corpus([project / "corpus" / "zones"]).documents
    real = [d for d in loaded if d.metadata.as_of is None or d.metadata.as_of.first.year < 2026]
    asked = [desk_document(id_, text, **more) for id_, (text, more) in _ASKED.items()]
    return (*asked, *sorted(real, key=lambda document: document.id)[:_REAL])


@pytest.fixture(scope="session")
def built_desk(
    tmp_path_factory: pytest.TempPathFactory, desk_documents: tuple[Document, ...]
) -> Path:
    """A data directory with the small corpus, to copy from."""
    data_dir = tmp_path_factory.mktemp("desk") / ".smebot"
    build_documents(desk_documents, data_dir, HashingEncoder(), no_progress)
    return data_dir


@pytest.fixture(scope="session")
def retriever_of(
    tmp_path_factory: pytest.TempPathFactory, built_desk: Path
) -> Callable[..., Retriever]:
    """`retriever_of(*documents)`: search in an index of these documents."""
    numbers = itertools.count()
    root = tmp_path_factory.mktemp("retrievers")

    def build_retriever(*documents: Document) -> Retriever:
        data_dir = root / str(next(numbers))
        # What is worked out once for an encoder, whatever the documents.
        shutil.copytree(built_desk / "models", data_dir / "models")
        encoder = HashingEncoder()
        build_documents(documents, data_dir, encoder, no_progress)
        retriever = Retriever(SnapshotStore(data_dir).open_current(), encoder)
        shutil.rmtree(data_dir)
        return retriever

    return build_retriever


@pytest.fixture(scope="session")
def desk(built_desk: Path) -> Retriever:
    """Search in the small corpus."""
    return Retriever(SnapshotStore(built_desk).open_current(), HashingEncoder())


def _asker(retriever: Retriever) -> Ask:
    answerer = Answerer(retriever, Glossary(), WordReader(), decision_fit())

    def ask(
        question: str, *history: str, today: date = TODAY, language: str | None = None
    ) -> Answer:
        return answerer.answer(question, today=today, history=history, language=language)

    return ask


@pytest.fixture(scope="session")
def ask(desk: Retriever) -> Ask:
    """`ask(question, *earlier_turns, today=..., language=...)`, of the small corpus."""
    return _asker(desk)


@pytest.fixture(scope="session")
def ask_of(retriever_of: Callable[..., Retriever]) -> Callable[..., Ask]:
    """`ask_of(*documents)`: `ask` where these are the corpus."""
    return lambda *documents: _asker(retriever_of(*documents))


@pytest.fixture(scope="session")
def sound(desk: Retriever) -> Callable[..., dict[str, Any]]:
    """`sound(answer)`: its JSON, after everything that holds of every answer was asserted."""
    return lambda answer: assert_sound(answer, desk.snapshot.documents)


@pytest.fixture
def served_desk(built_desk: Path, corpus: Corpus) -> Path:
    """The index of the small corpus where commands look for it by default; gives its folder."""
    corpus.write("events/fair.en.md")
    return Path(shutil.copytree(built_desk, corpus.directory.parent / ".smebot"))


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], None]:
    """`standard_input(text)`: what comes from a pipe; nothing until it is called."""

    def give(content: str | bytes) -> None:
        raw = content if isinstance(content, bytes) else content.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    give("")
    return give


@pytest.fixture
def command(
    fake_model: HashingEncoder,
    served_desk: Path,
    standard_input: Callable[[str | bytes], None],
    smebot: Smebot,
) -> Smebot:
    """`command("ask", ...)`: the program, where the small corpus is served."""
    return smebot


@pytest.fixture(scope="session")
def objects() -> Callable[[str], list[dict[str, Any]]]:
    """`objects(output)`: what JSON lines hold; nothing else may stand between them."""
    return lambda output: [json.loads(line) for line in output.split("\n")[:-1]]


@pytest.fixture(scope="session")
def project_answerer(
    project_index: Path, model_encoder: Encoder, model_reader: Reader
) -> Answerer:
    """Answers from the real corpus with the real model; for tests marked `model`."""
    retriever = Retriever(SnapshotStore(project_index).open_current(), model_encoder)
    return Answerer(retriever, retriever.snapshot.glossary, model_reader)


@pytest.fixture(scope="session")
def canned_outcomes(project_answerer: Answerer, project: Path) -> list[CheckOutcome]:
    """How all canned checks went with the real model; for tests marked `model`."""
    return run_checks(load_checks([project / "corpus" / "checks"]), project_answerer)
