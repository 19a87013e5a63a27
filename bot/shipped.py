"""Reads the YAML files that the program ships."""

from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""That of libyaml, ten times as fast; missing only where PyYAML was compiled without it."""


def parsed(source: str) -> Any:
    """What a shipped file says; its tests see to it that it is sound."""
    return yaml.load(source, _Loader)  # noqa: S506 - both are SafeLoaders
