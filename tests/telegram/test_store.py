"""What the bot remembers: migrations, masking, forgetting, retention, many threads."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect
from sqlalchemy import text as sql

from bot.chat.conversation import Conversation, Person
from bot.errors import StoreError
from bot.store import FOLLOW_UP_WINDOW, Store, masked, now
from bot.store.models import Base, Turn

LI, WANG = 1, 2


def _turn(answer_id: str = "a1", user_id: int = LI, question: str = "How?", age=timedelta(0)):
    return Turn(
        answer_id=answer_id,
        chat_id=user_id,
        user_id=user_id,
        question=question,
        language="en",
        status="answered",
        passages=["events/tea-fair.en@0"],
        citations=[["events/tea-fair.en", 0, 9]],
        suggestions=[],
        created=now() - age,
    )


@pytest.fixture
def store(place):
    opened = place.open()
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "smebot.sqlite"


def _dump(path) -> str:
    connection = sqlite3.connect(path)
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()


def test_migrations_make_the_tables_of_the_models(store):
    inspector = inspect(store._engine)

    assert set(inspector.get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    for name, table in Base.metadata.tables.items():
        columns = {column["name"]: column["nullable"] for column in inspector.get_columns(name)}
        assert columns == {column.name: column.nullable for column in table.columns}
        indexed = {c for index in inspector.get_indexes(name) for c in index["column_names"]}
        assert indexed >= {column.name for column in table.columns if column.index}


def test_an_existing_database_is_opened_with_all_that_it_holds(place, store):
    store.set_language(LI, "zh-Hant")
    store.add_turn(_turn())
    store.close()

    again = place.open()

    assert again.language(LI) == "zh-Hant"
    assert again.history(LI, LI, 3) == ["How?"]
    again.close()


def test_an_empty_file_becomes_a_database(path):
    path.parent.mkdir()
    path.touch()

    store = Store(path)

    assert store.unanswered(1) == []
    store.close()


def test_a_file_that_is_no_database_is_refused_with_its_name_and_a_remedy(path):
    path.parent.mkdir()
    path.write_bytes(b"no database " * 100)

    with pytest.raises(StoreError, match=r"smebot\.sqlite.*move it away"):
        Store(path)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("我的身份证号是11010519900307123X，可以吗", "我的身份证号是[ID]，可以吗"),
        ("ID 110105199003071234.", "ID [ID]."),
        ("call 13800138000 now", "call [phone] now"),
        ("电话138-0013-8000", "电话[phone]"),
        ("手机+86 138 0013 8000。", "手机[phone]。"),
        ("座机010-88881234", "座机[phone]"),
        ("座机0755-8888 1234", "座机[phone]"),
        ("Tel. +49 30 1234 5678", "Tel. [phone]"),
        ("+971501234567", "[phone]"),
        ("write to li.wang+x@mail.example.com.cn!", "write to [e-mail]!"),
        ("卡号6222 0212 3456 7890 123", "卡号[card]"),
        ("card 4111-1111-1111-1111", "card [card]"),
        ("card 6222021234567890", "card [card]"),
        ("telegram @wang_trade", "telegram [user]"),
    ],
)
def test_personal_data_are_masked(text, stored):
    assert masked(text) == stored


@pytest.mark.parametrize(
    "text",
    [
        "2025年10月15日至11月4日，共7.46万个展位",
        "HS 8517.62 and 监管代码9810",
        "USD 1,200,000 to 3,500,000.50",
        "2025-10-15 to 2025-11-04",
        "the fairs of 2023 2024 2025",
        "between 2023-2025 and 1 000 000 yuan",
        "第138届广交会 310000人",
        "a@b is no address",
    ],
)
def test_what_is_nobodys_stays_as_it_is(text):
    assert masked(text) == text


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[1-9]\d{16}[\dX]", fullmatch=True), st.text(max_size=20), st.text())
def test_no_identity_number_survives_masking(number, before, after):
    before, after = before.rstrip("0123456789"), after.lstrip("0123456789")

    assert number not in masked(f"{before} {number} {after}")


def test_what_is_kept_of_a_long_question_holds_no_piece_of_a_number(running):
    conversation = Conversation(running.live, running.store, lambda: running.today, 90)
    question = "quantum zebras " * 66 + "110105199003071234"
    conversation.ask(Person(user_id=LI, chat_id=LI), question)

    assert "110105" not in running.store.history(LI, LI, 1)[0]
    assert "110105" not in running.store.unanswered(1)[0].question


def test_what_is_kept_of_a_long_reason_holds_no_piece_of_a_number(store):
    store.add_feedback(_turn(), LI, -1, "x " * 246 + "110105199003071234")

    assert "110105" not in str(store.feedback(1)[0].reason)


def test_only_masked_text_reaches_the_database(place, store):
    turn = _turn(question="mail li@mail.example or 13800138000")
    store.add_turn(turn)
    store.add_feedback(turn, LI, -1, "call 13800138000")
    store.add_unanswered("mail li@mail.example", "en", "unclear", [])
    store.close()

    dump = place.dump()

    assert "[phone]" in dump
    assert "13800138000" not in dump
    assert "li@mail" not in dump


def test_forgetting_erases_everything_about_somebody_and_nothing_else(place, store):
    for user in (4711_4711, WANG):
        store.set_language(user, "en")
        store.add_turn(_turn(f"a{user}", user, question=f"question of {user}"))
        store.add_feedback(store.turn(f"a{user}"), user, -1, f"reason of {user}")

    store.forget(4711_4711)
    store.close()

    dump = place.dump()
    assert "47114711" not in dump
    assert f"question of {WANG}" in dump
    assert f"reason of {WANG}" in dump


def test_who_voted_is_not_kept_in_clear(place, store):
    store.add_feedback(_turn(user_id=4711_4711), 4711_4711, 1)
    store.close()

    assert "47114711" not in place.dump()


def test_equal_questions_are_counted_and_the_most_frequent_come_first(store):
    for question in ("a", "b", "b"):
        store.add_unanswered(question, "en", "not_in_documents", ["Tea fair"])

    assert [(row.question, row.times) for row in store.unanswered(5)] == [("b", 2), ("a", 1)]


def test_of_a_question_that_is_asked_again_the_last_reason_is_kept(store):
    for status, reason in (("unclear", "unclear"), ("not_in_documents", "not_read")):
        store.add_unanswered("a", "en", status, [], reason=reason)

    (row,) = store.unanswered(5)
    assert (row.times, row.status, row.reason) == (2, "not_in_documents", "not_read")


def test_a_question_is_no_history_after_half_an_hour(store):
    store.add_turn(_turn("old", question="old", age=FOLLOW_UP_WINDOW + timedelta(seconds=1)))
    store.add_turn(_turn("new", question="new", age=FOLLOW_UP_WINDOW - timedelta(minutes=1)))

    assert store.history(LI, LI, 3) == ["new"]


def test_history_is_oldest_first_and_of_one_person_in_one_chat(store):
    for number in range(5):
        store.add_turn(
            _turn(f"a{number}", question=f"q{number}", age=timedelta(minutes=9 - number))
        )
    store.add_turn(_turn("b", WANG, "other"))

    assert store.history(LI, LI, 3) == ["q2", "q3", "q4"]


def test_purging_keeps_turns_for_a_day_and_the_rest_for_the_given_days(store):
    for name, age in (("old", timedelta(days=1, minutes=1)), ("new", timedelta(hours=23))):
        store.add_turn(_turn(name, age=age))
    votes = [_turn("v1"), _turn("v2")]
    for turn in votes:
        store.add_feedback(turn, LI, 1)
        store.add_unanswered(turn.answer_id, "en", "unclear", [])
    with store._write() as session:
        for name in ("feedback", "unanswered"):
            column = "answer_id" if name == "feedback" else "question"
            statement = f"UPDATE {name} SET created = :day WHERE {column} = 'v1'"  # noqa: S608
            session.execute(sql(statement), {"day": str(now() - timedelta(days=91))})

    store.purge(90)

    assert (store.turn("old"), store.turn("new") is not None) == (None, True)
    assert [row.answer_id for row in store.feedback(5)] == ["v2"]
    assert [row.question for row in store.unanswered(5)] == ["v2"]


def test_a_turn_older_than_a_day_is_gone_even_where_nobody_purged(store):
    """The bot runs for months; its users are promised "a day at most"."""
    store.add_turn(_turn("old", age=timedelta(days=1, minutes=1)))

    assert store.turn("old") is None


async def test_a_bot_that_runs_for_days_purges_every_day(start_bot, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.chat.telegram_bot._DAY_S", 0.01)
    running = await start_bot()

    running.store.add_turn(_turn("old", age=timedelta(days=2)))

    async with asyncio.timeout(5):
        while "'old'" in _dump(tmp_path / ".smebot" / "smebot.sqlite"):
            await asyncio.sleep(0.01)


def test_many_threads_write_and_read_at_once(store):
    def work(number: int) -> None:
        store.add_turn(_turn(f"a{number}", number, question=f"q{number}"))
        store.add_unanswered("same", "en", "unclear", [])
        store.set_language(number, "zh")
        store.add_feedback(store.turn(f"a{number}"), number, 1)
        assert store.history(number, number, 3) == [f"q{number}"]

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(100)))

    assert store.unanswered(1)[0].times == 100
    assert len(store.feedback(200)) == 100


def test_two_processes_may_use_one_database(place, store):
    other = place.open()
    with ThreadPoolExecutor(2) as pool:
        for each in (store, other):
            pool.submit(lambda s=each: [s.set_language(n, "zh") for n in range(50)])

    assert other.language(49) == store.language(49) == "zh"
    other.close()


def test_a_failed_write_changes_nothing_and_blocks_nobody(store):
    turn = _turn()
    turn.language = None

    with pytest.raises(Exception, match=r"(?i)not.null"):
        store.add_turn(turn)

    store.set_language(LI, "en")
    assert store.turn("a1") is None


def test_a_turn_is_found_by_its_question_and_by_each_message_of_its_answer(store):
    for name, asked, shown in (("a", 10, [11, 13]), ("b", 12, [14])):
        store.add_turn(_turn(name))
        store.set_messages(name, asked, shown)

    by_question = [store.turn_asked_by(LI, number) for number in (10, 12, 11)]
    by_answer = [store.turn_shown_in(LI, number) for number in (11, 13, 14, 12, 99)]

    assert [turn and turn.answer_id for turn in by_question] == ["a", "b", None]
    assert [turn and turn.answer_id for turn in by_answer] == ["a", "a", "b", None, None]
    assert store.turn_asked_by(WANG, 10) is store.turn_shown_in(WANG, 11) is None


def test_a_turn_that_was_dropped_or_is_a_day_old_is_found_no_more(store):
    for name, asked, age in (("a", 10, timedelta(0)), ("b", 12, timedelta(days=1, minutes=1))):
        store.add_turn(_turn(name, age=age))
        store.set_messages(name, asked, [asked + 1])

    store.drop_turn("a")

    assert store.turn_asked_by(LI, 10) is store.turn_asked_by(LI, 12) is None
    assert store.history(LI, LI, 3) == []


def test_history_may_end_with_an_earlier_turn(store):
    for number in range(4):
        store.add_turn(_turn(f"a{number}", question=f"q{number}", age=timedelta(hours=4 - number)))
    turn = store.turn("a2")
    store.add_turn(_turn("near", question="near", age=timedelta(hours=2, minutes=20)))

    assert store.history(LI, LI, 3, until=turn.created) == ["near", "q2"]


def test_each_topic_has_a_history_of_its_own(store):
    for name, thread in (("a", None), ("b", 7), ("c", 8)):
        turn = _turn(name, question=name)
        turn.thread_id = thread
        store.add_turn(turn)

    histories = [store.history(LI, LI, 3, thread_id=thread) for thread in (None, 7, 8, 9)]

    assert histories == [["a"], ["b"], ["c"], []]
