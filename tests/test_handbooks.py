"""The handbooks name only what exists: commands, options, settings, files, headings."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from bot.cli import app
from bot.settings import BotSettings
from index.settings import names_of
from tests.handbooks import Handbook

PROJECT = Path(__file__).resolve().parents[1]
PROGRAM = typer.main.get_command(app)
SETTINGS = names_of(BotSettings)
HANDBOOKS = {
    name: Handbook(PROJECT / name)
    for name in (
        "README.md",
        "CHANGELOG.md",
        "bot/README.md",
        "corpus/README.md",
        "index/README.md",
        "tests/README.md",
        "tests/labelled/README.md",
    )
}
OPERATORS = HANDBOOKS["bot/README.md"]
RUNS = [run for handbook in HANDBOOKS.values() for run in handbook.runs("smebot ask ")]
MOST_README_LINES = 120

_SETTING = re.compile(r"\bSMEBOT_[A-Z]+(?:_[A-Z]+)*(_\*)?")
_PATH = re.compile(r"(?:bot|corpus|index|seeds|tests)/[\w./*-]+")
_OPTION = re.compile(r"--[a-z][a-z-]*")
_MADE_LATER = ("corpus/checks/added/", "bot/deploy/.env")

every_handbook = pytest.mark.parametrize("handbook", HANDBOOKS.values(), ids=HANDBOOKS)


def resolved(words: list[str]) -> tuple[str, TyperCommand | TyperGroup]:
    """The name of the command that a line means, and the command."""
    command, path = PROGRAM, []
    for word in words:
        if not isinstance(command, TyperGroup) or word not in command.commands:
            break
        path.append(word)
        command = command.commands[word]
    if path == ["check"]:  # runs checks, whatever follows
        path.append("run")
        command = command.commands["run"]
    return " ".join(path), command


def options_of(command: TyperCommand | TyperGroup) -> set[str]:
    """The long ones; of a switch with two sides the one that changes something."""
    names = [each.secondary_opts or each.opts for each in command.params if each.opts]
    return {name for each in names for name in each if name.startswith("--")}


def commands_of(command: TyperCommand | TyperGroup, path: str = "") -> Iterator[str]:
    """The names of all commands that `--help` shows, however deep."""
    if not isinstance(command, TyperGroup):
        yield path
        return
    if command.invoke_without_command and path:
        yield path
    for name, below in command.commands.items():
        if not below.hidden:
            yield from commands_of(below, f"{path} {name}".strip())


@every_handbook
def test_every_command_and_option_that_a_handbook_names_exists(handbook):
    for words in handbook.commands("smebot"):
        if words[-1] == "--help":
            continue
        _, command = resolved(words)

        assert not isinstance(command, TyperGroup) or command.invoke_without_command, words
        assert {word for word in words if word.startswith("--")} <= options_of(command), words


def test_the_operators_table_has_every_command_with_all_its_options():
    rows = re.findall(r"^\| `smebot ([^`]+)`(.*)$", OPERATORS.section("Commands"), re.MULTILINE)
    told = {
        resolved(usage.split())[0]: set(_OPTION.findall(usage + meaning))
        for usage, meaning in rows
    }

    assert told == {name: options_of(resolved(name.split())[1]) for name in commands_of(PROGRAM)}


@every_handbook
def test_every_setting_that_a_handbook_names_exists(handbook):
    for found in _SETTING.finditer(handbook.text):
        family = found[0].removesuffix("*")

        assert found[0] in SETTINGS or (
            found[1] and any(setting.startswith(family) for setting in SETTINGS)
        ), found[0]


def test_the_operators_table_names_every_setting_once():
    rows = OPERATORS.section("Settings").split("\n| ")
    named = [found[0] for row in rows for found in _SETTING.finditer(row.split(" | ")[0])]

    assert sorted(named) == sorted(SETTINGS)


@every_handbook
def test_every_link_of_a_handbook_leads_somewhere(handbook):
    for link in handbook.links():
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (handbook.path.parent / unquote(parts.path)).resolve()
        target = target if parts.path else handbook.path

        assert target.is_relative_to(PROJECT), link
        assert target.exists(), link
        assert not parts.fragment or parts.fragment in Handbook(target).anchors(), link


@every_handbook
def test_every_path_that_a_handbook_names_exists(handbook):
    for line in handbook.code():
        for path in filter(_PATH.fullmatch, line.split()):
            assert path.startswith(_MADE_LATER) or any(PROJECT.glob(path.rstrip("/"))), path


@every_handbook
def test_every_target_of_make_that_a_handbook_names_exists(handbook):
    targets = re.findall(r"^([\w-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE)

    assert {words[0] for words in handbook.commands("make")} <= set(targets)


def test_the_readme_is_read_in_three_minutes():
    assert len(HANDBOOKS["README.md"].text.splitlines()) <= MOST_README_LINES


def test_the_readme_and_the_testers_handbook_show_an_answer():
    assert len(RUNS) == 2


@pytest.mark.model
@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.words[-1])
def test_a_question_is_answered_as_a_handbook_shows_it(
    run, project_index, models_dir, smebot, tmp_path
):
    data_dir = tmp_path / ".smebot"
    data_dir.mkdir()
    (data_dir / "snapshots").symlink_to(project_index / "snapshots")
    (data_dir / "models").symlink_to(models_dir)

    outcome = smebot(*run.words)

    assert outcome.code == 0
    assert run.is_like(outcome.out), outcome.out
