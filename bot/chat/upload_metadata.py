"""What was answered about a file, as its document's metadata."""

from bot.chat.upload_questions import (
    PUBLISHED,
    PUBLISHER,
    QUESTIONS,
    TITLE,
    TOPIC,
    VALID_UNTIL,
    Guesses,
)
from bot.store.models import Upload
from index import PartialDate, Source, Topic
from index.documents import Metadata


def described(upload: Upload, own_title: str) -> Metadata:
    """What the answers say; without a publisher it is internal and has no source."""
    answers = {question: upload.answers.get(question, "") for question in QUESTIONS}
    published = PartialDate.parse(answers[PUBLISHED]) if answers[PUBLISHED] else None
    until = PartialDate.parse(answers[VALID_UNTIL]) if answers[VALID_UNTIL] else None
    source = (
        Source(publisher=answers[PUBLISHER], published=published) if answers[PUBLISHER] else None
    )
    return Metadata(
        title=answers[TITLE] or own_title,
        language=Guesses.of(upload).language,
        topic=Topic(answers[TOPIC]) if answers[TOPIC] else None,
        as_of=published,
        valid_until=until,
        sources=(source,) if source else (),
    )
