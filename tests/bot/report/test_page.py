"""The report's page: findings as titles, nothing but text from people, nothing from a network."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.answers.reasons import AnswerStatus, Reason
from bot.checks.history import CheckRun
from bot.report.values import Voted
from tests.bot.report.browser import CHROMIUM, started
from tests.bot.report.conftest import TODAY, asked_question, question_in_vain
from tests.bot.test_check_page import parsed

_WIDTHS = (320, 390, 1200)


def headings(content):
    return re.findall(r"<h2>(.*?)</h2>", content)


def run(day, **sums):
    at = datetime(2026, 2, day, 9, tzinfo=UTC)
    return CheckRun(at=at, **{"passed": 300, "known": 9, "new": 0} | sums)


@pytest.fixture(scope="session")
def month(make_document):
    """A month with a little of everything, many questions and long words."""
    documents = tuple(
        make_document(
            "x",
            id=f"{topic}/{number}",
            topic=topic,
            title=f"Document {number} on {topic}",
            countries=countries,
            as_of=f"{2024 + number % 3}-05",
            review_by=(TODAY + timedelta(20 * number)).isoformat(),
        )
        for topic, countries in [("events", ["CN", "ID"]), ("zones", ["CN", "AE", "VN"])]
        for number in range(6)
    )
    statuses = [*3 * [AnswerStatus.ANSWERED], *AnswerStatus]
    asked = [
        asked_question(
            answer_id=f"month-{n}",
            day=TODAY - timedelta(n % 30),
            question=f"Question {n} about Poland?",
            language=("zh", "en", "zh-Hant", "vi")[n % 7 % 4],
            status=statuses[n % len(statuses)],
            cited=(documents[n % 5].stem,) if statuses[n % len(statuses)] == "answered" else (),
        )
        for n in range(300)
    ]
    in_vain = [
        question_in_vain("W" * 200, reason=Reason.NOT_READ, nearest=("N" * 200,), times=4),
        *(question_in_vain(f"展位费是多少？{n}", language="zh") for n in range(40)),
    ]
    return {
        "asked": tuple(sorted(asked, key=lambda one: one.day)),
        "in_vain": tuple(in_vain),
        "votes": tuple(
            Voted(answer_id=f"month-{n}", question=f"Voted {n}", vote=1 - n % 3, reason="R" * 90)
            for n in range(0, 30, 2)
            if n % 3 != 1
        ),
        "documents": documents,
        "runs": (run(1, new=3), run(5), run(9, known=8, new=1)),
        "failing": ("canton-fair-booths",),
    }


def test_the_titles_say_what_was_found(page_of, make_document):
    documents = [
        make_document("x", id="events/fair", topic="events", countries=["ID"], as_of="2026-01"),
        make_document("x", id="zones/park", topic="zones", review_by="2026-03-01"),
    ]
    asked = [
        *(asked_question(cited=("events/fair",), language="zh") for _ in range(3)),
        asked_question(day=date(2026, 2, 1), status=AnswerStatus.NOT_IN_DOCUMENTS),
    ]
    in_vain = [question_in_vain("Booth price?", times=2)]
    votes = [Voted(answer_id="a", question="Q", vote=-1, reason="too old")]

    content = page_of(
        asked=asked, in_vain=in_vain, votes=votes, documents=documents, runs=[run(9, new=2)]
    )

    assert headings(content) == [
        "Most questions came on 15 February 2026: 3 of 4",
        "75% of the questions on our topics got a valid answer",
        "75% of the questions are in Chinese",
        "Answers draw on Events most: 3 of 3",
        "Without an answer: 1 different questions, asked 2 times",
        "0 helpful, 1 not helpful",
        "1 of 2 documents were cited by no answer",
        "7 of 8 pairs of country and topic have no document",
        "To look at by 16 May 2026: 1 dates",
        "Last run of the checks: 300 passed, 9 known failures, 2 new",
    ]


def test_without_any_material_the_page_says_so(page_of):
    assert headings(page_of()) == [
        "No questions are kept from this time",
        "Every question had an answer",
        "Nobody has voted on an answer",
        "0 of 0 documents were cited by no answer",
        "0 of 0 pairs of country and topic have no document",
        "Nothing is to be looked at within 90 days",
        "The checks were not run in this time",
    ]


def test_the_page_is_in_chinese_in_both_scripts(page_of, month):
    simplified, traditional = page_of("zh", **month), page_of("zh-Hant", **month)

    assert '<html lang="zh">' in simplified
    assert '<html lang="zh-Hant">' in traditional
    assert "2026年1月17日至2026年2月15日使用报告" in simplified
    assert "展会和活动" in simplified
    assert "使用報告" in traditional
    for content in (simplified, traditional):
        text = " ".join(t for t in parsed(content).texts if not re.search("Question|:root", t))
        assert not re.search(r"\b(the|of|asked|answered|questions)\b", text)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=1>', "&"])
def test_whatever_people_wrote_is_text(page_of, make_document, hostile):
    found = parsed(
        page_of(
            asked=[asked_question(question=hostile, language=hostile)],
            in_vain=[question_in_vain(hostile, nearest=(hostile,), language=hostile)],
            votes=[Voted(answer_id="a", question=hostile, vote=-1, reason=hostile)],
            documents=[make_document("x", title=hostile, review_by="2026-02-20")],
            failing=(hostile,),
            runs=[run(1)],
        )
    )

    assert {tag for tag, _ in found.found}.isdisjoint({"script", "img"})
    assert sum(hostile in text for text in found.texts) >= 6


@pytest.mark.parametrize("character", ["\x00", "\ud800", "\x1b"])
def test_the_page_can_be_written_whatever_a_question_holds(page_of, character):
    content = page_of(in_vain=[question_in_vain(f"a{character}b")])

    assert "a\ufffdb" in content.encode().decode()


def test_days_before_the_oldest_question_are_said_to_be_unknown(page_of):
    recent = page_of(asked=[asked_question(day=date(2026, 2, 14))])
    whole = page_of(asked=[asked_question(day=date(2026, 1, 17))])

    assert "No questions from before 14 February 2026 are kept." in recent
    assert "are kept." not in whole


def test_a_country_that_is_asked_about_in_vain_is_named(page_of, month):
    content = page_of(**month)

    assert re.search(r"few documents are about them: Poland \(asked 300×, documents: 0\)", content)


def test_the_page_needs_no_network_and_no_script(page_of, month):
    content = page_of(**month)

    assert not re.search(r"https?://|url\(|@import|<link|<script|src=", content)
    assert "default-src 'none'" in content
    assert len(content) < 500_000


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: `apt-get install chromium`")
async def test_in_a_browser_nothing_is_amiss_at_any_width_in_light_dark_and_print(
    page_of, month, tmp_path
):
    path = tmp_path / "report.html"
    path.write_text(page_of("zh", **month), "utf-8")
    seen = {}

    async with started(tmp_path / "profile") as browser:
        for width in _WIDTHS:
            await browser.open(path, width=width)
            assert await browser.evaluate("document.documentElement.scrollWidth") <= width
            assert await browser.evaluate(_HIDDEN_BARS) == 0
            assert await browser.evaluate(_TEXT_OUTSIDE) == []
        for name in ("light", "dark", "print"):
            await browser.open(
                path, width=1200, dark=name != "light", media="print" if name == "print" else ""
            )
            seen[name] = await browser.evaluate(_COLOURS)
        pdf = await browser.printed()

    assert browser.complaints == []
    assert set(browser.requests) == {path.as_uri()}
    assert seen["light"] == ["rgb(255, 255, 255)", "rgb(0, 114, 178)"]
    assert seen["dark"] == ["rgb(20, 23, 26)", "rgb(86, 180, 233)"]
    assert seen["print"] == seen["light"]
    assert pdf.startswith(b"%PDF")


_HIDDEN_BARS = """
[...document.querySelectorAll("rect")].filter(bar => bar.getBoundingClientRect().width < 1).length
"""
_TEXT_OUTSIDE = """
[...document.querySelectorAll("svg text")].filter(text => {
  const box = text.getBoundingClientRect();
  return box.left < 0 || box.right > innerWidth;
}).map(text => text.textContent)
"""
_COLOURS = """
[getComputedStyle(document.body).backgroundColor,
 getComputedStyle(document.querySelector("rect.answered")).fill]
"""
