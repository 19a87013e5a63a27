"""What people send besides plain text, as the bot gets it."""

from typing import Any

from tests.telegram.fake.entities import with_found
from tests.telegram.fake.limits import MESSAGE_LENGTH
from tests.telegram.fake.model import Json, StoredFile
from tests.telegram.fake.utf16 import length16


def text(value: str) -> Json:
    """A text message; commands, mentions and links get their entities."""
    if not value.strip() or length16(value) > MESSAGE_LENGTH:
        raise ValueError(f"people send texts of 1 to {MESSAGE_LENGTH} characters")
    entities = with_found(value, [])
    return {"text": value, **({"entities": entities} if entities else {})}


def photo(stored: StoredFile) -> Json:
    return {"photo": [{**stored.to_json(), "width": 90, "height": 60}]}


def sticker(stored: StoredFile, emoji: str) -> Json:
    shape = {"type": "regular", "width": 512, "height": 512}
    more = {"is_animated": False, "is_video": False, "emoji": emoji}
    return {"sticker": {**stored.to_json(), **shape, **more}}


def voice(stored: StoredFile, seconds: int) -> Json:
    return {"voice": {**stored.to_json(), "duration": seconds, "mime_type": "audio/ogg"}}


def document(stored: StoredFile) -> Json:
    more = {"file_name": stored.name, "mime_type": stored.mime_type}
    return {"document": {**stored.to_json(), **more}}


def location(latitude: float, longitude: float) -> Json:
    return {"location": {"latitude": latitude, "longitude": longitude}}


def contact(first_name: str, phone_number: str) -> Json:
    return {"contact": {"first_name": first_name, "phone_number": phone_number}}


def poll(poll_id: str, question: str, options: list[str]) -> Json:
    flags: dict[str, Any] = {
        "is_closed": False,
        "is_anonymous": True,
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    answers = [
        {"persistent_id": str(number), "text": option, "voter_count": 0}
        for number, option in enumerate(options)
    ]
    return {
        "poll": {
            "id": poll_id,
            "question": question,
            "options": answers,
            "total_voter_count": 0,
            "type": "regular",
            **flags,
        }
    }
