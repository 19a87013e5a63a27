"""Documents in, passages out. Knows nothing of Telegram or of answers.

Names are resolved when first used, so that `smebot --help` loads neither faiss nor onnxruntime.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for type checkers and editors; `X as X` marks what is exported
    from index.adding import NewFile as NewFile
    from index.adding import add_document as add_document
    from index.adding import files_of as files_of
    from index.adding import held_as as held_as
    from index.arrival import Arrival as Arrival
    from index.arrival import inherit as inherit
    from index.arrival import publishers_named as publishers_named
    from index.arrival import read_arrival as read_arrival
    from index.build_engine import BuildEngine as BuildEngine
    from index.build_engines import LocalEngine as LocalEngine
    from index.build_engines import ray_engine as ray_engine
    from index.build_report import BuildReport as BuildReport
    from index.building import build as build
    from index.building import build_documents as build_documents
    from index.building import compare as compare
    from index.building import served_documents as served_documents
    from index.cli import CorpusOption as CorpusOption
    from index.cli import DataOption as DataOption
    from index.cli import corpus_commands as corpus_commands
    from index.cli import index_commands as index_commands
    from index.comparing import SnapshotChanges as SnapshotChanges
    from index.comparing import compare_snapshots as compare_snapshots
    from index.constraints import THINGS as THINGS
    from index.constraints import Constraints as Constraints
    from index.constraints import asks_number as asks_number
    from index.constraints import read_constraints as read_constraints
    from index.dates import dates_in as dates_in
    from index.documents import CHECKS_FOLDER as CHECKS_FOLDER
    from index.documents import Audience as Audience
    from index.documents import Certainty as Certainty
    from index.documents import Change as Change
    from index.documents import ChangeStatus as ChangeStatus
    from index.documents import Confidence as Confidence
    from index.documents import Document as Document
    from index.documents import EventFacts as EventFacts
    from index.documents import FinancingFacts as FinancingFacts
    from index.documents import Hit as Hit
    from index.documents import Metadata as Metadata
    from index.documents import NotCovered as NotCovered
    from index.documents import Source as Source
    from index.documents import Topic as Topic
    from index.documents import ZoneFacts as ZoneFacts
    from index.due import HORIZONS as HORIZONS
    from index.due import Due as Due
    from index.due import DueReason as DueReason
    from index.due import what_is_due as what_is_due
    from index.duplicates import likeness as likeness
    from index.durable import replace_text as replace_text
    from index.embedding_cache import embed as embed
    from index.encoder import Encoder as Encoder
    from index.encoder import Progress as Progress
    from index.encoder import Vectors as Vectors
    from index.encoder import no_progress as no_progress
    from index.encoders import BUNDLED_MODEL as BUNDLED_MODEL
    from index.encoders import load_encoder as load_encoder
    from index.encoders.arithmetic import told_arithmetic as told_arithmetic
    from index.encoders.float32_folder import float32_folder as float32_folder
    from index.errors import BuildLockedError as BuildLockedError
    from index.errors import CorpusIndexError as CorpusIndexError
    from index.errors import DocumentError as DocumentError
    from index.errors import EncoderMismatchError as EncoderMismatchError
    from index.errors import ModelError as ModelError
    from index.errors import OutdatedSnapshotError as OutdatedSnapshotError
    from index.errors import PublicationBlockedError as PublicationBlockedError
    from index.errors import SettingsError as SettingsError
    from index.errors import SnapshotError as SnapshotError
    from index.evaluation import LabelledQuestion as LabelledQuestion
    from index.evaluation import LabelledSet as LabelledSet
    from index.evaluation import Ranks as Ranks
    from index.evaluation import auroc as auroc
    from index.evaluation import find_sets as find_sets
    from index.evaluation import load_set as load_set
    from index.evaluation import wilson as wilson
    from index.facts import Facts as Facts
    from index.facts import facts_of as facts_of
    from index.glossary import Entry as Entry
    from index.glossary import EntryKind as EntryKind
    from index.glossary import Glossary as Glossary
    from index.glossary import aligned as aligned
    from index.glossary import fold as fold
    from index.glossary_file import load_glossary as load_glossary
    from index.keeping import kept_with as kept_with
    from index.language import TOLD as TOLD
    from index.language import UNKNOWN as UNKNOWN
    from index.language import canonical as canonical
    from index.language import language_of as language_of
    from index.language import letters_of as letters_of
    from index.language import primary as primary
    from index.language import to_simplified as to_simplified
    from index.language import to_traditional as to_traditional
    from index.language import to_traditional_wording as to_traditional_wording
    from index.lexical import words as words
    from index.loading import MOST_FOREIGN_BYTES as MOST_FOREIGN_BYTES
    from index.loading import load_corpus as load_corpus
    from index.loading import load_yaml as load_yaml
    from index.manifest import Manifest as Manifest
    from index.matching import matches as matches
    from index.matching import sentence_matches as sentence_matches
    from index.numbers import chinese_number as chinese_number
    from index.numbers import numbers_in as numbers_in
    from index.partial_date import PartialDate as PartialDate
    from index.places import PROVINCES as PROVINCES
    from index.places import REGIONS as REGIONS
    from index.places import concern as concern
    from index.places import countries_in as countries_in
    from index.places import country_name as country_name
    from index.places import place_spans as place_spans
    from index.places import province_name as province_name
    from index.places import province_of as province_of
    from index.processors import cores as cores
    from index.publishing import SnapshotStore as SnapshotStore
    from index.reader import Probabilities as Probabilities
    from index.reader import Reader as Reader
    from index.reader import in_conversation as in_conversation
    from index.reader import readable as readable
    from index.readers import BUNDLED_READER as BUNDLED_READER
    from index.readers import load_reader as load_reader
    from index.remark import Remark as Remark
    from index.retriever import Found as Found
    from index.retriever import Retriever as Retriever
    from index.settings import Folder as Folder
    from index.settings import IndexSettings as IndexSettings
    from index.settings import load_settings as load_settings
    from index.settings import names_of as names_of
    from index.settings import refuse_unknown as refuse_unknown
    from index.settings import secrets_in_file as secrets_in_file
    from index.shipped import CORPUS_FOLDERS as CORPUS_FOLDERS
    from index.shipped import HOW_TO_OWN as HOW_TO_OWN
    from index.shipped import is_shipped as is_shipped
    from index.shipped import shipped_root as shipped_root
    from index.snapshot import Snapshot as Snapshot
    from index.snapshots import fetch_snapshot as fetch_snapshot
    from index.snapshots import shared_place as shared_place
    from index.snapshots import snapshot_store as snapshot_store
    from index.snapshots import vector_engine as vector_engine
    from index.structure import MAX_QUOTE_CHARS as MAX_QUOTE_CHARS
    from index.structure import Kind as Kind
    from index.structure import sentence_spans as sentence_spans
    from index.structure import units as units
    from index.terminal import EXIT_DONE as EXIT_DONE
    from index.terminal import EXIT_FAILED as EXIT_FAILED
    from index.terminal import EXIT_USAGE as EXIT_USAGE
    from index.terminal import describe as describe
    from index.terminal import may as may
    from index.terminal import progress_bar as progress_bar
    from index.terminal import remark_of as remark_of
    from index.terminal import report_error as report_error
    from index.terminal import run_guarded as run_guarded
    from index.terminal import say as say
    from index.times import EDITION as EDITION
    from index.times import YEAR as YEAR
    from index.times import counted_on as counted_on
    from index.times import editions_in as editions_in
    from index.times import with_years as with_years
    from index.times import years_in as years_in
    from index.validation import explain as explain
    from index.validation import explain_json as explain_json
    from index.validation import meant as meant
    from index.validation import written_like as written_like
    from index.warming import warm_up as warm_up

_HOMES = {
    "adding": (
        "NewFile",
        "add_document",
        "files_of",
        "held_as",
    ),
    "arrival": (
        "Arrival",
        "inherit",
        "publishers_named",
        "read_arrival",
    ),
    "constraints": (
        "Constraints",
        "THINGS",
        "asks_number",
        "read_constraints",
    ),
    "matching": (
        "matches",
        "sentence_matches",
    ),
    "facts": (
        "Facts",
        "facts_of",
    ),
    "times": (
        "counted_on",
        "EDITION",
        "YEAR",
        "editions_in",
        "with_years",
        "years_in",
    ),
    "building": (
        "compare",
        "served_documents",
        "build",
        "build_documents",
    ),
    "cli": (
        "CorpusOption",
        "DataOption",
        "corpus_commands",
        "index_commands",
    ),
    "processors": ("cores",),
    "dates": ("dates_in",),
    "documents": (
        "CHECKS_FOLDER",
        "Audience",
        "Certainty",
        "Change",
        "ChangeStatus",
        "Confidence",
        "Document",
        "EventFacts",
        "FinancingFacts",
        "Hit",
        "Metadata",
        "NotCovered",
        "Source",
        "Topic",
        "ZoneFacts",
    ),
    "build_engine": ("BuildEngine",),
    "build_engines": (
        "LocalEngine",
        "ray_engine",
    ),
    "build_report": ("BuildReport",),
    "comparing": (
        "SnapshotChanges",
        "compare_snapshots",
    ),
    "manifest": ("Manifest",),
    "snapshot": ("Snapshot",),
    "due": (
        "HORIZONS",
        "DueReason",
        "Due",
        "what_is_due",
    ),
    "duplicates": ("likeness",),
    "embedding_cache": ("embed",),
    "encoder": (
        "Encoder",
        "Progress",
        "Vectors",
        "no_progress",
    ),
    "reader": (
        "Probabilities",
        "Reader",
        "in_conversation",
        "readable",
    ),
    "readers": (
        "BUNDLED_READER",
        "load_reader",
    ),
    "encoders.arithmetic": ("told_arithmetic",),
    "encoders.float32_folder": ("float32_folder",),
    "encoders": (
        "BUNDLED_MODEL",
        "load_encoder",
    ),
    "errors": (
        "BuildLockedError",
        "EncoderMismatchError",
        "PublicationBlockedError",
        "CorpusIndexError",
        "DocumentError",
        "ModelError",
        "OutdatedSnapshotError",
        "SettingsError",
        "SnapshotError",
    ),
    "evaluation": (
        "LabelledQuestion",
        "LabelledSet",
        "Ranks",
        "auroc",
        "find_sets",
        "load_set",
        "wilson",
    ),
    "glossary": (
        "Entry",
        "EntryKind",
        "Glossary",
        "aligned",
        "fold",
    ),
    "glossary_file": ("load_glossary",),
    "keeping": ("kept_with",),
    "language": (
        "canonical",
        "TOLD",
        "UNKNOWN",
        "language_of",
        "letters_of",
        "primary",
        "to_simplified",
        "to_traditional",
        "to_traditional_wording",
    ),
    "lexical": ("words",),
    "loading": (
        "MOST_FOREIGN_BYTES",
        "load_corpus",
        "load_yaml",
    ),
    "numbers": (
        "chinese_number",
        "numbers_in",
    ),
    "partial_date": ("PartialDate",),
    "places": (
        "PROVINCES",
        "REGIONS",
        "concern",
        "countries_in",
        "place_spans",
        "province_name",
        "province_of",
        "country_name",
    ),
    "durable": ("replace_text",),
    "publishing": ("SnapshotStore",),
    "remark": ("Remark",),
    "retriever": (
        "Found",
        "Retriever",
    ),
    "shipped": (
        "CORPUS_FOLDERS",
        "HOW_TO_OWN",
        "is_shipped",
        "shipped_root",
    ),
    "settings": (
        "Folder",
        "IndexSettings",
        "load_settings",
        "names_of",
        "refuse_unknown",
        "secrets_in_file",
    ),
    "snapshots": (
        "fetch_snapshot",
        "shared_place",
        "snapshot_store",
        "vector_engine",
    ),
    "structure": (
        "Kind",
        "MAX_QUOTE_CHARS",
        "sentence_spans",
        "units",
    ),
    "terminal": (
        "EXIT_DONE",
        "EXIT_FAILED",
        "EXIT_USAGE",
        "describe",
        "may",
        "progress_bar",
        "remark_of",
        "report_error",
        "run_guarded",
        "say",
    ),
    "validation": (
        "explain",
        "explain_json",
        "meant",
        "written_like",
    ),
    "warming": ("warm_up",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    return getattr(import_module(f"index.{_HOME_OF[name]}"), name)
