"""Many names looked for in a text at once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

_LETTER = re.compile(r"[a-zà-ÿа-я]")


class AnyOf:
    """Finds names, the longest first, and Latin or Cyrillic ones only as whole words.

    Names are grouped by their first letter, and a group's pattern is compiled when a text has
    that letter: all at once take a tenth of a second for each list of them.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._rests: dict[str, list[str]] = defaultdict(list)
        for name in sorted(filter(None, names), key=len, reverse=True):
            self._rests[name[0]].append(re.escape(name[1:]))
        self._patterns: dict[str, re.Pattern[str]] = {}
        spaced = "".join(filter(_LETTER.match, self._rests))
        others = "".join(first for first in self._rests if first not in spaced)
        begins = [rf"(?<!\w)[{re.escape(spaced)}]"] * bool(spaced)
        begins += [f"[{re.escape(others)}]"] * bool(others)
        self._begins = re.compile("|".join(begins) or "(?!)")

    def finditer(self, folded: str) -> Iterator[re.Match[str]]:
        """The names in a text, in order; they do not overlap."""
        start = 0
        while begin := self._begins.search(folded, start):
            name = self._beginning_with(begin[0]).match(folded, begin.start())
            if name:
                yield name
            start = (name or begin).end()

    def _beginning_with(self, first: str) -> re.Pattern[str]:
        if first not in self._patterns:
            end = r"(?!\w)" if _LETTER.match(first) else ""
            rests = "|".join(self._rests[first])
            self._patterns[first] = re.compile(f"{re.escape(first)}(?:{rests}){end}")
        return self._patterns[first]
