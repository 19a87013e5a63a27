"""Documents in, passages out. Knows nothing of Telegram or of answers.

Names are resolved when first used, so that `smebot --help` loads neither faiss nor onnxruntime.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.building import BuildReport, Changes, build, build_documents, compare
    from index.cli import corpus_commands, index_commands
    from index.documents import (
        Audience,
        Certainty,
        Confidence,
        Document,
        EventFacts,
        FinancingFacts,
        FinancingKind,
        Hit,
        PartialDate,
        Passage,
        Source,
        Topic,
        ZoneFacts,
        ZoneKind,
    )
    from index.encoder import Encoder, Progress
    from index.encoders import BUNDLED_MODEL, load_encoder
    from index.errors import (
        BuildLockedError,
        CorpusIndexError,
        DocumentError,
        EncoderMismatchError,
        ModelError,
        NoDocumentsError,
        SettingsError,
        SnapshotError,
    )
    from index.evaluation import (
        LabelledQuestion,
        LabelledSet,
        Ranks,
        auroc,
        find_sets,
        load_set,
        wilson,
    )
    from index.glossary import Entry, EntryKind, Glossary, Mention, load_glossary
    from index.language import UNKNOWN, language_of, primary, to_simplified, to_traditional
    from index.lexical import words
    from index.loading import load_corpus, load_yaml
    from index.numbers import chinese_number, numbers_in
    from index.places import (
        PROVINCES,
        countries_in,
        country_name,
        province_name,
        provinces_in,
        regions_in,
    )
    from index.publishing import SnapshotStore
    from index.retriever import Found, Retriever
    from index.settings import IndexSettings, load_settings, names_of, refuse_unknown
    from index.snapshot import Manifest, Snapshot, verify
    from index.structure import Kind, sentences, units
    from index.terminal import (
        EXIT_DONE,
        EXIT_FAILED,
        EXIT_USAGE,
        progress_bar,
        report_error,
        run_guarded,
        say,
    )

_HOMES = {
    "building": "BuildReport Changes build build_documents compare",
    "documents": "Audience Certainty Confidence Document EventFacts FinancingFacts FinancingKind Hit "
    "PartialDate Passage Source Topic ZoneFacts ZoneKind",
    "encoder": "Encoder Progress",
    "encoders": "BUNDLED_MODEL load_encoder",
    "errors": "BuildLockedError CorpusIndexError DocumentError EncoderMismatchError ModelError "
    "NoDocumentsError SettingsError SnapshotError",
    "evaluation": "LabelledQuestion LabelledSet Ranks auroc find_sets load_set wilson",
    "glossary": "Entry EntryKind Glossary Mention load_glossary",
    "language": "UNKNOWN language_of primary to_simplified to_traditional",
    "lexical": "words",
    "loading": "load_corpus load_yaml",
    "numbers": "chinese_number numbers_in",
    "places": "PROVINCES countries_in country_name province_name provinces_in regions_in",
    "publishing": "SnapshotStore",
    "retriever": "Found Retriever",
    "settings": "IndexSettings load_settings names_of refuse_unknown",
    "snapshot": "Manifest Snapshot verify",
    "terminal": "EXIT_DONE EXIT_FAILED EXIT_USAGE progress_bar report_error run_guarded say",
    "cli": "corpus_commands index_commands",
    "structure": "Kind sentences units",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = sorted(_HOME_OF)  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    return getattr(import_module(f"index.{_HOME_OF[name]}"), name)
