"""A brief as a Word document: headings, quotes, links, page numbers."""

import io
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from bot.chat.brief import Brief, BriefEntry
from bot.chat.replies import File, Reply
from bot.chat.rich_text import RichText, bold
from bot.texts import is_right_to_left, text
from index.language import primary

_LATIN_FONT, _LATIN_LANGUAGE = "Calibri", "en-GB"
"""The language is that of Latin letters in a Chinese text."""
_CHINESE_FONTS = {"zh-Hant": ("Microsoft JhengHei", "zh-TW")}
"""Font and language of Chinese characters; every Word has them, or puts its own in their place."""
_SIMPLIFIED = ("Microsoft YaHei", "zh-CN")
_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN, _INDENT = Mm(210), Mm(297), Mm(25), Mm(6)
_GREY, _BLUE = RGBColor(0x66, 0x72, 0x7F), RGBColor(0x1F, 0x3A, 0x5F)
_BEHIND_DIRECTION = tuple(
    f"w:{name}"
    for name in "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
    "rPr sectPr pPrChange".split()
)
"""What Word wants after the direction of a paragraph. Source: ECMA-376, CT_PPrBase."""
_SOURCE, _NOTE, _LINK = "Brief source", "Brief note", "Hyperlink"
_SIZES = {"Title": 24, "Subtitle": 12, "Heading 1": 16, "Heading 2": 12, "Quote": 10.5}


def brief_reply(brief: Brief) -> Reply:
    """The file, with what it is."""
    caption = bold(brief.title) + "\n" + RichText(brief.line)
    return Reply(text=caption, file=File(name=brief.file_name, content=_content(brief)))


def _content(brief: Brief) -> bytes:
    document = docx.Document()
    _lay_out(document, brief)
    document.add_paragraph(brief.title, style="Title")
    document.add_paragraph(brief.line, style="Subtitle")
    document.add_paragraph(brief.note, style=_NOTE)
    for topic, entries in brief.sections:
        document.add_heading(topic, level=1)
        for entry in entries:
            _add_entry(document, entry, brief.language)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _add_entry(document: Document, entry: BriefEntry, language: str) -> None:
    document.add_heading(entry.heading, level=2)
    quote = document.add_paragraph(f"“{entry.quote}”", style="Quote")
    quote.paragraph_format.keep_with_next = True
    if is_right_to_left(language) and not is_right_to_left(entry.citation.language):
        _set_direction(quote, is_right_to_left=False)
    source = document.add_paragraph("— ", style=_SOURCE)
    for position, (name, url) in enumerate(entry.authors):
        if position:
            source.add_run(text("semicolon", language))
        if url:
            _add_link(source, name, url)
        else:
            source.add_run(name)
    if entry.as_of:
        source.add_run(f" · {entry.as_of}")
    for note in entry.notes:
        document.add_paragraph(note, style=_NOTE)


def _lay_out(document: Document, brief: Brief) -> None:
    """A4, fonts for every script, page numbers, and what file managers show."""
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE_WIDTH, _PAGE_HEIGHT
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    _set_styles(document, brief.language)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)  # the library has no fields
    properties = document.core_properties
    properties.title, properties.subject = brief.title, brief.line
    properties.language = brief.language
    properties.author, properties.comments = "smebot", ""
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)


def _set_styles(document: Document, language: str) -> None:
    styles = document.styles
    for name in (_SOURCE, _NOTE):
        small = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        small.base_style = styles["Normal"]
        small.font.size, small.font.color.rgb = Pt(9), _GREY
    styles["Normal"].font.size = Pt(10.5)
    styles["Quote"].font.italic = False  # which Chinese characters do not have
    styles["Quote"].paragraph_format.left_indent = _INDENT
    link = styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.underline, link.font.color.rgb = True, RGBColor(0x05, 0x63, 0xC1)
    for name, size in _SIZES.items():
        styles[name].font.size = Pt(size)
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2"):
        styles[name].font.color.rgb = _BLUE
    for name in ("Normal", *_SIZES, _SOURCE, _NOTE):
        _set_fonts(styles[name], language)


def _set_fonts(style: ParagraphStyle, language: str) -> None:
    """Fonts by script: without one for Chinese, Word takes what it finds."""
    font, east_asian = _CHINESE_FONTS.get(language, _SIMPLIFIED)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()  # the template's themes, which come before names
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), _LATIN_FONT)
    fonts.set(qn("w:eastAsia"), font)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), _LATIN_LANGUAGE if primary(language) == "zh" else language)
    tag.set(qn("w:eastAsia"), east_asian)
    tag.set(qn("w:bidi"), language)
    properties.append(tag)
    if is_right_to_left(language):
        _set_direction(style, is_right_to_left=True)


def _set_direction(what: ParagraphStyle | Paragraph, *, is_right_to_left: bool) -> None:
    element = what.element if isinstance(what, ParagraphStyle) else what._p
    direction = OxmlElement("w:bidi")
    direction.set(qn("w:val"), "1" if is_right_to_left else "0")
    element.get_or_add_pPr().insert_element_before(direction, *_BEHIND_DIRECTION)


def _add_link(paragraph: Paragraph, name: str, url: str) -> None:
    """A name that opens an address; the library reads such links and does not write them."""
    link = OxmlElement("w:hyperlink")
    relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(name, style=_LINK)
    link.append(run._r)
    paragraph._p.append(link)
