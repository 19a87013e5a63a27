"""`smebot corpus new`: a document to fill in, which nobody can publish half-finished."""

import re
from datetime import UTC, date, datetime

import pytest

from index.corpus_check import check_corpus
from index.documents import Topic
from index.errors import DocumentError, SkeletonError
from index.loading import PLACEHOLDER, load_corpus
from index.skeleton import write_skeleton

FILLED_IN = {
    "{{title of the source, or null}}": "The fair opens",
    "{{who published it}}": "Macao News",
    "{{中文标题}}": "展会",
    "{{English title}}": "The fair",
}


def fill_in(path, values):
    """Replace every placeholder, as a person would; those without a value by a sentence."""
    text = path.read_text("utf-8")
    day = date.fromisoformat(re.search(r"as_of: (\S+)", text)[1])
    sentence = {
        ".zh": f"这份说明写于{day.year}年{day.month}月{day.day}日，地点在中国。",
        ".en": f"This was written on {day:%d %B %Y} in China, where the document was begun.",
    }[path.suffixes[0]]
    path.write_text(PLACEHOLDER.sub(lambda found: values.get(found[0], sentence), text), "utf-8")


@pytest.mark.parametrize("topic", Topic)
def test_a_skeleton_is_a_file_for_each_language_in_the_folder_of_its_topic(tmp_path, topic):
    paths = write_skeleton(tmp_path / "corpus", f"{topic}/new-one-2")

    folder = tmp_path / "corpus" / topic
    assert sorted(paths) == sorted(folder.iterdir())
    assert sorted(paths) == [folder / "new-one-2.en.md", folder / "new-one-2.zh.md"]


@pytest.mark.parametrize("topic", Topic)
def test_a_skeleton_is_refused_until_its_last_placeholder_is_filled_in(tmp_path, topic):
    path, other = write_skeleton(tmp_path, f"{topic}/new")
    other.unlink()
    lines = set()

    while PLACEHOLDER.search(text := path.read_text("utf-8")):
        (problem,) = load_corpus([tmp_path]).problems
        assert isinstance(problem, DocumentError)
        placeholder = PLACEHOLDER.search(text)[0]
        assert problem.problem == f"{placeholder} is not filled in yet"
        assert placeholder in text.split("\n")[problem.line - 1]
        assert f"{path}, line {problem.line}: " in str(problem)
        lines.add(problem.line)
        path.write_text(PLACEHOLDER.sub("x", text, count=1), "utf-8")

    assert len(lines) > 5


@pytest.mark.parametrize("topic", Topic)
def test_a_skeleton_with_every_placeholder_replaced_passes_the_corpus_check(tmp_path, topic):
    before = datetime.now(UTC).date()
    for path in write_skeleton(tmp_path, f"{topic}/new"):
        fill_in(path, FILLED_IN)

    report = check_corpus([tmp_path], datetime.now(UTC).date())

    assert [*report.problems, *report.findings] == []
    zh, en = sorted(report.loaded.documents, key=lambda d: d.id, reverse=True)
    assert (zh.id, en.id) == (f"{topic}/new.zh", f"{topic}/new.en")
    assert (zh.metadata.title, en.metadata.title) == ("展会", "The fair")
    for document in (zh, en):
        metadata = document.metadata
        (source,) = metadata.sources
        assert (source.title, source.publisher) == ("The fair opens", "Macao News")
        assert metadata.topic == topic
        assert before <= metadata.as_of.first <= datetime.now(UTC).date()
        assert (metadata.event is not None) == (topic is Topic.EVENTS)
        assert (metadata.zone is not None) == (topic is Topic.ZONES)
        assert (metadata.financing is not None) == (topic is Topic.FINANCING)


def test_a_source_without_a_title_is_written_as_the_placeholder_says(tmp_path):
    for path in write_skeleton(tmp_path, "policy/new"):
        fill_in(path, FILLED_IN | {"{{title of the source, or null}}": "null"})

    documents = load_corpus([tmp_path]).documents

    assert len(documents) == 2
    assert {document.metadata.sources[0].title for document in documents} == {None}


@pytest.mark.parametrize(
    "name",
    [
        "",
        "canton-fair",
        "events/",
        "/events/fair",
        "events/Canton-Fair",
        "events/canton fair",
        "events/canton_fair",
        "events/-fair",
        "events/fair-",
        "events/can--ton",
        "events/fair.en",
        "events/2025/fair",
        "events/../fair",
        "events/广交会",
        "weather/fair",
        "Events/fair",
    ],
)
def test_a_name_that_is_no_topic_and_short_name_is_refused(tmp_path, name):
    with pytest.raises(SkeletonError) as error:
        write_skeleton(tmp_path / "corpus", name)

    assert repr(name) in str(error.value)
    for topic in Topic:
        assert topic in str(error.value)
    assert not (tmp_path / "corpus").exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_existing_document_is_never_overwritten(tmp_path, language):
    path = tmp_path / "events" / f"fair.{language}.md"
    path.parent.mkdir()
    path.write_text("mine")

    with pytest.raises(SkeletonError, match="exists already") as error:
        write_skeleton(tmp_path, "events/fair")

    assert str(path) in str(error.value)
    assert path.read_text() == "mine"
    assert list(path.parent.iterdir()) == [path]


def test_the_command_prints_the_files_that_it_wrote(tmp_path, smebot):
    outcome = smebot("corpus", "new", "events/canton-fair-139", "--corpus", "base")

    assert (outcome.code, outcome.err) == (0, "")
    assert sorted(outcome.out.splitlines()) == [
        "base/events/canton-fair-139.en.md",
        "base/events/canton-fair-139.zh.md",
    ]
    assert (tmp_path / "base" / "events" / "canton-fair-139.zh.md").is_file()


def test_without_a_directory_the_command_writes_to_the_corpus(tmp_path, smebot):
    smebot("corpus", "new", "zones/park")

    assert (tmp_path / "corpus" / "zones" / "park.en.md").is_file()


def test_the_command_refuses_in_one_line(corpus, smebot):
    smebot("corpus", "new", "events/fair")

    smebot("corpus", "new", "events/fair").assert_error("exists already")
    smebot("corpus", "new", "fair").assert_error("'fair'", "TOPIC/SHORT-NAME")


def test_the_check_names_what_is_not_filled_in(corpus, smebot):
    smebot("corpus", "new", "events/fair")

    outcome = smebot("corpus", "check")

    assert outcome.code == 1
    english, chinese = outcome.err.splitlines()
    assert english == (
        "error: corpus/events/fair.en.md, line 2: {{English title}} is not filled in yet"
    )
    assert "fair.zh.md, line 2: {{中文标题}}" in chinese
