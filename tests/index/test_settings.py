"""Settings come from the environment and `.env`; a misspelt or wrong one is named."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from index.errors import SettingsError
from index.settings import IndexSettings, load_settings, names_of, refuse_unknown

KNOWN = names_of(IndexSettings)


def test_without_any_setting_the_defaults_are_in_force():
    settings = load_settings(IndexSettings)

    assert settings.data_dir == Path(".smebot")
    assert settings.corpus_dirs == (Path("seeds"), Path("corpus"))
    assert settings.encoder_model == "smebot-encoder"
    assert settings.models_dir == Path(".smebot/models")


def test_settings_are_read_from_the_environment(monkeypatch):
    monkeypatch.setenv("SMEBOT_DATA_DIR", "/var/lib/smebot")
    monkeypatch.setenv("SMEBOT_CORPUS_DIRS", '["a", "b/c"]')
    monkeypatch.setenv("SMEBOT_ENCODER_MODEL", "BAAI/bge-m3")

    settings = load_settings(IndexSettings)

    assert settings.data_dir == Path("/var/lib/smebot")
    assert settings.corpus_dirs == (Path("a"), Path("b/c"))
    assert settings.encoder_model == "BAAI/bge-m3"


def test_settings_are_read_from_the_env_file_and_the_environment_wins(monkeypatch):
    Path(".env").write_text("SMEBOT_DATA_DIR=from-file\nSMEBOT_ENCODER_MODEL=from-file\nOTHER=1\n")
    monkeypatch.setenv("SMEBOT_DATA_DIR", "from-environment")

    settings = load_settings(IndexSettings)
    refuse_unknown(KNOWN)

    assert settings.data_dir == Path("from-environment")
    assert settings.encoder_model == "from-file"


def test_the_command_line_wins_and_what_it_leaves_out_does_not_count(monkeypatch):
    monkeypatch.setenv("SMEBOT_DATA_DIR", "from-environment")
    monkeypatch.setenv("SMEBOT_ENCODER_MODEL", "from-environment")

    settings = load_settings(IndexSettings, data_dir=Path("given"), encoder_model=None)

    assert settings.data_dir == Path("given")
    assert settings.encoder_model == "from-environment"


@pytest.mark.parametrize("value", ["corpus", "[corpus]", '["a"', "[]", "{}", '"corpus"', "[1]"])
def test_corpus_directories_that_are_no_json_list_are_refused(monkeypatch, value):
    monkeypatch.setenv("SMEBOT_CORPUS_DIRS", value)

    with pytest.raises(SettingsError) as error:
        load_settings(IndexSettings)

    assert "SMEBOT_CORPUS_DIRS" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_wrong_value_says_how_lists_are_written(monkeypatch):
    monkeypatch.setenv("SMEBOT_CORPUS_DIRS", "seeds,corpus")

    with pytest.raises(SettingsError, match="not valid JSON: write it such as"):
        load_settings(IndexSettings)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SMEBOT_DATA_DIRS", "SMEBOT_DATA_DIR"),
        ("SMEBOT_CORPUS_DIR", "SMEBOT_CORPUS_DIRS"),
        ("SMEBOT_ENCODER", "SMEBOT_ENCODER_MODEL"),
        ("smebot_datadir", "SMEBOT_DATA_DIR"),
        ("SMBOT_DATA_DIR", "SMEBOT_DATA_DIR"),
        ("SMEBOT-DATA_DIR", "SMEBOT_DATA_DIR"),
        ("SME_BOT_CORPUS_DIRS", "SMEBOT_CORPUS_DIRS"),
        ("sembot_encoder_model", "SMEBOT_ENCODER_MODEL"),
    ],
)
def test_a_misspelt_setting_is_refused_with_a_suggestion(monkeypatch, name, meant):
    monkeypatch.setenv(name, "x")

    with pytest.raises(SettingsError, match=rf"{name.upper()}.*did you mean {meant}\?"):
        refuse_unknown(KNOWN)


def test_a_setting_like_no_other_is_refused_with_those_there_are(monkeypatch):
    monkeypatch.setenv("SMEBOT_XYZZY", "x")

    with pytest.raises(SettingsError, match=r"SMEBOT_XYZZY.*SMEBOT_CORPUS_DIRS, SMEBOT_DATA_DIR"):
        refuse_unknown(KNOWN)


@pytest.mark.parametrize("name", ["SMEBOT_DATA_DIRR", "SMBOT_DATA_DIR", "SMEBOT-DATA_DIR"])
def test_a_misspelt_setting_in_the_env_file_is_refused(name):
    Path(".env").write_text(f"{name}=x\n")

    with pytest.raises(SettingsError, match=f"{name}.*did you mean SMEBOT_DATA_DIR"):
        refuse_unknown(KNOWN)


@pytest.mark.parametrize(
    "name", ["SMEBOT_DATA_DIR", "smebot_data_dir", "OTHER_SETTING", "BOT_DATA_DIR", "SMEBOARD_X"]
)
def test_known_settings_and_those_of_others_are_left_alone(monkeypatch, name):
    monkeypatch.setenv(name, "x")

    refuse_unknown(KNOWN)


@pytest.mark.parametrize(
    "uri", ["http://127.0.0.1:19530", "https://milvus.example.org/smebot", "/var/lib/milvus.db"]
)
def test_milvus_is_a_server_or_a_file(monkeypatch, uri):
    monkeypatch.setenv("SMEBOT_MILVUS_URI", uri)

    assert load_settings(IndexSettings).milvus_uri == uri


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("tcp://127.0.0.1:19530", r"http://host:port"),
        ("http://", r"http://host:port"),
        ("milvus", r"ends in \.db"),
        ("http://root:pass-word@127.0.0.1:19530", "SMEBOT_MILVUS_TOKEN"),
    ],
)
def test_another_address_of_milvus_is_refused_and_no_password_shown(monkeypatch, uri, said):
    monkeypatch.setenv("SMEBOT_MILVUS_URI", uri)

    with pytest.raises(SettingsError, match=said) as refused:
        load_settings(IndexSettings)

    assert "SMEBOT_MILVUS_URI" in str(refused.value)
    assert "pass-word" not in str(refused.value)


def test_a_password_in_the_address_of_shared_snapshots_is_refused_unseen(monkeypatch):
    monkeypatch.setenv("SMEBOT_SNAPSHOTS_URL", "sftp://user:pass-word@host/snapshots")

    with pytest.raises(SettingsError, match="holds a password") as refused:
        load_settings(IndexSettings)

    assert "pass-word" not in str(refused.value)


def test_settings_cannot_be_changed_once_read():
    settings = load_settings(IndexSettings)

    with pytest.raises(ValidationError, match="frozen"):
        settings.data_dir = Path("elsewhere")


@pytest.mark.parametrize("name", ["SMEBOT_DATA_DIR", "SMEBOT_CORPUS_DIRS", "SMEBOT_ENCODER_MODEL"])
@pytest.mark.parametrize("place", ["environment", ".env"])
def test_an_empty_variable_counts_as_not_set(monkeypatch, name, place):
    """As compose files write what is left open."""
    if place == ".env":
        Path(".env").write_text(f"{name}=\n")
    else:
        monkeypatch.setenv(name, "")

    assert load_settings(IndexSettings) == IndexSettings()
    refuse_unknown(KNOWN)


def test_a_tilde_is_somebody_s_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SMEBOT_DATA_DIR", "~/smebot")
    monkeypatch.setenv("SMEBOT_CORPUS_DIRS", '["~/a", "b"]')

    settings = load_settings(IndexSettings)

    assert settings.data_dir == tmp_path / "smebot"
    assert settings.corpus_dirs == (tmp_path / "a", Path("b"))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("~nobody-of-this-name/x", "the home of ~nobody-of-this-name is not known"),
        ("\udcb9", "UTF-8"),
    ],
)
def test_a_folder_that_cannot_be_named_is_refused(monkeypatch, value, said):
    monkeypatch.setenv("SMEBOT_DATA_DIR", value)

    with pytest.raises(SettingsError, match=f"SMEBOT_DATA_DIR: .*{said}"):
        load_settings(IndexSettings)
