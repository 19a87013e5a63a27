"""Which of the checks are to be run."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.checks.values import Check
from bot.errors import CheckFileError
from index.language import canonical
from index.validation import meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a check must be to be run; what is empty leaves all in."""

    topics: Collection[str] = ()
    kinds: Collection[str] = ()
    languages: Collection[str] = ()
    """As people write them: zh, zh-TW, EN."""
    ids: Collection[str] = ()

    def of(self, checks: Sequence[Check]) -> list[Check]:
        """The checks that are all of it, in their order.

        Raises:
            CheckFileError: An id is none of theirs, or no check is left.
        """
        by_id = {check.id: check for check in checks}
        for identity in self.ids:
            if identity not in by_id:
                hint = meant(identity, by_id) or "`smebot check --verbose` names them all"
                raise CheckFileError(f"no check has the id {identity!r}: {hint}")
        wanted: list[tuple[Callable[[Check], object], Collection[object]]] = [
            (lambda check: check.topic, self.topics),
            (lambda check: check.kind, self.kinds),
            (lambda check: check.language, {canonical(each) for each in self.languages}),
            (lambda check: check.id, self.ids),
        ]
        chosen = [
            check
            for check in checks
            if all(not values or value_of(check) in values for value_of, values in wanted)
        ]
        if not chosen:
            raise CheckFileError(
                f"none of {len(checks)} checks is of that topic, kind, language and id: "
                "leave one of the options out"
            )
        return chosen
