"""A comparison as a picture."""

import io

import pytest
from PIL import Image, ImageDraw

from bot.answers.reasons import Reason
from bot.answers.values import Answer
from bot.chat.answer_view import below
from bot.chat.fonts import can_draw
from bot.chat.picture import has_picture, picture_of
from bot.lists.comparison import Column, Comparison
from index import Glossary
from index.encoder import no_progress
from index.glossary import Entry
from tests.telegram.conftest import TODAY

NAMES = Glossary(
    [
        Entry(id="spice", kind="event", zh="香料展", en="Spice fair"),
        Entry(id="silk", kind="zone", zh="丝绸园", en="Silk park"),
        Entry(id="amber", kind="zone", zh="琥珀园", en="Amber park"),
    ]
)
QUESTION = "Compare the Spice fair and the Silk park"


@pytest.fixture
async def comparing(start_bot):
    """The bot that knows by name what can be compared."""
    return await start_bot(glossary=NAMES)


@pytest.fixture
def compare(make_document):
    """`compare(*facts, language="zh")`: of a park for each facts."""

    def make(*facts, language="zh"):
        source = {"publisher": "商务部", "published": "2025-11-06"}
        document = make_document("丝绸园在苏州。", sources=[source], as_of="2025-11-06")
        columns = (Column(f"丝绸园{n}号", document, each) for n, each in enumerate(facts, 1))
        return Comparison(tuple(columns), language)

    return make


@pytest.fixture
def drawn(monkeypatch):
    """The texts that are drawn, in their order."""
    texts = []
    draw = ImageDraw.ImageDraw.text

    def note(self, place, text, **how):
        texts.append(text)
        return draw(self, place, text, **how)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", note)
    return texts


def opened(file):
    picture = Image.open(io.BytesIO(file.content))
    picture.load()
    return picture


async def ask(person, question=QUESTION):
    person.sends(question)
    return await person.wait_for_reply()


async def test_a_comparison_comes_as_a_picture_when_its_button_is_pressed(comparing, li, telegram):
    answer = await ask(li)
    assert "Picture" in answer.buttons

    li.presses("Picture")
    sent = await li.wait_for_reply()

    assert "photo" in sent.content
    assert sent.text == "Side by side: Spice fair, Silk park"
    assert opened(sent.file).format == "PNG"
    assert opened(sent.file).width == 1080
    assert len(telegram.calls_of("sendPhoto")) == 1
    assert telegram.calls_of("sendDocument") == []


async def test_in_chinese_it_is_called_so(comparing, wang):
    answer = await ask(wang, "比较Spice fair和Silk park的不同")
    wang.presses("图片", message=answer)

    assert (await wang.wait_for_reply()).text == "对照：Spice fair、Silk park"


async def test_the_button_stays_when_somebody_votes_or_looks_at_the_sources(comparing, li):
    answer = await ask(li)
    before = list(answer.buttons)

    li.presses("👍 Helpful")
    voted = list((await li.wait_for_edit()).buttons)
    li.presses("Sources")
    await li.wait_for_edit()
    li.presses("Back")
    back = await li.wait_for_edit()

    assert voted == back.buttons == ["✓ 👍 Helpful", *before[1:]]


async def test_it_comes_after_a_restart(comparing, start_bot, li):
    answer = await ask(li)
    await comparing.stop()
    await start_bot(glossary=NAMES)

    li.presses("Picture", message=answer)

    assert "photo" in (await li.wait_for_reply()).content


async def test_it_comes_in_the_topic_of_a_group_for_whoever_presses(comparing, telegram, li, wang):
    forum = telegram.group("Trade", li, wang)
    topic = forum.opens_topic("Parks")
    li.sends(f"@{telegram.username} {QUESTION}", to=topic)
    answer = await forum.wait_for_reply()

    wang.presses("Picture", message=answer)
    sent = await forum.wait_for_reply()

    assert "photo" in sent.content
    assert sent.topic is topic.topic


async def test_of_what_was_forgotten_there_is_no_picture(comparing, li):
    answer = await ask(li)
    await ask(li, "/forget")

    li.presses("Picture", message=answer)

    assert "too old" in (await li.wait_for_reply()).text


async def test_of_what_the_documents_no_longer_say_there_is_no_picture(comparing, li):
    answer = await ask(li)
    comparing.corpus.write(
        "zones/silk-park.en.md",
        "The silk park has moved to Hangzhou.\n",
        topic="zones",
        title="Silk park",
        zone={"kind": "industrial-zone", "country": "CN"},
    )
    report = comparing.staff.index.reindex(1, "en", no_progress)
    comparing.staff.index.publish(
        1, "en", report.rows[0][0].data.partition(":")[2], override="a test"
    )

    li.presses("Picture", message=answer)

    assert "too old" in (await li.wait_for_reply()).text


async def test_nobody_gets_the_picture_of_another_chat(comparing, li, wang):
    answer = await ask(li)
    (data,) = (b.data for row in answer.rows for b in row if b.text == "Picture")
    own = await ask(wang)

    wang.presses_data(data, own)

    assert "这条消息时间较久" in (await wang.wait_for_reply()).text


async def test_an_answer_that_compares_nothing_has_no_such_button(comparing, li):
    answer = await ask(li, "How many booths has the tea fair?")

    assert answer.buttons
    assert "Picture" not in answer.buttons


async def test_a_picture_survives_a_server_error(comparing, telegram, li):
    telegram.faults.fail("sendPhoto", 502)
    await ask(li)

    li.presses("Picture")

    assert opened((await li.wait_for_reply()).file).width == 1080
    assert len([m for m in li.bot_messages if m.file]) == 1


@pytest.mark.parametrize("things", [2, 3])
def test_all_facts_are_on_it_with_names_day_and_sources(compare, drawn, things):
    facts = [
        {"where": "泰国、罗勇", "jobs": "40,000（2021年7月）"},
        {"where": "越南"},
        {"since": "2007年"},
    ]
    comparison = compare(*facts[:things])

    picture = opened(picture_of(comparison, TODAY))

    assert picture.width == 1080
    assert picture.width + picture.height < 4000
    text = "".join(drawn)
    for said in ("丝绸园1号", "丝绸园2号", "2026年2月15日", "地点", "泰国、罗勇", "越南", "就业"):
        assert said in text
    assert "商务部，2025年11月6日；数据截至2025年11月6日" in text
    assert drawn.count("资料未载") == {2: 1, 3: 5}[things]
    assert can_draw(drawn)


def test_texts_and_values_are_seen(compare):
    """Columns lie side by side and are not empty."""
    picture = opened(picture_of(compare({"where": "泰国"}, {"where": "越南"}), TODAY))
    top = next(y for y in range(picture.height) if picture.getpixel((0, y)) == (255, 255, 255))
    left, right = (picture.crop((x, top, x + 466, picture.height)).convert("L") for x in (56, 558))

    assert left.getextrema()[0] < 45  # the ink of values
    assert right.getextrema()[0] < 45
    margins = [picture.crop((x, 0, x + 56, picture.height)) for x in (0, 1024)]
    assert all(len(margin.getcolors()) <= 3 for margin in margins)  # bands and paper


def test_traditional_readers_get_their_characters(compare, drawn):
    picture_of(compare({"where": "泰国"}, {"where": "越南"}, language="zh-Hant"), TODAY)

    assert "泰國" in drawn
    assert "絲綢園1號" in "".join(drawn)


@pytest.mark.parametrize(
    "comparison", [{"language": "ar"}, {"language": "zh", "where": "ไทย"}], ids=["Arabic", "Thai"]
)
def test_what_the_font_lacks_is_not_drawn_and_has_no_button(compare, comparison, sample_answer):
    language, where = comparison["language"], comparison.get("where", "泰国")
    compared = compare({"where": where}, {"where": "越南"}, language=language)

    assert not has_picture(compared, TODAY)
    assert picture_of(compared, TODAY) is None
    assert below(sample_answer(compared)).file == ""
    assert below(sample_answer(compare({"where": "泰国"}, {"where": "越南"}))).file


@pytest.fixture
def sample_answer():
    """`sample_answer(comparison)`: an answer that holds it."""

    def make(comparison):
        return Answer(
            question="",
            language=comparison.language,
            reason=Reason.NOT_FOUND,
            text="",
            as_of=TODAY,
            snapshot="",
            answer_id="1" * 32,
            comparison=comparison,
        )

    return make
