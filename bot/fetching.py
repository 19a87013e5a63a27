"""A running bot serves what is published elsewhere, where snapshots are shared."""

import logging
import threading
import time

from bot.settings import BotSettings
from index import CorpusIndexError
from index.snapshots import fetch_snapshot
from index.terminal import describe

logger = logging.getLogger(__name__)

EVERY_S = 60.0
"""How long after its publication elsewhere a snapshot is looked for here."""


def fetch(settings: BotSettings) -> None:
    """Serve what is served there; what cannot be had is logged, and the old one stays."""
    try:
        fetch_snapshot(settings)
    except CorpusIndexError as error:
        logger.warning("%s; what is here is served meanwhile", error)
    except OSError as error:
        logger.warning("%s; what is here is served meanwhile", describe(error))


def keep_fetching(settings: BotSettings) -> None:
    """Do so every minute from now on, in a thread of its own, if snapshots are shared at all."""
    if settings.snapshots_url is None:
        return

    def for_ever() -> None:
        while True:
            time.sleep(EVERY_S)
            fetch(settings)

    threading.Thread(target=for_ever, name="fetch", daemon=True).start()
