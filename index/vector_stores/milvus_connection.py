"""Milvus's own client, nowhere else: collections of unit vectors, each row with its kind."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import numpy as np
import numpy.typing as npt
from pymilvus import DataType, MilvusClient
from pymilvus.exceptions import MilvusException

from index.encoder import Vectors
from index.errors import VectorsAwayError
from index.vector_store import Selection

ROWS_A_CALL = 5_000
"""How many rows are sent at a time: 8 MB of 384 numbers each; a server takes 64 MB."""
_ROW, _KIND, _VECTOR, _COUNT = "row", "kind", "vector", "count(*)"
_MOST_FOUND = 16_384
"""Milvus's limit of what one search may find."""
ASKING_S = 2.0
"""What a question waits for."""
FILLING_S = 600.0
"""What one step of filling a collection waits for."""
_TELLING_S = 30.0
"""What changes of names and lists wait for."""

for _name in ("pymilvus", "milvus_lite", "grpc"):  # what they log of a failure is raised as well
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class Milvus:
    """A server, or a file that Milvus Lite serves to this process alone.

    All methods raise `VectorsAwayError` where Milvus cannot be asked or refuses.
    """

    def __init__(self, uri: str, token: str) -> None:
        """Nothing is connected yet; arguments as those of `milvus_engine`."""
        self.uri = uri
        self._token = token

    @cached_property
    def _client(self) -> MilvusClient:
        return MilvusClient(self.uri, token=self._token, timeout=ASKING_S)

    @contextmanager
    def _asked(self) -> Iterator[MilvusClient]:
        try:
            yield self._client
        except MilvusException as error:
            raise VectorsAwayError(self.uri, error.message) from error

    def collections(self) -> list[str]:
        """The names of all collections."""
        with self._asked() as client:
            return list(client.list_collections(timeout=_TELLING_S))

    def load(self, name: str, timeout_s: float) -> int:
        """Make a collection searchable, unless it is.

        Returns:
            How many rows it has.
        """
        with self._asked() as client:
            client.load_collection(name, timeout=timeout_s)
            found = client.query(
                name,
                output_fields=[_COUNT],
                timeout=timeout_s,
                consistency_level="Strong",  # just filled, perhaps
            )
            return int(found[0][_COUNT])

    def create(self, name: str, dimension: int) -> None:
        """An empty collection whose searches compare all rows."""
        with self._asked() as client:
            schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field(_ROW, DataType.INT64, is_primary=True)
            schema.add_field(_KIND, DataType.INT16)
            schema.add_field(_VECTOR, DataType.FLOAT_VECTOR, dim=dimension)
            index = client.prepare_index_params()
            index.add_index(_VECTOR, index_type="FLAT", metric_type="IP")
            client.create_collection(name, schema=schema, index_params=index, timeout=_TELLING_S)

    def insert(self, name: str, first: int, kinds: npt.NDArray[np.int16], rows: Vectors) -> None:
        """Add rows that follow each other.

        Args:
            name: Of the collection.
            first: The number of the first.
            kinds: Of the rows.
            rows: Their vectors, at most `ROWS_A_CALL`.
        """
        numbered = enumerate(zip(kinds.tolist(), rows, strict=True), first)
        values = [{_ROW: row, _KIND: kind, _VECTOR: vector} for row, (kind, vector) in numbered]
        with self._asked() as client:
            client.insert(name, values, timeout=FILLING_S)

    def flush(self, name: str) -> None:
        """Write down what was inserted."""
        with self._asked() as client:
            client.flush(name, timeout=FILLING_S)

    def drop(self, name: str) -> None:
        """Delete a collection, and the alias if that names it; there may be none of this name."""
        with self._asked() as client:
            client.drop_collection(name, timeout=_TELLING_S)

    def point(self, alias: str, name: str) -> None:
        """Let an alias name a collection, in one step."""
        with self._asked() as client:
            if self.pointed_to(alias) is None:
                client.create_alias(name, alias, timeout=_TELLING_S)
            else:
                client.alter_alias(name, alias, timeout=_TELLING_S)

    def pointed_to(self, alias: str) -> str | None:
        """The collection that an alias names; None if there is no such alias."""
        with self._asked() as client:
            for name in self.collections():
                if alias in client.list_aliases(name, timeout=_TELLING_S)["aliases"]:
                    return name
            return None

    def nearest(
        self, name: str, query: Vectors, k: int, among: Selection | None
    ) -> tuple[npt.NDArray[np.int64], Vectors]:
        """Search a collection that was loaded; as `VectorStore.search`."""
        with self._asked() as client:
            (found,) = client.search(
                name,
                data=[query],
                limit=min(k, _MOST_FOUND),
                filter=_filter(among) if among else "",
                output_fields=[_ROW],
                search_params={"metric_type": "IP"},
                timeout=ASKING_S,
            )
        rows = np.array([hit[_ROW] for hit in found], np.int64)
        return rows, np.array([hit["distance"] for hit in found], np.float32)


def _filter(among: Selection) -> str:
    """A selection in Milvus's words."""
    of_kinds = f"{_KIND} in {[int(kind) for kind in among.kinds]}"
    if among.ranges is None:
        return of_kinds
    ranges = [f"({_ROW} >= {rows.start} and {_ROW} < {rows.stop})" for rows in among.ranges]
    return f"{of_kinds} and ({' or '.join(ranges)})"
