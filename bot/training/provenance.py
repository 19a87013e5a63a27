"""Where a fit comes from, and how it is written: one line for each feature."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bot.answers.decision import DecisionFit, Provenance
from bot.evaluation.sets import Part

_LIBRARIES = ("numpy", "scikit-learn")


def provenance(
    *,
    command: str,
    commit: str,
    encoder: str,
    reader: str,
    folders: Sequence[Path],
    parts: Iterable[Part],
    metrics: Mapping[str, Mapping[str, float]],
) -> Provenance:
    """What a fit was made from.

    Args:
        command: That made it.
        commit: Of the source.
        encoder: Name of the model.
        reader: The same.
        folders: Of the labelled sets.
        parts: Of each question that it rests on.
        metrics: Measured on the part for reports.
    """
    counts = Counter(parts)
    return Provenance(
        command=command,
        date=datetime.now(UTC).date(),
        commit=commit,
        encoder=encoder,
        reader=reader,
        data_sha256=digest_of(folders),
        examples={part.value: counts[part] for part in Part if counts[part]},
        metrics=metrics,
        versions={name: version(name) for name in _LIBRARIES},
    )


def digest_of(folders: Sequence[Path]) -> str:
    """SHA-256 over the names and the bytes of the JSON lines of labelled sets."""
    digest = sha256()
    paths = (path for folder in folders for path in folder.glob("*.jsonl"))
    for name, path in sorted((f"{path.parent.name}/{path.name}", path) for path in paths):
        digest.update(f"{name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def commit_of_source() -> str:
    """Of the source; `unknown` where it does not lie in a repository."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()


def write_fit(fit: DecisionFit, path: Path) -> None:
    """Write a fit as JSON."""
    path.write_text(_as_json(fit.model_dump(mode="json")) + "\n", "utf-8")


def _as_json(value: Any, depth: int = 1) -> str:
    """Objects over several lines, everything else in one."""
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    margin = " " * depth
    lines = (f"{margin}{json.dumps(key)}: {_as_json(v, depth + 1)}" for key, v in value.items())
    return "{\n" + ",\n".join(lines) + f"\n{margin[1:]}}}"
