"""`smebot init DIR`: documents, checks and settings of one's own; nothing is overwritten."""

import shutil
from pathlib import Path

import pytest

import index.shipped
from bot.settings import BotSettings
from index.settings import load_settings


@pytest.fixture
def shipped(tmp_path, monkeypatch) -> Path:
    """What an installed program brings along; see tests/bot/test_wheel.py for the real one."""
    root = tmp_path / "site-packages" / "shipped"
    for name in ("seeds/a.en.md", "corpus/zones/b.zh.md", "corpus/checks/c.yaml"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (root / "corpus" / ".history").mkdir()
    (root / "corpus" / ".history" / "old.md").write_text("old")
    monkeypatch.setattr(index.shipped, "SHIPPED", root)
    return root


def _files(directory: Path) -> dict[str, str]:
    return {
        str(path.relative_to(directory)): path.read_text("utf-8")
        for path in directory.rglob("*")
        if path.is_file()
    }


def test_documents_checks_and_settings_are_copied(smebot, shipped, tmp_path):
    outcome = smebot("init", "mine")

    copied = _files(tmp_path / "mine")
    assert outcome.code == 0
    assert "mine: 4 files copied\n" in outcome.out
    assert copied.pop("env.example").count("#SMEBOT_") > 20
    assert set(copied) == {"seeds/a.en.md", "corpus/zones/b.zh.md", "corpus/checks/c.yaml"}


def test_what_is_there_already_is_kept_and_the_rest_added(smebot, shipped, tmp_path):
    smebot("init", "mine")
    mine = tmp_path / "mine"
    (mine / "corpus" / "zones" / "b.zh.md").write_text("my own")
    (mine / "seeds" / "a.en.md").unlink()

    outcome = smebot("init", "mine")

    assert "mine: 1 files copied, 3 were there already\n" in outcome.out
    assert _files(mine)["corpus/zones/b.zh.md"] == "my own"
    assert (mine / "seeds" / "a.en.md").exists()


def test_a_folder_that_cannot_be_written_is_told(smebot, shipped, tmp_path, few_rights):
    (tmp_path / "mine").mkdir(mode=0o500)

    with few_rights():
        outcome = smebot("init", "mine")

    outcome.assert_error("mine", "no permission to write there")


def test_without_a_corpus_in_the_current_folder_the_shipped_one_is_served(shipped):
    settings = load_settings(BotSettings)

    assert settings.corpus_dirs == (shipped / "seeds", shipped / "corpus")
    assert settings.check_dirs == (shipped / "corpus" / "checks",)


def test_a_corpus_in_the_current_folder_goes_before_it(smebot, shipped, tmp_path, monkeypatch):
    smebot("init", "mine")
    monkeypatch.chdir(tmp_path / "mine")

    assert load_settings(BotSettings).corpus_dirs == (Path("seeds"), Path("corpus"))


def test_a_clone_has_none_but_its_own(monkeypatch, tmp_path):
    monkeypatch.setattr(index.shipped, "SHIPPED", tmp_path / "nowhere")

    assert load_settings(BotSettings).corpus_dirs == (Path("seeds"), Path("corpus"))
    assert (index.shipped.shipped_root() / "corpus" / "glossary.yaml").exists()


def test_a_program_without_documents_says_where_they_are_looked_for(smebot, shipped):
    shutil.rmtree(shipped)

    smebot("corpus", "check").assert_error("seeds")
