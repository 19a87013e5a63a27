"""`python -m bot.training.intents`: encodes what intents are told by, for the default model."""

import random
from pathlib import Path

from bot.answers.intents import save_vectors
from bot.settings import BotSettings
from bot.training.pairs import QUESTIONS, rows_of
from index import load_encoder
from index.encoders import BUNDLED_MODEL
from index.settings import load_settings
from index.terminal import progress_bar, say

_LABELLED = Path("tests/labelled/reader")
_ASKED = 1000
"""So many of its questions stand beside prototypes; with 4,000 fewer intents were recognised."""

if __name__ == "__main__":
    with progress_bar("unpacking the model") as bar:
        encoder = load_encoder(BUNDLED_MODEL, load_settings(BotSettings).models_dir, bar)
    rows = rows_of(_LABELLED / QUESTIONS)
    alone = [(row["question"], row["language"]) for row in rows if not row.get("history")]
    asked = random.Random(1).sample(alone, _ASKED)  # noqa: S311 - no secret
    say(f"written: {save_vectors(encoder, asked)}")
