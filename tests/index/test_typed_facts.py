"""What the typed facts of a document say must stand in its text, in each language version."""

import pytest

BLOCKS = {
    "fair": {
        "event": {
            "series": "canton-fair",
            "edition": 138,
            "start": "2025-10-15",
            "end": "2025-11-04",
            "certainty": "held",
            "city": "Guangzhou",
            "country": "CN",
            "organisers": ["mofcom"],
            "partner_countries": ["AE"],
        }
    },
    "series": {"event": {"certainty": "usual", "usual": [{"start": "04-15", "end": "05-05"}]}},
    "park": {
        "zone": {
            "kind": "industrial-zone",
            "country": "CN",
            "city": "Guangzhou",
            "partner_countries": ["DE"],
            "since": 2012,
            "area_km2": 5.6,
            "firms": {"count": 450, "as_of": 2022},
            "jobs": {"count": 15000, "as_of": "2023-05"},
            "developers": ["holley"],
        }
    },
    "loan": {
        "financing": {
            "kind": "loan",
            "providers": ["boc"],
            "limits": [{"amount": 3_000_000, "currency": "CNY", "year": 2024}],
        }
    },
}
TEXTS = {
    "fair": (
        "第138届广交会由商务部主办，2025年10月15日至11月4日在广州举行，伙伴国为阿联酋。[^1]",
        "The Ministry of Commerce held the 138th Canton Fair from 15 October to 4 November 2025 "
        "in Guangzhou, with the United Arab Emirates as its partner.[^1]",
    ),
    "series": (
        "广交会的春季一期通常在4月15日至5月5日举行。[^1]",
        "The spring session of the Canton Fair usually takes place from 15 April to 5 May.[^1]",
    ),
    "park": (
        "华立集团的广州园区2012年开园，面积560公顷，2022年有450家德国企业，2023年5月有1.5万个岗位。[^1]",
        "The park of Holley Group in Guangzhou was opened in 2012 and covers 560 hectares; it had "
        "450 German firms in 2022 and 15,000 jobs in May 2023.[^1]",
    ),
    "loan": (
        "中国银行2024年的这项贷款最高为300万元。[^1]",
        "The loan of the Bank of China was up to CNY 3 million in 2024.[^1]",
    ),
}


def with_change(kind, key, value):
    """A sound typed block with one value changed."""
    ((name, facts),) = BLOCKS[kind].items()
    return {name: facts | {key: value}}


@pytest.mark.parametrize("kind", BLOCKS)
def test_typed_facts_that_stand_in_the_text_are_sound(checked, kind):
    checked.write("doc", *TEXTS[kind], **BLOCKS[kind])

    assert checked.report().is_clean


@pytest.mark.parametrize(
    ("kind", "key", "value", "text"),
    [
        ("fair", "edition", 139, "139 does not stand"),
        ("fair", "start", "2025-10-16", "2025-10-16 does not stand"),
        ("fair", "end", "2025-12-04", "2025-12-04 does not stand"),
        ("fair", "city", "Nanjing", "'Nanjing' does not stand"),
        ("fair", "city", "Atlantis", "'Atlantis' is not in the glossary"),
        ("fair", "country", "EG", "EG not named"),
        ("fair", "partner_countries", ["AE", "FR"], "FR not named"),
        ("fair", "organisers", ["mofcom", "boc"], "Bank of China does not stand"),
        ("fair", "organisers", ["nobody"], "'nobody' is not in the glossary"),
        ("fair", "series", "import-expo", "CIIE does not stand"),
        ("series", "usual", [{"start": "04-16", "end": "05-05"}], "16 does not stand"),
        ("series", "usual", [{"start": "04-15", "end": "06-05"}], "06-05 does not stand"),
        ("park", "city", "Nanjing", "'Nanjing' does not stand"),
        ("park", "country", "EG", "EG not named"),
        ("park", "partner_countries", ["FR"], "FR not named"),
        ("park", "since", "2012-06", "2012-06 does not stand"),
        ("park", "area_km2", 5.7, "does not stand"),
        ("park", "firms", {"count": 451, "as_of": 2022}, "451 does not stand"),
        ("park", "firms", {"count": 450, "as_of": 2021}, "2021 does not stand"),
        ("park", "jobs", {"count": 1500, "as_of": "2023-05"}, "1500 does not stand"),
        ("park", "developers", ["boc"], "Bank of China does not stand"),
        ("loan", "providers", ["mofcom"], "Ministry of Commerce does not stand"),
        ("loan", "limits", [{"amount": 3000, "currency": "CNY", "year": 2024}], "3000 does not"),
        ("loan", "limits", [{"amount": 3e6, "currency": "CNY", "year": 2023}], "2023 does not"),
    ],
)
def test_a_typed_fact_that_the_text_does_not_state_is_found(checked, kind, key, value, text):
    checked.write("doc", *TEXTS[kind], **with_change(kind, key, value))

    found = checked.findings()

    assert [(name, line) for name, line, _ in found] == [
        (name, checked.line_of(name, f"  {key}:")) for name in ("doc.en.md", "doc.zh.md")
    ]
    for _, _, said in found:
        assert said.startswith(key)
        assert text in said


def test_a_city_that_the_text_does_not_name_is_found(checked):
    checked.write("doc", *TEXTS["fair"], cities=["Guangzhou", "Nanjing"])

    (english, _) = checked.findings()

    line = checked.line_of("doc.en.md", "cities:")
    assert english == ("doc.en.md", line, "cities: 'Nanjing' does not stand in the text")


@pytest.mark.parametrize("first", ["first", "First"])
def test_the_first_edition_may_be_called_the_first(checked, first):
    zh, en = TEXTS["fair"]

    checked.write(
        "doc",
        zh.replace("第138届", "首届"),
        en.replace("138th", first),
        **with_change("fair", "edition", 1),
    )

    assert checked.findings() == []


def test_an_area_may_be_given_in_square_kilometres_or_in_hectares(checked):
    zh, en = TEXTS["park"]

    checked.write(
        "doc",
        zh.replace("560公顷", "5.6平方公里"),
        en.replace("560 hectares", "5.6 square kilometres"),
        **BLOCKS["park"],
    )

    assert checked.findings() == []


def test_a_value_may_stand_in_the_title(checked):
    zh, en = (text.replace("138", "这一") for text in TEXTS["fair"])

    checked.write("doc", zh, en.replace("这一th ", ""), title="Canton Fair 138", **BLOCKS["fair"])

    assert checked.findings() == []


def test_the_line_is_the_fact_s_own_though_the_title_has_the_same_word(checked):
    block = with_change("fair", "end", "2025-11-05")
    checked.write("doc", *TEXTS["fair"], title="Start and end of the fair", **block)

    (_, line, _), _ = checked.findings()

    assert line == checked.line_of("doc.en.md", "  end:")
