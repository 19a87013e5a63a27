"""An answer as plain text: the answer, then who says so and as of when."""

from bot.answers.values import Answer, Citation
from bot.answers.verification import one_line
from bot.dates import written
from bot.texts import text
from index import Document, Source
from index.documents import Confidence


def render(answer: Answer) -> str:
    """The answer with its sources, for the terminal."""
    lines = [answer.text]
    if answer.citations:
        lines += ["", f"{text('sources', answer.language)}:"]
        lines += [_source_lines(citation, answer.language) for citation in answer.citations]
    if answer.nearest:
        lines += ["", *_near_lines(answer)]
    return "\n".join(lines)


def _near_lines(answer: Answer) -> list[str]:
    """What is near a question without an answer, said to be no answer."""
    quotes = [
        f"· {one_line(c.quote)}\n  — {who_says_so(c, answer.language)}" for c in answer.nearest
    ]
    return [text("near_only", answer.language), *quotes]


def _source_lines(citation: Citation, language: str) -> str:
    """Title and first source in one line, each further source in a line of its own."""
    metadata = citation.document.metadata
    first, *further = all_sources(citation, language)
    parts = [f"[{citation.number}] {metadata.title}", first[0]]
    if citation.as_of:
        parts.append(text("document_as_of", language, date=written(citation.as_of, language)))
    lines = [(*parts, first[1]), *further]
    return "\n    ".join(" | ".join(filter(None, line)) for line in lines)


def all_sources(citation: Citation, language: str) -> list[tuple[str, str | None]]:
    """(who says so, address) of each source behind a quote; says so where there is none."""
    stored = [source for source in citation.sources if source.confidence is not Confidence.KNOWN]
    lines = [(who_says_so_source(source, language), source.url) for source in stored]
    if stored and len(stored) < len(citation.sources):
        lines.append((text("partly_general", language), None))
    return lines or [(who_says_so(citation, language), None)]


def who_says_so(citation: Citation, language: str) -> str:
    """Names and dates of those who stand behind a quote, without how their pages were found."""
    return text("semicolon", language).join(name for name, _ in authors(citation, language))


def authors(citation: Citation, language: str) -> list[tuple[str, str | None]]:
    """(name and date, address) of those who stand behind a quote; says so where there is none."""
    if not citation.sources:
        return [(text("no_source", language), None)]
    if citation.is_general_knowledge:
        return [(text("general_source", language), None)]
    found: dict[str, str | None] = {}
    for source in citation.sources:
        if source.confidence is not Confidence.KNOWN:
            date = _day(source, language)
            name = text("published", language, publisher=source.author, date=date)
            found.setdefault(name, source.url)
    return list(found.items())


def who_says_so_source(source: Source, language: str) -> str:
    """All that is known of a source: of a copy who wrote it and who published the page."""
    if source.confidence is Confidence.KNOWN:
        return text("general_source", language)
    name = source.publisher
    if source.author != source.publisher:
        name = text("republished", language, author=source.author, host=source.publisher)
    return text("published", language, publisher=name, date=_day(source, language))


def document_sources(document: Document, language: str) -> list[str]:
    """A line for each who stands behind a document, and one that says as of when it is."""
    lines = [who_says_so_source(source, language) for source in document.metadata.sources]
    as_of = document.metadata.as_of
    if as_of:
        lines.append(text("document_as_of", language, date=written(as_of, language)))
    return list(dict.fromkeys(lines))


def _day(source: Source, language: str) -> str:
    return written(source.published, language) if source.published else text("undated", language)
