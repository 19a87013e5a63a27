"""How many passages a second are encoded, beside sentence-transformers on the same ones."""

import importlib.util
import time
from collections.abc import Sequence
from dataclasses import dataclass
from operator import truediv
from statistics import median

from bot.settings import BotSettings
from index import Encoder, Progress, Retriever, load_encoder
from index.encoders import BUNDLED_MODEL
from index.encoders.float32_folder import float32_folder

_ROUNDS = 3
_PASSAGES_A_ROUND = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """Passages a second, medians of rounds that took turns."""

    passages: int
    mean_chars: float
    per_s: float
    float32_per_s: float | None
    """Of the same model in sentence-transformers, float32; None where it is not compared."""
    times_float32: float | None
    """How many times as fast; the median of the rounds' ratios."""
    not_compared: str = ""
    """Why."""


def measure_encoder(
    encoder: Encoder, float32: Encoder | str, texts: Sequence[str], progress: Progress
) -> Encoded:
    """Encode the same passages with one and with the other, round by round.

    Args:
        encoder: The one in use.
        float32: What it is compared with, or why it is not.
        texts: Of passages; each round gets its share.
        progress: Told how many rounds are done.
    """
    speeds: list[float] = []
    others: list[float] = []
    for done in range(_ROUNDS):
        part = texts[done::_ROUNDS]
        progress(done, _ROUNDS)
        speeds.append(_per_s(encoder, part))
        if not isinstance(float32, str):
            others.append(_per_s(float32, part))
    progress(_ROUNDS, _ROUNDS)
    return Encoded(
        passages=len(texts),
        mean_chars=sum(map(len, texts)) / len(texts),
        per_s=median(speeds),
        float32_per_s=median(others) if others else None,
        times_float32=median(map(truediv, speeds, others)) if others else None,
        not_compared=float32 if isinstance(float32, str) else "",
    )


def float32_encoder(settings: BotSettings, encoder: Encoder, progress: Progress) -> Encoder | str:
    """The encoder in use as sentence-transformers computes it in float32, or why there is none.

    Raises:
        ModelError: Its files cannot be had.
        OSError: They cannot be written.
    """
    if not encoder.name.startswith(BUNDLED_MODEL):
        return f"{encoder.name} runs in sentence-transformers itself"
    for package in ("torch", "sentence_transformers"):
        if importlib.util.find_spec(package) is None:
            return f"the package {package} is not installed"
    folder = float32_folder(settings.models_dir, progress)
    return load_encoder(str(folder), settings.models_dir, progress)


def some_passages(retriever: Retriever) -> list[str]:
    """Real passages as they are encoded, from all over the index; fewer if there are fewer."""
    passages = retriever.snapshot.passages
    step = max(1, len(passages) // (_ROUNDS * _PASSAGES_A_ROUND))
    return [retriever.context(passages[row]) for row in range(0, len(passages), step)][
        : _ROUNDS * _PASSAGES_A_ROUND
    ]


def _per_s(encoder: Encoder, texts: Sequence[str]) -> float:
    started = time.perf_counter()
    encoder.encode_passages(texts)
    return len(texts) / (time.perf_counter() - started)
