"""Where things lie and which model encodes: the settings that `index` needs."""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as PydanticSettingsError

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


Settings = TypeVar("Settings", bound=IndexSettings)


def load_settings(kind: type[Settings], **overrides: object) -> Settings:
    """Read the settings, refusing misspelt ones.

    Args:
        kind: Which settings the caller needs.
        overrides: From the command line; those that are None are left to the environment.

    Raises:
        SettingsError: Naming the setting and what is wrong with it.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        settings = kind(**given)  # type: ignore[arg-type]  # pydantic checks them
    except (ValidationError, PydanticSettingsError) as error:
        raise SettingsError(_describe(error)) from error
    return settings


def _describe(error: ValidationError | PydanticSettingsError) -> str:
    remedy = "correct it in the environment or in .env"
    if isinstance(error, PydanticSettingsError):
        field = re.search(r'field "(\w+)"', str(error))
        name = PREFIX + field[1].upper() if field else str(error)
        return f"{name}: not valid JSON: {remedy} (lists are JSON, such as [1, 2])"
    first = error.errors(include_url=False)[0]
    name = PREFIX + str(first["loc"][0]).upper() if first["loc"] else "settings"
    return f"{name}: {str(first['msg']).removeprefix('Value error, ')}: {remedy}"


def refuse_unknown(known: set[str]) -> None:
    """Refuse names with our prefix, in the environment or `.env`, that no setting has.

    pydantic-settings passes over misspelt variables in silence; a person should hear of them.

    Raises:
        SettingsError: Naming the first and what it may have meant.
    """
    names = {name.upper() for name in os.environ}
    if Path(_ENV_FILE).is_file():
        from dotenv import dotenv_values

        names |= {name.upper() for name in dotenv_values(_ENV_FILE)}
    for name in sorted(n for n in names if n.startswith(PREFIX) and n not in known):
        close = get_close_matches(name, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(sorted(known))}"
        raise SettingsError(f"{name}: there is no such setting: {hint}")


def names_of(settings: type[BaseSettings]) -> set[str]:
    """The environment variables that a settings class reads."""
    return {PREFIX + name.upper() for name in settings.model_fields}
