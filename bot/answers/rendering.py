"""An answer as plain text: the answer, then who says so and as of when."""

from bot.answers.dates import written
from bot.answers.values import Answer, Citation
from bot.texts import text
from index import Confidence, Source


def render(answer: Answer) -> str:
    """The answer with its sources, for the terminal."""
    lines = [answer.text]
    if answer.citations:
        lines += ["", f"{text('sources', answer.language)}:"]
        lines += [_source_line(citation, answer.language) for citation in answer.citations]
    return "\n".join(lines)


def _source_line(citation: Citation, language: str) -> str:
    metadata = citation.document.metadata
    parts = [f"[{citation.number}] {metadata.title}", who_says_so(citation, language)]
    if metadata.as_of and not citation.is_general_knowledge:
        parts.append(text("document_as_of", language, date=written(metadata.as_of, language)))
    if citation.source and citation.source.url:
        parts.append(citation.source.url)
    return " | ".join(parts)


def who_says_so(citation: Citation, language: str) -> str:
    """Publisher and date of what stands behind a quote."""
    if citation.source is None:
        return text("no_source", language)
    return who_says_so_source(citation.source, language)


def who_says_so_source(source: Source, language: str) -> str:
    """Publisher and date of a source; a re-posted copy names the original publisher first."""
    if source.confidence is Confidence.KNOWN:
        return text("general_source", language)
    day = written(source.published, language) if source.published else text("undated", language)
    names = dict.fromkeys(filter(None, [source.original_publisher, source.publisher]))
    return text("published", language, publisher=" / ".join(names), date=day)
