"""One changed document among many."""

from bot.bench.changing import measure_change
from index.encoder import no_progress


def test_only_what_changed_is_encoded(desk, built_desk, tmp_path):
    before = desk.encoder.encoded

    changed = measure_change(desk, built_desk, tmp_path, 7, no_progress)

    assert (changed.documents, changed.passages) == (7, 35)
    assert changed.encoded == 1
    assert desk.encoder.encoded - before == 2  # the passage, and the sentence that is new in it
    assert changed.first_s > 0 < changed.changed_s
