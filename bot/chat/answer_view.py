"""An answer as a Telegram message: the answer, who says so and as of when, evidence folded."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from bot.answers.reasons import AnswerStatus
from bot.answers.rendering import all_sources, authors
from bot.answers.values import Answer, Citation, PartAnswer
from bot.answers.verification import in_lines, one_line, quoted
from bot.chat.picture import has_picture
from bot.chat.replies import CALLBACK_BYTES, Button, Reply, Rows, in_full
from bot.chat.rich_text import RichText, Style, bold, is_link, joined
from bot.dates import written
from bot.lists.kinds import DOCUMENTS
from bot.texts import in_script_of, interface, text
from index.language import primary

ID_CHARS = 16
"""So much of an answer's id goes into its buttons."""
_IN_ROW = 3
"""Buttons that open sources."""
_MOST_SUGGESTIONS = 3
_WITH_SUGGESTIONS = (AnswerStatus.ANSWERED, AnswerStatus.UNCLEAR, AnswerStatus.NOT_IN_DOCUMENTS)
_LATIN = re.compile(r"[A-Za-z]")
_GLOSS = re.compile(
    r"(?<=[\u3400-\u9fff）”》])[（(](?=[^）)]* )(?=[^）)]*[a-z])[A-Za-z][A-Za-z'’&,\- ]*[）)]"
)
"""What something is called in English, in brackets behind its Chinese name: several words.

One word or letters alone may be what it is known by: 外汇管理局（SAFE）. None has a number in it.
"""
PICTURE, BRIEF = "t:", "d:"
"""What the data of buttons begins with that bring an answer as a picture or as a brief."""
_VOTED = "✓ "
"""Before the vote that somebody gave."""


def short_id(answer: Answer) -> str:
    """What the buttons below an answer carry."""
    return answer.answer_id[:ID_CHARS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """What the buttons below an answer are made of; an answer has it, and what is kept of one."""

    answer_id: str
    status: str
    cited: Set[str]
    """Documents."""
    passages: Sequence[str]
    """All that were found."""
    suggestions: Sequence[str]
    file: str = ""
    """Data of the button that brings the answer as a file; empty if none does."""

    @property
    def has_more(self) -> bool:
        """Whether more was found than is quoted."""
        return any(passage.partition("@")[0] not in self.cited for passage in self.passages)


def below(answer: Answer) -> Below:
    """What the buttons below an answer are made of."""
    return Below(
        answer_id=short_id(answer),
        status=answer.status,
        cited={citation.document.id for citation in answer.citations},
        passages=[hit.passage for hit in answer.hits],
        suggestions=answer.suggestions,
        file=_file(answer),
    )


def _file(answer: Answer) -> str:
    """What brings an answer as a file: a comparison as a picture, a list as a brief."""
    if answer.comparison and has_picture(answer.comparison, answer.as_of):
        return f"{PICTURE}{short_id(answer)}"
    data = f"{BRIEF}{answer.language}:{answer.brief}" if answer.brief else ""
    return data if len(data.encode()) <= CALLBACK_BYTES else ""


def answer_reply(answer: Answer, language: str, apology: str = "") -> Reply:
    """The answer with its buttons.

    Args:
        answer: Given in the language of the question.
        language: Of the interface.
        apology: Put before the answer.
    """
    whole = answer_text(answer, apology) + further(answer)
    return Reply(text=whole, rows=answer_rows(below(answer), language))


def further(answer: Answer) -> str:
    """What else can be asked, where its buttons have no room for it and the answer is silent."""
    is_silent = answer.status is not AnswerStatus.UNCLEAR
    titles = in_full(answer.suggestions[:_MOST_SUGGESTIONS]) if is_silent else ""
    return f"\n\n{interface('more_heading', answer.language)}{titles}" if titles else ""


def answer_text(answer: Answer, apology: str = "") -> RichText:
    """The answer, who says so, and the evidence: there each quote is exact to the letter."""
    body = RichText(f"{apology}\n\n" if apology else "") + _easy_to_read(answer)
    if answer.citations:
        body += "\n\n"
        body += _who_says_so(answer.citations, answer.language).styled(Style.ITALIC)
        body += "\n\n"
        body += evidence(answer.citations, answer.language)
    if answer.nearest:
        quotes = [f"· {_as_read(one_line(citation.quote), answer)}" for citation in answer.nearest]
        body += "\n\n"
        body += bold(text("near_only", answer.language))
        body += "\n" + "\n".join(quotes) + "\n"
        body += _who_says_so(answer.nearest, answer.language).styled(Style.ITALIC)
    return body


def _easy_to_read(answer: Answer) -> RichText:
    """The answer in the script of its reader, and to Chinese readers without English glosses.

    Whoever asks with Latin letters sees them. The quotes are shown as they are in the evidence.
    """
    parts = answer.parts or (PartAnswer(asked="", citations=answer.citations),)
    exact = [quoted(part.citations) for part in parts]
    easy = [_as_read(quotes, answer) for quotes in exact]
    blocks = [
        joined(
            filter(None, [bold(part.asked), *map(RichText, (part.why, shown, part.said))]), "\n"
        )
        for part, shown in zip(parts, easy, strict=True)
    ]
    body = joined(blocks, "\n\n")
    if easy != [_without_glosses(quotes, answer) for quotes in exact]:
        note = interface("quotes_converted", answer.language)
        body += f"\n{note}"
    return body + answer.text.removeprefix(in_lines(parts))


def _as_read(quotes: str, answer: Answer) -> str:
    return in_script_of(answer.language, _without_glosses(quotes, answer))


def _without_glosses(quotes: str, answer: Answer) -> str:
    is_for_chinese = primary(answer.language) == "zh" and not _LATIN.search(answer.question)
    return _GLOSS.sub("", quotes) if is_for_chinese else quotes


def evidence(citations: Sequence[Citation], language: str) -> RichText:
    """Title, quote and all sources of each citation, folded."""
    parts = RichText()
    for position, citation in enumerate(citations):
        parts += "\n" if position else ""
        parts += (
            f"[{citation.number}] {citation.document.metadata.title}\n“{citation.quote.strip()}”\n"
        )
        parts += _linked(all_sources(citation, language), "\n")
    return parts.styled(Style.QUOTE)


def _who_says_so(citations: Sequence[Citation], language: str) -> RichText:
    """A line for each who stands behind a quote: name and day as a link, and as of when."""
    lines: dict[str, RichText] = {}
    for citation in citations:
        names = _linked(authors(citation, language), text("semicolon", language))
        line = RichText("— ") + names
        if citation.as_of:
            as_of = written(citation.as_of, language)
            line += f" · {text('document_as_of', language, date=as_of)}"
        lines.setdefault(line.text, line)
    return joined(lines.values(), "\n")


def sources_reply(
    citations: Sequence[Citation], answer_language: str, language: str, answer_id: str
) -> Reply:
    """The sources of an answer in its place: each with a button that opens it.

    Args:
        citations: Of the answer.
        answer_language: Of the answer.
        language: Of the interface.
        answer_id: What the button carries that brings the answer back.
    """
    body = bold(interface("sources_button", language))
    opening: list[Button] = []
    numbers: dict[tuple[str, tuple[tuple[str, str | None], ...]], list[int]] = {}
    for citation in citations:
        title = citation.document.metadata.title
        sources = tuple(all_sources(citation, answer_language))
        numbers.setdefault((title, sources), []).append(citation.number)
    for (title, sources), of_source in numbers.items():
        marks = " ".join(f"[{number}]" for number in of_source)
        body = body + f"\n\n{marks} {title}\n" + _linked(sources, "\n")
        url = next((url for _, url in sources if url and is_link(url)), None)
        if url:
            label = interface("open_button", language, number=of_source[0])
            opening.append(Button(label, url=url))
    rows = [tuple(opening[first : first + _IN_ROW]) for first in range(0, len(opening), _IN_ROW)]
    rows.append((Button(interface("back_button", language), f"a:{answer_id}"),))
    return Reply(text=body, rows=tuple(rows), edits=True)


def _linked(labels: Sequence[tuple[str, str | None]], between: str) -> RichText:
    """Names, each a link to its address."""
    return joined(
        (
            RichText(label).styled(Style.LINK, url) if url else RichText(label)
            for label, url in labels
        ),
        between,
    )


def answer_rows(below: Below, language: str, vote: int = 0) -> Rows:
    """The buttons below an answer.

    Args:
        below: What they are made of.
        language: Of the interface.
        vote: 1 or -1 if somebody has voted, which is shown.
    """
    key = below.answer_id
    rows: list[tuple[Button, ...]] = []
    if below.cited:
        votes = {1: "helpful", -1: "unhelpful"}
        rows.append(
            tuple(
                Button(
                    f"{_VOTED if value == vote else ''}{interface(name, language)}",
                    f"v:{key}:{value}",
                )
                for value, name in votes.items()
            )
        )
        sources = Button(interface("sources_button", language), f"s:{key}")
        more = Button(interface("more_button", language), f"m:{key}")
        rows.append((sources, more) if below.has_more else (sources,))
    if below.file:
        is_picture = below.file.startswith(PICTURE)
        label = interface("picture_button" if is_picture else "brief_button", language)
        rows.append((Button(label, below.file),))
        words = below.file.partition(":")[2].partition(":")[2]
        pages = f"l:{DOCUMENTS.letter}:0:{words}"
        if words and len(pages.encode()) <= CALLBACK_BYTES:
            rows.append((Button(interface(f"command_{DOCUMENTS.name}", language), pages),))
    if below.status in _WITH_SUGGESTIONS:
        rows += [
            (Button(suggestion, f"q:{key}:{position}"),)
            for position, suggestion in enumerate(below.suggestions[:_MOST_SUGGESTIONS])
        ]
    return tuple(rows)
