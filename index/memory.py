"""What was worked out from content that is still the same is not worked out again.

Three things take nearly all the time of a build but the encoding: reading files, checking
documents, and cutting them into passages whose words and facts are read. Each depends on the
content of one file or document and on little else. All of that makes the key of its result, and
so does the digest of the program: another version finds nothing.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from index.program import program_digest
from index.sealed_store import SealedStore

logger = logging.getLogger(__name__)
MEMORY_FILE = "results.sqlite"
"""Name of the file that remembers, in the data directory. It may be deleted at any time."""
_LENGTH_BYTES = 8


class Memory:
    """Results by the content that they come from, as JSON.

    It never stands in the way of a build: where its file cannot be read or written, a warning is
    logged and all is worked out anew.
    """

    def __init__(self, store: SealedStore | None = None) -> None:
        """Nothing is remembered without a store."""
        self._store = store
        self._used: set[bytes] = set()

    @classmethod
    @contextmanager
    def opened(cls, data_dir: Path) -> "Iterator[Memory]":
        """What the builds before in a data directory left; nothing where that is damaged."""
        with ExitStack() as stack:
            try:
                store = stack.enter_context(SealedStore.opened(data_dir / MEMORY_FILE, "result"))
            except OSError as error:
                logger.warning("%s: everything is worked out anew", error)
                store = None
            yield cls(store)

    def recall(self, keys: Sequence[bytes]) -> list[Any]:
        """What was learned under each key; None where nothing was. An empty key has nothing."""
        found: dict[bytes, bytes] = {}
        if self._store:
            try:
                found = dict(self._store.get([key for key in keys if key]))
            except OSError as error:
                self._give_up(error)
        self._used.update(found)
        return [_unpacked(found[key]) if key in found else None for key in keys]

    def learn(self, results: Iterable[tuple[bytes, Any]]) -> None:
        """Keep results, as JSON knows them, under their keys; under an empty one nothing."""
        values = {key: _packed(value) for key, value in results if key}
        if not (self._store and values):
            return
        try:
            self._store.put(values.items())
            self._used.update(values)
        except OSError as error:
            self._give_up(error)

    def forget_others(self) -> None:
        """Forget what was neither recalled nor learned since this was opened."""
        if not self._store:
            return
        try:
            self._store.keep_only(self._used)
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        logger.warning("%s: what was worked out is not kept", error)
        self._store = None


def _packed(value: Any) -> bytes:
    # Half a surrogate pair, which a file may hold, passes.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _unpacked(content: bytes) -> Any:
    return json.loads(content.decode("utf-8", "surrogatepass"))


def key_of(kind: str, *parts: str | bytes) -> bytes:
    """The key of a result.

    Args:
        kind: What sort of result it is.
        parts: All that it depends on besides the program.
    """
    digest = hashlib.blake2b(program_digest().encode(), digest_size=32)
    for part in (kind, *parts):
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(_LENGTH_BYTES, "big") + content)
    return digest.digest()
