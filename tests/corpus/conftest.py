"""The real corpus and the map from facts to its documents."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from index.loading import Loaded, load_corpus
from index.loading.front_matter import load_yaml

_FACTS = Path(__file__).parent / "facts"
_NUMBERS, _SEED, _CHANGES = "numbers.yaml", "seed.yaml", "changes.yaml"


@dataclass(frozen=True)
class FactMap:
    """Where each fact stands; `entries` has an entry for each line of the map's files."""

    entries: tuple[tuple[str, tuple[str, ...]], ...]
    seed: tuple[str, ...]
    numbers: dict[str, frozenset[Decimal]]
    changes: dict[str, dict[str, str]]
    """Older facts that newer ones replace, extend or date: the document, and a check, of today."""

    @property
    def documents(self) -> dict[str, tuple[str, ...]]:
        return dict(self.entries)


def _read(path: Path) -> dict:
    content = load_yaml(path.read_text("utf-8"), path)  # refuses a key that stands twice
    assert isinstance(content, dict)
    return content


@pytest.fixture(scope="session")
def fact_map() -> FactMap:
    """What `facts/*.yaml` say."""
    topics = [
        path for path in sorted(_FACTS.iterdir()) if path.name not in (_NUMBERS, _SEED, _CHANGES)
    ]
    return FactMap(
        entries=tuple((k, tuple(v)) for path in topics for k, v in _read(path).items()),
        seed=tuple(_read(_FACTS / _SEED)["seed"]),
        numbers={
            fact: frozenset(Decimal(str(value)).normalize() for value in values)
            for fact, values in _read(_FACTS / _NUMBERS).items()
        },
        changes=_read(_FACTS / _CHANGES),
    )


@pytest.fixture(scope="session")
def real_corpus(project: Path) -> Loaded:
    """All documents of `seeds/` and `corpus/`."""
    return load_corpus([project / "seeds", project / "corpus"])
