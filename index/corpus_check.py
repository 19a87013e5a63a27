"""Is the corpus sound? Every finding names file and line."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import accumulate, chain
from pathlib import Path

from index.contradictions import contradictions
from index.corpus_report import CorpusReport, Finding
from index.date_check import odd_dates
from index.documents import Document, Topic, sources_named
from index.duplicates import repetitions
from index.errors import GlossaryError
from index.fact_check import Fault, disagreements
from index.finding_memory import Check, findings_of
from index.gap_check import declared_gaps
from index.glossary import Glossary
from index.glossary_file import load_glossary
from index.language import language_of, primary
from index.loading import Loaded, Origin, corpus_text, load_corpus
from index.memory import Memory, key_of
from index.remark import Remark
from index.rule_check import rules_without_source
from index.structure import Kind, units
from index.version_check import unlike_versions

_HOUSE_FORMAT = ".md"
_TELLING_CHARS = 20_000
"""So much of a text tells its language."""


def check_corpus(directories: Sequence[Path], today: date) -> CorpusReport:
    """Check documents, their versions, their typed facts and the glossary.

    Raises:
        NoDocumentsError: There is nothing to check.
    """
    report, checker = _checked(load_corpus(directories), directories, today, Memory())
    documents = report.loaded.documents
    return replace(
        report,
        findings=(
            *report.findings,
            *checker.contradicted(documents),
            *checker.repeated(documents),
        ),
        notes=tuple(note for document in documents for note in checker.notes(document)),
    )


def check_loaded(
    loaded: Loaded, directories: Sequence[Path], today: date, memory: Memory
) -> CorpusReport:
    """Check a corpus that is already read; without near duplicates, which take long."""
    return _checked(loaded, directories, today, memory)[0]


def _checked(
    loaded: Loaded, directories: Sequence[Path], today: date, memory: Memory
) -> tuple[CorpusReport, "_Checker"]:
    """All findings but what documents say twice or otherwise: that takes long and is no error."""
    problems = list(loaded.problems)
    try:
        glossary = load_glossary(directories)
    except GlossaryError as error:
        problems.append(error)
        glossary = Glossary()
    checker = _Checker(loaded.origins, glossary, today)
    checks = chain(checker.documents(loaded.documents), checker.versions(loaded.documents))
    findings = tuple(findings_of(checks, memory))
    return CorpusReport(loaded, glossary, tuple(problems), findings), checker


@dataclass(frozen=True, slots=True)
class _Checker:
    origins: Mapping[str, Origin]
    glossary: Glossary
    today: date

    def _finding(
        self, document: Document, place: str, remark: Remark, *, is_error: bool = True
    ) -> Finding:
        """A finding at a key of the front matter (`topic:`), or at a sentence of the text."""
        origin = self.origins[document.id]
        line = self._line_of(document, origin, place)
        return Finding(replace(remark, path=str(origin.path), line=line), is_error)

    def _line_of(self, document: Document, origin: Origin, place: str) -> int:
        if not origin.has_lines:
            return 0
        if not place:
            return 1
        if origin.lines and not place.endswith(":"):
            return origin.line_of(max(0, document.text.find(place)))
        rows = corpus_text(origin.path, origin.directory).split("\n")
        body = next((n for n, row in enumerate(rows[1:], 2) if row.rstrip() == "---"), 0)
        if place.endswith(":"):
            key = re.compile(rf"^[\s{{-]*(?:\w+: *\{{)?.*?(?<![\w-]){re.escape(place)}")
            return next((n for n, row in enumerate(rows[:body], 1) if key.match(row)), 1)
        return next((n for n, row in enumerate(rows, 1) if n > body and place in row), 1)

    def documents(self, documents: Sequence[Document]) -> Iterator[Check]:
        """What is wrong with each document by itself."""
        for document in documents:
            dates = tuple(odd_dates(document, self.today))  # all else is found on every day
            told = [f"{key}: {remark}" for key, remark in dates]
            yield self._key([document], *told), partial(self._document, document, dates)

    def _key(self, documents: Sequence[Document], *more: str) -> bytes:
        """The key of what is found in some documents; empty if they are not known well enough."""
        parts: list[str | bytes] = [self.glossary.digest]
        for document in documents:
            origin = self.origins[document.id]
            if not origin.content:
                return b""
            parts += [document.id, str(origin.path), origin.content]
        return key_of("findings", *parts, *more)

    def _document(self, document: Document, dates: Sequence[Fault]) -> Iterator[Finding]:
        metadata = document.metadata
        folder = document.id.partition("/")[0]
        if metadata.topic and folder in set(Topic) and metadata.topic != folder:
            text = "topic {topic} lies in another topic's folder"
            remark = Remark.of("topic_folder", text, topic=metadata.topic)
            yield self._finding(document, "topic:", remark)
        found = language_of(document.text[:_TELLING_CHARS])
        if primary(found) != primary(metadata.language):
            remark = Remark.of("other_language", "the text is in '{language}'", language=found)
            yield self._finding(document, "language:", remark)
        yield from self._sources(document)
        for key, remark in dates:
            yield self._finding(document, f"{key}:", remark)
        for key, remark in disagreements(document, self.glossary):
            yield self._finding(document, f"{key.removesuffix(':')}:", remark)
        for sentence in declared_gaps(document):
            text = "says what is not held: move it to `not_covered` of the front matter"
            remark = Remark.of("declared_gap", text)
            yield self._finding(document, sentence.split("\n")[0], remark, is_error=False)

    def notes(self, document: Document) -> Iterator[Finding]:
        """Rules in a document that nobody could look up."""
        for rule in rules_without_source(document):
            first_line = rule.split("\n")[0]
            text = "rests on general knowledge alone: {sentence}"
            remark = Remark.of("general_knowledge", text, sentence=first_line[:60])
            yield self._finding(document, first_line, remark)

    def _sources(self, document: Document) -> Iterator[Finding]:
        metadata = document.metadata
        if not metadata.sources:
            remark = Remark.of("no_source", "the document names no source")
            yield self._finding(document, "", remark, is_error=False)
        used = {position for span in document.source_spans for position in span.sources}
        for position in range(len(metadata.sources)):
            if self._has_marks(document) and position not in used:
                text = "no sentence carries the mark [^{number}]"
                remark = Remark.of("unused_source", text, number=position + 1)
                yield self._finding(document, "sources:", remark, is_error=False)
        for caveat in metadata.caveats:
            if any(position >= len(metadata.sources) for position in sources_named(caveat)):
                text = "a caveat has the mark of a source that is not listed: {caveat}"
                remark = Remark.of("unlisted_source", text, caveat=caveat[-40:])
                yield self._finding(document, "caveats:", remark)
        if document.source_spans:
            yield from self._unmarked(document)

    def _has_marks(self, document: Document) -> bool:
        """Whether its sentences can name their sources; what others wrote cannot."""
        return self.origins[document.id].path.suffix.lower() == _HOUSE_FORMAT

    def _unmarked(self, document: Document) -> Iterator[Finding]:
        """Sentences without a source, in a document that marks its sources."""
        spans = sorted((span.start, span.end) for span in document.source_spans)
        starts = [start for start, _ in spans]
        reach = list(accumulate((end for _, end in spans), max))
        origin = self.origins[document.id]
        for unit in units(document.text):
            before = bisect_left(starts, unit.end)
            is_covered = before > 0 and reach[before - 1] > unit.start
            if unit.kind is not Kind.HEADING and not is_covered:
                remark = Remark.of("no_mark", "a sentence without a source mark such as [^1]")
                line = origin.line_of(unit.start)
                yield Finding(replace(remark, path=str(origin.path), line=line))

    def versions(self, documents: Sequence[Document]) -> Iterator[Check]:
        """What differs between the language versions of a document and must not."""
        families: dict[str, dict[str, Document]] = defaultdict(dict)
        for document in documents:
            families[document.stem][document.metadata.language] = document
        for family in families.values():
            first = next(iter(family.values()))
            if first.metadata.topic is None or not (self._has_marks(first) or len(family) > 1):
                continue  # what others wrote need not be translated
            key = self._key(list(family.values()), "versions")
            yield key, partial(self._unlike, family)

    def _unlike(self, family: Mapping[str, Document]) -> Iterator[Finding]:
        for each in unlike_versions(family):
            yield self._finding(each.document, each.place, each.remark, is_error=each.is_error)

    def repeated(self, documents: Sequence[Document]) -> Iterator[Finding]:
        """What another document says in the same or nearly the same letters."""
        for each in repetitions(documents):
            path = self.origins[each.twin.id].path
            if each.sentence:
                name, text = "near_sentence", "says nearly what {other} says: {sentence}…"
            elif each.is_same:
                name, text = "same_text", "the same text as {other}: delete one of them"
            else:
                name = "near_text"
                text = "most of it stands in {other} as well: delete the older, or part them"
            sentence = each.said_there[:40] if each.sentence else ""
            remark = Remark.of(name, text, other=path, sentence=sentence)
            yield self._finding(each.document, each.sentence, remark, is_error=False)

    def contradicted(self, documents: Sequence[Document]) -> Iterator[Finding]:
        """What another document in force gives other numbers for."""
        for each in contradictions(documents, self.glossary, self.today):
            path = self.origins[each.other.id].path
            text = "other numbers in {other}: {sentence}: which of them is right?"
            said = each.said_there[:80]
            remark = Remark.of("other_numbers", text, other=path, sentence=said)
            yield self._finding(each.document, each.sentence, remark, is_error=False)


def coverage(documents: Sequence[Document]) -> dict[str, Counter[str]]:
    """How many documents there are by topic and language, by country, by year of their figures."""
    tables: dict[str, Counter[str]] = {
        "topic, language": Counter(),
        "country": Counter(),
        "year": Counter(),
    }
    for document in documents:
        metadata = document.metadata
        tables["topic, language"][f"{metadata.topic or '-'}, {metadata.language}"] += 1
        tables["country"].update(metadata.countries or ["-"])
        tables["year"][str(metadata.as_of.first.year) if metadata.as_of else "undated"] += 1
    return tables
