"""The command `smebot report`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.options import PageLanguageOption
from index.terminal import EXIT_DONE


def report(
    days: Annotated[
        int, typer.Option(min=1, max=3650, help="How far back; no longer than questions are kept.")
    ] = 30,
    out: Annotated[Path, typer.Option(help="The page is written to this file.")] = Path(
        "report.html"
    ),
    language: PageLanguageOption = "zh",
) -> int:
    """Questions, votes, documents and checks of the last days, as one page to look at."""
    from bot.answers.grouping import Grouper
    from bot.app import clock, make_retriever, read_settings
    from bot.report.grouping import by_meaning
    from bot.report.making import make_report
    from bot.store import Store
    from index.durable import replace_text

    settings = read_settings()
    retriever = make_retriever(settings)
    store = Store.of(settings)
    try:
        page = make_report(
            settings,
            store,
            retriever.snapshot,
            now=clock(),
            language=language,
            days=days,
            grouping=by_meaning(retriever, Grouper()),
        )
    finally:
        store.close()
    replace_text(out, page)
    print(f"written: {out}")
    return EXIT_DONE
