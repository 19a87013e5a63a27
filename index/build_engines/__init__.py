"""Adapters of the `BuildEngine` port; Ray is imported only when it is asked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from index.build_engine import BuildEngine
from index.build_engines.local_engine import LocalEngine
from index.encoder import Encoder
from index.errors import MissingPackageError


@contextmanager
def ray_engine(make_encoder: Callable[[], Encoder], workers: int = 0) -> Iterator[BuildEngine]:
    """A Ray cluster while this lasts: the one that `RAY_ADDRESS` names, else one on this machine.

    Args:
        make_encoder: Called once in each worker; it travels there by name.
        workers: How many there shall be; one a machine of the cluster if 0.

    Raises:
        MissingPackageError: Ray is not installed.
        BuildEngineError: There is no such cluster.
    """
    if find_spec("ray") is None:
        raise MissingPackageError("--engine ray", "ray", extra="ray")
    from index.build_engines.ray_cluster import cluster

    with cluster(make_encoder, workers) as engine:
        yield engine


__all__ = ["LocalEngine", "ray_engine"]
