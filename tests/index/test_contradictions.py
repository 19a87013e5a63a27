"""Two documents in force that give different numbers for the same thing are found."""

import time

import pytest

FIRMS = "广州跨境电商产业园目前有入驻企业{}，享受三年免租。"


@pytest.fixture
def told(checked):
    """`told(text, other text, **keys)`: what is found; the keys belong to the second document."""

    def find(body, other, **keys):
        checked.corpus.write("zones/a.zh.md", body, topic="zones")
        checked.corpus.write("zones/b.zh.md", other, topic="zones", **keys)
        return [text for _, _, text in checked.findings() if "other numbers" in text]

    return find


@pytest.mark.parametrize(
    ("body", "other"),
    [
        (FIRMS.format("120家"), FIRMS.format("150家")),
        (FIRMS.format("3千家"), FIRMS.format("3200家")),
        (
            "Exporters in Guangzhou get up to CNY 300,000 a year for insurance.",
            "Exporters in Guangzhou get up to CNY 320,000 a year for insurance.",
        ),
        (FIRMS.format("120家"), FIRMS.format("120家").replace("三年", "5年")),
    ],
)
def test_other_numbers_for_the_same_thing_are_found(told, body, other):
    (found,) = told(body, other)

    assert "zones/a.zh.md: " in found
    assert body[:20] in found


@pytest.mark.parametrize(
    ("body", "other"),
    [
        (FIRMS.format("3000家"), FIRMS.format("3千家")),
        (FIRMS.format("120家"), FIRMS.format("150家").replace("广州", "南京")),
        ("2025年末，广州的外贸企业有5.1万家。", "2026年末，广州的外贸企业有5.3万家。"),
        ("2026年上半年广州外贸增长3.1%左右。", "2026年第一季度广州外贸增长4.2%左右。"),
        ("2026年第二季度广州外贸增长3.1%左右。", "2026年第一季度广州外贸增长4.2%左右。"),
        (
            "By 3 March 2026 Guangzhou had taken in 1,200 foreign exhibitors.",
            "By 20 March 2026 Guangzhou had taken in 1,450 foreign exhibitors.",
        ),
        ("共有12家。", "共有13家。"),
    ],
)
def test_the_same_value_and_another_place_year_or_part_of_it_are_not(told, body, other):
    assert told(body, other) == []


@pytest.mark.parametrize("keys", [{"valid_until": "2025-12-31"}, {"replaced_by": "zones/a"}])
def test_what_is_no_longer_in_force_contradicts_nothing(told, keys):
    assert told(FIRMS.format("120家"), FIRMS.format("150家"), **keys) == []


def test_other_days_for_the_same_edition_are_found(checked):
    days = {"series": "canton-fair", "edition": 140, "certainty": "scheduled", "city": "Guangzhou"}
    text = "第140届广交会定于2026年10月{}日在广州开幕。"
    for name, day in (("a", 15), ("b", 16)):
        event = {**days, "start": f"2026-10-{day}"}
        checked.corpus.write(f"events/{name}.zh.md", text.format(day), event=event)

    found = [text for _, _, text in checked.findings() if "other numbers" in text]

    assert any("2026-10-15 to None" in text for text in found)


def test_thousands_of_sentences_alike_are_compared_in_seconds(checked):
    """Each was compared with all: minutes for a long list."""
    listed = "\n\n".join(f"Firm number {number} exhibits tea." for number in range(3000))
    checked.corpus.write_raw("zones/a.txt", listed)
    checked.corpus.write_raw("zones/b.txt", f"{listed}\n\nFirm number 7 exhibits silk.")
    begun = time.process_time()

    checked.findings()

    assert time.process_time() - begun < 20
