"""XML of any kind."""

import pytest

from index.loading.extraction.records import read


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<d><t>Guide</t><p>The <b>fee</b> is <i>90</i>.</p></d>", "Guide\n\nThe fee is 90.\n"),
        ("<d><p>One.</p>\n  <p>Two.</p>\n</d>", "One.\n\nTwo.\n"),
        ("<d>Intro<p>One.</p><p>Two.</p></d>", "Intro\n\nOne.\n\nTwo.\n"),
        ("<d><p>A <b>fee</b>.</p><p>A <b>tax</b>.</p></d>", "A fee.\n\nA tax.\n"),
        ("<d><p>A <b>fee</b></p><p>A <b>tax</b></p></d>", "A\n\nfee\n\nA\n\ntax\n"),
        ("<d><p>Seen<!-- not --> text.</p></d>", "Seen text.\n"),
    ],
)
def test_marks_within_a_sentence_do_not_tear_it(xml, text):
    assert read(xml.encode())[0].text == text


def test_names_of_records_name_columns_whatever_they_hold():
    xml = "<l><r><name>Haas</name><v1>Ulm</v1></r><r><name>City</name><v1>Wuxi</v1></r></l>"

    assert read(xml.encode())[0].text == "| name: Haas; v1: Ulm\n| name: City; v1: Wuxi\n"
