"""The whole program on Telegram: the real corpus, the real model."""

import shutil

import pytest

from tests.conftest import PROJECT
from tests.telegram.conftest import Running

pytestmark = pytest.mark.model


@pytest.fixture
async def office(telegram, boss, tmp_path, project_index, model_encoder, model_reader):
    """The bot on a copy of the real corpus."""
    for name in ("seeds", "corpus"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    for file in (tmp_path / "corpus" / "checks").glob("*.yaml"):
        if file.stem != "founding-article":  # all of them take minutes, twice
            file.unlink()
    folders = (tmp_path / "seeds", tmp_path / "corpus")
    shutil.copytree(project_index, tmp_path / ".smebot")
    options = {"corpus_dirs": folders, "staff_ids": {boss.id}}
    running = Running(telegram, tmp_path, model_encoder, options)
    running.reader = model_reader
    await running.start()
    yield running
    await running.stop()
    assert list(running.staff.errors) == []
    telegram.assert_clean()


async def test_owners_and_staff_get_from_the_real_corpus_what_they_are_promised(
    office, li, wang, boss
):
    wang.sends("第138届广交会有多少境外采购商？")
    chinese = await wang.wait_for_reply(timeout_s=20)
    wang.sends("那第137届呢？")
    follow_up = await wang.wait_for_reply()
    assert "31" in chinese.text
    assert "境外采购商" in chinese.text
    assert "137" in follow_up.text

    li.sends("How many overseas buyers came to the 138th Canton Fair?")
    english = await li.wait_for_reply()
    li.sends("Which provinces have Sino-foreign SME cooperation zones?")
    zones = await li.wait_for_reply()
    li.sends("/events 2025 Russia")
    listed = await li.wait_for_reply()
    li.sends("What is the best pizza in Naples?")
    unknown = await li.wait_for_reply()
    assert "buyers" in english.text
    assert english.parts("expandable_blockquote")
    assert "Jiangsu" in zones.text
    assert listed.buttons
    assert "rather not guess" in unknown.text

    await _reindex_publish_and_roll_back(office, boss, li)


async def _reindex_publish_and_roll_back(office, boss, li):
    question = "Where lies the Zanzibar clove park for spice traders?"
    name = "zones/zanzibar-clove-park.en.md"
    before = office.snapshots.current_id()
    text = "The Zanzibar clove park for spice traders lies in Stone Town, Tanzania."
    office.corpus.write(name, text, title="Zanzibar clove park", countries=["TZ"], topic="zones")
    boss.sends("/reindex")
    await boss.wait_for_reply()
    shown = await boss.wait_for_reply(timeout_s=180)
    boss.presses("Publish", message=shown)
    published = await boss.wait_for_reply(timeout_s=20)
    li.sends(question)
    with_it = await li.wait_for_reply(timeout_s=20)
    boss.sends("/rollback")
    asked = await boss.wait_for_reply()
    boss.presses("Roll back", message=asked)
    await boss.wait_for_reply(timeout_s=20)
    li.sends(question)
    without_it = await li.wait_for_reply(timeout_s=20)

    assert "1 added, 0 changed, 0 removed" in shown.text
    assert published.text.startswith("Published")
    assert "Stone Town" in with_it.text
    assert "Stone Town" not in without_it.text
    assert office.snapshots.current_id() == before
