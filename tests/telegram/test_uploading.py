"""Staff send a file: it is read, asked about, looked at, and added to the corpus or discarded."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from bot.errors import StoreError
from index.loading import load_corpus

NAME = "jade-park.txt"
TEXT = """\
Jade park

The jade park lies in Hotan and houses carvers of jade from the whole region.
The Ministry of Commerce supports it until its halls are full of carvers and sellers.
Published on 20 January 2026. This notice is valid until 31 December 2027.
"""
CONTENT = TEXT.encode()
QUESTION = "Where does the jade park lie?"


def docx(*paragraphs, title=""):
    file = Document()
    file.core_properties.title = title
    for words in paragraphs:
        file.add_paragraph(words)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


@pytest.fixture
def sent(office, boss):
    """`await sent(name, content)`: the bot's reply to a file of the boss."""

    async def send(name=NAME, content=CONTENT, caption=""):
        boss.sends_document(name, content, caption=caption)
        return await boss.wait_for_reply()

    return send


@pytest.fixture
def through(boss):
    """`await through("Jade park", ...)`: presses one button after the other; the last message."""

    async def press(*labels):
        message = None
        for label in labels:
            boss.presses(label)
            await boss.wait_for_edit()
            message = await boss.wait_for_reply()
        return message

    return press


@pytest.fixture
def added(office):
    """`added()`: the paths in the corpus that were not there at the start."""
    directory = office.corpus.directory

    def files():
        return {
            path.relative_to(directory).as_posix()
            for path in directory.rglob("*")
            if path.is_file()
        }

    before = files()
    return lambda: sorted(files() - before)


def labels(message):
    return message.buttons


async def test_a_file_is_asked_about_shown_and_added(office, boss, sent, through, added):
    title = await sent()
    assert title.text.startswith("📄 jade-park.txt\nWhat is it called?")
    assert labels(title) == ["jade-park", "Skip", "Discard"]
    boss.sends("The jade park of Hotan")
    topic = await boss.wait_for_reply()
    assert (await boss.wait_for_edit()).buttons == []
    assert set(labels(topic)) > {"Zones and parks", "Policy"}
    publisher = await through("Zones and parks")
    assert labels(publisher)[0] == "Ministry of Commerce"
    day = await through("Ministry of Commerce")
    assert labels(day) == ["20 January 2026", "Skip", "Discard"]
    end = await through("20 January 2026")
    assert labels(end)[0] == "31 December 2027"
    card = await through("31 December 2027")

    assert added() == []
    for line in (
        "· Title: The jade park of Hotan",
        "· Topic: Zones and parks",
        "· Publisher: Ministry of Commerce",
        "· Published: 20 January 2026",
        "· Valid until: 31 December 2027",
    ):
        assert line in card.text.split("\n")
    assert "It begins: Jade park The jade park lies in Hotan" in card.text
    boss.presses("Add")
    done = await boss.wait_for_edit()

    assert "Added as zones/jade-park.en.txt" in done.text
    assert added() == ["zones/jade-park.en.txt", "zones/jade-park.en.txt.meta.yaml"]
    loaded = load_corpus([office.corpus.directory])
    assert loaded.problems == ()
    (document,) = (each for each in loaded.documents if each.id == "zones/jade-park.en")
    metadata = document.metadata
    assert (metadata.title, metadata.topic) == ("The jade park of Hotan", "zones")
    assert (str(metadata.as_of), str(metadata.valid_until)) == ("2026-01-20", "2027-12-31")
    assert metadata.sources[0].publisher == "Ministry of Commerce"
    assert office.store.uploads.count_of(boss.id) == 0
    assert ("add", "zones/jade-park.en.txt") in [
        (row.action, row.detail) for row in office.store.staff_actions(10)
    ]


async def test_without_a_source_it_is_internal_and_answers_say_so(office, boss, li, sent, through):
    await sent()
    await through("Skip", "Skip")
    card = await through("Internal, without a source", "Skip", "No end is known")
    assert "· Publisher: Internal, without a source" in card.text
    boss.presses("Add")
    await boss.wait_for_edit()
    boss.sends("/reindex")
    await boss.wait_for_reply()
    report = await boss.wait_for_reply(timeout_s=20)
    boss.presses("Publish all the same", message=report)
    boss.sends("the other errors are known", reply_to=await boss.wait_for_reply())
    await boss.wait_for_reply()

    li.sends(QUESTION)
    answer = await li.wait_for_reply()

    assert "The jade park lies in Hotan" in answer.text
    assert "internal, without a source" in answer.text


async def test_a_file_that_was_added_can_be_withdrawn(office, boss, sent, through, added):
    await sent()
    await through("Skip", "Skip")
    await through("Internal, without a source", "Skip", "No end is known")
    boss.presses("Add")
    await boss.wait_for_edit()
    assert added() != []
    boss.presses("Withdraw")
    done = await boss.wait_for_edit()

    assert "jade-park.en.txt is withdrawn" in done.text
    assert done.buttons == []
    assert all(path.startswith(".history/") for path in added())
    assert "withdraw" in [row.action for row in office.store.staff_actions(10)]


async def test_a_question_that_is_answered_with_words_loses_its_buttons(boss, sent):
    title = await sent()
    assert title.buttons != []
    boss.sends("The jade park of Hotan")
    await boss.wait_for_reply()

    edited = await boss.wait_for_edit()

    assert edited.text == title.text
    assert edited.buttons == []


async def test_a_discarded_file_leaves_nothing(office, boss, sent, added):
    await sent()
    boss.presses("Discard")
    said = await boss.wait_for_edit()

    assert said.text == "“jade-park.txt” is discarded; nothing of it was kept."
    assert office.store.uploads.first_of(boss.id) is None
    assert added() == []


async def test_what_the_file_says_of_itself_is_offered(sent):
    title = await sent("scan 17.docx", docx("The jade park lies in Hotan.", title="Parks of jade"))

    assert labels(title)[:2] == ["Parks of jade", "scan 17"]


async def test_words_below_a_file_are_its_title(sent):
    assert labels(await sent(caption="Park rules"))[0] == "Park rules"


async def test_a_question_below_a_file_is_answered(sent, added):
    answer = await sent(caption="How many booths has the tea fair?")

    assert "74,600" in answer.text


async def test_the_bot_answers_and_obeys_while_a_file_is_asked_about(boss, sent):
    await sent()
    boss.sends("/status")
    assert "15 documents" in (await boss.wait_for_reply()).text
    boss.sends("How many booths has the tea fair?")
    assert "74,600" in (await boss.wait_for_reply()).text
    boss.sends("Jade park")

    assert "Which topic" in (await boss.wait_for_reply()).text


async def test_a_changed_answer_is_none_to_the_next_question(office, boss, sent):
    await sent()
    typed = boss.sends("Jade park")
    await boss.wait_for_reply()
    boss.presses("Policy")
    await boss.wait_for_edit()
    await boss.wait_for_reply()
    boss.edits(typed, "Jade park of Hotan")
    await boss.wait_for_reply()

    answers = office.store.uploads.first_of(boss.id).answers
    assert answers == {"title": "Jade park", "topic": "policy"}


async def test_staff_are_answered_while_the_database_cannot_be_read(office, boss, monkeypatch):
    def damaged(_):
        raise StoreError("damaged")

    monkeypatch.setattr(office.store.uploads, "first_of", damaged)
    boss.sends("How many booths has the tea fair?".removesuffix("?"))

    assert "74,600" in (await boss.wait_for_reply()).text


async def test_typed_days_are_read_and_what_is_none_is_told(boss, sent, through):
    await sent()
    await through("jade-park", "Policy", "Internal, without a source")
    for wrong in ("one of these days", "2026-02-30", "2026-02-16"):
        boss.sends(wrong)
        assert "I see no date in that" in (await boss.wait_for_reply()).text
    boss.sends("2026年2月")
    assert "Until when is it valid?" in (await boss.wait_for_reply()).text
    boss.sends("2027")

    card = await boss.wait_for_reply()
    assert "· Published: February 2026\n· Valid until: 2027" in card.text


async def test_a_title_that_is_too_long_is_not_taken(boss, sent):
    await sent()
    boss.sends("x" * 201)

    assert "200 characters at most" in (await boss.wait_for_reply()).text


async def test_a_day_is_no_publisher(boss, sent, through):
    await sent()
    await through("jade-park", "Policy")
    boss.sends("2026年2月1日")
    refused = await boss.wait_for_reply()
    boss.sends("Ministry of Commerce")

    assert "not the name of an institution" in refused.text
    assert "When was it published?" in (await boss.wait_for_reply()).text


async def test_answers_can_be_given_anew(boss, sent, through):
    await sent()
    await through("jade-park", "Policy", "Internal, without a source", "Skip")
    await through("No end is known")
    boss.presses("Answer anew")

    assert "What is it called?" in (await boss.wait_for_reply()).text


async def test_a_button_of_an_earlier_question_brings_the_open_one(boss, sent, through):
    first = await sent()
    await through("jade-park")
    boss.presses_data(f"up:{1}:title:0", first)

    assert "Which topic" in (await boss.wait_for_reply()).text


@pytest.mark.parametrize("data", ["up:99:add:", "up:x", "up:", "up:1:title:7", "up:1:nonsense:0"])
async def test_a_forged_or_old_button_does_no_harm(office, boss, added, data):
    boss.sends("/help")
    message = await boss.wait_for_reply()
    boss.presses_data(data, message)

    assert "That file is done with" in (await boss.wait_for_reply()).text
    assert added() == []


async def test_a_second_file_waits_for_its_turn(boss, sent, added):
    await sent()
    waits = await sent("reed-park.txt", b"The reed park lies in Hami and grows reeds for paper.")
    assert "I have “reed-park.txt”. Its turn comes" in waits.text
    boss.presses("Discard")
    await boss.wait_for_edit()

    assert (await boss.wait_for_reply()).text.startswith("📄 reed-park.txt\n")


async def test_no_more_than_ten_wait(monkeypatch, sent):
    monkeypatch.setattr("bot.chat.uploading.MOST_WAITING", 1)
    await sent()

    assert "1 files are waiting" in (await sent("b.txt", b"The reed park.")).text


async def test_two_of_the_staff_do_not_disturb_each_other(start_bot, telegram, boss):
    chief = telegram.user("Chief", started=True)
    bot = await start_bot(staff_ids={boss.id, chief.id})
    for person, words in ((boss, "The jade park."), (chief, "The reed park.")):
        person.sends_document("park.txt", words.encode())
        await person.wait_for_reply()
    for person, title in ((boss, "Jade"), (chief, "Reed")):
        person.sends(title)
        await person.wait_for_reply()

    assert [bot.store.uploads.first_of(each.id).answers for each in (boss, chief)] == [
        {"title": "Jade"},
        {"title": "Reed"},
    ]


async def test_a_file_of_somebody_else_is_no_document(office, telegram, li):
    li.sends_document(NAME, TEXT.encode())

    assert "I can only read text" in (await li.wait_for_reply()).text
    assert telegram.calls_of("getFile") == []


async def test_a_file_in_a_group_is_none(office, telegram, boss, li):
    group = telegram.group("Trade", boss, li)
    mention = {"offset": 0, "length": 13, "type": "mention"}
    file = {"file_id": "x", "file_unique_id": "y", "file_name": NAME}
    said = {"caption": "@sme_test_bot tea fair booths", "caption_entities": [mention]}
    boss.sends_raw({"document": file, **said}, to=group)

    assert "74,600" in (await group.wait_for_reply()).text
    assert telegram.calls_of("getFile") == []


async def test_the_buttons_of_files_do_nothing_for_others(office, boss, li, sent):
    await sent()
    li.sends("/help")
    message = await li.wait_for_reply()
    number = office.store.uploads.first_of(boss.id).id
    li.presses_data(f"up:{number}:drop:", message)

    assert "no such command" in (await li.wait_for_reply()).text
    assert office.store.uploads.first_of(boss.id).id == number


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b" ", "There is no text in that file"),
        ("a.docx", b"", "There is no text in that file"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "has a password, or an old format"),
        ("a.pdf", b"%PDF-1.4 broken", "cannot be read. Please open it in its program"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "I cannot read files of that kind"),
        ("a", b"MZ", "I cannot read files of that kind"),
    ],
)
async def test_what_cannot_be_taken_is_told_with_what_to_do(sent, added, name, content, said):
    reply = await sent(name, content)

    assert reply.text.startswith(f"📄 {name}\n")
    assert said in reply.text
    assert reply.buttons == []
    assert added() == []


async def test_a_file_that_is_too_large_is_not_even_fetched(office, telegram, boss):
    boss.sends_document("a.pdf", b"%PDF", pretended_bytes=20_000_001)

    assert "That file is too large" in (await boss.wait_for_reply()).text
    assert telegram.calls_of("getFile") == []


async def test_what_telegram_does_not_hand_out_is_told_and_no_address_logged(
    office, telegram, boss, accept_refusals, caplog
):
    telegram.faults.fail("getFile", 400)
    boss.sends_document(NAME, TEXT.encode())

    assert "I could not fetch that file" in (await boss.wait_for_reply()).text
    assert "a file was not fetched: BadRequest" in caplog.text
    assert telegram.token not in caplog.text
    accept_refusals()


async def test_the_same_content_under_another_name_is_recognised(office, boss, sent, added):
    office.corpus.write_raw("zones/other.txt", TEXT)
    before = added()

    reply = await sent("new-name.txt")

    assert "the same content is held already: zones/other.txt" in reply.text
    assert added() == before


async def test_the_same_text_in_another_format_is_recognised(sent):
    content = docx("The silk park lies in Suzhou beside the canal. It houses weavers and dyers.")

    assert "is held already: Silk park" in (await sent("parks.docx", content)).text


async def test_a_new_version_replaces_the_old_one_which_is_kept(office, boss, sent, through):
    old = office.corpus.directory / "zones" / "silk-park.en.md"
    before = old.read_bytes()
    content = docx(
        "The silk park lies in Suzhou beside the canal. It houses weavers and dyers.",
        "Since 2026 potters have moved there as well, and the park pays their rent.",
    )
    asked = await sent("parks-v2.docx", content)
    assert "Is it a new version of one of these?" in asked.text
    assert labels(asked)[0] == "Silk park"
    await through("Silk park", "Skip", "Internal, without a source", "Skip")
    card = await through("No end is known")
    assert "· Replaces: Silk park" in card.text
    boss.presses("Add")
    done = await boss.wait_for_edit()

    assert "Added as zones/silk-park.en.docx; the version before went" in done.text
    documents = load_corpus([office.corpus.directory]).documents
    (document,) = (each for each in documents if each.stem == "zones/silk-park")
    assert "potters" in document.text
    assert document.metadata.provinces == ("CN-JS",)
    assert not old.exists()
    (kept,) = (office.corpus.directory / ".history" / "zones").iterdir()
    assert kept.read_bytes() == before


async def test_another_language_that_was_changed_meanwhile_stays_and_is_named(
    office, boss, sent, through
):
    office.corpus.write("zones/silk-park.zh.md", "丝绸园在苏州。", title="丝绸园", language="zh")
    content = docx(
        "The silk park lies in Suzhou beside the canal. It houses weavers and dyers.",
        "Since 2026 potters have moved there as well, and the park pays their rent.",
    )
    await sent("parks-v2.docx", content)
    await through("Silk park", "Skip", "Internal, without a source", "Skip", "No end is known")
    boss.presses("Add")
    done = await boss.wait_for_edit()

    assert "left where they are: zones/silk-park.zh.md" in done.text
    assert (office.corpus.directory / "zones" / "silk-park.zh.md").exists()


async def test_the_same_title_with_another_number_may_be_a_new_version(sent):
    asked = await sent("baskets.docx", docx("Hats are sold there now.", title="Market 6"))

    assert "Is it a new version of one of these?" in asked.text
    assert labels(asked)[0].startswith("Market ")


async def test_staff_may_say_themselves_what_it_is_a_new_version_of(boss, sent, through):
    await sent(content=b"The silk park grows. Weavers and dyers of Suzhou get new halls.")
    await through("jade-park", "Policy", "Internal, without a source", "Skip")
    await through("No end is known")
    boss.presses("It is a new version of…")
    choice = await boss.wait_for_edit()
    assert "Silk park" in labels(choice)
    boss.presses("Silk park")

    card = await boss.wait_for_edit()
    assert "· Replaces: Silk park" in card.text
    assert "· Topic" not in card.text


async def test_markdown_with_front_matter_needs_no_questions(office, boss, sent, added):
    described = "title: Jade\nlanguage: en\ntopic: policy\nsources: [{publisher: Xinhua}]\n"
    card = await sent("jade.en.md", f"---\n{described}---\n{TEXT}".encode())
    assert labels(card) == ["Add", "Discard", "It is a new version of…"]
    boss.presses("Add")
    await boss.wait_for_edit()

    assert added() == ["policy/jade.en.md"]


async def test_each_document_of_an_archive_keeps_its_title(office, boss, sent, through, added):
    stream = BytesIO()
    with ZipFile(stream, "w") as file:
        file.writestr("Jade.txt", "The jade park lies in Hotan.")
        file.writestr("Reed.txt", "The reed park lies in Hami.")
    topic = await sent("parks.zip", stream.getvalue())
    assert "Which topic" in topic.text
    await through("Policy", "Internal, without a source", "Skip")
    card = await through("No end is known")
    assert "It holds 2 documents" in card.text
    boss.presses("Add")
    await boss.wait_for_edit()

    titles = {each.metadata.title for each in load_corpus([office.corpus.directory]).documents}
    assert {"Jade", "Reed"} < titles


async def test_a_folder_that_cannot_be_written_loses_nothing(
    office, boss, sent, through, monkeypatch
):
    await sent()
    await through("jade-park", "Policy", "Internal, without a source", "Skip")
    await through("No end is known")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("index.adding.mkdtemp", full)
        boss.presses("Add")
        said = await boss.wait_for_reply()
    assert "It was not added: the disk is full (No space left on device)" in said.text
    boss.presses("Add")

    assert "Added as policy/jade-park.en.txt" in (await boss.wait_for_edit()).text


async def test_a_half_answered_file_survives_the_end_of_the_program(start_bot, boss):
    first = await start_bot(staff_ids={boss.id})
    boss.sends_document(NAME, TEXT.encode())
    await boss.wait_for_reply()
    boss.presses("jade-park")
    await boss.wait_for_edit()
    await boss.wait_for_reply()
    await first.stop()
    second = await start_bot(staff_ids={boss.id})
    boss.presses("Policy")
    await boss.wait_for_edit()

    assert "Who published it?" in (await boss.wait_for_reply()).text
    assert second.store.uploads.first_of(boss.id).answers == {
        "title": "jade-park",
        "topic": "policy",
    }


async def test_forget_erases_a_file_that_was_not_added(office, boss, sent):
    await sent()
    boss.sends("/forget")
    await boss.wait_for_reply()

    assert office.store.uploads.first_of(boss.id) is None
    folder = office.settings.data_dir
    assert not any(
        b"houses carvers" in path.read_bytes() for path in folder.glob("smebot.sqlite*")
    )
