"""Labelled sets are read, and retrieval is measured on them."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DocumentError, EvaluationError
from index.evaluation import Ranks, auroc, find_sets, load_set, wilson
from index.publishing import SnapshotStore
from index.retriever import Retriever
from index.vector_stores import milvus_engine

QUESTION = {"id": "q1", "lang": "en", "text": "Where is the fair?", "relevant": ["p1"]}
ABOUT_THE_PARK = QUESTION | {"relevant": ["1-en"]}
PARALLEL = [
    {"id": f"{number}-{language}", "parallel": f"{number}-1", "lang": language, "text": text}
    for number, texts in enumerate(
        [("The fair", "展会", "Ярмарка"), ("The park", "园区", "Парк"), ("A loan", "贷款", "Заём")]
    )
    for language, text in zip(("en", "zh", "ru"), texts, strict=True)
]
SCORES = st.lists(st.integers(min_value=0, max_value=5).map(float), min_size=1, max_size=8)


def write_set(folder, **files):
    """A set's files, each given as rows or as text."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        rows = [json.dumps(row) for row in content] if isinstance(content, list) else [content]
        (folder / f"{name}.jsonl").write_text("\n".join(rows), "utf-8")
    return folder


def test_passages_become_documents_named_after_the_set(tmp_path):
    passages = [
        {"id": "p1", "lang": "en", "title": "Fair", "text": "In Guangzhou.", "source": "x"}
    ]

    labelled = load_set(write_set(tmp_path / "fairs", passages=passages, questions=[QUESTION]))

    (document,) = labelled.documents
    assert labelled.name == "fairs"
    assert (document.id, document.stem) == ("fairs#p1", "fairs#p1")
    assert (document.metadata.title, document.metadata.language) == ("Fair", "en")
    assert document.text == "In Guangzhou."


def test_questions_are_read_with_what_answers_them(tmp_path):
    unanswerable = {"answerable": False, "unanswerable_kind": "offtopic", "against": ["fairs"]}
    rows = [QUESTION | {"answers": ["In Guangzhou"], "note": 1}, QUESTION | unanswerable]

    first, second = load_set(write_set(tmp_path / "fairs", questions=rows)).questions

    assert (first.id, first.language, first.text) == ("q1", "en", "Where is the fair?")
    assert (first.relevant, first.answers) == (("p1",), ("In Guangzhou",))
    assert (first.answer_type, first.answerable) == ("verbatim", True)
    assert (second.answerable, second.unanswerable_kind) == (False, "offtopic")
    assert second.against == ("fairs",)


@pytest.mark.parametrize(
    "history",
    [
        {"history_user": ["What is it?", "When?"]},
        {
            "history": [
                {"role": "user", "text": "What is it?"},
                {"role": "agent", "text": "A fair."},
                {"role": "user", "text": "When?"},
            ]
        },
    ],
)
def test_a_follow_up_knows_the_earlier_questions(tmp_path, history):
    folder = write_set(
        tmp_path / "fairs", questions=[QUESTION], rewrites=[QUESTION | history | {"rewrite": "W?"}]
    )

    labelled = load_set(folder)

    (follow_up,) = labelled.rewrites
    assert follow_up.earlier_turns == ("What is it?", "When?")
    assert follow_up.rewrite == "W?"
    assert labelled.questions[0].earlier_turns == ()


def test_a_set_may_have_questions_only(tmp_path):
    labelled = load_set(write_set(tmp_path / "offtopic", questions=[QUESTION]))

    assert (labelled.documents, labelled.rewrites, len(labelled.questions)) == ((), (), 1)


def test_all_versions_of_a_parallel_set_are_kept_unless_languages_are_named(tmp_path):
    folder = write_set(tmp_path / "news", passages=PARALLEL, questions=[ABOUT_THE_PARK])

    assert len(load_set(folder).documents) == len(PARALLEL)


def test_each_article_of_a_parallel_set_is_kept_in_one_language(tmp_path):
    folder = write_set(tmp_path / "news", passages=PARALLEL, questions=[ABOUT_THE_PARK])

    labelled = load_set(folder, ["en", "zh"])

    assert [document.id for document in labelled.documents] == [
        "news#0-en",
        "news#1-zh",
        "news#2-en",
    ]


def test_passages_that_are_not_parallel_are_all_kept(tmp_path):
    passages = [{"id": "p1", "lang": "en", "text": "x"}, {"id": "p2", "lang": "ja", "text": "あ"}]
    folder = write_set(tmp_path / "fairs", passages=passages, questions=[QUESTION])

    assert len(load_set(folder, ["zh"]).documents) == 2


def test_what_answers_in_a_parallel_set_is_the_version_that_is_kept(tmp_path):
    folder = write_set(tmp_path / "news", passages=PARALLEL, questions=[ABOUT_THE_PARK])

    everything, chosen = load_set(folder), load_set(folder, ["en", "zh"])

    assert everything.relevant_documents(everything.questions[0]) == {
        "news#1-en",
        "news#1-zh",
        "news#1-ru",
    }
    assert chosen.relevant_documents(chosen.questions[0]) == {"news#1-zh"}


def test_what_answers_elsewhere_are_the_passages_named(tmp_path):
    passages = [{"id": "p1", "lang": "en", "text": "x"}, {"id": "p2", "lang": "en", "text": "y"}]
    question = QUESTION | {"relevant": ["p1", "p2"]}
    labelled = load_set(write_set(tmp_path / "fairs", passages=passages, questions=[question]))

    relevant = labelled.relevant_documents(labelled.questions[0])

    assert relevant == {"fairs#p1", "fairs#p2"} == {document.id for document in labelled.documents}


@pytest.mark.parametrize(
    ("name", "content", "texts"),
    [
        ("questions", '{"id": "q1"', ["questions.jsonl, line 1: not valid JSON"]),
        ("questions", json.dumps(QUESTION) + "\nnonsense", ["questions.jsonl, line 2"]),
        (
            "questions",
            '{"id": "q1", "lang": "en"}',
            ["questions.jsonl, line 1: the key 'text' is missing"],
        ),
        ("questions", json.dumps(QUESTION | {"relevant": "p1"}), ["line 1: relevant"]),
        ("questions", "[1]", ["questions.jsonl, line 1"]),
        ("questions", f"\n\n{json.dumps(QUESTION)}\n\n{{}}", ["questions.jsonl, line 5"]),
        ("rewrites", '{"id": 1}', ["rewrites.jsonl, line 1"]),
        ("passages", "nonsense", ["passages.jsonl, line 1: not valid JSON"]),
        ("passages", '{"id": "p1", "lang": "en"}', ["passages.jsonl, line 1", "text"]),
        ("passages", '"a text"', ["passages.jsonl, line 1"]),
        ("passages", '{"lang": "en", "text": "x"}', ["passages.jsonl, line 1", "id"]),
        ("passages", json.dumps(PARALLEL[0] | {"parallel": "x"}), ["passages.jsonl, line 1"]),
    ],
)
def test_a_line_that_is_not_sound_is_named(tmp_path, name, content, texts):
    folder = write_set(tmp_path / "fairs", **({"questions": [QUESTION]} | {name: content}))

    with pytest.raises((EvaluationError, DocumentError)) as error:
        load_set(folder, ["en"])

    for text in (str(folder), *texts):
        assert text in str(error.value)


def test_a_question_about_a_passage_that_a_parallel_set_lacks_is_named(tmp_path):
    questions = [QUESTION | {"relevant": ["9-en"]}]

    with pytest.raises(EvaluationError, match="9-en"):
        load_set(write_set(tmp_path / "news", passages=PARALLEL, questions=questions))


def test_a_folder_without_questions_is_no_set(tmp_path):
    with pytest.raises(EvaluationError, match=r"questions\.jsonl is missing"):
        load_set(write_set(tmp_path / "fairs", passages=PARALLEL))


def test_sets_are_found_by_name_and_one_folder_below(tmp_path):
    for name in ("b", "a", "c/deeper"):
        write_set(tmp_path / "sets" / name, questions=[QUESTION])
    sets = tmp_path / "sets"

    assert find_sets([sets]) == [sets / "a", sets / "b"]
    assert find_sets([sets / "b", sets / "c"]) == [sets / "b", sets / "c" / "deeper"]


def test_finding_no_set_is_an_error(tmp_path):
    with pytest.raises(EvaluationError, match=r"no labelled sets in .*nowhere"):
        find_sets([tmp_path, tmp_path / "nowhere"])


def test_a_document_counts_where_it_is_met_first():
    found = ["a", "b", "b", "c"]

    assert Ranks.of(found, frozenset({"b", "c", "d"})) == Ranks((2, 4), 3)
    assert Ranks.of([], frozenset({"b"})) == Ranks((), 1)


@pytest.mark.parametrize(
    ("ranks", "relevant", "measures"),
    [
        ((1,), 1, (True, True, 1, 1)),
        ((2,), 1, (False, True, 1 / 2, 1 / math.log2(3))),
        ((5,), 1, (False, True, 1 / 5, 1 / math.log2(6))),
        ((6,), 1, (False, False, 1 / 6, 1 / math.log2(7))),
        ((10,), 1, (False, False, 1 / 10, 1 / math.log2(11))),
        ((11,), 1, (False, False, 0, 0)),
        ((), 2, (False, False, 0, 0)),
        ((), 0, (False, False, 0, 0)),
        ((1, 3), 2, (True, True, 1, 0.919721)),  # (1 + 1/2) / (1 + 0.630930)
        ((2, 11), 2, (False, True, 1 / 2, 0.386853)),  # 0.630930 / 1.630930
        ((1,), 20, (True, True, 1, 0.220092)),  # 1 / 4.543559: ten places at most
        (tuple(range(1, 11)), 20, (True, True, 1, 1)),
    ],
)
def test_hit_at_k_reciprocal_rank_and_ndcg_of_one_question(ranks, relevant, measures):
    measured = Ranks(ranks, relevant)

    found = (measured.hit_at(1), measured.hit_at(5), measured.reciprocal, measured.ndcg)

    assert found == pytest.approx(measures, abs=1e-5)


@given(st.sets(st.integers(min_value=1, max_value=30)), st.integers(min_value=0, max_value=5))
@settings(max_examples=200, deadline=None)
def test_no_measure_leaves_the_range_from_nothing_to_one(ranks, missed):
    measured = Ranks(tuple(sorted(ranks)), len(ranks) + missed)

    assert 0 <= measured.reciprocal <= 1
    assert 0 <= measured.ndcg <= 1 + 1e-9


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (0, 0, 0, 1),
        (0, 10, 0, 0.277537),
        (5, 10, 0.236590, 0.763410),
        (10, 10, 0.722463, 1),
        (90, 100, 0.825632, 0.944771),
    ],
)
def test_the_confidence_interval_of_a_rate(successes, n, low, high):
    assert wilson(successes, n) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize(
    ("positive", "negative", "chance"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1),
        ([0.1], [0.2, 0.3], 0),
        ([0.9, 0.8, 0.5], [0.5, 0.1], 5.5 / 6),
        ([0.5, 0.5], [0.5, 0.5], 0.5),
        ([1, 2, 2], [2, 0], 4 / 6),
        ([], [0.5], 0.5),
        ([0.5], [], 0.5),
    ],
)
def test_the_chance_that_a_positive_scores_above_a_negative(positive, negative, chance):
    assert auroc(positive, negative) == pytest.approx(chance)


@given(SCORES, SCORES)
@settings(max_examples=200, deadline=None)
def test_ties_count_half_whichever_side_they_are_seen_from(positive, negative):
    assert auroc(positive, negative) + auroc(negative, positive) == pytest.approx(1)


@pytest.mark.model
def test_milvus_finds_what_the_snapshots_own_file_finds(
    project_index, project, model_encoder, tmp_path, caplog
):
    """On one in six labelled questions; the ranking may differ by what rounding does."""
    engine = milvus_engine(str(tmp_path / "milvus.db"), "")
    store = SnapshotStore(project_index)
    engine.hold(store.folder(store.current_id()))
    labelled = load_set(project / "tests" / "labelled" / "dev").questions
    questions = [question for question in labelled if question.relevant][::6]

    own, in_milvus = (
        hit_at_5(Retriever(each.open_current(), model_encoder), questions)
        for each in (store, SnapshotStore(project_index, engine))
    )

    assert own > 0.8
    assert abs(own - in_milvus) <= 0.005
    assert "Milvus" not in caplog.text


def hit_at_5(retriever, questions) -> float:
    found = [retriever.search(each.text, each.language, 5).hits for each in questions]
    return sum(
        any(retriever.document(hit.passage).stem in question.relevant for hit in hits)
        for question, hits in zip(questions, found, strict=True)
    ) / len(questions)
