"""Documents in, passages out. Knows nothing of Telegram or of answers.

What most of `bot` works with is named here; all else is imported from the module that it lies in.
Names are resolved when first used, so that `smebot --help` loads neither faiss nor onnxruntime.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for type checkers and editors; `X as X` marks what is exported
    from index.build_report import BuildReport as BuildReport
    from index.building import build as build
    from index.documents import Document as Document
    from index.documents import Source as Source
    from index.documents import Topic as Topic
    from index.encoder import Encoder as Encoder
    from index.encoder import Progress as Progress
    from index.encoders import load_encoder as load_encoder
    from index.errors import CorpusIndexError as CorpusIndexError
    from index.glossary import Glossary as Glossary
    from index.manifest import Manifest as Manifest
    from index.partial_date import PartialDate as PartialDate
    from index.publishing import SnapshotStore as SnapshotStore
    from index.reader import Reader as Reader
    from index.readers import load_reader as load_reader
    from index.remark import Remark as Remark
    from index.retriever import Found as Found
    from index.retriever import Retriever as Retriever
    from index.snapshot import Snapshot as Snapshot
    from index.snapshots import snapshot_store as snapshot_store

_HOMES = {
    "BuildReport": "build_report",
    "CorpusIndexError": "errors",
    "Document": "documents",
    "Encoder": "encoder",
    "Found": "retriever",
    "Glossary": "glossary",
    "Manifest": "manifest",
    "PartialDate": "partial_date",
    "Progress": "encoder",
    "Reader": "reader",
    "Remark": "remark",
    "Retriever": "retriever",
    "Snapshot": "snapshot",
    "SnapshotStore": "publishing",
    "Source": "documents",
    "Topic": "documents",
    "build": "building",
    "load_encoder": "encoders",
    "load_reader": "readers",
    "snapshot_store": "snapshots",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    return getattr(import_module(f"index.{_HOMES[name]}"), name)
