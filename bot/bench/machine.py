"""The machine in words, and what the program takes of it."""

import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.processors import cores

_INSTRUCTIONS = {
    "AVX2": {"avx2"},
    "AVX-512": {"avx512f"},
    "VNNI": {"avx512_vnni", "avx_vnni"},
    "AMX": {"amx_int8"},
    "dot product": {"asimddp"},
    "int8 matrices": {"i8mm"},
}
"""Instruction sets that matrix products are faster with, and how Linux calls them."""
_CPU, _MEMORY = Path("/proc/cpuinfo"), Path("/proc/meminfo")
_OWN_PAGES = Path("/proc/self/statm")
_GIB = 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What decides how fast anything can be here."""

    processor: str
    cores: int
    """Those that this process may use."""
    instructions: tuple[str, ...]
    memory_bytes: int
    system: str
    python: str

    @classmethod
    def here(cls) -> "Machine":
        """The machine that this runs on; only Linux tells the instruction sets."""
        told = _values(_CPU)
        flags = {*told.get("flags", "").split(), *told.get("Features", "").split()}
        return cls(
            processor=told.get("model name") or platform.processor() or platform.machine(),
            cores=cores(),
            instructions=tuple(name for name, of in _INSTRUCTIONS.items() if flags & of),
            memory_bytes=os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
            system=f"{platform.system()} {platform.machine()}",
            python=platform.python_version(),
        )

    def __str__(self) -> str:
        parts = [
            self.processor,
            f"{self.cores} cores",
            *self.instructions,
            f"{self.memory_bytes / _GIB:.0f} GiB of memory",
            self.system,
            f"Python {self.python}",
        ]
        return ", ".join(parts)


def resident_bytes() -> int:
    """Memory that this process occupies now; where the system does not tell, the most so far."""
    if _OWN_PAGES.exists():
        pages = int(_OWN_PAGES.read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else 1024 * most


def available_bytes() -> int:
    """Memory that is free, or can be had without swapping; where it is not told, all there is."""
    told = _values(_MEMORY).get("MemAvailable", "").split()
    return 1024 * int(told[0]) if told else Machine.here().memory_bytes


def limit_memory(most_bytes: int) -> None:
    """Whoever wants more in this process gets `MemoryError`; only Linux holds to it."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))


def size_bytes(path: Path) -> int:
    """Of a file, or of all files below a folder; nothing if there is none."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def _values(path: Path) -> Mapping[str, str]:
    """`name: value` lines of the system; of several with one name the first."""
    found: dict[str, str] = {}
    if path.exists():
        for line in path.read_text("utf-8").splitlines():
            name, _, value = line.partition(":")
            found.setdefault(name.strip(), value.strip())
    return found
