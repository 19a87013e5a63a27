"""What was measured, as lines for people."""

from collections.abc import Iterator
from typing import Any

from bot.bench.asking import Asked
from bot.bench.changing import Changed
from bot.bench.encoding import Encoded
from bot.bench.figures import Spread
from bot.bench.running import Report, Size
from bot.bench.scaling import FAILED
from bot.bench.serving import Served
from bot.bench.starting import Start

_MIB = 2**20


def report_lines(report: Report) -> Iterator[str]:
    """All that was measured, each figure with what it is compared with."""
    yield f"machine: {report.machine}"
    yield f"index: {report.snapshot}, {report.documents:,} documents, {report.passages:,} passages"
    if report.start:
        yield from _start(report.start)
    if report.questions:
        yield from _questions(report.questions)
    if report.clients:
        yield from _clients(report.clients)
    if report.size:
        yield from _size(report.size)
    if report.encoder:
        yield from _encoder(report.encoder)
    if report.change:
        yield from _change(report.change)
    yield ""
    yield f"{report.took_s:.0f} s in all; beside other programs, ratios and processor time hold"


def _start(start: Start) -> Iterator[str]:
    yield ""
    yield f"{f'start, {start.runs} runs':30}{'median':>9}{'least':>9}{'most':>9}"
    rows = {
        "ask: its answer is printed": start.answer_s,
        "ask: it has ended": start.end_s,
        "--help": start.help_s,
        "Python alone": start.python_s,
    }
    for name, spread in rows.items():
        values = (spread.p50, spread.least, spread.most)
        yield f"  {name:28}" + "".join(f"{value:7.2f} s" for value in values)


def _questions(asked: Asked) -> Iterator[str]:
    yield ""
    yield _milliseconds_heading(f"one question, {asked.questions} asked") + f"{'share':>8}"
    rows = {
        "encode": asked.encode_ms,
        "search": asked.search_ms,
        "read": asked.read_ms,
        "everything else": asked.compose_ms,
        "total": asked.total_ms,
    }
    for name, spread in rows.items():
        yield _milliseconds(name, spread) + f"{spread.mean / asked.total_ms.mean:8.0%}"
    yield (
        f"  encoder and reader alone, on the same texts: {asked.encoder_alone_ms:.1f} + "
        f"{asked.reader_alone_ms:.1f} ms, {asked.models_share:.0%} of the total"
    )
    yield (
        f"  processor time of a question: {asked.cpu_ms:.1f} ms, of the two models alone: "
        f"{asked.models_cpu_ms:.1f} ms, {asked.models_cpu_ms / asked.cpu_ms:.0%}"
    )


def _clients(served: tuple[Served, ...]) -> Iterator[str]:
    yield ""
    yield _milliseconds_heading("many at once, in one process") + f"{'a second':>11}"
    for each in served:
        name = f"{each.clients} asking, {each.questions} questions"
        yield _milliseconds(name, each.wait_ms) + f"{each.questions_per_s:11.1f}"


def _milliseconds_heading(title: str) -> str:
    return f"{title:30}" + "".join(
        f"{f'{name}, ms':>10}" for name in ("p50", "p95", "p99", "mean")
    )


def _milliseconds(name: str, spread: Spread) -> str:
    values = (spread.p50, spread.p95, spread.p99, spread.mean)
    return f"  {name:28}" + "".join(f"{value:10,.1f}" for value in values)


def _size(size: Size) -> Iterator[str]:
    yield ""
    yield (
        f"memory: {_mib(size.loaded)} loaded ({_mib(size.before_loading)} before), "
        f"{_mib(size.asked)} after the questions"
    )
    yield (
        f"disk: snapshot {_mib(size.snapshot)}, models {_mib(size.models)}, "
        f"vectors kept for the next build {_mib(size.cache)}"
    )


def _encoder(encoded: Encoded) -> Iterator[str]:
    compared = f"not compared: {encoded.not_compared}"
    if encoded.float32_per_s:
        compared = (
            f"sentence-transformers in float32 {encoded.float32_per_s:.1f}: "
            f"{encoded.times_float32:.2f} times as fast"
        )
    yield (
        f"encoder: {encoded.per_s:.1f} passages a second "
        f"({encoded.passages} of {encoded.mean_chars:.0f} characters on average); {compared}"
    )


def _change(changed: Changed) -> Iterator[str]:
    yield (
        f"one document of {changed.documents:,} changed ({changed.passages:,} passages): built in "
        f"{changed.changed_s:.1f} s, {changed.encoded} encoded; all of them, without encoding: "
        f"{changed.first_s:.1f} s"
    )


def _mib(size_bytes: float) -> str:
    return f"{size_bytes / _MIB:,.0f} MiB"


SIZE_HEADING = (
    "                                       memory, MiB      search, ms  recall  answer, ms\n"
    " passages  written, s  disk, MiB  opened, s  warm  asked   p50   p95     @10   p50   p95"
)
"""Above the lines of `size_line`."""


def size_line(row: dict[str, Any]) -> str:
    """One size: what `measure_sizes` gives of it."""
    if FAILED in row:
        return f"{row['passages']:9,}  not measured: {row[FAILED]}"
    search, answer = row["search_ms"], row["answer_ms"]
    return (
        f"{row['passages']:9,} {row['write_s']:11.1f} {row['disk_bytes'] / _MIB:10,.0f} "
        f"{row['load_s']:10.1f} {row['loaded_bytes'] / _MIB:5,.0f} "
        f"{row['asked_bytes'] / _MIB:6,.0f} {search['p50']:5.1f} {search['p95']:5.1f} "
        f"{row['recall_at_10']:7.3f} {answer['p50']:5.0f} {answer['p95']:5.0f}"
    )
