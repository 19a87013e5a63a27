"""Every collected fact stands in the corpus, in Chinese and English, with its numbers.

The facts were collected in files outside this tree; here are their ids, where they stand
(`facts/*.yaml`) and the numbers that they state (`facts/numbers.yaml`).
"""

from collections import Counter, defaultdict

import pytest

from bot.checks.loading import load_checks
from index.numbers import numbers_in

TOPICS = {
    "FIN": ("financing", 52, 126),
    "EVT": ("events", 54, 143),
    "POL": ("policy", 25, 134),
    "ZON": ("zones", 54, 121),
    "MKT": ("market-access", 20, 160),
    "CUS": ("customs-logistics", 20, 147),
    "TAL": ("talent-management", 12, 114),
    "TRD": ("trade-figures", 18, 131),
}
"""The topic, and the last numbers of the first series and of that of 2026, which begins at 101."""
FACTS = {
    f"{code}-{number:02}"
    for code, (_, first, second) in TOPICS.items()
    for number in (*range(1, first + 1), *range(101, second + 1))
}
ELSEWHERE = {"POL-107", "POL-134", "ZON-120"}
"""Collected for one topic; what they tell, a figure or an event, is asked for under another."""
CHANGED = 87
"""Older facts that the series of 2026 replaces, extends or dates."""
LANGUAGES = ("zh", "en")
SEED = "miit-helps-smes-abroad-2025"
"""The digest of the founding article; its facts stand in documents of their topics as well."""


@pytest.fixture(scope="module")
def texts(real_corpus):
    """Title and text of each document, by stem and language."""
    found = defaultdict(dict)
    for document in real_corpus.documents:
        title = document.metadata.title
        found[document.stem][document.metadata.language] = f"{title}\n{document.text}"
    return found


def missing_numbers(numbers, texts, stems, language):
    """Those that none of the documents gives, as text."""
    given = {number for stem in stems for number in numbers_in(texts[stem][language])}
    return sorted(f"{number:f}" for number in numbers - given)


def test_every_fact_is_mapped_once_to_documents(fact_map):
    assert len(FACTS) == 255 + 276

    counts = Counter(fact for fact, _ in fact_map.entries)

    assert counts == dict.fromkeys(FACTS, 1)
    assert [fact for fact, stems in fact_map.entries if not stems] == []


def test_what_newer_facts_changed_stands_in_a_document_and_a_check(fact_map, texts, project):
    older = {fact for fact in FACTS if int(fact[4:]) < 100}
    assert len(fact_map.changes) >= CHANGED

    checks = {check.id for check in load_checks([project / "corpus" / "checks"])}
    wrong = {
        fact: told
        for fact, told in fact_map.changes.items()
        if told["document"] not in texts or told["check"] not in checks
    }

    assert wrong == {}
    assert older & set(fact_map.changes)


def test_every_mapped_document_exists_in_chinese_and_english(fact_map, texts):
    stems = {stem for stems in fact_map.documents.values() for stem in stems}
    assert len(stems) > 100

    missing = [
        f"{stem}.{language}"
        for stem in sorted(stems)
        for language in LANGUAGES
        if language not in texts.get(stem, {})
    ]

    assert missing == []


def test_a_fact_stands_in_documents_of_its_own_topic(fact_map):
    elsewhere = {
        fact: stems
        for fact, stems in fact_map.entries
        if {stem.split("/")[0] for stem in stems} != {TOPICS[fact[:3]][0]}
        and fact not in ELSEWHERE
    }

    assert elsewhere == {}


def test_every_document_carries_a_fact(fact_map, texts):
    carriers = {stem for stems in fact_map.documents.values() for stem in stems}

    assert set(texts) - carriers == {SEED}


def test_the_seed_digest_carries_the_facts_of_the_founding_article(fact_map, texts):
    assert set(texts[SEED]) == set(LANGUAGES)
    assert len(set(fact_map.seed)) == len(fact_map.seed) >= 18
    assert set(fact_map.seed) <= FACTS


def test_the_numbers_of_every_fact_stand_in_its_documents(fact_map, texts):
    assert set(fact_map.numbers) == FACTS
    assert sum(map(bool, fact_map.numbers.values())) >= 225

    missing = {
        (fact, language): numbers
        for fact, stems in fact_map.entries
        for language in LANGUAGES
        if (numbers := missing_numbers(fact_map.numbers[fact], texts, stems, language))
    }

    assert missing == {}


def test_the_numbers_of_the_seed_s_facts_stand_in_the_digest(fact_map, texts):
    missing = {
        (fact, language): numbers
        for fact in fact_map.seed
        for language in LANGUAGES
        if (numbers := missing_numbers(fact_map.numbers[fact], texts, [SEED], language))
    }

    assert missing == {}
