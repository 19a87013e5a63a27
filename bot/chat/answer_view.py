"""An answer as a Telegram message: the answer, who says so and as of when, evidence folded."""

from collections.abc import Sequence

from bot.answers.reasons import AnswerStatus
from bot.answers.rendering import all_sources, who_says_so
from bot.answers.values import Answer, Citation
from bot.chat.replies import Button, Reply, Rows
from bot.chat.rich_text import RichText, Style
from bot.dates import written
from bot.texts import interface, text

ID_CHARS = 16
"""So much of an answer's id goes into its buttons."""


def short_id(answer: Answer) -> str:
    """What the buttons below an answer carry."""
    return answer.answer_id[:ID_CHARS]


def answer_reply(answer: Answer, language: str, apology: str = "") -> Reply:
    """The answer with its buttons.

    Args:
        answer: Given in the language of the question.
        language: Of the interface.
        apology: Put before the answer.
    """
    body = RichText(f"{apology}\n\n" if apology else "") + answer.text
    if answer.citations:
        body += "\n\n"
        body += RichText(_who_says_so(answer.citations, answer.language)).styled(Style.ITALIC)
        body += "\n\n"
        body += evidence(answer.citations, answer.language)
    return Reply(text=body, rows=answer_rows(answer, language))


def evidence(citations: Sequence[Citation], language: str) -> RichText:
    """Title, quote and all sources of each citation, folded."""
    parts = RichText()
    for position, citation in enumerate(citations):
        parts += "\n" if position else ""
        parts += (
            f"[{citation.number}] {citation.document.metadata.title}\n“{citation.quote.strip()}”\n"
        )
        for line, (label, url) in enumerate(all_sources(citation, language)):
            parts += "\n" if line else ""
            parts += RichText(label).styled(Style.LINK, url) if url else label
    return parts.styled(Style.QUOTE)


def _who_says_so(citations: Sequence[Citation], language: str) -> str:
    lines: dict[str, None] = {}
    for citation in citations:
        line = who_says_so(citation, language)
        as_of = citation.document.metadata.as_of
        if as_of and not citation.is_general_knowledge:
            line += f" · {text('document_as_of', language, date=written(as_of, language))}"
        lines[f"— {line}"] = None
    return "\n".join(lines)


def answer_rows(answer: Answer, language: str) -> Rows:
    """The buttons below an answer."""
    key = short_id(answer)
    rows: list[tuple[Button, ...]] = []
    if answer.citations:
        rows.append(
            (
                Button(interface("helpful", language), f"v:{key}:1"),
                Button(interface("unhelpful", language), f"v:{key}:-1"),
            )
        )
        rows.append(
            (
                Button(interface("sources_button", language), f"s:{key}"),
                Button(interface("more_button", language), f"m:{key}"),
            )
        )
    if answer.status in (
        AnswerStatus.ANSWERED,
        AnswerStatus.UNCLEAR,
        AnswerStatus.NOT_IN_DOCUMENTS,
    ):
        rows += [
            (Button(suggestion, f"q:{key}:{position}"),)
            for position, suggestion in enumerate(answer.suggestions[:3])
        ]
    return tuple(rows)
