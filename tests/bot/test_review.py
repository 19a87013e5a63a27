"""Two snapshots are asked the same; what differs is sorted by what it means, and shown."""

import re
from datetime import UTC, date, datetime

import numpy as np
import pytest

from bot.answers.answerer import Answerer
from bot.checks.values import Check
from bot.review.asking import ReadsOnce, review
from bot.review.page import page
from bot.review.report import as_json, lines
from bot.review.values import Verdict
from index import Glossary
from index.encoder import no_progress
from index.readers.word_reader import WordReader
from tests.bot.handmade_fits import decision_fit
from tests.bot.test_check_page import Balanced

TODAY = date(2026, 2, 15)
TEXTS = {
    "jade": "Jade is cut and polished in {}.",
    "silk": "Weavers of silk gather beside the canal.",
    "clove": "Clove traders met on the pier.",
}
ASKED = {
    "jade": "Where is jade cut and polished?",
    "silk": "Weavers of silk gather where?",
    "clove": "Where have clove traders met?",
}


def _documents(make, *names: str, place: str):
    keys = {"valid_until": "2026-03-01"}
    return [
        make(f"zones/{name}.en", f"{TEXTS[name].format(place)}\n", title=name, **keys)
        for name in names
    ]


@pytest.fixture(scope="module")
def served(retriever_of, desk_document):
    """Answers about three things."""
    documents = _documents(desk_document, *TEXTS, place="Hotan")
    return Answerer(retriever_of(*documents), Glossary(), WordReader(), decision_fit())


@pytest.fixture(scope="module")
def candidate(retriever_of, desk_document):
    """One of them is elsewhere now, another one is gone."""
    documents = _documents(desk_document, "jade", "clove", place="<b>Kashgar</b>")
    return retriever_of(*documents).snapshot


def _check(name: str, **keys: object) -> Check:
    values = {
        "id": name,
        "question": ASKED[name.partition("-")[0]],
        "language": "en",
        "as_of": TODAY,
    }
    return Check.model_validate(values | {"status": "answered"} | keys)


@pytest.fixture(scope="module")
def reviewed(served, candidate):
    """Checks of each kind of difference, and two questions."""
    checks = [
        _check("clove", say=["pier"]),
        _check("jade", say=["polished"]),
        _check("jade-moved", say=["Kashgar"]),
        _check("jade-known", say=["Hotan"], expected_failure="old"),
        _check("silk", cite=["zones/silk"]),
    ]
    asked = [(ASKED["clove"],), (ASKED["clove"], ASKED["jade"])]
    told: list[tuple[int, int]] = []
    found = review(
        served,
        candidate,
        checks,
        asked,
        progress=lambda *done: told.append(done),
        today=TODAY,
    )
    assert told == [(number, 7) for number in range(1, 8)]
    return found


def test_what_breaks_comes_first_and_what_stays_is_not_listed(reviewed):
    found = [(each.verdict, each.check) for each in reviewed.differences]

    assert found == [
        (Verdict.BREAKS, "silk"),
        (Verdict.MENDS, "jade-moved"),
        (Verdict.CHECK, "jade"),
        (Verdict.CHECK, "jade-known"),
        (Verdict.QUESTION, ""),
    ]
    assert (reviewed.checks, reviewed.questions) == (5, 2)


def test_checks_that_were_compared_before_are_not_asked_again(served, candidate, reviewed):
    known = [each for each in reviewed.differences if each.check]
    told: list[tuple[int, int]] = []

    again = review(
        served,
        candidate,
        [_check("silk", cite=["zones/silk"])] * 5,
        [(ASKED["clove"], ASKED["jade"])],
        progress=lambda *done: told.append(done),
        today=TODAY,
        known=known,
    )

    assert told == [(1, 1)]
    assert [(each.verdict, each.check) for each in again.differences] == [
        (each.verdict, each.check) for each in reviewed.differences
    ]
    assert (again.checks, again.questions) == (5, 1)


def test_only_what_breaks_speaks_against_publishing(reviewed):
    (line,) = reviewed.against

    assert str(line).startswith(
        "check silk passes now and would fail: the check names no document"
    )


def test_documents_passages_and_what_expires_are_counted(reviewed):
    assert reviewed.changes.documents.changed == ("zones/jade.en",)
    assert reviewed.changes.documents.removed == ("zones/silk.en",)
    assert (reviewed.changes.embedded, reviewed.changes.reused) == (1, 1)
    assert reviewed.changes.dropped == 2
    assert as_json(reviewed, TODAY)["expiring_within_days"] == {30: 2, 60: 2, 90: 2}


def test_the_same_snapshot_differs_in_nothing(served):
    snapshot = served.retriever.snapshot
    checks = [_check("jade"), _check("silk", status="declined")]

    found = review(served, snapshot, checks, [], progress=no_progress, today=TODAY)

    assert found.differences == []
    assert not found.changes.documents


def test_lines_show_both_answers_below_their_question(reviewed):
    shown = list(lines(reviewed, TODAY))

    at = shown.index(f"-  {ASKED['clove']} » {ASKED['jade']}")
    assert shown[at + 1] == "  now  answered"
    assert shown[at + 2] == "       zones/jade.en: Jade is cut and polished in Hotan."
    assert shown[at + 3 : at + 5] == [
        "  then answered",
        "       zones/jade.en: Jade is cut and polished in <b>Kashgar</b>.",
    ]


def test_the_page_is_whole_escaped_and_needs_no_network(reviewed):
    html = page(reviewed, datetime(2026, 2, 15, 9, 30, tzinfo=UTC), "en")

    parser = Balanced()
    parser.feed(html)
    assert parser.open == []
    assert "<b>Kashgar</b>" not in html
    assert "&lt;b&gt;Kashgar&lt;/b&gt;" in html
    assert "default-src 'none'" in html
    assert not re.search(r"(?:src|href)=|https?:", html)
    headings = [text for text in parser.texts if text.startswith(("Checks that", "Questions of"))]
    assert headings[0] == "Checks that pass now and would fail, which block publishing (1)"
    assert "Questions of the last 7 days that would be answered otherwise (1)" in headings


def test_the_page_is_in_the_language_of_who_reads_it(reviewed):
    made = datetime(2026, 2, 15, 9, 30, tzinfo=UTC)

    simplified, traditional = (page(reviewed, made, each) for each in ("zh", "zh-Hant"))

    assert '<html lang="zh">' in simplified
    for said in (
        "现在通过、发布后会失败的检查题（1道），会阻碍发布",
        "问题所在：检查题写的资料不存在：zones/silk",
        "现在：已解答",
        "生成于2026年2月15日 09:30",
        "90天内到期的资料（2项）",
    ):
        assert said in simplified
    assert "現在透過" not in traditional
    assert "現在通過" in traditional
    texts = Balanced()
    texts.feed(simplified)
    english = [
        text
        for text in texts.texts
        if re.search(r"\b(added|would fail|would pass|expiring)\b", text)
    ]
    assert english == []


def test_a_sentence_is_read_once_for_both_snapshots():
    read = []

    class Counting(WordReader):
        def score(self, question, texts):
            read.extend(texts)
            return super().score(question, texts)

    reader = ReadsOnce(Counting())

    first = reader.score("Where is the fair?", ["The fair is in Guangzhou.", "Pepper."])
    second = reader.score("Where is the fair?", ["Pepper.", "Pepper.", "Tea."])

    assert read == ["The fair is in Guangzhou.", "Pepper.", "Tea."]
    assert second[0] == second[1] == first[1]
    assert second.dtype == np.float32
    reader.forget()
    reader.score("Where is the fair?", ["Pepper."])
    assert read[-1] == "Pepper."
