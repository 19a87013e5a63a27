"""Adapters of the ports in `index.vector_store`. Each is imported only when it is asked for.

`faiss_store` holds vectors in a file. To `snapshot_files` that file is all there is;
`milvus_engine` copies it to Milvus, where `milvus_store` searches.
"""

from importlib.util import find_spec

from index.errors import MissingPackageError
from index.vector_store import VectorEngine
from index.vector_stores.snapshot_files import SnapshotFiles


def milvus_engine(uri: str, token: str) -> VectorEngine:
    """Milvus; it is not connected until it is needed.

    Args:
        uri: `http://host:port`, https likewise, or a path that ends in `.db`, for Milvus Lite.
        token: `user:password` or an API key; may be empty.

    Raises:
        MissingPackageError: The packages for it are not installed.
    """
    needed = ("pymilvus",) if "://" in uri else ("pymilvus", "milvus_lite")
    for package in needed:
        if find_spec(package) is None:
            raise MissingPackageError("SMEBOT_VECTOR_STORE=milvus", package, extra="milvus")
    from index.vector_stores.milvus_collections import MilvusEngine
    from index.vector_stores.milvus_connection import Milvus

    return MilvusEngine(Milvus(uri, token))


__all__ = ["SnapshotFiles", "milvus_engine"]
