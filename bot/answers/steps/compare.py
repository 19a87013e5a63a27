"""Sets the things that a message only compares side by side, by what documents record of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.answers.case import Case, Outcome, Tools
from bot.answers.clauses import only_compares
from bot.answers.evidence import Evidence, opening, quotable
from bot.answers.finding import HITS
from bot.answers.reasons import Reason
from bot.lists.comparison import Column, Comparison, facts_shown
from index import Document
from index.constraints import THINGS
from index.glossary import EntryKind, aligned


def compare(case: Case, tools: Tools) -> Case | Outcome:
    """End a message that asks for nothing but how things differ; any other goes on."""
    said = aligned(case.text)
    mentions = [m for m in tools.glossary.mentions(said) if m.entry.kind != EntryKind.WORD]
    spans = [(mention.start, mention.end) for mention in mentions]
    offered = [m for m in mentions if m.entry.kind != EntryKind.INSTITUTION]
    things = offered if len({m.entry.id for m in offered}) > 1 else mentions
    if len({thing.entry.kind in THINGS for thing in things}) > 1:
        return case  # a fair and its guest of honour are no two of a sort
    names = {thing.entry.id: said[thing.start : thing.end] for thing in things}
    if not 1 < len(names) < case.encodings_left or not only_compares(said, spans):
        return case
    case = replace(case, encodings_left=case.encodings_left - len(names))
    told = [_told_of(identity, name, case, tools) for identity, name in names.items()]
    quotes = tuple(dict.fromkeys(filter(None, told)))
    if len(quotes) < len(names):
        return replace(case, changed="compared, but documents do not tell of each")
    documents = [quote.document for quote in quotes]
    comparison = _side_by_side(dict(zip(names.values(), documents, strict=True)), case, tools)
    if comparison is None:
        return replace(case, changed="compared, but documents record nothing of them")
    case = replace(
        case, quotes=quotes, comparison=comparison, changed=f"compared: {', '.join(names)}"
    )
    return replace(case.ends(Reason.COMPARED), ends_message=True)


def _told_of(identity: str, name: str, case: Case, tools: Tools) -> Evidence | None:
    """What says what a thing is: how its document opens, else a sentence that names it.

    Of a series it is the document of its newest edition.
    """
    editions = [
        document
        for document in tools.retriever.documents(case.language)
        if (event := document.metadata.event)
        and event.series == identity
        and event.start
        and document.is_known(case.today)
    ]
    if editions:
        return opening(max(editions, key=_start))
    hits = tools.retriever.search(name, case.language, HITS).hits
    found = [tools.retriever.document(hit.passage) for hit in hits]
    known = [document for document in found if document.is_known(case.today)]
    titled = [d for d in known if _names(d.metadata.title, identity, tools)]
    if titled:
        own = tools.retriever.version(titled[0].stem, case.language)
        return opening(own or titled[0])
    sentences = (sentence for document in known for sentence in quotable(document))
    return next((s for s in sentences if _names(s.quote, identity, tools)), None)


def _start(document: Document) -> date:
    event = document.metadata.event
    return event.start.first if event and event.start else date.min


def _names(said: str, identity: str, tools: Tools) -> bool:
    return any(mention.entry.id == identity for mention in tools.glossary.mentions(said))


def _side_by_side(things: Mapping[str, Document], case: Case, tools: Tools) -> Comparison | None:
    """What documents record of each thing; None if they record nothing.

    Nor if one document is about several of them: what it records is of neither alone.
    """
    columns = tuple(
        Column(name, document, facts_shown(document, tools.lists, case.language, case.today))
        for name, document in things.items()
    )
    is_shared = len({document.id for document in things.values()}) < len(things)
    if is_shared or not any(column.facts for column in columns):
        return None
    return Comparison(columns, case.language)
