"""Front matter (YAML) -> `Metadata`, every problem with its line."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from yaml.reader import ReaderError

from index.documents import Metadata
from index.errors import DocumentError
from index.validation import explain


class _Slip(yaml.MarkedYAMLError):
    """What is no fault to the parser, or told better here."""


class _Loader(yaml.SafeLoader):
    """YAML 1.1 less its surprises.

    `NO` is Norway; a key that stands twice is an error; so are a tag such as `!x` and a `#1` that
    would end a value as a comment.
    """

    def fetch_tag(self) -> None:
        raise _Slip(problem=f"a value begins with !: {_QUOTE_IT}", problem_mark=self.get_mark())

    def scan_to_next_token(self) -> None:
        ahead = 0
        while self.peek(ahead) == " ":
            ahead += 1
        if self.column and self.peek(ahead) == "#" and self.peek(ahead + 1) not in "# \n\0":
            raise _Slip(problem=f"a # begins a comment: {_QUOTE_IT}", problem_mark=self.get_mark())
        super().scan_to_next_token()


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


_FENCE = "---"
_QUOTE_IT = 'put the value in quotes, as in title: "RCEP: rules"'
_SLIPS = {
    "mapping values are not allowed": f"a colon with a space inside a value: {_QUOTE_IT}",
    "found character '\\t'": "a tab: indent with spaces",
    "found character": f"a value begins with a sign that has a meaning of its own: {_QUOTE_IT}",
    "found unexpected end of stream": "a quote is opened and never closed",
    "found unknown escape character": "a backslash in double quotes: use single quotes",
    "could not find expected ':'": "the colon after a key is missing: write `key: value`, with a "
    "plain colon and a space",
    "expected escape sequence": "a backslash in double quotes: use single quotes",
    "expected chomping or indentation": f"a value begins with |: {_QUOTE_IT}",
    "expected a comment or a line break": f"a value begins with | or >: {_QUOTE_IT}",
    "mapping keys are not allowed": f"a value begins with ?: {_QUOTE_IT}",
    "sequence entries are not allowed": f"a value begins with -: {_QUOTE_IT}",
    "could not determine a constructor": f"a value is a sign of YAML's own: {_QUOTE_IT}",
    "but found another document": "a second document begins: take the line `---` out",
    "expected <block end>": "a line is not indented like its neighbours, or a quote stands "
    f"inside a value: {_QUOTE_IT}",
    "expected ',' or": "a bracket is opened and never closed, or a comma is missing",
    "expected the node content": "a bracket is opened and never closed, or a comma too many",
    "found undefined alias": f"a value begins with *: {_QUOTE_IT}",
    "expected alphabetic or numeric": f"a value begins with * or &: {_QUOTE_IT}",
}
"""How the parser's account of a fault begins -> what to do about it."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _Slip(problem="a key must be a word", problem_mark=key.start_mark)
        if key.value in seen:
            raise _Slip(problem=f"the key {key.value!r} stands twice", problem_mark=key.start_mark)
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
        raise DocumentError(path, _slip(error), line=first_line + _line_in(error, text)) from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise DocumentError(path, f"not valid YAML: {error}", line=first_line) from error


def _line_in(error: yaml.YAMLError, text: str) -> int:
    """The line (from 0) of a fault."""
    if isinstance(error, ReaderError):
        return text.count("\n", 0, error.position)
    mark = getattr(error, "problem_mark", None)
    return mark.line if mark else 0


def _slip(error: yaml.YAMLError) -> str:
    """What to write instead; for rare faults the parser's own words."""
    if isinstance(error, ReaderError):
        return f"a control character (U+{error.character:04X}) that no text has: take it out"
    if isinstance(error, _Slip):
        return str(error.problem)
    if _is_indented_key(error):
        return "a key is indented deeper than the line above: begin it where its neighbours begin"
    problem = str(getattr(error, "problem", None) or error)
    advice = (text for start, text in _SLIPS.items() if problem.startswith(start))
    return next(advice, f"not valid YAML: {problem}")


def _is_indented_key(error: yaml.YAMLError) -> bool:
    """Whether a colon that may not be there is the first of its line, and so ends a key."""
    mark = getattr(error, "problem_mark", None)
    if not mark or not mark.buffer or "mapping values" not in str(getattr(error, "problem", "")):
        return False
    return ": " not in mark.buffer[mark.pointer - mark.column : mark.pointer]


def what_is_wrong(text: str) -> str:
    """What to mend of front matter that was begun and is none; empty where none was begun."""
    first = text.lstrip().partition("\n")[0]
    if first.startswith(_FENCE):
        return "the front matter is not closed: put a line `---` below its last key"
    if first.partition(":")[0].strip() in Metadata.model_fields:
        return (
            "front matter is missing: begin the file with `---`, the keys and `---` "
            "(`smebot corpus new` writes a skeleton)"
        )
    return ""


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
        fault = explain(error, Metadata)
        line = first_line + _line_of(yaml.compose(text, yaml.SafeLoader), fault.location)
        raise DocumentError(path, str(fault), line=line) from error


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
