"""Where things lie and which model encodes: the settings that `index` needs."""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as PydanticSettingsError

from index.encoders import BUNDLED_MODEL
from index.env_file import ENV_FILE, variables
from index.errors import SettingsError

PREFIX = "SMEBOT_"
_REMEDY = "correct it in the environment or in .env"


def _expanded(path: Path) -> Path:
    """`~` is somebody's home; the shell has not said so where a file or a service sets it."""
    try:
        str(path).encode()
        return path.expanduser()
    except UnicodeEncodeError as error:
        raise ValueError("the name is not UTF-8 text: choose another") from error
    except RuntimeError as error:
        raise ValueError(
            f"the home of {path.parts[0]} is not known: write the whole path"
        ) from error


Folder = Annotated[Path, AfterValidator(_expanded)]


class IndexSettings(BaseSettings):
    """Read from the environment and from `.env`, with the prefix `SMEBOT_`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_ignore_empty=True, frozen=True, extra="ignore"
    )

    data_dir: Folder = Path(".smebot")
    """Everything the program writes: snapshots, model files, embeddings, database."""
    corpus_dirs: Annotated[
        tuple[Folder, ...], Field(min_length=1, examples=['["seeds", "corpus"]'])
    ] = (Path("seeds"), Path("corpus"))
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
        raise SettingsError(_describe(error, kind)) from error
    return settings


def _describe(error: ValidationError | PydanticSettingsError, kind: type[BaseSettings]) -> str:
    """One line; pydantic's own text would hold the value, which may be a secret."""
    if isinstance(error, PydanticSettingsError):
        field = re.search(r'field "(\w+)"', str(error))
        reason = f"not valid JSON: {_written_as(kind, field[1])}" if field else str(error)
        return f"{_name(field[1] if field else '')}: {reason}: {_REMEDY}"
    first: dict[str, Any] = dict(error.errors(include_url=False, include_input=False)[0])
    field_name = str(first["loc"][0]) if first["loc"] else ""
    reason = str(first["msg"]).removeprefix("Value error, ")
    if first["type"] in ("tuple_type", "frozen_set_type"):
        reason = f"not a list: {_written_as(kind, field_name)}"
    return f"{_name(field_name)}: {reason}: {_REMEDY}"


def _name(field: str) -> str:
    return PREFIX + field.upper() if field else "settings"


def _written_as(kind: type[BaseSettings], field: str) -> str:
    examples = kind.model_fields[field].examples
    return f"lists are JSON, such as {examples[0]}" if examples else "lists are JSON"


def refuse_unknown(known: set[str]) -> None:
    """Refuse names with our prefix, in the environment or `.env`, that no setting has.

    pydantic-settings passes over misspelt variables in silence; a person should hear of them.

    Raises:
        SettingsError: Naming the first and what it may have meant; or `.env` cannot be read.
    """
    given = {*os.environ, *variables(Path(ENV_FILE), PREFIX)}
    names = {name.upper() for name in given}
    for name in sorted(n for n in names if n.startswith(PREFIX) and n not in known):
        close = get_close_matches(name, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(sorted(known))}"
        raise SettingsError(f"{name}: there is no such setting: {hint}")


def names_of(settings: type[BaseSettings]) -> set[str]:
    """The environment variables that a settings class reads."""
    return {PREFIX + name.upper() for name in settings.model_fields}
