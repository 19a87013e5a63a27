"""What holds of every answer, whatever was asked (DESIGN 4.3)."""

import json
from collections.abc import Mapping, Set
from typing import Any

from bot.answers.reasons import AnswerStatus
from bot.answers.values import Answer
from index import Document, Topic

ANSWER = {
    "question": str,
    "language": str,
    "status": str,
    "reason": str,
    "text": str,
    "as_of": str,
    "snapshot": str,
    "answer_id": str,
    "citations": list,
    "hits": list,
    "suggestions": list,
    "timings_ms": dict,
}
CITATION = {
    "number": int,
    "document": str,
    "title": str,
    "publisher": str | None,
    "published": str | None,
    "url": str | None,
    "sources": list,
    "topic": str | None,
    "language": str,
    "quote": str,
    "start": int,
    "end": int,
}
HIT = {"passage": str, "document": str, "score": float, "rank": int}
TIMINGS = dict.fromkeys(["encode", "search", "compose", "total"], float)


def _assert_shape(
    value: dict[str, Any], shape: dict[str, Any], optional: Set[str] = frozenset()
) -> None:
    """The keys of the shape and no others, each of its type."""
    assert value.keys() - optional == shape.keys()
    for key, kind in shape.items():
        assert isinstance(value[key], kind), key
        assert not (kind is int and isinstance(value[key], bool)), key


def assert_sound(answer: Answer, documents: Mapping[str, Document]) -> dict[str, Any]:
    """Its shape is as agreed, its quotes are exact; gives its JSON."""
    value = json.loads(json.dumps(answer.as_json()))
    _assert_shape(value, ANSWER)
    _assert_shape(value["timings_ms"], TIMINGS)
    assert min(value["timings_ms"].values()) >= 0
    for hit in value["hits"]:
        _assert_shape(hit, HIT)
    for citation in value["citations"]:
        _assert_shape(citation, CITATION, optional={"event_status"})
        span = slice(citation["start"], citation["end"])
        assert citation["quote"] == documents[citation["document"]].text[span]
        assert citation["topic"] in {*Topic, None}
    spans = {(c["document"], c["start"], c["end"]) for c in value["citations"]}
    assert len(spans) == len(value["citations"])
    assert [c["number"] for c in value["citations"]] == list(range(1, len(spans) + 1))
    assert [hit["rank"] for hit in value["hits"]] == sorted({hit["rank"] for hit in value["hits"]})
    assert value["status"] in set(AnswerStatus)
    assert bool(value["citations"]) == (value["status"] in ("answered", "out_of_date"))
    assert value["text"].strip()
    return value
