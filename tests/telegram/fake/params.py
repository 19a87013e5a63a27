"""The parameters of one call, read as the Bot API reads them."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.fake.errors import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent in a multipart call."""

    name: str
    mime_type: str
    content: bytes


@dataclass(slots=True)
class Params:
    """Names and values; values are strings unless the call was JSON."""

    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The string, empty if missing."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def flag(self, name: str) -> bool:
        """true, yes and 1 are true; everything else is false."""
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def integer(self, name: str, default: int = 0) -> int:
        """The number, or the default if it is missing or no number."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def json(self, name: str) -> Any:
        """The JSON value; None if missing; a string that is no JSON is returned as it is."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return None if value == "" else value
        try:
            return json.loads(value)
        except ValueError:
            return value

    def object(self, name: str, wrong: str) -> dict[str, Any] | None:
        """The JSON object, None if missing; refused with the given reason if it is another."""
        value = self.json(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(wrong)
        return value

    def shown(self) -> dict[str, Any]:
        """For people: JSON decoded, files by name and size."""
        decoded = {name: self.json(name) for name in self.values}
        files = {
            name: f"<{upload.name}, {len(upload.content)} bytes>"
            for name, upload in self.uploads.items()
        }
        keep_text = {"text", "caption", "callback_query_id", "inline_query_id", "file_id"}
        texts = {name: self.text(name) for name in keep_text & self.values.keys()}
        return {**decoded, **texts, **files}
