"""A running bot serves what is published elsewhere, and goes on where that cannot be had."""

import time

import pytest

from bot import fetching
from bot.settings import BotSettings
from index.publishing import SnapshotStore
from index.shared_snapshots import SharedSnapshots


@pytest.fixture
def settings(published, tmp_path) -> BotSettings:
    """A replica's, whose own data directory is empty."""
    published.shared = SharedSnapshots(str(tmp_path / "shared"))
    published.corpus.write("new.en.md", "The first that is shared.")
    published.build()
    return BotSettings(data_dir=tmp_path / "replica", snapshots_url=str(tmp_path / "shared"))


def test_what_is_published_elsewhere_is_served_soon_after(published, settings, monkeypatch):
    monkeypatch.setattr(fetching, "EVERY_S", 0.05)
    replica = SnapshotStore(settings.data_dir)

    fetching.fetch(settings)
    first = replica.current_id()
    fetching.keep_fetching(settings)
    published.corpus.write("new.en.md", "The second.")
    published.build()

    until = time.monotonic() + 30
    while replica.current_id() == first and time.monotonic() < until:
        time.sleep(0.05)
    assert replica.current_id() == published.store.current_id() != first


def test_what_cannot_be_had_is_a_line_in_the_log(published, settings, tmp_path, caplog):
    fetching.fetch(settings)
    served = SnapshotStore(settings.data_dir).current_id()
    (tmp_path / "shared").rename(tmp_path / "gone")

    fetching.fetch(settings)

    (line,) = [r.getMessage() for r in caplog.records if r.name == "bot.fetching"]
    assert "SMEBOT_SNAPSHOTS_URL" in line
    assert "what is here is served meanwhile" in line
    assert SnapshotStore(settings.data_dir).current_id() == served
