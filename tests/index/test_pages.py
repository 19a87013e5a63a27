"""Web pages as authorities and old programs write them."""

import pytest

from index.loading.extraction.extracted import UnreadableError
from index.loading.extraction.web import from_markup


def text_of(markup):
    return from_markup(markup).text


def test_a_form_is_read_without_what_people_type_and_choose_in():
    page = (
        "<form><h1>Export refunds</h1><p>It takes ten days.</p><input value=x><select><option>A"
        "</select><textarea>B</textarea><button>Send</button><p>It is free.</p></form>"
    )

    assert text_of(page) == "# Export refunds\n\nIt takes ten days.\n\nIt is free.\n"


def test_a_cell_over_several_rows_holds_in_each():
    page = (
        "<table><tr><th>Country<th>Goods<th>Rate<tr><td rowspan=2>Peru<td>Tiles<td>9%"
        "<tr><td>Copper<td>0%<tr><td>Chile<td colspan=2>exempt"
        "<tr><td>Cuba<td rowspan=2 colspan=2>none<tr><td>Iran</table>"
    )

    assert text_of(page).splitlines() == [
        "| Country: Peru; Goods: Tiles; Rate: 9%",
        "| Country: Peru; Goods: Copper; Rate: 0%",
        "| Country: Chile; Goods: exempt",
        "| Country: Cuba; Goods: none",
        "| Country: Iran; Goods: none",
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("<tr><th>Owner<td>Haas<tr><th>Town<td>Ulm", "| Owner: Haas\n| Town: Ulm\n"),
        ("<tr><th>Ulm<td>1<td>2<tr><th>Wuxi<td>3<td>4", "| Ulm; 1; 2\n| Wuxi; 3; 4\n"),
        ("<tr><th>Town<th>Fee 90<tr><th>Ulm<td>4", "| Town: Ulm; Fee 90: 4\n"),
        ("<thead><tr><td>1<td>2<tbody><tr><td>a<td>b", "| 1: a; 2: b\n"),
        ("<tr><td>Town<td>Fee<tr><td>Ulm<td>4", "| Town: Ulm; Fee: 4\n"),
        (
            "<tr><th rowspan=2>Town<th colspan=2>2024<tr><th>In<th>Out<tr><td>Ulm<td>4<td>5",
            "| Town: Ulm; 2024 In: 4; 2024 Out: 5\n",
        ),
    ],
)
def test_a_page_says_what_the_header_of_a_table_is(rows, said):
    assert text_of(f"<table>{rows}</table>") == said


def test_the_caption_of_a_table_stands_above_it():
    page = "<table><caption>Fees</caption><tr><th>A<th>B<tr><td>1<td>2</table>"

    assert text_of(page) == "Fees\n\n| A: 1; B: 2\n"


@pytest.mark.parametrize("tags", ["<div>", "<font><span>", "<div><p>"])
def test_tags_that_are_never_closed_lose_nothing(tags):
    page = "".join(f"{tags}Sentence {at}." for at in range(600))

    assert [at for at in range(600) if f"Sentence {at}." not in text_of(page)] == []


def test_a_page_too_deep_to_be_read_is_refused():
    with pytest.raises(UnreadableError, match="nested too deep"):
        from_markup("<div>" * 10_000 + "<p>Lost.")


def test_raised_figures_are_no_part_of_a_number():
    page = "<p>10<sup>2</sup> km<sup>2</sup>, 10<sup>-3</sup>, 1<sup>st</sup></p><h2>m<sup>3</sup>"

    assert text_of(page) == "10² km², 10⁻³, 1st\n\n## m³\n"


def test_declarations_of_a_document_type_are_no_text():
    page = '<!DOCTYPE html [<!ENTITY x "y">]><html><body><p>The fee.</p></body></html>'

    assert text_of(page) == "The fee.\n"


def test_a_numbered_list_begins_with_its_own_number():
    assert text_of("<ol start=3><li>Third<li>Fourth</ol>") == "3. Third\n4. Fourth\n"
