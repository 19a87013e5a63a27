"""`smebot corpus check`: each kind of finding, with its file and line."""

import time
from pathlib import Path

import pytest

from index.corpus_check import coverage
from index.errors import DocumentError, GlossaryError, NoDocumentsError
from tests.index.pdf_pages import Text, pdf

ZH = "中国进出口商品交易会在广州举行，是中国历史最长、规模最大的综合性贸易展会。[^1]"
EN = "The Canton Fair is held in Guangzhou and is China's longest-running trade fair.[^1]"
OTHER_ZH = "中博会每年为中小企业提供洽谈和展示的机会，主办方有多个部门。[^1]"
OTHER_EN = "Small firms meet buyers at this exhibition, which several ministries organise.[^1]"


def test_a_sound_corpus_has_no_findings(checked):
    checked.write("events/fair", ZH, EN, as_of="2025-11-06", valid_until="2025-12-31")
    checked.write("events/smes", OTHER_ZH, OTHER_EN)

    report = checked.report()

    assert report.is_clean
    assert len(report.loaded.documents) == 4
    assert len(report.glossary.entries) == 7


def test_a_document_in_the_folder_of_another_topic_is_found(checked):
    checked.write("zones/fair", ZH, EN)

    assert checked.findings() == [
        (name, 4, "topic events lies in another topic's folder")
        for name in ("zones/fair.en.md", "zones/fair.zh.md")
    ]


def test_folders_above_the_corpus_say_nothing_of_a_document_s_topic(checked, tmp_path):
    corpus = type(checked.corpus)(tmp_path / "zones")
    for language, text in (("zh", ZH), ("en", EN)):
        corpus.write(f"fair.{language}.md", text)

    assert type(checked)(corpus).findings() == []


def test_a_text_in_another_language_than_its_front_matter_says_is_found(checked):
    checked.write("fair", EN, EN)

    assert checked.findings() == [("fair.zh.md", 3, "the text is in 'en'")]


@pytest.mark.parametrize(("missing", "left"), [("zh", "en"), ("en", "zh")])
def test_a_missing_language_version_is_found(checked, missing, left):
    checked.write("fair", ZH, EN)
    checked.corpus.remove(f"fair.{missing}.md")

    assert checked.findings() == [(f"fair.{left}.md", 1, f"the version in {missing} is missing")]


def test_what_others_wrote_need_not_mark_its_sources_and_has_no_lines(checked):
    checked.corpus.write_raw("zones/park.pdf", pdf([Text(50, 700, "The park is in Hotan.")]))
    side = "title: Park\nlanguage: en\nas_of: 2090-01-01\nsources: [{publisher: Xinhua}]\n"
    checked.corpus.write_raw("zones/park.pdf.meta.yaml", side)

    (finding,) = checked.report().findings

    assert str(finding).endswith("zones/park.pdf: as_of 2090-01-01 lies in the future")


def test_what_others_wrote_need_not_exist_twice(checked):
    checked.corpus.write_raw("zones/park.txt", "The park lies in Guangzhou, in China.\n")
    side = "title: Park\nlanguage: en\ntopic: zones\n"
    checked.corpus.write_raw("zones/park.txt.meta.yaml", side)

    assert checked.findings() == [("zones/park.txt", 1, "the document names no source")]


def test_a_plain_text_needs_no_other_version_but_a_source(checked):
    checked.corpus.write_raw("note.txt", "The fair is held in China.\n")

    assert checked.findings() == [("note.txt", 1, "the document names no source")]


def test_a_house_document_without_a_source_cannot_be_read(checked):
    checked.write("events/fair", ZH, EN)
    checked.corpus.write("fair.en.md", EN, sources=None)

    (problem,) = checked.report().problems

    assert isinstance(problem, DocumentError)
    assert str(problem).endswith("fair.en.md, line 1: the key 'sources' is missing")


@pytest.mark.parametrize(
    ("key", "value", "other"),
    [
        ("topic", "events", "policy"),
        ("countries", ["CN"], ["CN", "AE"]),
        ("provinces", ["CN-GD"], ["CN-GX"]),
        ("cities", ["Guangzhou"], []),
        ("as_of", "2025-11-06", "2025-11-05"),
        ("valid_until", "2026-12-30", "2026-12-31"),
        (
            "sources",
            [{"publisher": "新华社", "url": "https://a.cn/1"}],
            [{"publisher": "Xinhua", "url": "https://a.cn/2"}],
        ),
        (
            "sources",
            [{"publisher": "人民网"}],
            [{"publisher": "People's Daily Online", "original_publisher": "Xinhua"}],
        ),
        ("event", {"certainty": "held"}, {"certainty": "scheduled"}),
        (
            "zone",
            {"kind": "border-zone", "country": "CN"},
            {"kind": "industrial-zone", "country": "CN"},
        ),
        ("financing", {"kind": "loan"}, {"kind": "hedging"}),
    ],
)
def test_front_matter_that_differs_between_the_versions_is_found(checked, key, value, other):
    checked.write("fair", ZH, EN, **{key: value})
    assert checked.findings() == []
    checked.corpus.write("fair.en.md", EN, **{key: other})

    line = checked.line_of("fair.en.md", f"{key}:")
    assert checked.findings() == [("fair.en.md", line, f"{key} differs from the Chinese version")]


@pytest.mark.parametrize(
    ("key", "entries"),
    [("not_covered", [{"question": "prices"}, {"question": "dates"}]), ("caveats", ["a", "b"])],
)
def test_each_version_says_as_often_what_is_not_held(checked, key, entries):
    checked.write("fair", ZH, EN, **{key: entries})
    assert checked.findings() == []
    checked.corpus.write("fair.en.md", EN, **{key: entries[:1]})

    line = checked.line_of("fair.en.md", f"{key}:")
    text = f"{key} has 1 entries, 2 in the Chinese version"
    assert checked.findings() == [("fair.en.md", line, text)]


@pytest.mark.parametrize(
    ("zh", "en", "text"),
    [
        (
            "日期未定。[^1]",
            "No date.",
            "the marks behind the caveats differ from the Chinese version",
        ),
        ("日期未定。[^2]", "No date.[^2]", "a caveat has the mark of a source that is not listed"),
    ],
)
def test_the_marks_behind_caveats_are_alike_and_of_sources_that_are_there(checked, zh, en, text):
    checked.write("fair", ZH, EN, caveats=["日期未定。[^1]"])
    assert checked.findings() == []
    checked.corpus.write("fair.zh.md", ZH, caveats=[zh])
    checked.corpus.write("fair.en.md", EN, caveats=[en])

    found = checked.findings()

    assert found
    assert all(finding[2].startswith(text) for finding in found)


def test_each_version_names_its_sources_in_its_own_language(checked):
    checked.write("fair", ZH, EN, sources=[{"publisher": "新华社", "title": "广交会开幕"}])
    checked.corpus.write("fair.en.md", EN, sources=[{"publisher": "Xinhua", "title": "It opens"}])

    assert checked.findings() == []


@pytest.mark.parametrize(
    ("zh", "en", "numbers"),
    [
        ("展会有451家企业。[^1]", "The fair had 450 firms.[^1]", "450, 451"),
        ("展会增长了3.5%。[^1]", "The fair grew by 3.6%.[^1]", "3.5, 3.6"),
        ("展会有46万人参加。[^1]", "The fair had 46,000 visitors.[^1]", "46000, 460000"),
        ("展会在中国举行。[^1]", "The fair was held in 2025 in China.[^1]", "2025"),
    ],
)
def test_numbers_in_one_language_version_only_are_found(checked, zh, en, numbers):
    checked.write("fair", zh, en)

    text = f"numbers in one language version only: {numbers}"
    assert checked.findings() == [("fair.en.md", 1, text)]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("双方在展会上举行了三场会谈。[^1]", "The two sides met at the fair.[^1]"),
        ("展会面积为16万平方米。[^1]", "The fair has 160,000 square metres.[^1]"),
    ],
)
def test_small_numbers_and_other_ways_of_writing_are_no_difference(checked, zh, en):
    checked.write("fair", zh, en)

    assert checked.findings() == []


def test_a_source_that_no_sentence_rests_on_is_found(checked):
    sources = [{"publisher": "Macao News"}, {"publisher": "Xinhua"}]
    checked.write("fair", ZH, EN, sources=sources)

    assert checked.findings() == [
        (name, checked.line_of(name, "sources:"), "no sentence carries the mark [^2]")
        for name in ("fair.en.md", "fair.zh.md")
    ]


@pytest.mark.parametrize(
    "unmarked", ["It opens twice a year.", "- It opens twice a year.", "| It opens | twice |"]
)
def test_a_sentence_without_a_source_mark_is_found(checked, unmarked):
    checked.write("fair", ZH, f"# The fair\n\n{EN}\n\n{unmarked}\n\n## More\n\nAnd this.[^1]")

    line = checked.line_of("fair.en.md", unmarked)
    text = "a sentence without a source mark such as [^1]"
    assert checked.findings() == [("fair.en.md", line, text)]


def test_a_sentence_between_marked_ones_is_found_however_many_there_are(checked):
    """Each sentence was compared with all marks: minutes for a long document."""
    marked = "".join(f"Sentence {number} is marked.[^1]\n\n" for number in range(3000))
    checked.write("fair", ZH, f"{marked}This one is not.\n\n{marked}")
    begun = time.process_time()

    findings = [finding for finding in checked.findings() if "mark such as" in finding[2]]

    assert findings == [("fair.en.md", checked.line_of("fair.en.md", "This one"), findings[0][2])]
    assert time.process_time() - begun < 20


def test_headings_and_rules_of_tables_need_no_source_mark(checked):
    table = "| Year | Place[^1] |\n| --- | --- |\n| this | Guangzhou[^1] |"
    checked.write("fair", ZH, f"# The fair\n\n{EN}\n\n## Where\n\n{table}\n")

    assert checked.findings() == []


def test_the_line_is_the_sentence_s_own_though_the_title_begins_alike(checked):
    unmarked = "The Canton Fair opens twice a year."
    checked.write("fair", ZH, f"# The Canton Fair\n\n{EN}\n\n{unmarked}")

    ((_, line, _),) = checked.findings()

    assert line == checked.line_of("fair.en.md", unmarked)


@pytest.mark.parametrize(
    ("keys", "key", "text"),
    [
        ({"as_of": "2026-01-02"}, "as_of:", "as_of 2026-01-02 lies in the future"),
        ({"as_of": 2027}, "as_of:", "as_of 2027 lies in the future"),
        (
            {"as_of": "2025-06-01", "valid_until": "2025-05-31"},
            "valid_until:",
            "valid_until lies before as_of",
        ),
        (
            {"sources": [{"publisher": "Xinhua", "published": "2026-01-02"}]},
            "published:",
            "a source of 2026-01-02: is the date right?",
        ),
        (
            {"sources": [{"publisher": "Xinhua", "published": 1925}]},
            "published:",
            "a source of 1925: is the date right?",
        ),
    ],
)
def test_dates_that_cannot_be_are_found(checked, keys, key, text):
    checked.write("fair", ZH, EN, **keys)

    assert checked.findings() == [
        (name, checked.line_of(name, key), text) for name in ("fair.en.md", "fair.zh.md")
    ]


@pytest.mark.parametrize("as_of", ["2026-01-01", "2026-01", 2026, "2026~"])
def test_figures_may_be_as_new_as_today(checked, as_of):
    checked.write("fair", ZH, EN, as_of=as_of)

    assert checked.findings() == []


@pytest.mark.parametrize(
    ("language", "zh", "en"),
    [
        ("en", OTHER_ZH, EN.replace("is held", "was held")),
        ("zh", ZH.replace("最长、规模最大", "最長、規模很大"), OTHER_EN),
    ],
    ids=["english", "chinese"],
)
def test_a_sentence_that_another_document_says_in_nearly_the_same_words_is_found(
    checked, language, zh, en
):
    checked.write("events/a-fair", ZH, EN)
    checked.write("events/b-fair", f"# 展会\n\n{zh}", f"# A fair\n\n{en}")

    ((name, line, text),) = checked.findings()

    assert (name, line) == (f"events/b-fair.{language}.md", checked.line_of(name, "[^1]"))
    assert text.startswith("says nearly what ")
    assert f"a-fair.{language}.md says: " in text


def test_a_document_may_repeat_itself(checked):
    checked.write("fair", f"{ZH}\n\n{ZH}", f"{EN}\n\n{EN}")

    assert checked.findings() == []


def test_short_sentences_are_no_duplicates(checked):
    checked.write("events/a-fair", "展会在中国举行。[^1]", "Ask the organiser.[^1]")
    checked.write("events/b-fair", "展会在中国举行。[^1]", "Ask the organiser.[^1]")

    assert checked.findings() == []


def test_what_cannot_be_read_is_a_problem_and_the_rest_is_checked_all_the_same(checked):
    checked.corpus.write_raw("bad.en.md", "title: no front matter")
    checked.corpus.write_raw("glossary.yaml", "- {id: fair}")
    checked.write("zones/fair", ZH, EN)

    report = checked.report()

    assert {type(problem) for problem in report.problems} == {DocumentError, GlossaryError}
    assert len(report.findings) == 2
    assert not report.is_clean


def test_a_corpus_with_a_problem_is_not_clean_though_nothing_else_is_found(checked):
    checked.write("fair", ZH, EN)
    checked.corpus.write_raw("glossary.yaml", "- {id: fair}")

    report = checked.report()

    assert (len(report.problems), report.findings) == (1, ())
    assert not report.is_clean


def test_nothing_to_check_is_an_error(checked):
    with pytest.raises(NoDocumentsError, match="no documents in"):
        checked.report()


def test_coverage_counts_documents_by_topic_country_and_year(checked):
    checked.write("events/fair", ZH, EN, countries=["CN", "AE"], as_of="2025-11")
    checked.corpus.write_raw("note.txt", "The fair is held in China.\n")

    assert coverage(checked.report().loaded.documents) == {
        "topic, language": {"events, en": 1, "events, zh": 1, "-, en": 1},
        "country": {"CN": 2, "AE": 2, "-": 1},
        "year": {"2025": 2, "undated": 1},
    }


def test_the_command_prints_warnings_and_errors_and_what_is_covered(checked, smebot):
    checked.write("zones/fair", ZH, EN, countries=["CN"], as_of=2025)
    checked.corpus.remove("zones/fair.zh.md")

    outcome = smebot("corpus", "check")

    assert outcome.code == 1
    assert outcome.err.splitlines() == [
        "warning: corpus/zones/fair.en.md, line 1: the version in zh is missing",
        "error: corpus/zones/fair.en.md, line 4: topic events lies in another topic's folder",
    ]
    assert outcome.out.splitlines() == [
        "by topic, language: events, en 1",
        "by country: CN 1",
        "by year: 2025 1",
        "1 documents, 7 glossary entries: 2 things to mend",
    ]


RULE_ZH = "境外投资项目由省级主管部门备案，企业应当事先办理。[^1]"
RULE_EN = "Investments abroad are put on record with the provincial authority beforehand.[^1]"
KNOWN = [{"confidence": "known"}]
LIMIT = {"amount": 300, "currency": "CNY", "year": 2025}
FACTS_ZH = "贷款最高300元，按2025年的办法办理，由各地主管部门负责。[^1]"
FACTS_EN = (
    "The loan reaches at most 300 yuan under the rules of 2025, as each authority sees fit.[^1]"
)
LAW_ZH = "第2024/3015号条例禁止强迫劳动产品进入市场，展会的主办方应当遵守。[^1]"
LAW_EN = (
    "Regulation 2024/3015 bans goods made with forced labour, at trade fairs as elsewhere.[^1]"
)


@pytest.mark.parametrize(
    ("zh", "en", "keys", "noted"),
    [
        (RULE_ZH, RULE_EN, {"topic": "policy"}, True),
        (RULE_ZH, RULE_EN, {"topic": "market-access"}, True),
        (RULE_ZH, RULE_EN, {"topic": "customs-logistics"}, True),
        (RULE_ZH, RULE_EN, {"topic": "events"}, False),
        (RULE_ZH, RULE_EN, {"topic": "financing", "financing": {"kind": "policy"}}, True),
        (RULE_ZH, RULE_EN, {"topic": "financing", "financing": {"kind": "loan"}}, False),
        (
            FACTS_ZH,
            FACTS_EN,
            {"topic": "financing", "financing": {"kind": "loan", "limits": [LIMIT]}},
            True,
        ),
        (LAW_ZH, LAW_EN, {"topic": "events"}, True),
    ],
)
def test_a_rule_that_rests_on_general_knowledge_is_noted_and_no_fault(
    checked, zh, en, keys, noted
):
    checked.write("rule", zh, en, sources=KNOWN, **keys)

    report = checked.report()

    assert report.is_clean
    remarks = [note.remark for note in report.notes]
    found = [(Path(each.path).name, each.text.partition(": ")[2]) for each in remarks]
    expected = [
        (f"rule.{language}.md", text[:-4][:60]) for language, text in (("en", en), ("zh", zh))
    ]
    assert sorted(found) == (expected if noted else [])


def test_a_rule_with_one_source_that_was_read_is_not_noted(checked):
    read = {"publisher": "NDRC", "published": "2021-07"}
    marks = {"zh": RULE_ZH + "[^2]", "en": RULE_EN + "[^2]"}
    checked.write("rule", **marks, sources=[*KNOWN, read], topic="policy")

    assert checked.report().notes == ()


def test_notes_are_printed_and_do_not_fail_the_command(checked, smebot):
    checked.write("policy/rule", RULE_ZH, RULE_EN, sources=KNOWN, topic="policy")
    line = checked.line_of("policy/rule.en.md", "provincial authority")

    outcome = smebot("corpus", "check")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0] == (
        f"note: corpus/policy/rule.en.md, line {line}: rests on general knowledge alone: "
        "Investments abroad are put on record with the provincial aut"
    )
    assert outcome.out.splitlines()[2] == "2 rules, limits or codes to find a source for"


def test_a_finding_in_a_file_without_lines_names_the_file(checked):
    checked.corpus.write_raw("zones/park.en.html", "<p>The park lies in Suzhou and is large.</p>")
    side = "title: Park\nlanguage: en\ntopic: policy\nsources: [{publisher: Ministry}]\n"
    checked.corpus.write_raw("zones/park.en.html.meta.yaml", side)

    found = [text for file, _, text in checked.findings() if file == "zones/park.en.html"]

    assert "topic policy lies in another topic's folder" in found
