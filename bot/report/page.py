"""A report as one page of HTML that needs no network and no script."""

from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from bot.page import Sum, html_page, xml_text
from bot.report.coverage import Grid, coverage
from bot.report.documents import Shelf, horizons, shelves
from bot.report.drawing import Data, Stack, stacked
from bot.report.grouping import Group, Grouping, by_text, groups
from bot.report.questions import Column, Tally, by_language, by_topic, columns, endings
from bot.report.values import Material
from bot.report.votes import best, judged, worst
from bot.report.wording import Wording, depth
from index.due import HORIZONS

_WANTING = 5
"""So many countries are named that people ask about and documents hardly do."""
_ENOUGH = 3
"""Documents about a country."""


def page(
    material: Material,
    *,
    now: datetime,
    language: str,
    retention_days: int,
    grouping: Grouping = by_text,
) -> str:
    """The page.

    Args:
        material: What it tells of.
        now: When it is made, where staff are.
        language: Of the page; all but Chinese is English.
        retention_days: How long the bot keeps questions.
        grouping: Puts unanswered questions together that are the same one.
    """
    documents = {document.stem: document for document in material.documents}
    wording = Wording(language, documents)
    t, found = wording.say, _Figures(material, grouping)
    template = _environment(wording).from_string(_file("report.html"))
    body = template.render(**found.as_context(wording), retention_days=retention_days)
    return html_page(
        t("title", first=wording.day(material.first), last=wording.day(material.last)),
        t(
            "about",
            made=wording.time(now),
            snapshot=material.snapshot,
            documents=len(documents),
        ),
        found.sums(wording),
        body,
        language=language,
        style=_file("report.css"),
    )


class _Figures:
    """All that is counted for a page."""

    def __init__(self, material: Material, grouping: Grouping) -> None:
        asked = material.asked
        self.material = material
        self.tally = Tally.of(asked)
        self.groups: list[Group] = groups(material.in_vain, grouping)
        topics = {each.stem: each.metadata.topic or "" for each in material.documents}
        self.topics = by_topic(asked, topics)
        cited = {stem for one in asked for stem in one.cited}
        self.shelves: list[Shelf] = shelves(material.documents, cited)
        self.unused = sum(len(shelf.unused) for shelf in self.shelves)
        self.grid: Grid = coverage(material.documents, asked, material.last.year)
        self.horizons = horizons(material.documents, material.last)
        self.answers = judged(material.votes, asked)

    def sums(self, wording: Wording) -> list[Sum]:
        """What stands above all else."""
        t, share = wording.say, self.tally.share_answered
        soon = sum(len(one.due) for one in self.horizons if one.days <= HORIZONS[0])
        disliked = sum(answer.unhelpful > 0 for answer in self.answers)
        return [
            ("", self.tally.total, t("sum_questions", days=self.material.days)),
            ("", "–" if share is None else wording.percent(share), t("sum_answered")),
            ("", len(self.groups), t("sum_unanswered")),
            ("", disliked, t("sum_unhelpful")),
            ("", self.unused, t("sum_unused")),
            ("", soon, t("sum_due")),
        ]

    def as_context(self, wording: Wording) -> dict[str, Any]:
        """What the template names."""
        asked = self.material.asked
        votes = self.material.votes
        return {
            "days": _days(self.material, wording),
            "tally": self.tally,
            "endings": endings(asked),
            "languages": by_language(asked),
            "topics": self.topics,
            "uncited": sum(not one.cited for one in asked),
            "groups": self.groups,
            "votes": {
                "helpful": sum(vote.vote > 0 for vote in votes),
                "unhelpful": sum(vote.vote < 0 for vote in votes),
                "best": best(self.answers),
                "worst": worst(self.answers),
            },
            "shelves": self.shelves,
            "unused": self.unused,
            "grid": self.grid,
            "wanting": _wanting(self.grid, wording),
            "about_cell": lambda line, cell: wording.cell(self.grid, line, cell),
            "due": {
                "horizons": self.horizons,
                "count": sum(len(one.due) for one in self.horizons),
                "today": self.material.last,
                "until": self.horizons[-1].last,
            },
            "checks": _checks(self.material, wording),
        }


def _days(material: Material, wording: Wording) -> dict[str, Any]:
    found = columns(material)
    top = max(found, key=lambda column: column.tally.total)
    key = "days_title" if top.first == top.last else "days_title_spans"
    title = wording.say(
        key,
        day=wording.day(top.first),
        first=wording.day(top.first),
        last=wording.day(top.last),
        most=top.tally.total,
        total=len(material.asked),
    )
    kept_from = material.asked[0].day if material.asked else material.first
    return {
        "number": material.days,
        "columns": found,
        "most": top.tally.total,
        "title": title,
        "kept_from": kept_from if kept_from > material.first else None,
        "chart": stacked([_column(column, wording) for column in found]),
    }


def _column(column: Column, wording: Wording) -> Data:
    tally = column.tally
    parts = (("answered", tally.answered), ("missed", tally.missed), ("other", tally.other))
    said = ", ".join(f"{wording.say(kind)} {count}" for kind, count in parts if count)
    about = f"{wording.span(column)}: {said or 0}"
    return Data(wording.short_day(column.first), about, parts)


def _checks(material: Material, wording: Wording) -> dict[str, Any]:
    runs = material.runs
    drawn = [
        Data(
            wording.short_day(run.at.date()),
            wording.say(
                "checks_run",
                at=wording.time(run.at),
                passed=run.passed,
                known=run.known,
                new=run.new,
            ),
            (("missed", run.new), ("other", run.known)),
        )
        for run in runs
    ]
    return {
        "last": runs[-1] if runs else None,
        "runs": runs[::-1],
        "failing": material.failing,
        "chart": stacked(drawn if len(drawn) > 1 else ()),
    }


def _wanting(grid: Grid, wording: Wording) -> Sequence[str]:
    """Countries that were asked about without an answer and have few documents."""
    lines = [line for line in (*grid.lines, *grid.more) if line.missed and line.held < _ENOUGH]
    lines.sort(key=lambda line: (-line.missed, line.country))
    return [
        wording.say(
            "wanting_one",
            country=wording.country(line.country),
            asked=line.asked,
            held=line.held,
        )
        for line in lines[:_WANTING]
    ]


def _environment(wording: Wording) -> Environment:
    """Everything is escaped, and what a name misses is an error."""
    environment = Environment(
        autoescape=True,
        finalize=_printable,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(wording.filters)
    environment.globals.update(
        t=wording.say,
        span=wording.span,
        depth=depth,
        anchor=_anchor,
        language_name=wording.language_name,
        topic_name=wording.topic,
    )
    return environment


def _printable(value: object) -> object:
    """Questions may hold characters that no page may; what is HTML already went through here."""
    is_text = isinstance(value, str) and not hasattr(value, "__html__")
    return xml_text(str(value)) if is_text else value


def _anchor(stack: Stack) -> str:
    """Where a label hangs, so that none leaves the page."""
    return "start" if stack.middle < 5 else "end" if stack.middle > 95 else "middle"


def _file(name: str) -> str:
    return files("bot.report").joinpath(name).read_text("utf-8")
