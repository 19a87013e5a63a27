"""All settings as a file `.env` to begin with, made from what `BotSettings` says of them.

`python -m bot.env_example` writes `bot/deploy/env.example` anew.
"""

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined, to_jsonable_python

from bot.settings import BotSettings

FILE = Path(__file__).parent / "deploy" / "env.example"
_WIDTH = 98
_HEADING = """\
# Settings of smebot: copy this file to .env and take the # away where another value is wanted.
# What stands here is the default, or an example where there is none. An unknown name that begins
# with SMEBOT_ is an error; `smebot doctor` looks at all of them.
"""


def env_example() -> str:
    """The text of the file."""
    return _HEADING + "".join(_entries())


def _entries() -> Iterator[str]:
    prefix = BotSettings.model_config["env_prefix"]
    for name, field in BotSettings.model_fields.items():
        said = " ".join((field.description or "").split())
        comment = textwrap.fill(said, _WIDTH, initial_indent="# ", subsequent_indent="# ")
        yield f"\n{comment}\n#{prefix}{name.upper()}={_shown(field)}\n"


def _shown(field: FieldInfo) -> str:
    """As it is written in the environment."""
    if field.examples:
        return str(field.examples[0])
    if field.default is PydanticUndefined or field.default is None:
        return ""
    value = to_jsonable_python(field.default)
    return value if isinstance(value, str) else json.dumps(value)


if __name__ == "__main__":
    FILE.write_text(env_example(), "utf-8")
