"""The figures as people read them."""

from bot.bench.asking import Asked
from bot.bench.changing import Changed
from bot.bench.encoding import Encoded
from bot.bench.figures import Spread
from bot.bench.machine import Machine
from bot.bench.running import Report, Size
from bot.bench.serving import Served
from bot.bench.starting import Start
from bot.bench.telling import SIZE_HEADING, report_lines, size_line

_MIB = 2**20


def spread(*values):
    return Spread.of([float(value) for value in values])


def whole_report():
    ten = spread(10, 10)
    return Report(
        machine=Machine.here(),
        snapshot="20260101-x",
        documents=1000,
        passages=4321,
        start=Start(runs=3, answer_s=spread(2, 3, 9), end_s=ten, help_s=ten, python_s=ten),
        questions=Asked(
            questions=500,
            encode_ms=spread(20, 30),
            search_ms=spread(2, 3),
            read_ms=spread(50, 1500),
            compose_ms=spread(5, 7),
            total_ms=spread(77, 1540),
            encoder_alone_ms=24,
            reader_alone_ms=700,
            models_share=0.88,
            cpu_ms=100,
            models_cpu_ms=80,
        ),
        clients=tuple(
            Served(clients=n, questions=200, questions_per_s=12.34, wait_ms=spread(50, 12345))
            for n in (1, 8, 64)
        ),
        size=Size(
            before_loading=100 * _MIB,
            loaded=900 * _MIB,
            asked=950 * _MIB,
            snapshot=11 * _MIB,
            models=600 * _MIB,
            cache=25 * _MIB,
        ),
        encoder=Encoded(
            passages=96, mean_chars=200, per_s=30, float32_per_s=10, times_float32=2.9
        ),
        change=Changed(documents=1000, passages=5000, first_s=40, changed_s=8, encoded=1),
        took_s=200,
    )


def test_a_report_fits_on_one_screen():
    lines = list(report_lines(whole_report()))

    assert len(lines) < 30
    table = [line for line in lines if line.startswith("  ") or " ms" in line]
    assert max(map(len, table)) <= 90


def test_each_figure_stands_beside_what_it_is_compared_with():
    text = "\n".join(report_lines(whole_report()))

    for told in (
        "3.00 s   2.00 s   9.00 s",
        "Python alone",
        "24.0 + 700.0 ms, 88% of the total",
        "a question: 100.0 ms, of the two models alone: 80.0 ms, 80%",
        "12.3",
        "900 MiB loaded (100 MiB before), 950 MiB after the questions",
        "30.0 passages a second (96 of 200 characters on average); sentence-transformers in "
        "float32 10.0: 2.90 times as fast",
        "one document of 1,000 changed (5,000 passages): built in 8.0 s, 1 encoded",
    ):
        assert told in text


def test_what_was_not_measured_is_not_told():
    report = Report(machine=Machine.here(), snapshot="x", documents=1, passages=2)

    assert len([line for line in report_lines(report) if line]) == 3
    assert set(report.as_json()) == {"machine", "snapshot", "documents", "passages", "took_s"}


def test_a_size_stands_below_the_names_of_its_figures():
    row = {"passages": 1_000_000, "write_s": 12345.6, "disk_bytes": 5000 * _MIB, "load_s": 12.3}
    row |= {"loaded_bytes": 9000 * _MIB, "asked_bytes": 9500 * _MIB, "recall_at_10": 0.991}
    row |= {"search_ms": {"p50": 80.5, "p95": 200.1}, "answer_ms": {"p50": 90, "p95": 300}}

    line = size_line(row)

    assert len(line) == len(SIZE_HEADING.splitlines()[1])
    assert line.split()[::4] == ["1,000,000", "9,000", "0.991"]


def test_a_size_that_could_not_be_done_says_why():
    line = size_line({"passages": 1000, "failed": "it does not fit"})

    assert line.split(maxsplit=1) == ["1,000", "not measured: it does not fit"]
