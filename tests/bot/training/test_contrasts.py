"""Examples for the encoder: a right passage, and wrong ones that are none of its own."""

import gzip
import json

import numpy as np
import pytest

from bot.training.contrasts import Contrasts

PARK = "Park > Rents"


class LetterEncoder:
    """Counts letters: texts with the same ones are near."""

    def encode_queries(self, texts):
        counts = np.array([[text.count(c) + 0.01 for c in "abcdefghij"] for text in texts])
        return (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)

    encode_passages = encode_queries


def text_of(document, language, sentences, *, overlaps=False):
    rows = [[context, said] for context, said in sentences]
    return {"document": document, "language": language, "sentences": rows, "overlaps": overlaps}


def asks(document, question, answers, **more):
    known = {"language": "en", "kind": "how", "near": [], "doubtful": []}
    return known | {"document": document, "question": question, "answers": answers} | more


@pytest.fixture
def folders(tmp_path):
    own, public = tmp_path / "own", tmp_path / "public"
    own.mkdir()
    public.mkdir()
    texts = [
        text_of("park", "en", [(PARK, "aab rent"), ("Park > Staff", "b" * 1300), (PARK, "later")]),
        text_of("park", "zh", [("园区", "租金aab"), ("园区", "员工"), ("园区", "以后")]),
        *(
            text_of(f"other-{n}", language, [(f"Other {n}", f"{letter * n} text")])
            for n, letter in enumerate("abcdef", 1)
            for language in ("en", "zh")
        ),
    ]
    questions = [
        asks("park", "aab?", ["en1", "zh1"]),
        asks("park", "nobody knows", []),
        asks("park", "and later?", ["en3"], history=["aab?"]),
        asks(None, "where is a locksmith", []),
    ]
    for name, rows in (("texts", texts), ("questions", questions)):
        (own / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    paragraphs = [
        {
            "lang": "en",
            "title": f"T{n}",
            "text": f"{c} paragraph",
            "question": f"{c}{c}?",
            "answerable": True,
        }
        for n, c in enumerate("abcdefgh")
    ]
    rows = [*paragraphs, {**paragraphs[0], "question": "none", "answerable": False}]
    (public / "set.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return own, public


def drawn(folders, seeds=range(40)):
    contrasts = Contrasts(*folders)
    return [c for seed in seeds for c in contrasts.drawn(LetterEncoder(), seed)]


def test_questions_that_have_an_answer_and_stand_alone_are_learned(folders):
    asked = {contrast.question for contrast in drawn(folders)}

    assert {"aab?", "aa?"} <= asked
    assert not asked & {"nobody knows", "and later?", "where is a locksmith", "none"}


def test_the_right_passage_answers_and_the_others_do_not(folders):
    for contrast in drawn(folders):
        if contrast.question == "aab?":
            assert "aab" in contrast.passage
            assert not any("aab" in other for other in contrast.others)


def test_whole_passages_and_single_sentences_are_found_in_every_language(folders):
    told = {contrast.passage for contrast in drawn(folders) if contrast.question == "aab?"}

    assert f"{PARK}\naab rent" in told
    assert {"园区\n租金aab", "园区\n租金aab员工以后"} <= told


def test_what_answers_is_found_in_the_other_language_as_well(folders):
    pairs = {(contrast.question, contrast.passage) for contrast in drawn(folders)}

    assert ("aab rent", "园区\n租金aab员工以后") in pairs
    assert ("租金aab", f"{PARK}\naab rent") in pairs


def test_passages_of_one_document_share_a_group(folders):
    groups = {}
    for contrast in drawn(folders):
        groups.setdefault(contrast.passage, set()).add(contrast.group)

    assert all(len(found) == 1 for found in groups.values())
    assert groups[f"{PARK}\naab rent"] == groups["园区\n租金aab"]
    assert groups["T0\na paragraph"] != groups["T1\nb paragraph"]


def test_the_same_seed_draws_the_same(folders):
    assert drawn(folders, [7]) == drawn(folders, [7])
    assert drawn(folders, [7]) != drawn(folders, [8])
