"""Who an answer names below a quote: a publisher, in the language of the document."""

import re
from collections import defaultdict
from urllib.parse import urlsplit

import pytest

LATIN_IN_CHINESE_TOO = frozenset(
    {
        "ANews",
        "BBP Partners",
        "BTF Lab",
        "Baird Maritime",
        "BioRegio STERN",
        "CNW",
        "Caithness Business",
        "China Banking News",
        "China Services Info",
        "ClearBlue Markets",
        "Conventus Law",
        "Coolset",
        "DT Next",
        "Devdiscourse",
        "EAC Europe",
        "ECB News",
        "Exhibition World",
        "FT-China",
        "FinanzNachrichten.de",
        "FlavorCloud",
        "GMT Eight",
        "GMT8 Press",
        "GOGO CTI",
        "Geopolitechs",
        "GetNews",
        "GlobeNewswire",
        "Greenwich Mercantile",
        "HSRates",
        "Human Resources Online",
        "Institute for China Studies",
        "Insurance Asia",
        "Laitimes",
        "Lexology",
        "MENAFN",
        "MIL-OSI",
        "MMLC Group",
        "MNI",
        "Macao News",
        "Main St Press",
        "MarketScreener",
        "Mondaq",
        "Move FM",
        "News.az",
        "Pixr8",
        "Publicnow",
        "Reportify",
        "Sri Lanka Mirror",
        "SteelRadar",
        "Supply Chain Dive",
        "TROIB News",
        "The Diplomatic Insight",
        "The GeoPost",
        "The Times Financial",
        "Travel and Tour World",
        "VSICO",
        "VisaHQ",
        "VisaVerge",
        "WION",
        "WVLT",
        "Westwood Products",
        "XFA Finance",
        "Zawya",
        "iChongqing",
    }
)
"""Reviewed: they have no usual Chinese name."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_NO_NAME = re.compile(
    r"\b(copy|copied|re-?post\w*|via|summary|report|news of|Q&A|notice|guide|announcement)\b"
    r"|转载|转发|副本|复制|摘要|报道|通知|问答|[.?!。？！]$|/",
    re.IGNORECASE,
)
"""How the page came about, a sentence, or two names in one."""
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_MOST_CHARS = 60


@pytest.fixture(scope="module")
def named(real_corpus):
    """All named sources: (document, language, source)."""
    found = [
        (document.id, document.metadata.language, source)
        for document in real_corpus.documents
        for source in document.metadata.sources
        if source.publisher
    ]
    assert len(found) > 400
    return found


def names_of(source):
    return [name for name in (source.publisher, source.original_publisher) if name]


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("document copy of a Xiamen Sinosure Q&A", False),
        ("Xinhua via China Daily", False),
        ("News.az/Xinhua", False),
        ("re-posted copy", False),
        ("厦门信保问答转载", False),
        ("report on Shanghai's people's congress", False),
        ("中国出口信用保险公司厦门分公司", True),
        ("People's Daily Online", True),
        ("Reportify", True),
    ],
)
def test_what_is_a_name(name, is_one):
    assert (not _NO_NAME.search(name)) is is_one


def test_a_publisher_is_a_name_and_tells_nothing_else(named):
    wrong = {
        (document, name)
        for document, _, source in named
        for name in names_of(source)
        if _NO_NAME.search(name) or len(name) > _MOST_CHARS
    }

    assert wrong == set()


def test_a_publisher_is_named_in_the_language_of_the_document(named):
    wrong = {
        (document, name)
        for document, language, source in named
        for name in names_of(source)
        if not is_in(language, name, source)
    }

    assert wrong == set()


def is_in(language, name, source):
    if _DOMAIN.fullmatch(name) and name == name.lower():
        host = urlsplit(str(source.url)).hostname or ""
        return name == source.publisher and f".{host.rstrip('.')}".endswith(f".{name}")
    if language == "en":
        return not _HAN.search(name)
    return bool(_HAN.search(name)) or name in LATIN_IN_CHINESE_TOO


def test_no_reviewed_name_is_left_over(named):
    used = {name for _, language, s in named if language == "zh" for name in names_of(s)}

    assert used >= LATIN_IN_CHINESE_TOO


def test_a_publisher_has_one_name_in_each_language(real_corpus):
    documents = {document.id: document for document in real_corpus.documents}
    names = defaultdict(set)
    for identity, zh in documents.items():
        if not identity.endswith(".zh"):
            continue
        en = documents[f"{identity.removesuffix('.zh')}.en"]
        for one, other in zip(zh.metadata.sources, en.metadata.sources, strict=True):
            for key in ("publisher", "original_publisher"):
                names["zh", getattr(one, key)].add(getattr(other, key))
                names["en", getattr(other, key)].add(getattr(one, key))
    assert len(names) > 200

    assert {name: others for name, others in names.items() if len(others) > 1} == {}
    assert names["zh", "新华社"] == {"Xinhua"}


_COPIED = {"zh": ("转载", "转引"), "en": ("re-posted by", "quoted in")}


def test_a_copy_names_its_writer_and_says_so_in_the_title(named):
    copies = [(document, language, s) for document, language, s in named if s.original_publisher]
    assert len(copies) > 100

    wrong = [
        document
        for document, language, source in copies
        if source.original_publisher == source.publisher
        or not any(word in str(source.title) for word in _COPIED[language])
        or source.publisher not in str(source.title)
    ]

    assert wrong == []
