"""Where things lie and which model encodes: the settings that `index` needs."""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as PydanticSettingsError

from index.encoders import BUNDLED_MODEL
from index.env_file import ENV_FILE, variables
from index.errors import SettingsError
from index.readers import BUNDLED_READER
from index.shipped import default_corpus_dirs
from index.validation import explain

PREFIX = "SMEBOT_"
_LIKE_PREFIX = 0.8
_LIKE_NAME = 0.85
"""How like ours a name must be, as difflib measures it: SMBOT_DATA_DIR is, BOT_TOKEN is not."""
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


def _milvus_address(uri: str) -> str:
    """A server or a file; whoever sees the settings sees this, so nothing secret in it."""
    scheme, is_server, host = uri.partition("://")
    if is_server and "@" in host:
        raise ValueError("holds a name or password: put them into SMEBOT_MILVUS_TOKEN")
    if not (is_server and scheme in {"http", "https"} and host) and not (
        not is_server and uri.endswith(".db")
    ):
        raise ValueError("is neither http://host:port nor a path that ends in .db")
    return uri


def _shared_place(url: str) -> str:
    if "://" not in url and not Path(url).is_absolute():
        raise ValueError("is neither a URL nor a whole path")
    if re.search(r"://[^/@]*:[^/@]*@", url):
        raise ValueError("holds a password: give it where the protocol's own settings are")
    return url


class IndexSettings(BaseSettings):
    """Read from the environment and from `.env`, with the prefix `SMEBOT_`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        use_attribute_docstrings=True,  # for env.example
    )

    data_dir: Folder = Path(".smebot")
    """Everything the program writes: snapshots, model files, embeddings, database."""
    corpus_dirs: tuple[Folder, ...] = Field(
        default_factory=default_corpus_dirs, min_length=1, examples=['["seeds", "corpus"]']
    )
    """Directories with documents, JSON; those that came with the program if there is no `corpus`
    in the current directory."""
    encoder_model: str = BUNDLED_MODEL
    """`smebot-encoder` (bundled), or a sentence-transformers model, by name or folder."""
    reader_model: str = BUNDLED_READER
    """`smebot-reader` (bundled), or a sentence-transformers `CrossEncoder`, by name or folder."""

    vector_store: Literal["faiss", "milvus"] = "faiss"
    """What searches vectors: each snapshot's own file, or Milvus, which is sent a copy."""
    milvus_uri: Annotated[
        Annotated[str, AfterValidator(_milvus_address)] | None,
        Field(examples=["http://127.0.0.1:19530"]),
    ] = None
    """Milvus's address, or a path that ends in `.db`, which Milvus Lite serves to one process;
    `milvus.db` in the data directory if there is none."""
    milvus_token: SecretStr | None = None
    """`user:password` or an API key of Milvus."""

    snapshots_url: Annotated[
        Annotated[str, AfterValidator(_shared_place)] | None,
        Field(examples=["s3://bucket/snapshots"]),
    ] = None
    """Where published snapshots are copied to, for other replicas to fetch: a directory or any URL
    that fsspec reads."""

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
        if not field:
            return f"{_name('')}: {error}: {_REMEDY}"
        return f"{_name(field[1])}: not valid JSON{_example(kind, field[1])}: {_REMEDY}"
    fault = explain(error, kind)
    field_name = str(fault.location[0]) if fault.location else ""
    example = "" if "such as" in fault.reason else _example(kind, field_name)
    return f"{_name(field_name)}: {fault.reason}{example}: {_REMEDY}"


def _name(field: str) -> str:
    return PREFIX + field.upper() if field else "settings"


def _example(kind: type[BaseSettings], field: str) -> str:
    described = kind.model_fields.get(field)
    return (
        f": write it such as {described.examples[0]}" if described and described.examples else ""
    )


def refuse_unknown(known: set[str]) -> None:
    """Refuse names with our prefix, in the environment or `.env`, that no setting has.

    A prefix that is itself misspelt is known by the whole name.

    pydantic-settings passes over misspelt variables in silence; a person should hear of them.

    Raises:
        SettingsError: Naming the first and what it may have meant; or `.env` cannot be read.
    """
    given = {*os.environ, *variables(Path(ENV_FILE), PREFIX)}
    names = {name.upper() for name in given}
    for name in sorted(n for n in names - known if _is_ours(n, known)):
        close = get_close_matches(name, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(sorted(known))}"
        raise SettingsError(f"{name}: there is no such setting: {hint}")


def _is_ours(name: str, known: set[str]) -> bool:
    """Whether a name has our prefix, or means it: others' names may end like ours."""
    if name.startswith(PREFIX):
        return True
    is_like_ours = get_close_matches(name[: len(PREFIX)], [PREFIX], 1, _LIKE_PREFIX)
    return bool(is_like_ours and get_close_matches(name, known, 1, _LIKE_NAME))


def names_of(settings: type[BaseSettings]) -> set[str]:
    """The environment variables that a settings class reads."""
    return {PREFIX + name.upper() for name in settings.model_fields}


def secrets_in_file(settings: BaseSettings) -> tuple[Path, list[str]]:
    """The file of settings, and which secrets it holds, by their names.

    Raises:
        SettingsError: The file cannot be read.
    """
    file = Path(ENV_FILE)
    given = {name.upper() for name in variables(file, PREFIX)}
    of_field = {PREFIX + name.upper(): name for name in type(settings).model_fields}
    held = [name for name in of_field if name in given and _is_secret(settings, of_field[name])]
    return file, held


def _is_secret(settings: BaseSettings, field: str) -> bool:
    value = getattr(settings, field)
    return isinstance(value, SecretStr) and bool(value.get_secret_value())
