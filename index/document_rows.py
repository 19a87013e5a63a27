"""What a snapshot holds of one document by itself, vectors left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from index.chunking import encoded_text
from index.documents import Document, Passage
from index.fact_store import facts_line
from index.glossary import Glossary
from index.lexical import WordCounts, count_words
from index.structure import Span, quotable
from index.usual_case import within_sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRows:
    """The passages of a document, in order, and what is read from each of them.

    Attributes:
        passages: One a row.
        texts: What the encoder sees of each.
        spans: Of the sentences of each.
        facts: What these name, a line of JSON for each.
        words: Of the text that the encoder sees.
        written: Words within sentences, as they are written, of all passages, one a line.
    """

    passages: Sequence[Passage]
    texts: Sequence[str]
    spans: Sequence[Sequence[Span]]
    facts: Sequence[str]
    words: Sequence[WordCounts]
    written: str

    @classmethod
    def of(
        cls, document: Document, passages: Sequence[Passage], glossary: Glossary
    ) -> "DocumentRows":
        """Read all of it.

        Args:
            document: Whose passages they are.
            passages: All of them.
            glossary: Recognises names and terms.
        """
        texts = [encoded_text(document, passage) for passage in passages]
        spans = [quotable(passage.text) for passage in passages]
        title = document.metadata.title
        return cls(
            passages=passages,
            texts=texts,
            spans=spans,
            facts=[
                facts_line(passage, of_passage, title, glossary)
                for passage, of_passage in zip(passages, spans, strict=True)
            ],
            words=[count_words(text) for text in texts],
            written="\n".join(
                word for passage in passages for word in within_sentences(passage.text)
            ),
        )

    def sentences(self) -> Iterator[str]:
        """The sentences of all passages, in order."""
        for passage, of_passage in zip(self.passages, self.spans, strict=True):
            for start, end in of_passage:
                yield passage.text[start:end]

    def as_json(self) -> Any:
        """All of it as JSON knows it, but for what the document itself holds."""
        rows = zip(self.passages, self.texts, self.spans, self.facts, self.words, strict=True)
        return [
            [
                [p.start, p.end, p.headings, p.language, text, spans, facts, words]
                for p, text, spans, facts, words in rows
            ],
            self.written,
        ]

    @classmethod
    def of_json(cls, value: Any, document: Document) -> "DocumentRows":
        """What `as_json` gave of the same document."""
        rows, written = value
        return cls(
            passages=[
                Passage(
                    document=document.id,
                    start=start,
                    end=end,
                    text=document.text[start:end],
                    headings=tuple(headings),
                    language=language,
                )
                for start, end, headings, language, *_ in rows
            ],
            texts=[row[4] for row in rows],
            spans=[[(start, end) for start, end in row[5]] for row in rows],
            facts=[row[6] for row in rows],
            words=[(lines, counts) for lines, counts in (row[7] for row in rows)],
            written=written,
        )
