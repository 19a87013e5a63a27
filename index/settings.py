"""Where things lie and which model encodes: the settings that `index` needs."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.encoders import BUNDLED_MODEL
from index.errors import SettingsError

PREFIX = "SMEBOT_"
_ENV_FILE = ".env"


class IndexSettings(BaseSettings):
    """Read from the environment and from `.env`, with the prefix `SMEBOT_`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=_ENV_FILE, frozen=True, extra="ignore"
    )

    data_dir: Path = Path(".smebot")
    """Everything the program writes: snapshots, model files, embeddings, database."""
    corpus_dirs: Annotated[tuple[Path, ...], Field(min_length=1)] = (Path("seeds"), Path("corpus"))
    """Directories with documents; in the environment JSON: `["seeds", "corpus"]`."""
    encoder_model: str = BUNDLED_MODEL
    """`multilingual-e5-small` (bundled), or a sentence-transformers model, by name or folder."""

    @property
    def models_dir(self) -> Path:
        """Where the bundled model is unpacked."""
        return self.data_dir / "models"


def unknown_settings(known: set[str]) -> list[str]:
    """Names with our prefix in the environment or `.env` that no setting has.

    pydantic-settings passes over misspelt variables in silence; a person should hear of them.
    """
    names = {name.upper() for name in os.environ}
    if Path(_ENV_FILE).is_file():
        from dotenv import dotenv_values

        names |= {name.upper() for name in dotenv_values(_ENV_FILE)}
    return sorted(n for n in names if n.startswith(PREFIX) and n not in known)


def names_of(settings: type[BaseSettings]) -> set[str]:
    """The environment variables that a settings class reads."""
    return {PREFIX + name.upper() for name in settings.model_fields}


__all__ = ["IndexSettings", "SettingsError", "names_of", "unknown_settings"]
