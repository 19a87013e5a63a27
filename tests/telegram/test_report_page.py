"""The report at an address: behind a password, near by, and nowhere without one."""

import base64
import logging

import httpx
import pytest

from bot.chat.report_page import _is_near
from bot.errors import StoreError

PASSWORD = "correct horse 马"


async def _get(port, password=None, scheme="Basic", **params):
    headers = {}
    if password is not None:
        credentials = base64.b64encode(f"staff:{password}".encode()).decode()
        headers["Authorization"] = f"{scheme} {credentials}"
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(f"http://127.0.0.1:{port}/report", headers=headers, params=params)


@pytest.fixture
async def port(start_bot, unused_tcp_port, boss):
    """Of a bot that has a password for its report."""
    await start_bot(health_port=unused_tcp_port, report_password=PASSWORD, staff_ids={boss.id})
    return unused_tcp_port


async def test_with_the_password_the_page_is_shown_and_kept_by_no_cache(port):
    page = await _get(port, PASSWORD, language="en")

    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<html lang="en">' in page.text


async def test_the_page_is_in_staffs_language_unless_another_is_named(port):
    assert '<html lang="zh">' in (await _get(port, PASSWORD)).text
    assert '<html lang="zh-Hant">' in (await _get(port, PASSWORD, language="zh-TW")).text
    assert '<html lang="en">' in (await _get(port, PASSWORD, language='"><script>')).text


@pytest.mark.parametrize("password", [None, "", PASSWORD[:-1], f"{PASSWORD} ", "staff"])
async def test_without_the_password_nothing_is_told_but_that_one_is_needed(port, password):
    refused = await _get(port, password)

    assert (refused.status_code, refused.content) == (401, b"")
    assert refused.headers["WWW-Authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    "header", ["", "Basic", "Basic ?", "Basic YQ==", "Bearer c3RhZmY=", "Basic é".encode()]
)
async def test_a_broken_header_is_no_password(port, header):
    async with httpx.AsyncClient(trust_env=False) as client:
        refused = await client.get(
            f"http://127.0.0.1:{port}/report", headers=[(b"Authorization", header)]
        )

    assert refused.status_code == 401


async def test_another_scheme_with_the_right_password_is_refused(port):
    assert (await _get(port, PASSWORD, scheme="Digest")).status_code == 401


async def test_without_a_password_in_the_settings_there_is_no_such_page(
    start_bot, unused_tcp_port
):
    await start_bot(health_port=unused_tcp_port)

    assert (await _get(unused_tcp_port, PASSWORD)).status_code == 404


async def test_an_unreadable_database_is_no_traceback(port, monkeypatch, caplog):
    def unreadable(*_):
        raise StoreError("the database cannot be read")

    monkeypatch.setattr("bot.store.Store.unanswered", unreadable)
    with caplog.at_level(logging.INFO):
        failed = await _get(port, PASSWORD)

    assert (failed.status_code, failed.content) == (503, b"")
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("address", "is_near"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("172.17.0.1", True),
        ("::ffff:10.0.0.5", True),
        ("fd00::1", True),
        ("8.8.8.8", False),
        ("::ffff:8.8.8.8", False),
        ("2606:4700::1111", False),
        ("", False),
        ("somewhere", False),
    ],
)
def test_only_this_machine_and_private_networks_are_near(address, is_near):
    assert _is_near(address) is is_near


async def test_whoever_is_not_near_is_refused_before_the_password_is_asked_for(port, monkeypatch):
    monkeypatch.setattr("bot.chat.report_page._is_near", lambda _: False)

    refused = await _get(port, PASSWORD)

    assert (refused.status_code, refused.content) == (403, b"")
    assert "WWW-Authenticate" not in refused.headers
