"""The examples for operators: sound, and in step with the program."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from bot.answers.reasons import AnswerStatus, Reason
from bot.chat.webhook import PATH
from bot.observing.metrics import Metrics, State
from bot.settings import BotSettings
from index.settings import names_of

MOST_EXPOSED = 2.0
"""Of 10, as `systemd-analyze security` counts."""
NAME = re.compile(r"smebot_\w+")


@pytest.fixture
def deploy(project) -> Path:
    return project / "bot" / "deploy"


@pytest.fixture
def compose(deploy) -> dict:
    return yaml.safe_load((deploy / "compose.yaml").read_text("utf-8"))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_the_service_is_little_exposed(deploy):
    found = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", deploy / "smebot.service"],
        check=True,
        capture_output=True,
        text=True,
    )

    (exposure,) = re.findall(r"Overall exposure level for smebot.service: ([\d.]+)", found.stdout)
    assert float(exposure) <= MOST_EXPOSED
    assert "Unknown" not in found.stderr


@pytest.mark.skipif(not shutil.which("nginx"), reason="needs nginx")
def test_the_proxy_s_configuration_is_sound(deploy, tmp_path):
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=bot"]
    subprocess.run(
        [*request, "-keyout", key, "-out", certificate], check=True, capture_output=True
    )
    example = (deploy / "nginx.conf").read_text("utf-8")
    own = example.replace("/etc/letsencrypt/live/bot.example.org", str(tmp_path))
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {own} }}"
    )

    found = subprocess.run(
        ["nginx", "-t", "-c", tmp_path / "nginx.conf"], check=False, capture_output=True, text=True
    )

    assert found.returncode == 0, found.stderr


def test_the_proxy_leads_to_where_the_bot_listens(deploy):
    example = (deploy / "nginx.conf").read_text("utf-8")

    assert f"location = /{PATH} {{" in example
    assert f"server 127.0.0.1:{BotSettings.model_fields['webhook_port'].default} " in example


def test_containers_set_only_settings_that_there_are(compose):
    given = compose["services"]["app"]["environment"]

    assert set(given) <= names_of(BotSettings)
    health_port = given["SMEBOT_HEALTH_PORT"]
    assert any(port.endswith(f":{health_port}") for port in compose["services"]["app"]["ports"])
    assert f":{health_port}/ready" in str(compose["services"]["app"]["healthcheck"]["test"])


def test_what_a_container_offers_is_reached_from_this_machine_alone(compose):
    ports = [port for service in compose["services"].values() for port in service.get("ports", ())]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_bot_starts_without_the_engines_that_are_options(compose):
    services = compose["services"]
    options = {name for name, service in services.items() if "profiles" in service}

    assert options == {"milvus", "postgresql"}
    needed = services["app"]["depends_on"]
    assert all(needed[name]["required"] is False for name in options)


def test_the_image_is_built_of_all_that_the_wheel_holds(deploy, project):
    lines = (deploy / "Containerfile").read_text("utf-8").splitlines()
    copied = [
        name
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for name in line.split()[1:-1]
    ]
    packaged = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    wheel = packaged["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert set(wheel["only-include"]) <= set(copied)
    assert all((project / name).exists() for name in copied)


def test_alerts_are_about_metrics_that_there_are(deploy, desk, ask):
    metrics = Metrics()
    metrics.watch(lambda: State(queue=0, errors={"ValueError": 1}, snapshot=desk.snapshot))
    metrics.answered(ask("How many booths has the tea fair?"))
    page = metrics.page().decode()
    (group,) = yaml.safe_load((deploy / "alerts.yaml").read_text("utf-8"))["groups"]

    names = {name for rule in group["rules"] for name in NAME.findall(rule["expr"])}

    assert len(names) >= 6
    assert [name for name in names if not re.search(rf"^{name}[ {{]", page, re.MULTILINE)] == []


def test_alerts_know_the_reasons_and_statuses_that_there_are(deploy):
    text = (deploy / "alerts.yaml").read_text("utf-8")

    statuses = {
        each for said in re.findall(r'status=~?"([^"]+)"', text) for each in said.split("|")
    }
    assert statuses
    assert statuses <= set(AnswerStatus)
    assert set(re.findall(r'reason="([^"]+)"', text)) <= set(Reason)
