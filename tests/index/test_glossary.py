"""Names and terms: what a sound glossary is, and how its forms are recognised in a text."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import GlossaryError
from index.glossary import Entry, Glossary, fold
from index.glossary_file import load_glossary

FAIR = "- {id: canton-fair, kind: event, zh: 广交会, en: Canton Fair}\n"
GLOSSARY = Glossary(
    [
        Entry(
            id="canton-fair", kind="event", zh="广交会", en="Canton Fair", forms={"en": ["fair"]}
        ),
        Entry(id="expo", kind="event", zh="博览会", en="expo"),
        Entry(id="caexpo", kind="event", zh="中国—东盟博览会", en="CAEXPO"),
        Entry(id="ata-carnet", kind="term", zh="ATA单证册", en="ATA"),
        Entry(id="boc", kind="institution", zh="中国银行", en="Bank of China"),
        Entry(id="pboc", kind="institution", zh="中国人民银行", en="People's Bank of China"),
        Entry(id="asean", kind="institution", zh="东盟", en="ASEAN", forms={"ru": ["АСЕАН"]}),
        Entry(id="dti-a", kind="institution", zh="贸工部", en="DTI", ambiguous=["DTI"]),
        Entry(id="dti-b", kind="institution", zh="培训所", en="dti", ambiguous=["DTI"]),
    ]
)


def named_in(text):
    return [mention.entry.id for mention in GLOSSARY.mentions(text)]


def glossary_of(tmp_path, content, name="corpus"):
    """Load a corpus directory whose glossary has this content."""
    directory = tmp_path / name
    directory.mkdir()
    (directory / "glossary.yaml").write_bytes(
        content if isinstance(content, bytes) else content.encode()
    )
    return load_glossary([directory])


def test_entries_are_read_with_all_their_forms(tmp_path):
    forms = "forms: {zh: [广交会, 中国进出口商品交易会], ja: [広州交易会]}"

    glossary = glossary_of(tmp_path, FAIR.replace("}", f", {forms}}}"))

    (entry,) = glossary.entries.values()
    assert (entry.id, entry.kind, entry.ambiguous) == ("canton-fair", "event", ())
    assert list(entry.all_forms()) == [
        "广交会",
        "Canton Fair",
        "中国进出口商品交易会",
        "広州交易会",
    ]
    assert list(entry.forms_in("zh")) == ["广交会", "中国进出口商品交易会"]
    assert list(entry.forms_in("en")) == ["Canton Fair"]
    assert list(entry.forms_in("ja")) == ["広州交易会"]
    assert list(entry.forms_in("ko")) == []


def test_a_corpus_needs_no_glossary(tmp_path):
    assert load_glossary([tmp_path]).entries == {}
    assert Glossary().mentions("Canton Fair") == ()


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ("canton-fair: event\n", ["must be a list of entries"]),
        (FAIR + "- canton fair\n", ["entry 2"]),
        (FAIR.replace("zh: 广交会, ", ""), ["entry canton-fair", "zh", "is missing"]),
        (
            FAIR.replace("kind: event", "kind: fair"),
            ["entry canton-fair", "kind", "must be one of", "event"],
        ),
        (FAIR.replace("en:", "english:"), ["entry canton-fair"]),
        (FAIR.replace("id: canton-fair", "id: Canton Fair"), ["entry Canton Fair", "id"]),
        (FAIR.replace("}", ", forms: {en: Fair}}"), ["entry canton-fair", "forms.en"]),
        (FAIR.replace("en: Canton Fair", "en: ''"), ["entry canton-fair", "en"]),
        (FAIR.replace("en: Canton", "zh: Canton"), ["line 1", "'zh' stands twice"]),
        (FAIR + "- {id: [}\n", ["line 2", "a bracket is opened"]),
        (FAIR.replace("id: canton-fair", "id:"), ["entry 1", "id: is empty"]),
        (FAIR.replace("Canton Fair", "Fair #1"), ["line 1", "a # begins a comment", "in quotes"]),
        (FAIR.replace("}", ", forms: {ja: [広州，交易会]}}"), ["forms.ja.0", "a plain comma"]),
        (FAIR.replace("广交会", "广交会、广州交易会"), ["zh: ", "a plain comma"]),
        (FAIR.replace("}", ", forms: {jp: [広州]}}"), ["forms.jp: 'jp' is none of", "ja"]),
        (FAIR.replace("}", ", forms: {zh-TW: [廣交會]}}"), ["'zh-TW' is none of", "zh-Hant"]),
        (b"%PDF-1.7", ["this is PDF"]),
        (FAIR + FAIR, ["'canton-fair' stands twice"]),
        (FAIR.replace("}", ", forms: {ru: [Fair]}}"), ["entry canton-fair", "no letter of ru"]),
        (FAIR.replace("广交会", "Ярмарка"), ["entry canton-fair", "cyrillic letters"]),
        (FAIR.replace("}", ", capitals: [FAIR]}"), ["'FAIR'", "none of the forms"]),
    ],
)
def test_an_entry_that_is_not_sound_is_named(tmp_path, content, texts):
    with pytest.raises(GlossaryError) as error:
        glossary_of(tmp_path, content)

    message = str(error.value)
    assert message.startswith(str(tmp_path / "corpus" / "glossary.yaml"))
    for text in texts:
        assert text in message


@pytest.mark.parametrize(
    "content", [FAIR + "- {id: [}\n", FAIR.replace("id: canton-fair", "id: Canton Fair")]
)
def test_an_error_is_one_line_for_a_person(tmp_path, content):
    with pytest.raises(GlossaryError) as error:
        glossary_of(tmp_path, content)

    message = str(error.value)
    assert message.count("glossary.yaml") == 1
    assert "Value error" not in message
    assert "\n" not in message


def test_a_form_of_two_entries_is_refused(tmp_path):
    other = "- {id: fair, kind: term, zh: 展会, en: fair, forms: {en: [CANTON FAIR]}}\n"

    with pytest.raises(GlossaryError) as error:
        glossary_of(tmp_path, FAIR + other)

    for text in ("'canton fair'", "canton-fair and fair", "`ambiguous` of both"):
        assert text in str(error.value)


@pytest.mark.parametrize(("of_first", "of_second"), [(True, False), (False, True)])
def test_a_shared_form_must_be_called_ambiguous_by_both(tmp_path, of_first, of_second):
    def entry(identity, is_marked):
        mark = ", ambiguous: [DTI]" if is_marked else ""
        return f"- {{id: {identity}, kind: term, zh: {identity}, en: DTI{mark}}}\n"

    shared = entry("a", is_marked=True) + entry("b", is_marked=True)
    assert len(glossary_of(tmp_path, shared, "both").entries) == 2

    with pytest.raises(GlossaryError, match="'dti' belongs to a and b"):
        glossary_of(tmp_path, entry("a", of_first) + entry("b", of_second), "one")


def test_glossaries_of_several_directories_are_one(tmp_path):
    glossary_of(tmp_path, FAIR, "one")
    glossary_of(tmp_path, "- {id: expo, kind: event, zh: 博览会, en: expo}\n", "two")
    directories = [tmp_path / "one", tmp_path / "two"]

    assert set(load_glossary(directories).entries) == {"canton-fair", "expo"}
    (tmp_path / "two" / "glossary.yaml").write_text(FAIR, "utf-8")
    with pytest.raises(GlossaryError, match=r"two.*'canton-fair' stands twice"):
        load_glossary(directories)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("the Canton Fair and the expo", ["canton-fair", "expo"]),
        ("People's Bank of China", ["pboc"]),
        ("the Bank of China", ["boc"]),
        ("中国人民银行和中国银行", ["pboc", "boc"]),
        ("中国—东盟博览会", ["caexpo"]),
        ("东盟的博览会", ["asean", "expo"]),
        ("no name at all", []),
        ("", []),
    ],
)
def test_the_longest_form_is_recognised(text, entries):
    assert named_in(text) == entries


def test_a_mention_tells_where_it_stands():
    text = "Is the CANTON FAIR open?"

    (mention,) = GLOSSARY.mentions(text)

    assert fold(text)[mention.start : mention.end] == "canton fair"


@pytest.mark.parametrize(
    "text",
    [
        "exposition",
        "export",
        "fairly",
        "affair",
        "DATA",
        "ATA1",
        "2ATA",
        "ataşe",
        "ATAế",
        "ệATA",
        "ASEANа",
        "оАСЕАН",
    ],
)
def test_latin_and_cyrillic_forms_are_recognised_as_whole_words_only(text):
    assert named_in(text) == []


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("(ATA)", "ata-carnet"),
        ("用ATA参展", "ata-carnet"),
        ("ATA-2025", "ata-carnet"),
        ("第138届广交会几号开", "canton-fair"),
        ("страны АСЕАН.", "asean"),
    ],
)
def test_a_form_is_recognised_beside_punctuation_and_chinese(text, entry):
    assert named_in(text) == [entry]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("CANTON FAIR", "canton-fair"),
        ("canton fair", "canton-fair"),
        ("廣交會", "canton-fair"),
        ("中國－東盟博覽會", "caexpo"),
        ("中国–东盟博览会", "caexpo"),
        ("中国-东盟博览会", "caexpo"),
        ("People’s Bank of China", "pboc"),
        ("Bank of\u00a0China", "boc"),
        ("ＣＡＥＸＰＯ", "caexpo"),
        ("ＡＴＡ單證冊", "ata-carnet"),
        ("асеан", "asean"),
    ],
)
def test_case_script_width_and_punctuation_make_no_difference(text, entry):
    assert named_in(text) == [entry]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the Canton Fairs of spring", "canton fairs"),
        ("Canton Fairsome", None),
        ("в АСЕАНе", "асеане"),
        ("грузовыми поездами", "грузовыми поездами"),
        ("поездка с грузовым зонтом", None),
    ],
)
def test_plurals_and_russian_cases_are_the_name_too(text, named):
    trains = Entry(
        id="train", kind="term", zh="班列", en="train", forms={"ru": ["грузовой поезд"]}
    )
    glossary = Glossary([*GLOSSARY.entries.values(), trains])

    found = [fold(text)[m.start : m.end] for m in glossary.mentions(text)]

    assert found == ([named] if named else [])


@pytest.mark.parametrize("text", ["hàng hóa Thụy Sĩ", "hàng hoá Thuỵ Sĩ", "HÀNG HOÁ THỤY SĨ"])
@pytest.mark.parametrize("form", ["hàng hóa Thụy Sĩ", "hàng hoá Thuỵ Sĩ"])
def test_a_vietnamese_tone_may_stand_on_either_vowel(form, text):
    goods = Entry(id="goods", kind="term", zh="瑞士货物", en="Swiss goods", forms={"vi": [form]})

    (mention,) = Glossary([goods]).mentions(text)

    assert (mention.start, mention.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("SAFE's notice", ["SAFE"]),
        ("外汇局（SAFE）", ["SAFE"]),
        ("ＳＡＦＥ", ["SAFE"]),
        ("Straße: SAFE", ["SAFE"]),
        ("is it safe to sell", []),
        ("Safe to sell", []),
        ("国家外汇管理局", ["国家外汇管理局"]),
        ("la feria Ambiente", ["Ambiente"]),
        ("el medio ambiente", []),
    ],
)
def test_a_name_that_is_a_word_needs_its_capitals(text, named):
    safe = Entry(id="safe", kind="institution", zh="国家外汇管理局", en="SAFE", capitals=["SAFE"])
    fair = Entry(id="fair", kind="event", zh="春展", en="Ambiente", capitals=["Ambiente"])

    mentions = Glossary([safe, fair]).mentions(text)

    assert [fold(text)[m.start : m.end] for m in mentions] == [fold(name) for name in named]


def test_an_ambiguous_form_names_all_its_entries():
    assert named_in("DTI") == ["dti-a", "dti-b"]


@pytest.mark.parametrize(
    ("name", "entry"),
    [("Canton Fair", "canton-fair"), ("canton fair", None), ("广交会", None), ("Paris", None)],
)
def test_an_entry_is_found_by_its_english_name(name, entry):
    found = GLOSSARY.by_english_name(name)

    assert (found.id if found else None) == entry


@given(st.text(max_size=20), st.sampled_from(sorted(GLOSSARY.entries)), st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_mentions_follow_one_another_and_hold_a_form(before, identity, after):
    text = f"{before} {GLOSSARY.entries[identity].zh} {after}"

    mentions = GLOSSARY.mentions(text)

    assert mentions
    places = [(mention.start, mention.end) for mention in mentions]
    assert places == sorted(places)
    for mention in mentions:
        assert mention.entry.id in named_in(fold(text)[mention.start : mention.end])


def test_every_form_of_the_real_glossary_is_recognised(project):
    glossary = load_glossary([project / "corpus"])
    assert len(glossary.entries) > 300

    missed = [
        (entry.id, form)
        for entry in glossary.entries.values()
        for form in entry.all_forms()
        if entry not in [mention.entry for mention in glossary.mentions(form)]
    ]

    assert missed == []


def test_forms_that_differ_in_script_only_name_an_entry_once():
    entry = Entry(id="fair", kind="event", zh="广交会", en="Canton Fair", forms={"ja": ["廣交會"]})

    assert [mention.entry.id for mention in Glossary([entry]).mentions("廣交會")] == ["fair"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_glossary_in_another_encoding_is_read(corpus, encoding):
    corpus.write_raw("glossary.yaml", FAIR.encode(encoding))

    assert load_glossary([corpus.directory]).entries["canton-fair"].zh == "广交会"


@pytest.mark.skipif(os.name != "posix", reason="pipes")
def test_a_glossary_that_is_a_pipe_or_lies_elsewhere_is_one_line(corpus, tmp_path):
    path = corpus.directory / "glossary.yaml"
    os.mkfifo(path)
    with pytest.raises(GlossaryError, match="not a regular file"):
        load_glossary([corpus.directory])
    path.unlink()
    (tmp_path / "secret").write_text("- {id: a}")
    path.symlink_to(tmp_path / "secret")
    with pytest.raises(GlossaryError, match="leads out of the corpus"):
        load_glossary([corpus.directory])


def test_a_glossary_is_kept_as_it_is_and_recognises_the_same(tmp_path, project):
    glossary = load_glossary([project / "corpus"])
    assert len(glossary.entries) > 500

    glossary.save(tmp_path / "glossary.json")
    kept = Glossary.load(tmp_path / "glossary.json")

    assert kept.entries == glossary.entries
    text = "中国—东盟博览会和广交会的ATA单证册, SAFE but safe, в АСЕАН"
    assert kept.mentions(text) == glossary.mentions(text) != ()
