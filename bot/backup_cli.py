"""The commands `smebot backup` and `smebot restore`."""

from pathlib import Path
from typing import Annotated

import typer

from index.terminal import EXIT_DONE

FileArgument = Annotated[Path, typer.Argument(help="A zip file, as private as the database.")]


def backup(file: FileArgument) -> int:
    """Save the database and its secret to a file, while the bot runs."""
    from bot.app import read_settings
    from bot.store import Store

    store = Store.of(read_settings())
    try:
        contents = store.back_up(file)
    finally:
        store.close()
    print(f"written: {file} ({contents.rows} rows of {store})")
    return EXIT_DONE


def restore(
    file: FileArgument,
    replace: Annotated[
        bool, typer.Option("--replace", help="Erase what the database holds; else it is refused.")
    ] = False,
) -> int:
    """Put the database of a file in place, whichever it came from; stop the bot first."""
    from bot.app import read_settings
    from bot.store import restore as put_back

    settings = read_settings()
    url = settings.database_url.get_secret_value()
    contents = put_back(settings.database_file, url, file, replaces=replace)
    print(f"restored: {contents.rows} rows of {contents.created} UTC")
    return EXIT_DONE
