"""PostgreSQL's server is away for a while: answers go on, and the store comes back by itself."""

import pytest

from tests.telegram.test_trouble import QUESTION, _answered

_IN_TIME_S = 6.0


@pytest.fixture
async def replica(database_url, start_bot):
    """The bot, with its state in PostgreSQL."""
    return await start_bot(database_url=database_url)


async def test_answers_go_on_without_the_server_and_are_kept_again_when_it_is_back(
    replica, cluster, telegram, li, wang, caplog
):
    store = replica.store
    await _answered(li)
    assert store.history(li.id, li.id, 5) == [QUESTION]

    with cluster.away():
        took = [await _answered(person) for person in (li, wang, telegram.user("P"))]
        assert store.history(li.id, li.id, 5) == []
    store.writing._last = store.reading._last = 0.0  # the pause between two tries is over
    await _answered(wang, "How many booths has the tea fair in all?")

    assert max(took) < _IN_TIME_S
    assert caplog.text.count("the database cannot be written (") == 1
    assert caplog.text.count("the database cannot be read (") == 1
    assert "written again" in caplog.text
    assert QUESTION not in caplog.text
    assert store.history(li.id, li.id, 5) == [QUESTION]
    assert store.history(wang.id, wang.id, 5) == ["How many booths has the tea fair in all?"]


async def test_a_wish_to_be_forgotten_is_carried_out_when_the_server_is_back(
    replica, cluster, li, monkeypatch
):
    monkeypatch.setattr("bot.chat.forgetting._FIRST_WAIT_S", 0.2)
    await _answered(li)

    with cluster.away():
        li.sends("/forget")
        assert "not erased yet" in (await li.wait_for_reply(timeout_s=20)).text

    assert "have been erased" in (await li.wait_for_reply(timeout_s=20)).text
    assert replica.store.history(li.id, li.id, 5) == []
