"""PPTX: what slides show, in the order of drawing."""

from pptx import Presentation
from pptx.util import Inches

from tests.index.saved_files import text_of


def test_slides_give_titles_lists_tables_and_notes_in_order(corpus):
    file = Presentation()
    slide = file.slides.add_slide(file.slide_layouts[1])
    slide.shapes.title.text = "出口融资"
    slide.placeholders[1].text = "首先\n其次"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(4), Inches(4), Inches(1)).table
    for at, text in enumerate(("Bank", "Rate", "A", "3%")):
        table.cell(at // 2, at % 2).text = text
    slide.notes_slide.notes_text_frame.text = "Say who may apply."

    text = text_of(corpus, "talk.pptx", file)

    assert text == "## 出口融资\n\n- 首先\n- 其次\n\n| Bank: A; Rate: 3%\n\nSay who may apply.\n"


def boxed(*boxes):
    """A slide of text boxes: each a text and, in inches, how far from the left and the top."""
    file = Presentation()
    slide = file.slides.add_slide(file.slide_layouts[6])
    for text, left, top in boxes:
        box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(1))
        box.text_frame.text = text
    return file


def test_a_merged_cell_of_a_slide_holds_in_each_of_its_rows(corpus):
    file = Presentation()
    slide = file.slides.add_slide(file.slide_layouts[6])
    table = slide.shapes.add_table(4, 3, Inches(1), Inches(1), Inches(4), Inches(1)).table
    cells = ("Zone", "City", "Firms", "East", "Wuxi", "50", "", "Suzhou", "60", "All", "", "110")
    for at, text in enumerate(cells):
        table.cell(at // 3, at % 3).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))

    text = text_of(corpus, "zones.pptx", file)

    assert text == (
        "| Zone: East; City: Wuxi; Firms: 50\n"
        "| Zone: East; City: Suzhou; Firms: 60\n"
        "| Zone: All; Firms: 110\n"
    )


def test_the_mark_of_a_footnote_on_a_slide_is_no_digit_of_its_text(corpus):
    file = boxed(("The rate is 9%", 1, 1))
    paragraph = file.slides[0].shapes[0].text_frame.paragraphs[0]
    for text, link in (("1", "https://example.org"), (" of 4 m", None), ("2", None)):
        run = paragraph.add_run()
        run.text = text
        run.hyperlink.address = link
        run._r.get_or_add_rPr().set("baseline", "0" if " " in text else "30000")

    assert text_of(corpus, "rate.pptx", file) == "The rate is 9% of 4 m2\n"
