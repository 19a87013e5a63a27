"""Where people are, guessed and named."""

from datetime import UTC, datetime

import pytest

from bot.chat.time_zones import ZONES, usual_zone, zone_name, zone_rows

WINTER, SUMMER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("languages", "zone"),
    [
        (("zh-Hant",), "Asia/Shanghai"),
        (("ru-RU", "en"), "Europe/Moscow"),
        ((None, "zh"), "Asia/Shanghai"),
        (("sw", "en"), "UTC"),
        ((), "UTC"),
    ],
)
def test_a_zone_is_guessed_by_the_first_language_that_tells(languages, zone):
    assert usual_zone(*languages) == zone


@pytest.mark.parametrize(
    ("zone", "language", "at", "name"),
    [
        ("Asia/Shanghai", "zh", WINTER, "上海 UTC+8"),
        ("America/New_York", "zh-Hant", WINTER, "紐約 UTC-5"),
        ("America/New_York", "en", SUMMER, "New York UTC-4"),
        ("Europe/Moscow", "ru", SUMMER, "Москва UTC+3"),
        ("UTC", "ar", SUMMER, "UTC"),
    ],
)
def test_a_zone_is_named_with_its_offset_of_the_day(zone, language, at, name):
    assert zone_name(zone, language, at) == name


def test_all_zones_are_offered_and_fit_into_a_button():
    offered = [each for row in zone_rows("zh") for each in row]

    assert [zone for zone, _ in offered] == list(ZONES)
    assert len({name for _, name in offered}) == len(ZONES)
    assert all(len(f"n:z:{zone}".encode()) <= 64 for zone in ZONES)
