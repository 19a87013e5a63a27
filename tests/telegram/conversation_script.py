"""The script of a long conversation, `conversation.yaml`, which says what its words mean."""

from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

SCRIPT = Path(__file__).with_name("conversation.yaml")
_ACTIONS = ("says", "presses", "forwards", "captions", "changes", "types", "sends", "uploads")

Words = tuple[str | tuple[str, ...], ...]
Kind = Literal["answer", "refusal", "list", "other"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class Turn(_Part):
    """One thing that somebody does, and what must hold of what comes of it."""

    who: str = ""
    to: str = ""
    says: str = ""
    presses: str = ""
    forwards: str = ""
    captions: str = ""
    changes: str = ""
    types: str = ""
    sends: Literal["", "photo", "voice", "sticker"] = ""
    uploads: str = ""
    replies: bool = False

    comes: Literal["message", "edit", "toast", "results", "nothing"] = "message"
    sees: str = ""
    kind: Kind | None = None
    holds: Words = ()
    never: Words = ()
    buttons: Words = ()
    known_failure: str = ""

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        done = [name for name in _ACTIONS if getattr(self, name)]
        if len(done) != bool(self.who):
            raise ValueError(f"who does one of {', '.join(_ACTIONS)}, not: {self.who!r} {done}")
        if not (self.who or self.sees):
            raise ValueError("a turn says who does something, or who sees it")
        return self

    @property
    def named(self) -> str:
        """For whoever runs the tests."""
        return "-".join(filter(None, (self.who or self.sees, self.action or "sees")))

    @property
    def action(self) -> str:
        """The name of what is done; empty where what came of the turn before is only seen."""
        return next((name for name in _ACTIONS if getattr(self, name)), "")


class Scene(_Part):
    """Turns that belong together."""

    scene: str
    turns: tuple[Turn, ...]


class Script(_Part):
    """The whole conversation."""

    people: dict[str, str]
    groups: dict[str, tuple[str, ...]] = {}
    scenes: tuple[Scene, ...]

    @property
    def turns(self) -> list[Turn]:
        return [turn for scene in self.scenes for turn in scene.turns]


def load(path: Path = SCRIPT) -> Script:
    """The script, checked."""
    return Script.model_validate(yaml.safe_load(path.read_text("utf-8")))
