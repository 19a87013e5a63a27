"""The real glossary: what readers are shown as the name or term in their language."""

import re
from collections import Counter

import pytest

from index.glossary import EntryKind, fold
from index.glossary_file import load_glossary

LANGUAGES = ("zh", "en", "ru", "ja", "ko", "ar", "es", "fr", "de", "vi", "id")
NAMES_IN_CAPITALS = frozenset(
    "ASEAN АСЕАН BRICS БРИКС RCEP CES HSBC INNOPROM ИННОПРОМ США ОАЭ ЮАР VAT НДС IVA TVA".split()
)
"""Abbreviations that are the usual name, reviewed one by one."""
_ABBREVIATION = re.compile(r"[A-ZА-ЯЁ&-]{2,}")


@pytest.fixture(scope="module")
def glossary(project):
    return load_glossary([project / "corpus"])


@pytest.fixture(scope="module")
def first(glossary):
    """What readers of a language are shown for an entry."""
    return lambda entry, language: next(iter(glossary.entries[entry].forms_in(language)), None)


def test_readers_are_shown_no_abbreviation(glossary, first):
    shown = {first(entry, language) for entry in glossary.entries for language in LANGUAGES}
    assert len(shown) > 3000

    abbreviations = {form for form in shown if form and _ABBREVIATION.fullmatch(form)}

    assert abbreviations <= NAMES_IN_CAPITALS


def test_no_form_stands_twice_in_a_language(glossary):
    twice = [
        (entry.id, language, form)
        for entry in glossary.entries.values()
        for language in LANGUAGES
        for form, count in Counter(map(fold, written(entry, language))).items()
        if count > 1
    ]

    assert twice == []


def written(entry, language):
    """All forms as the file has them."""
    usual = {"zh": [entry.zh], "en": [entry.en]}.get(language, [])
    return [*usual, *entry.forms.get(language, ())]


def test_two_shown_entries_do_not_share_what_is_shown(glossary, first):
    shown = Counter(
        (language, fold(first(entry.id, language)))
        for entry in glossary.entries.values()
        if entry.kind is not EntryKind.WORD
        for language in LANGUAGES
        if first(entry.id, language)
    )

    assert {form: count for form, count in shown.items() if count > 1} == {}


@pytest.mark.parametrize(
    ("quote", "entry", "language", "gloss"),
    [
        ("They need an EAC conformity assessment.", "eac", "ru", "оценка соответствия ЕАС"),
        ("They need the EAC mark.", "eac-mark", "ru", "знак ЕАС"),
        ("需要EAC标志", "eac-mark", "en", "EAC mark"),
        ("需要EAC认证", "eac", "en", "EAC conformity assessment"),
        ("a currency swap", "currency-swap", "ru", "валютно-процентный своп"),
        ("a state-owned policy bank", "policy-bank", "fr", "banque publique de développement"),
        ("bonds and guarantees", "bonds-and-guarantees", "ar", "خطابات الضمان والكفالات"),
        ("海外仓预退", "overseas-warehouse-pre-refund", "en", "overseas warehouse pre-refund"),
        ("自由贸易区", "free-trade-area", "en", "free trade area"),
        ("自由贸易试验区", "ftz", "en", "pilot free trade zone"),
        (
            "市场准入负面清单",
            "market-access-negative-list",
            "en",
            "negative list for market access",
        ),
        ("国家外汇管理局", "safe", "en", "State Administration of Foreign Exchange"),
        ("twice-used collateral", "collateral", "zh", "质押物"),
        (
            "统计上大中小微型企业划分办法",
            "sme-classification-2017",
            "en",
            "2017 classification method for large, medium-sized, small and micro enterprises",
        ),
    ],
)
def test_a_quote_s_term_is_shown_as_the_same_thing(glossary, first, quote, entry, language, gloss):
    named = [m.entry.id for m in glossary.mentions(quote) if m.entry.kind is not EntryKind.WORD]

    assert named == [entry]
    assert first(entry, language) == gloss


@pytest.mark.parametrize(
    ("quote", "not_named"),
    [
        ("at least 30% of value added", "added"),
        ("is it safe to sell there", "safe"),
        ("tell us more", "united-states"),
        ("each side's domestic approval", "odi-approval"),
        ("汇率波动", "exchange-rate-risk"),
        ("by train", "training"),
        ("the autumn or fall session", "decline"),
        ("the latest figures", "deadline"),
        ("the European Commission", "handling-fee"),
    ],
)
def test_an_everyday_word_is_not_taken_for_a_term(glossary, quote, not_named):
    assert not_named in glossary.entries

    assert not_named not in [mention.entry.id for mention in glossary.mentions(quote)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hội chợ Quảng Châu mùa thu 2026 diễn ra khi nào?", ["canton-fair", "hold"]),
        ("hội chợ Trung Quốc – ASEAN ở Nam Ninh", ["caexpo", "nanning"]),
        ("Hội chợ Nhập khẩu Quốc tế Trung Quốc", ["ciie"]),
        ("KCN Long Giang", ["long-jiang-industrial-park"]),
        ("Cảng thương mại tự do Hải Nam", ["hainan-ftp"]),
        ("Ngân hàng Xuất nhập khẩu Trung Quốc", ["eximbank"]),
        ("Sáng kiến Vành đai và Con đường", ["belt-and-road"]),
        ("xin C/O mẫu E ở đâu", ["form-e"]),
        ("từ Thâm Quyến, Thượng Hải sang Hàn Quốc", ["shenzhen", "shanghai", "south-korea"]),
        ("hàng bán sang Đức", ["germany"]),
        ("thị trường mỹ phẩm", []),
        ("ngân hàng châu Âu và kinh tế Nam Á", []),
        ("quần đảo Trường Sa", []),
        ("¿Cuándo se celebra la Feria de Cantón?", ["hold", "canton-fair"]),
        ("la feria de canton de otoño", ["canton-fair"]),
        ("la Exposición Internacional de Importaciones de China", ["ciie"]),
        ("la Zona Económica Especial de Sihanoukville", ["ssez"]),
        ("¿Cómo asegura la OMC a las pymes de la UE?", ["wto", "sme", "european-union"]),
        ("la Franja y la Ruta", ["belt-and-road"]),
        (
            "certificado de origen y licencia de exportación",
            ["certificate-of-origin", "export-licence"],
        ),
        ("exportar a Japón y Tailandia", ["japan", "thailand"]),
        ("un banco de China en un cantón del Reino Unido", []),
        ("el medio ambiente", []),
    ],
)
def test_vietnamese_and_spanish_names_are_recognised(glossary, text, named):
    assert [mention.entry.id for mention in glossary.mentions(text)] == named
