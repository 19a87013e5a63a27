"""`python -m bot.training.intents`: encodes what intents are told by, for the default model."""

from pathlib import Path

from bot.answers.intents import save_vectors
from bot.settings import BotSettings
from index import BUNDLED_MODEL, load_encoder, load_settings, progress_bar, say

if __name__ == "__main__":
    with progress_bar("unpacking the model") as bar:
        encoder = load_encoder(BUNDLED_MODEL, load_settings(BotSettings).models_dir, bar)
    say(f"written: {save_vectors(encoder, Path('tests/labelled/reader'))}")
