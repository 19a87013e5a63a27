"""Words that name nothing, in all languages."""

from functools import cache
from importlib.resources import files

from bot.shipped import parsed


@cache
def stopwords() -> frozenset[str]:
    """Words that ask or join but name nothing, folded as they are typed."""
    source = files("bot").joinpath("stopwords.yaml").read_text("utf-8")
    lists: dict[str, str] = parsed(source)
    return frozenset(word for text in lists.values() for word in text.split())
