"""`@bot question` in any chat."""

QUESTION = "How many booths has the tea fair?"


async def test_a_typed_question_offers_cited_answers(running, telegram, li):
    results = await telegram.types_inline(li, QUESTION).wait_for_results()

    assert 1 <= len(results) <= 5
    first = results[0]
    assert first["title"] == "Tea fair"
    assert "74,600 booths" in first["message"]["text"]
    assert "Ministry of Commerce" in first["message"]["text"]
    assert "74,600" in first["description"]
    assert "\n\n" not in first["description"]  # notes and sources come with the message


async def test_what_is_chosen_is_sent_as_it_was_offered(running, telegram, li, wang):
    group = telegram.group("Trade", li, wang, with_bot=False)
    query = telegram.types_inline(li, "茶叶博览会有多少展位？")
    (result, *_) = await query.wait_for_results()

    message = query.chooses(result, in_chat=group)

    assert "7.46万个展位" in message.text
    assert message.parts("expandable_blockquote")


async def test_nothing_is_offered_for_nothing_and_for_what_is_not_known(running, telegram, li):
    for text in ("", "   ", "Quantum teleportation of zebras?", "hello"):
        assert await telegram.types_inline(li, text).wait_for_results() == []


async def test_results_are_personal_and_kept_for_a_while(running, telegram, li):
    query = telegram.types_inline(li, QUESTION)
    await query.wait_for_results()

    assert query.options["is_personal"]
    assert 0 < query.options["cache_time"] <= 300


async def test_typing_leaves_no_trace(running, telegram, li):
    await telegram.types_inline(li, "Quantum teleportation of zebras?").wait_for_results()
    await telegram.types_inline(li, QUESTION).wait_for_results()

    assert running.store.unanswered(10) == []
    assert running.store.history(li.id, li.id, 3) == []
    assert li.bot_messages == []


async def test_every_letter_may_be_typed_by_itself(running, telegram, li):
    queries = [telegram.types_inline(li, QUESTION[:end]) for end in range(1, len(QUESTION), 4)]

    results = [await query.wait_for_results() for query in queries]

    assert any(results)


async def test_a_long_quote_is_offered_within_the_limits(running, telegram, li):
    results = await telegram.types_inline(
        li, "What does the ledger of ships say?"
    ).wait_for_results()

    assert results
    assert "ledger of ships 🚢" in results[0]["message"]["text"]


async def test_a_query_that_became_too_old_does_no_harm(running, telegram, li, accept_refusals):
    telegram.faults.reset("answerInlineQuery")
    telegram.types_inline(li, QUESTION)
    telegram.expire_queries()
    await telegram.wait_until_idle(0.8)

    refused = accept_refusals()
    results = await telegram.types_inline(li, QUESTION).wait_for_results()

    assert len(refused) == 1
    assert "too old" in refused[0]
    assert results
    running.staff.errors.clear()


async def test_the_bot_does_not_answer_its_own_result(running, telegram, li, wang):
    group = telegram.group("Trade", li, wang)
    group.promotes_bot()
    for chat in (li, group):
        query = telegram.types_inline(li, QUESTION)
        (result, *_) = await query.wait_for_results()
        message = query.chooses(result, in_chat=chat)
        li.edits(message, f"@sme_test_bot {QUESTION}")
    await telegram.wait_until_idle()

    assert li.bot_messages == group.bot_messages == []
    assert running.store.history(li.id, li.id, 3) == []
