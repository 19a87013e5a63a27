"""Front matter (YAML) -> `Metadata`, every problem with its line."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from index.documents import Metadata
from index.errors import DocumentError


class _Loader(yaml.SafeLoader):
    """YAML 1.1 less its surprises: `NO` is Norway, a key that stands twice is an error."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.MarkedYAMLError(problem="a key must be a word", problem_mark=key.start_mark)
        if key.value in seen:
            raise yaml.MarkedYAMLError(
                problem=f"the key {key.value!r} stands twice", problem_mark=key.start_mark
            )
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


def _timestamp(loader: _Loader, node: yaml.ScalarNode) -> object:
    """A date; an impossible one stays text, so that its key and line can be named."""
    try:
        return loader.construct_yaml_timestamp(node)
    except (ValueError, AttributeError):
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def load_yaml(text: str, path: Path, *, first_line: int = 1) -> object:
    """Parse YAML.

    Raises:
        DocumentError: It is no YAML; the line is counted from `first_line`.
    """
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + mark.line if mark else first_line
        problem = getattr(error, "problem", None) or str(error)
        raise DocumentError(path, f"not valid YAML: {problem}", line=line) from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise DocumentError(path, f"not valid YAML: {error}", line=first_line) from error


def parse_metadata(text: str, path: Path, *, first_line: int = 1) -> Metadata:
    """Read and check front matter.

    Args:
        text: The YAML.
        path: Named in errors.
        first_line: The line of the file in which `text` begins.

    Raises:
        DocumentError: With the first problem's line and key, and the number of the others.
    """
    values = load_yaml(text, path, first_line=first_line)
    if not isinstance(values, dict):
        raise DocumentError(path, "front matter must be `key: value` lines", line=first_line)
    try:
        return Metadata.model_validate(values)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False)
        location = tuple(problems[0]["loc"])
        line = first_line + _line_of(yaml.compose(text, yaml.SafeLoader), location)
        raise DocumentError(path, _describe(problems), line=line) from error


def _describe(problems: list[Any]) -> str:
    first = problems[0]
    key = ".".join(str(part) for part in first["loc"])
    texts = {
        "extra_forbidden": f"unknown key {key!r}",
        "missing": f"the key {key!r} is missing",
    }
    reason = str(first["msg"]).removeprefix("Value error, ")
    text = texts.get(first["type"], f"{key}: {reason}" if key else reason)
    more = len(problems) - 1
    return f"{text} (and {more} more)" if more else text


def _line_of(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """The line (from 0) of the deepest part of `location` that the YAML has."""
    line = 0
    for part in location:
        child = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    line, child = key.start_mark.line, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            child = node.value[part] if part < len(node.value) else None
            line = child.start_mark.line if child else line
        node = child
    return line
