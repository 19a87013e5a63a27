"""Answers are kept for staff: masked, with the history of their votes, erased with the asker."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.store import Store, now
from bot.store.answers import KeptAnswer
from bot.store.models import Vote

QUESTION = "How many booths has the tea fair?"


@pytest.fixture
def ask(li):
    """`await ask(question)`: the id of the answer to Li."""

    async def send(question, **options):
        li.sends(question, **options)
        answer = await li.wait_for_reply()
        data = [button.data for row in answer.rows for button in row if button.data]
        return next(each.split(":")[1] for each in data if each.startswith("v:"))

    return send


def _age(store: Store, table, days: int) -> None:
    with store._write() as session:
        session.execute(update(table).values(created=now() - timedelta(days=days)))


async def test_an_answer_is_kept_with_its_quotes_its_snapshot_and_what_decided(running, ask):
    kept = running.store.answers.get(await ask(QUESTION))

    assert kept.question == QUESTION
    assert "74,600 booths" in kept.text
    assert kept.cited == ["events/tea-fair.en"]
    assert (kept.status, kept.reason, kept.language) == ("answered", "answered", "en")
    assert kept.snapshot == running.snapshots.current_id()
    assert kept.as_of == running.today
    assert kept.digest["step"] == "choose_quotes"
    assert kept.digest["scores"]["threshold"] == 0.5


async def test_neither_question_nor_answer_is_kept_unmasked(running, li):
    li.sends("How many booths has the tea fair? And what is 13800138000 good for?")
    await li.wait_for_reply()

    with running.store._write() as session:
        (kept,) = session.query(KeptAnswer).all()
    assert "[phone]" in kept.question
    assert "13800138000" not in kept.question + kept.text


async def test_small_talk_is_not_kept(running, li):
    li.sends("Hello!")
    await li.wait_for_reply()

    with running.store._write() as session:
        assert session.query(KeptAnswer).count() == 0


async def test_a_follow_up_is_kept_beside_what_it_leans_on(running, ask):
    await ask(QUESTION)
    kept = running.store.answers.get(await ask("And from where?"))

    assert running.store.answers.history_of(kept) == [QUESTION]


async def test_what_a_question_leans_on_is_erased_with_whoever_asked_that(
    running, telegram, li, wang
):
    group = telegram.group("Trade", li, wang)
    li.sends(f"@sme_test_bot {QUESTION}", to=group)
    answer = await group.wait_for_reply()
    wang.sends("And from where?", to=group, reply_to=answer)
    await group.wait_for_reply()
    with running.store._write() as session:
        follow_up = session.query(KeptAnswer).filter_by(question="And from where?").one()
    before = running.store.answers.history_of(follow_up)

    running.store.forget(li.id)

    assert before == [QUESTION]
    assert running.store.answers.history_of(follow_up) == []
    assert running.store.answers.get(follow_up.answer_id)


async def test_what_is_forgotten_has_neither_answer_nor_votes(running, ask, li):
    answer_id = await ask(QUESTION)
    li.presses("👎 Not helpful")
    await li.wait_for_reply()

    li.sends("/forget")
    await li.wait_for_reply()

    assert running.store.answers.get(answer_id) is None
    with running.store._write() as session:
        assert session.query(Vote).count() == 0


async def test_an_answer_to_a_changed_question_is_gone(running, ask, li):
    answer_id = await ask(QUESTION)

    li.edits(li.messages[0], "Where does the silk park lie?")
    await li.wait_for_edit()

    assert running.store.answers.get(answer_id) is None


async def test_answers_and_votes_are_kept_as_long_as_is_set(running, ask, li):
    answer_id = await ask(QUESTION)
    li.presses("👍 Helpful")
    await li.wait_for_toast()
    for table in (KeptAnswer, Vote):
        _age(running.store, table, 89)
    running.store.purge(90)
    still = running.store.answers.get(answer_id)

    for table in (KeptAnswer, Vote):
        _age(running.store, table, 91)
    running.store.purge(90)

    assert still
    assert running.store.answers.get(answer_id) is None
    with running.store._write() as session:
        assert session.query(Vote).count() == 0


async def test_a_vote_keeps_what_it_was_before(running, ask, li):
    await ask(QUESTION)
    for button in ("👍 Helpful", "👍 Helpful", "👎 Not helpful"):
        li.presses(button)
        await li.wait_for_toast()
    await li.wait_for_reply()
    li.presses("Out of date")
    for _ in range(3):  # two marks, and thanks in the place of the question
        await li.wait_for_edit()

    (feedback,) = running.store.feedback(9)
    votes = running.store.answers.votes(feedback)

    assert [(vote.vote, vote.reason) for vote in votes] == [
        (1, None),
        (-1, None),
        (-1, "outdated"),
    ]
    assert (feedback.vote, feedback.reason) == (-1, "outdated")
    assert running.store.answers.disliked_since(now() - timedelta(days=1)) == 1
