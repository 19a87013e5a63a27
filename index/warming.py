"""Loads at once what would otherwise be loaded by the first text in need of it."""

from index.language import TOLD, load_dictionaries
from index.lexical import words
from index.places import cities_abroad_in, cities_in, countries_in, country_name, provinces_in


def warm_up() -> None:
    """Load the dictionaries of languages, words and places; a few seconds of one processor.

    Loading holds the interpreter for long stretches: a server does it before it serves.
    """
    load_dictionaries()
    words("汉语")
    cities_in("-")
    cities_abroad_in("-")
    provinces_in("-")
    for language in TOLD:
        countries_in("Китай", language)
        country_name("CN", language)
