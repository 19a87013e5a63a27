"""`smebot index build`, `diff`, `publish`: answers are compared, and what breaks is kept back."""

import json
from datetime import timedelta

import pytest

from bot.app import today
from bot.store import Store
from bot.store.session import now
from tests.bot.report.conftest import keep

pytestmark = pytest.mark.usefixtures("fake_model")

BOOTHS = "How many booths has the fair?"
PEPPER = "Where is pepper shown?"


@pytest.fixture
def served(published):
    """The small corpus, served; its checks want what it says now."""
    check = {"language": "en", "as_of": "2026-02-15"}
    checks = [
        check | {"id": "booths", "question": BOOTHS, "status": "answered", "say": ["74,600"]},
        check | {"id": "pepper", "question": PEPPER, "status": "answered", "say": ["Kunming"]},
    ]
    published.corpus.write_raw("checks/a.yaml", json.dumps({"checks": checks}))
    return published


@pytest.fixture
def break_booths(served):
    """The documents change so that one check breaks, another one passes, and no document errs."""
    text = (
        "# Canton Fair\n\nThe fair is held in Guangzhou.\n\n## Booths\n\nThe fair has {} booths."
    )
    served.corpus.write("events/canton-fair.en.md", text.format("75,000"))
    served.corpus.remove("events/canton-fair.zh.md")
    served.corpus.write("events/spice-fair.en.md", "Pepper is shown in Kunming.")
    return served


def test_a_build_that_breaks_a_check_waits_and_names_it(break_booths, smebot):
    before = break_booths.store.current_id()

    outcome = smebot("index", "build")

    assert outcome.code == 1
    assert outcome.out.startswith("built ")
    assert "error: check booths passes now and would fail: not said: 74,600\n" in outcome.err
    assert '--override "REASON"`' in outcome.err
    assert break_booths.store.current_id() == before


def test_publishing_is_blocked_by_a_broken_check_until_a_reason_is_given(break_booths, smebot):
    before = break_booths.store.current_id()
    smebot("index", "build", "--no-publish")

    refused = smebot("index", "publish")
    still = break_booths.store.current_id()
    published = smebot("index", "publish", "--override", "the organiser has corrected it")
    log = smebot("index", "log")

    refused.assert_error("check booths passes now and would fail")
    assert still == before
    assert published.code == 0
    last = log.out.splitlines()[-1]
    assert "0 errors, 1 failing checks" in last
    assert last.endswith("override: the organiser has corrected it")


def test_what_breaks_nothing_is_published_at_once(served, smebot):
    served.corpus.write("events/spice-fair.en.md", "Pepper is shown in Kunming.")

    outcome = smebot("index", "build")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("published ")


def test_what_a_review_found_is_not_asked_again(break_booths, smebot, monkeypatch):
    smebot("index", "build", "--no-publish")
    smebot("index", "diff")
    monkeypatch.setattr("bot.review.gate.review", None)

    smebot("index", "publish").assert_error("check booths passes now and would fail")


def test_changed_checks_are_asked_again(break_booths, smebot):
    smebot("index", "build", "--no-publish")
    smebot("index", "diff")
    path = break_booths.corpus.directory / "checks" / "a.yaml"
    path.write_text(path.read_text("utf-8").replace("74,600", "the fair"), "utf-8")

    assert smebot("index", "publish").code == 0


def test_diff_shows_documents_passages_and_answers_side_by_side(break_booths, smebot):
    smebot("index", "build", "--no-publish")

    outcome = smebot("index", "diff")

    assert outcome.code == 1
    lines = outcome.out.splitlines()
    assert {
        "+ events/spice-fair.en  spice-fair",
        "~ events/canton-fair.en  canton-fair",
        "- events/canton-fair.zh  canton-fair",
        "documents: 1 added, 1 changed, 1 removed",
        "passages: 3 embedded, 2 reused, 4 dropped",
        "checks: 2 asked, 1 would break, 1 would pass again, 0 answered otherwise",
    } <= set(lines)
    at = lines.index(f"booths  {BOOTHS}")
    assert lines[at - 1] == "Checks that pass now and would fail:"
    assert lines[at + 1] == "  now  answered"
    assert "events/canton-fair.en: The fair has 74,600 booths." in lines[at + 2]
    assert "The fair has 75,000 booths." in "\n".join(lines[at + 3 : at + 6])
    assert "error: check booths passes now and would fail: not said: 74,600\n" in outcome.err


def test_diff_as_json_is_one_object(break_booths, smebot):
    smebot("index", "build", "--no-publish")

    (line,) = smebot("index", "diff", "--json").out.splitlines()

    review = json.loads(line)
    assert review["documents"]["removed"] == ["events/canton-fair.zh"]
    assert review["asked"] == {"checks": 2, "questions": 0}
    broken, mended = review["differences"]
    assert (broken["verdict"], broken["check"]) == ("breaks", "booths")
    assert (mended["verdict"], mended["check"]) == ("mends", "pepper")
    quote = {"document": "events/canton-fair.en", "quote": "The fair has 75,000 booths."}
    assert quote in broken["after"]["quotes"]
    assert review["blocked_by"] == [
        "check booths passes now and would fail: not said: 74,600",
    ]


def test_diff_asks_what_people_asked_this_week_as_it_is_stored(break_booths, smebot):
    store = Store(break_booths.data_dir / "smebot.sqlite")
    for number, question in enumerate((BOOTHS, f"{PEPPER} 13800138000")):
        keep(store, str(number), now(), user_id=4711, question=question)
    store.close()
    smebot("index", "build", "--no-publish")

    outcome = smebot("index", "diff", "--html", "review.html")

    assert "questions of the last 7 days: 2 asked" in outcome.out
    assert f"-  {PEPPER} [phone]" in outcome.out
    assert "4711" not in outcome.out
    assert "13800138000" not in outcome.out + (
        break_booths.data_dir.parent / "review.html"
    ).read_text("utf-8")


def test_the_page_of_a_diff_is_chinese_unless_another_language_is_wanted(break_booths, smebot):
    smebot("index", "build", "--no-publish")

    smebot("index", "diff", "--html", "zh.html")
    smebot("index", "diff", "--html", "en.html", "--language", "en")

    chinese, english = (
        (break_booths.data_dir.parent / f"{name}.html").read_text("utf-8") for name in ("zh", "en")
    )
    assert "问题所在：没有说到：74,600" in chinese
    assert "What would be wrong: not said: 74,600" in english


def test_diff_without_a_build_tells_what_one_would_change(served, smebot):
    served.corpus.write("events/spice-fair.en.md", "Pepper is shown in Kunming.")

    outcome = smebot("index", "diff")

    assert outcome.out == "+ events/spice-fair.en\n1 added, 0 changed, 0 removed\n"
    assert "smebot index build --no-publish" in outcome.err
    smebot("index", "diff", "--json").assert_error("nothing waits to be published")


def test_diff_warns_that_the_documents_have_changed_since_the_build(break_booths, smebot):
    smebot("index", "build", "--no-publish")
    break_booths.corpus.write("events/late.en.md", "Too late.")

    outcome = smebot("index", "diff")

    assert "the documents have changed since" in outcome.err
    assert "(1 added, 0 changed, 0 removed)" in outcome.err


def test_what_expires_is_told_by_days(served, smebot):
    for days in (10, 50, 80, 100):
        day = (today() + timedelta(days)).isoformat()
        served.corpus.write(f"policy/rule-{days}.en.md", topic="policy", valid_until=day)
    smebot("index", "build", "--no-publish")

    assert "expiring: 1 within 30, 2 within 60, 3 within 90 days" in smebot("index", "diff").out


def test_checks_that_are_not_sound_stop_a_publication(served, smebot):
    before = served.store.current_id()
    served.corpus.write("events/spice-fair.en.md", "Pepper is shown in Kunming.")
    served.corpus.write_raw("checks/a.yaml", "checks: 3")

    smebot("index", "build").assert_error("checks/a.yaml")

    assert served.store.current_id() == before


def test_a_folder_of_checks_that_a_setting_names_must_exist(published, smebot, monkeypatch):
    monkeypatch.setenv("SMEBOT_CHECK_DIRS", '["no/such"]')
    published.corpus.write("events/spice-fair.en.md", "Pepper is shown in Kunming.")

    smebot("index", "build").assert_error("no/such", "no such file or folder")


def test_after_a_change_of_the_encoder_nothing_can_be_compared_and_that_is_told(
    served, smebot, fake_model, monkeypatch
):
    monkeypatch.setattr(fake_model, "name", "hashing-2")

    outcome = smebot("index", "build")

    assert outcome.code == 0
    assert "answers are not compared with those of the served index" in outcome.err
    assert outcome.out.startswith("published ")
