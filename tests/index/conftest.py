"""A corpus to check: documents in two languages, a glossary, and what the check finds."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.corpus_check import check_corpus
from index.corpus_report import CorpusReport

TODAY = date(2026, 1, 1)
GLOSSARY = """\
- {id: canton-fair, kind: event, zh: 广交会, en: Canton Fair}
- {id: import-expo, kind: event, zh: 进博会, en: CIIE}
- {id: mofcom, kind: institution, zh: 商务部, en: Ministry of Commerce}
- {id: boc, kind: institution, zh: 中国银行, en: Bank of China}
- {id: holley, kind: company, zh: 华立集团, en: Holley Group}
- {id: guangzhou, kind: place, zh: 广州, en: Guangzhou}
- {id: nanjing, kind: place, zh: 南京, en: Nanjing}
"""


@dataclass(frozen=True)
class CheckedCorpus:
    """A corpus of document pairs."""

    corpus: Any
    """The fixture of that name."""

    def write(self, stem: str, zh: str, en: str, **keys: object) -> None:
        """A document in Chinese and English, with the same front matter."""
        self.corpus.write(f"{stem}.zh.md", zh, **keys)
        self.corpus.write(f"{stem}.en.md", en, **keys)

    def report(self) -> CorpusReport:
        """Everything, as of 1 January 2026."""
        return check_corpus([self.corpus.directory], TODAY)

    def findings(self) -> list[tuple[str, int, str]]:
        """(file, line, text) of each finding."""
        return [
            (
                Path(remark.path).relative_to(self.corpus.directory).as_posix(),
                remark.line,
                remark.text,
            )
            for remark in (finding.remark for finding in self.report().findings)
        ]

    def line_of(self, name: str, text: str) -> int:
        """The only line of a file that holds the text."""
        rows = (self.corpus.directory / name).read_text("utf-8").split("\n")
        (line,) = (number for number, row in enumerate(rows, 1) if text in row)
        return line


@pytest.fixture
def checked(corpus: Any) -> CheckedCorpus:
    """A corpus with a small glossary and no document."""
    corpus.write_raw("glossary.yaml", GLOSSARY)
    return CheckedCorpus(corpus)
