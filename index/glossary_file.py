"""Reads `glossary.yaml` of the corpus, and refuses one that is not sound."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from index.errors import DocumentError, GlossaryError
from index.glossary import Entry, Glossary, fold
from index.loading import corpus_text, load_yaml
from index.loading.files import is_there
from index.validation import explain

GLOSSARY_FILE = "glossary.yaml"


def load_glossary(directories: Sequence[Path]) -> Glossary:
    """The entries of `glossary.yaml` in the corpus directories; none if there is no such file.

    Raises:
        GlossaryError: An entry is not sound, an id stands twice, or a form belongs to two
            entries that do not both call it ambiguous.
    """
    entries: dict[str, Entry] = {}
    for path in (directory / GLOSSARY_FILE for directory in directories):
        if not is_there(path):
            continue
        for entry in _read(path):
            if entry.id in entries:
                raise GlossaryError(f"{path}: the id {entry.id!r} stands twice")
            entries[entry.id] = entry
        _refuse_shared_forms(path, list(entries.values()))
    return Glossary(list(entries.values()))


def _read(path: Path) -> list[Entry]:
    try:
        content = load_yaml(corpus_text(path, path.parent), path)
    except DocumentError as error:
        raise GlossaryError(str(error)) from error
    if not isinstance(content, list):
        raise GlossaryError(f"{path}: must be a list of entries")
    entries = []
    for number, value in enumerate(content, 1):
        try:
            entries.append(Entry.model_validate(value))
        except ValidationError as error:
            name = (value.get("id") if isinstance(value, dict) else None) or number
            raise GlossaryError(f"{path}, entry {name}: {explain(error, Entry)}") from error
    return entries


def _refuse_shared_forms(path: Path, entries: Sequence[Entry]) -> None:
    owners: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for form in dict.fromkeys(fold(form) for form in entry.all_forms()):
            owners[form].append(entry)
    for form, sharing in owners.items():
        if len(sharing) > 1 and not all(form in map(fold, e.ambiguous) for e in sharing):
            names = " and ".join(entry.id for entry in sharing)
            raise GlossaryError(
                f"{path}: the form {form!r} belongs to {names}: take it from one, "
                "or list it under `ambiguous` of both"
            )
