"""What is said twice: whole documents under two names, and sentences in two documents."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.documents import Document
from index.language import letters_of
from index.structure import Kind, units

_SHINGLE = 5
_NEAR = 0.6
"""Share of common five-letter runs from which two sentences say the same."""
_MIN_CHARS = 30
"""What has fewer letters is not compared."""
_FEW_SENTENCES = 3
"""Documents of fewer are not compared as a whole."""
_MOST_OF_IT = 0.6
"""Share of its sentences from which a document is another one over again."""
_RUNS, _RUN_CHARS = 40, 12
"""So many runs of letters of the shorter text are looked for in the longer one."""
_TWINS = 3
_MOST_LOOKED_AT = 50
"""Of the sentences that have a run: one that thousands have tells nothing."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """What a document repeats: one of another's sentences, or all or most of it."""

    document: Document
    twin: Document
    sentence: str = ""
    """Its first line; empty where the documents as a whole are alike."""
    said_there: str = ""
    is_same: bool = False
    """Whether the whole texts agree letter for letter."""


def repetitions(documents: Sequence[Document]) -> Iterator[Repetition]:
    """What documents say that an earlier one of another name says as well.

    A document that is another one over again is told as such, not sentence by sentence.
    """
    first: dict[str, Document] = {}
    others: list[Document] = []
    for document in documents:
        letters = letters_of(document.text)
        twin = first.setdefault(letters, document)
        if twin.stem != document.stem and len(letters) >= _MIN_CHARS:
            yield Repetition(document, twin, is_same=True)
        else:
            others.append(document)
    found: dict[str, list[Repetition]] = defaultdict(list)
    counted: Counter[str] = Counter()
    for document, repetition in _sentences(others):
        counted[document.id] += 1
        if repetition:
            found[document.id].append(repetition)
    for identity, repeated in found.items():
        yield from _summed_up(repeated, counted[identity])


def likeness(one: str, other: str) -> float:
    """Share of the shorter text that stands in the longer one, from 0 to 1, about."""
    shorter, longer = sorted((letters_of(one), letters_of(other)), key=len)
    if len(shorter) < _MIN_CHARS:  # it stands in too many texts
        return float(bool(shorter) and shorter == longer)
    last = len(shorter) - _RUN_CHARS
    starts = {last * number // max(1, _RUNS - 1) for number in range(_RUNS)}
    return sum(shorter[at : at + _RUN_CHARS] in longer for at in starts) / len(starts)


def shingles(letters: str) -> set[str]:
    """The runs of five letters in a text."""
    return {letters[i : i + _SHINGLE] for i in range(max(1, len(letters) - _SHINGLE + 1))}


def alike(
    wanted: set[str], seen: Mapping[str, Sequence[int]], known: Sequence[set[str]]
) -> Iterator[int]:
    """The positions of the sentences that are most like one, as far as they say the same.

    Args:
        wanted: Its runs of letters.
        seen: In which sentences a run stands.
        known: The runs of each sentence.
    """
    common = Counter(other for run in wanted for other in seen.get(run, ())[-_MOST_LOOKED_AT:])
    for other, _ in common.most_common(_TWINS):
        if len(wanted & known[other]) / len(wanted | known[other]) >= _NEAR:
            yield other


def _sentences(documents: Sequence[Document]) -> Iterator[tuple[Document, Repetition | None]]:
    """Each sentence's document, and what the sentence repeats."""
    seen: dict[str, list[int]] = defaultdict(list)
    known: list[set[str]] = []
    said: list[tuple[Document, str]] = []
    for document in documents:
        for unit in units(document.text):
            text = document.text[unit.quote_start : unit.end]
            if unit.kind is Kind.HEADING or len(text) < _MIN_CHARS:
                continue
            runs = shingles(letters_of(text))
            twins = (said[at] for at in alike(runs, seen, known))
            twin = next((each for each in twins if each[0].stem != document.stem), None)
            yield document, _repeated(document, text, twin) if twin else None
            for run in runs:
                seen[run].append(len(said))
            known.append(runs)
            said.append((document, text))


def _repeated(document: Document, text: str, twin: tuple[Document, str]) -> Repetition:
    other, said_there = twin
    return Repetition(document, other, text.partition("\n")[0], said_there)


def _summed_up(repeated: list[Repetition], sentences: int) -> Iterator[Repetition]:
    """One for the whole document where most of it is one other's."""
    twins = Counter(each.twin.id for each in repeated)
    twin, count = twins.most_common(1)[0]
    if sentences < _FEW_SENTENCES or count < _MOST_OF_IT * sentences:
        yield from repeated
        return
    whole = next(each for each in repeated if each.twin.id == twin)
    yield Repetition(whole.document, whole.twin)
    yield from (each for each in repeated if each.twin.id != twin)
