"""A list of documents as a Word file: by topic, newest first, quoted word for word, with links."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from bot.answers.verification import one_line
from bot.chat.brief import brief_of
from bot.chat.brief_file import brief_reply
from bot.chat.lists_view import ListsView
from index.encoder import no_progress
from tests.telegram.conftest import TODAY

LINK = "https://www.bkpm.example/rules?a=1&b=2"
BKPM = [{"publisher": "BKPM", "published": "2025-11-06", "url": LINK}]
DOCUMENTS = {
    "policy/old-rule.en": (
        "# Old rule\n\nThe old rule asked for a stamp. It held for a year.\n\nNobody misses it.\n",
        {"title": "Old rule", "as_of": "2024-03-01", "valid_until": "2024-12-31"},
    ),
    "policy/new-rule.en": (
        "# New rule\n\nThe new rule asks for a form.\n\nThe form is blue.\n",
        {"title": "New rule", "as_of": "2025-11-06", "sources": BKPM},
    ),
    "zones/batam-park.en": (
        "The Batam park rents halls & docks. "
        + "It lies beside the strait; " * 12
        + "and so on.\n",
        {"title": "Batam park", "as_of": "2025-05", "caveats": ["The page is undated."]},
    ),
    "zones/batam-park.zh": (
        "巴淡园区出租厂房和码头。园区在海峡边。\n",
        {"title": "巴淡园区", "as_of": "2025-05", "caveats": ["网页没有日期。"]},
    ),
    **{
        f"market-access/stamp-{n}.en": (f"Stamp {n} costs nothing.\n", {"title": f"Stamp {n}"})
        for n in range(1, 9)
    },
}
"""All of Indonesia."""


@pytest.fixture
async def indonesia(running):
    """The bot that also knows of Indonesia."""
    for name, (body, keys) in DOCUMENTS.items():
        topic = name.partition("/")[0]
        running.corpus.write(f"{name}.md", body, **{"topic": topic, "countries": ["ID"]} | keys)
    report = running.staff.index.reindex(1, "en", no_progress)
    running.staff.index.publish(
        1, "en", report.rows[0][0].data.partition(":")[2], override="a test"
    )
    return running


@pytest.fixture
def brief(indonesia):
    """`brief(words, language)`: the brief, and its file, opened again."""

    def make(words="Indonesia", language="en"):
        made = brief_of(ListsView(indonesia.live.current().lists, language, TODAY), words)
        return made, docx.Document(io.BytesIO(brief_reply(made).file.content))

    return make


def texts(document, style):
    return [p.text for p in document.paragraphs if p.style.name == style]


async def test_a_list_of_documents_comes_as_a_file(indonesia, li, telegram):
    li.sends("/documents Indonesia")
    listed = await li.wait_for_reply()
    li.presses("As a file (Word)", message=listed)
    sent = await li.wait_for_reply()

    assert sent.file.name == "Documents-Indonesia-2026-02-15.docx"
    assert sent.content["document"]["mime_type"].endswith("wordprocessingml.document")
    assert sent.text == "Documents: Indonesia\nAs of 15 February 2026 · 11 in all"
    opened = docx.Document(io.BytesIO(sent.file.content))
    assert len(texts(opened, "Heading 2")) == 11  # not a page of them
    assert len(telegram.calls_of("sendDocument")) == 1


async def test_so_does_an_answer_that_lists_them_also_after_a_vote_and_a_restart(
    indonesia, start_bot, wang
):
    wang.sends("印尼的所有资料")
    answer = await wang.wait_for_reply()
    wang.presses("👍 有用")
    assert "文件（Word）" in (await wang.wait_for_edit()).buttons
    await indonesia.stop()
    await start_bot()

    wang.presses("文件（Word）", message=answer)
    sent = await wang.wait_for_reply()

    assert sent.file.name == "印尼资料-2026-02-15.docx"
    assert sent.text == "印尼资料\n整理日期：2026年2月15日　共11篇"


async def test_it_is_in_the_language_of_the_list_whoever_presses(indonesia, telegram, li, wang):
    group = telegram.group("Trade", li, wang)
    li.sends(f"/documents@{telegram.username} Indonesia", to=group)
    listed = await group.wait_for_reply()

    wang.presses("As a file (Word)", message=listed)

    assert (await group.wait_for_reply()).file.name.startswith("Documents-Indonesia")


@pytest.mark.parametrize("command", ["/documents", "/events 2025", "/documents Greenland"])
async def test_other_lists_have_no_such_button(indonesia, li, command):
    li.sends(command)

    assert not any("Word" in button for button in (await li.wait_for_reply()).buttons)


@pytest.mark.parametrize("data", ["d:en:Greenland", "d:", "d:xx:Greenland"])
async def test_a_button_of_what_is_gone_is_too_old(indonesia, li, data):
    li.sends("/documents Indonesia")
    listed = await li.wait_for_reply()

    li.presses_data(data, listed)

    assert "too old" in (await li.wait_for_reply()).text


def test_documents_stand_below_their_topics_the_newest_first(brief):
    _, document = brief()

    levels = ("Title", "Heading 1", "Heading 2")
    shown = [p.text for p in document.paragraphs if p.style.name in levels]
    assert shown[:6] == [
        "Documents: Indonesia",
        "Zones and parks",
        "1. Batam park",
        "Policy",
        "2. New rule",
        "3. Old rule",
    ]
    assert shown[6] == "Market access"
    assert texts(document, "Subtitle") == ["As of 15 February 2026 · 11 in all"]


def test_quotes_are_the_beginning_of_their_documents_word_for_word(brief):
    made, document = brief()

    quotes = texts(document, "Quote")
    assert quotes[0] == "“The Batam park rents halls & docks.”"  # the second is too long
    assert quotes[1] == "“The new rule asks for a form.”"  # the second is another paragraph
    assert quotes[2] == "“The old rule asked for a stamp. It held for a year.”"
    entries = [entry for _, section in made.sections for entry in section]
    assert len(entries) == len(quotes)
    for entry, quote in zip(entries, quotes, strict=True):
        cited = entry.citation
        assert cited.document.text[cited.start : cited.end] == cited.quote
        assert quote == f"“{one_line(cited.quote)}”"


def test_sources_are_links_and_notes_say_how_far_to_rely_on_it(brief):
    _, document = brief()

    sources = [p for p in document.paragraphs if p.style.name == "Brief source"]
    (link,) = sources[1].hyperlinks
    assert (link.text, link.address) == ("BKPM, 6 November 2025", LINK)
    assert sources[1].text == "— BKPM, 6 November 2025 · figures as of 6 November 2025"
    notes = "\n".join(texts(document, "Brief note"))
    assert "Please note: The page is undated." in notes
    assert "was valid until 31 December 2024 and has expired" in notes


@pytest.mark.parametrize(
    ("language", "title", "font", "spoken"),
    [
        ("zh", "印尼资料", "Microsoft YaHei", "zh-CN"),
        ("zh-Hant", "印尼資料", "Microsoft JhengHei", "zh-TW"),
        ("en", "Documents: 印尼", "Microsoft YaHei", "zh-CN"),
    ],
)
def test_every_style_has_a_font_for_chinese(brief, language, title, font, spoken):
    made, document = brief("印尼", language)

    assert made.title == title
    used = {paragraph.style.name for paragraph in document.paragraphs}
    assert used >= {"Title", "Heading 1", "Heading 2", "Quote", "Brief source"}
    for name in used:
        properties = document.styles[name].element.rPr
        fonts = properties.find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) == font
        assert not [key for key in fonts.attrib if "Theme" in key]
        assert properties.find(qn("w:lang")).get(qn("w:eastAsia")) == spoken


def test_it_is_an_a4_document_with_page_numbers_and_properties(brief):
    made, document = brief()

    (section,) = document.sections
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert 'w:instr="PAGE"' in section.footer.paragraphs[0]._p.xml
    properties = document.core_properties
    assert (properties.title, properties.language) == (made.title, "en")
    assert properties.comments == ""


def test_arabic_goes_from_right_to_left_and_english_quotes_do_not(brief):
    _, document = brief("Indonesia", "ar")

    title, quote = (
        next(p for p in document.paragraphs if p.style.name == name) for name in ("Title", "Quote")
    )
    assert title.style.element.pPr.find(qn("w:bidi")).get(qn("w:val")) == "1"
    assert quote._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0"


@pytest.mark.parametrize("words", ["Indonesia", "../../etc/passwd Indonesia", 'a"b|c Indonesia'])
def test_a_file_name_is_one_everywhere(brief, words):
    made, _ = brief(words)

    assert re.fullmatch(r"[\w-]+-2026-02-15\.docx", made.file_name)
