"""One of several programs at a database: its part of the work, and who the others are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.store.shared_inbox import SharedInbox

if TYPE_CHECKING:
    from bot.store.presence import Presence  # imports the driver, which is an extra


@dataclass(frozen=True, slots=True)
class Replica:
    """What a program needs to share its work."""

    inbox: SharedInbox
    presence: "Presence"
