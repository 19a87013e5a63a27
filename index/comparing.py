"""What differs between two snapshots: documents, passages, what the check of the corpus said."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.chunking import encoded_text
from index.manifest import Changes
from index.remark import Remark
from index.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotChanges:
    """What serving one snapshot instead of another changes."""

    documents: Changes
    titles: Mapping[str, str]
    """Of the documents that differ, by id."""
    embedded: int
    """Passages that the other has not."""
    reused: int
    dropped: int
    """Passages that the other alone has."""
    errors: Sequence[Remark]
    warnings: Sequence[Remark]
    """What `smebot corpus check` said of the new one's corpus."""


def compare_snapshots(before: Snapshot, after: Snapshot) -> SnapshotChanges:
    """What serving a snapshot instead of the one before changes."""
    changes = Changes.between(before.manifest.documents, after.manifest.documents)
    texts_before, texts_after = _texts(before), _texts(after)
    documents = {**before.documents, **after.documents}
    return SnapshotChanges(
        documents=changes,
        titles={
            identity: documents[identity].metadata.title
            for identity in (*changes.added, *changes.changed, *changes.removed)
        },
        embedded=(texts_after - texts_before).total(),
        reused=(texts_after & texts_before).total(),
        dropped=(texts_before - texts_after).total(),
        errors=tuple(after.manifest.errors),
        warnings=tuple(after.manifest.warnings),
    )


def _texts(snapshot: Snapshot) -> Counter[str]:
    return Counter(encoded_text(snapshot.documents[p.document], p) for p in snapshot.passages)
