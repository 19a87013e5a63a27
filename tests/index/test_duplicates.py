"""What is said twice is found, as a whole document where it is one."""

import pytest

from index.duplicates import likeness

SENTENCES = (
    "The jade park in Hotan was opened by the region in the spring of 2019 for carvers.",
    "Firms that move there pay no rent for their halls during the first three years.",
    "Its customs office clears what is carved there on the same day, also on Sundays.",
    "Whoever wants to settle there writes to the office of the park in Chinese or Uyghur.",
)
OTHER = "A railway takes containers of tomatoes from the valley to the coast twice a week."


@pytest.fixture
def repeated(checked):
    """`repeated(body, other body)`: what is found in the second of two documents."""

    def find(body, other):
        checked.corpus.write_raw("zones/a.txt", body)
        checked.corpus.write_raw("zones/b.txt", other)
        found = [(name, text) for name, _, text in checked.findings() if "no source" not in text]
        assert all(name == "zones/b.txt" for name, _ in found)
        return [text for _, text in found]

    return find


def test_the_same_content_under_another_name_is_one_finding(repeated):
    (found,) = repeated("\n\n".join(SENTENCES), "  ".join(SENTENCES).upper())

    assert found.startswith("the same text as ")
    assert found.endswith("zones/a.txt: delete one of them")


def test_a_document_that_is_mostly_another_one_is_one_finding(repeated):
    (found,) = repeated("\n\n".join(SENTENCES), "\n\n".join((*SENTENCES[:3], OTHER)))

    assert found.startswith("most of it stands in ")


def test_a_sentence_taken_over_is_told_as_that(repeated):
    (found,) = repeated("\n\n".join(SENTENCES), f"{SENTENCES[0]}\n\n{OTHER}\n\n{OTHER[::-1]}")

    assert found.startswith("says nearly what ")


def test_documents_about_other_things_are_no_finding(repeated):
    assert repeated("\n\n".join(SENTENCES), OTHER) == []


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        (SENTENCES[0], SENTENCES[0].upper(), 1, 1),
        (" ".join(SENTENCES[:2]), " ".join(SENTENCES), 0.9, 1),
        ("".join(SENTENCES).replace("2019", "2021"), "".join(SENTENCES), 0.7, 0.99),
        (
            "和田玉石产业园由自治区建设，入园企业三年免租。",
            "和田玉石產業園由自治區建設，入園企業三年免租。",
            1,
            1,
        ),
        (SENTENCES[0], OTHER, 0, 0),
        ("", OTHER, 0, 0),
        ("A railway", OTHER, 0, 0),
        ("A railway", "a RAILWAY", 1, 1),
    ],
)
def test_likeness_is_the_share_of_the_shorter_text(one, other, low, high):
    assert low <= likeness(one, other) <= high
    assert likeness(one, other) == likeness(other, one)
