"""What a check of the corpus found."""

from dataclasses import dataclass

from index.errors import CorpusIndexError
from index.glossary import Glossary
from index.loading import Loaded
from index.remark import Remark
from index.terminal import remark_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. An error makes answers wrong; all else leaves a gap, or is a guess."""

    remark: Remark
    is_error: bool = True

    def __str__(self) -> str:
        return str(self.remark)


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """What was found; `loaded` for the coverage table.

    `notes` are worth work but no fault: the corpus is clean with them.
    """

    loaded: Loaded
    glossary: Glossary
    problems: tuple[CorpusIndexError, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Remark, ...]:
        """What stops a build from being published, unless somebody gives a reason."""
        found = (finding.remark for finding in self.findings if finding.is_error)
        return (*map(remark_of, self.problems), *found)

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """What is to be mended and stops nothing."""
        return tuple(finding.remark for finding in self.findings if not finding.is_error)

    @property
    def is_clean(self) -> bool:
        return not self.problems and not self.findings
