"""Which rules of law, limits and codes rest on general knowledge alone? Owners act on these."""

import re
from collections.abc import Iterator

from index.documents import Confidence, Document, FinancingKind, Topic
from index.structure import Kind, units

_TOPICS_OF_RULES = {Topic.POLICY, Topic.MARKET_ACCESS, Topic.CUSTOMS_LOGISTICS}
_FINANCING_RULES = {FinancingKind.POLICY, FinancingKind.FOREIGN_DEBT}
_CODE = re.compile(r"\d{4}/\d{2,4}|第\s?\d+\s?号|\bNo\.\s?\d|(?<!\d)\d{4}\.\d{2}(?!\d)")
"""Number of a law (2024/3015, 第11号, Order No. 11) or of a tariff heading (8542.31)."""


def rules_without_source(document: Document) -> Iterator[str]:
    """Sentences that state a rule, a limit or a code and whose sources are all `known`.

    Every sentence of a document of policy, market access, customs, of rules of financing or of
    financing limits counts; of other documents those with the number of a law or tariff heading.
    """
    states_rules = _states_rules(document)
    for unit in units(document.text):
        if unit.kind is Kind.HEADING:
            continue
        text = document.text[unit.quote_start : unit.end]
        known = [
            source.confidence is Confidence.KNOWN
            for source in document.sources_of(unit.quote_start, unit.end)
        ]
        if known and all(known) and (states_rules or _CODE.search(text)):
            yield text


def _states_rules(document: Document) -> bool:
    financing = document.metadata.financing
    return document.metadata.topic in _TOPICS_OF_RULES or (
        financing is not None and (bool(financing.limits) or financing.kind in _FINANCING_RULES)
    )
