"""Proxies: which one is used, that everything goes through it, and what is said where it fails."""

import threading
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.telegram.fake.proxies import HttpProxy, SocksProxy

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")

SECRET = "p@ss:w/rd#?%密"
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_other_proxies(monkeypatch):
    """The machine's own proxies are not there."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def configured(telegram, published, fake_model, monkeypatch):
    """A program that could start."""
    monkeypatch.setenv("SMEBOT_TELEGRAM_TOKEN", telegram.token)
    monkeypatch.setenv("SMEBOT_TELEGRAM_API_URL", telegram.root_url)
    monkeypatch.setattr("bot.chat.pacing._FIRST_WAIT_S", 0.001)


@pytest.fixture
def assert_answers(start_bot, li):
    """`await assert_answers(...)`: a bot with these settings is started and answers."""

    async def assert_so(**settings: object) -> None:
        await start_bot(**settings)
        li.sends("How many booths has the tea fair?")
        reply = await li.wait_for_reply()
        assert "74,600" in reply.text

    return assert_so


@pytest.mark.parametrize("credentials", [(None, ""), ("li", SECRET)], ids=["open", "password"])
@pytest.mark.parametrize("kind", [SocksProxy, HttpProxy])
async def test_everything_goes_through_the_proxy_of_the_settings(
    assert_answers, telegram, monkeypatch, kind, credentials
):
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")  # leads nowhere; ours wins
    with kind(*credentials) as proxy:
        await assert_answers(telegram_proxy=proxy.url)

        assert proxy.targets == {("127.0.0.1", telegram.port)}


@pytest.mark.parametrize("variable", ["ALL_PROXY", "all_proxy", "HTTP_PROXY"])
async def test_without_one_in_the_settings_that_of_the_environment_is_used(
    assert_answers, telegram, monkeypatch, variable
):
    with SocksProxy("li", SECRET) as proxy:
        monkeypatch.setenv(variable, proxy.url)

        await assert_answers()

        assert proxy.targets == {("127.0.0.1", telegram.port)}


async def test_where_the_environment_excepts_telegram_there_is_no_proxy(
    assert_answers, monkeypatch
):
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")

    await assert_answers()


@pytest.fixture
def serve_http():
    """`serve_http(body)`: a server that gives this answer to everything; returns its address."""
    with ExitStack() as stack:

        def serve(body: bytes) -> str:
            class Handler(BaseHTTPRequestHandler):
                def do_POST(self):
                    self.rfile.read(int(self.headers["Content-Length"]))
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

                def log_message(self, *_):
                    pass

            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        yield serve


def _of_telegram(report: str) -> str:
    """The line of the doctor's report on Telegram."""
    (line,) = [line for line in report.splitlines() if line[5:].strip().startswith("telegram")]
    return line


def everything_said(outcome, caplog) -> str:
    return outcome.out + outcome.err + caplog.text


def test_a_wrong_password_is_one_line(smebot, configured, monkeypatch, caplog):
    with SocksProxy("li", SECRET) as proxy:
        monkeypatch.setenv("SMEBOT_TELEGRAM_PROXY", proxy.url_with("li", "wr0ng"))

        outcome = smebot("doctor")

        assert proxy.refused
    assert outcome.code == 1
    lines = [line for line in (outcome.out + outcome.err).splitlines() if "proxy" in line]
    assert len(lines) == 1
    assert f"through the proxy socks5://li:***@127.0.0.1:{proxy.port} of SMEBOT" in lines[0]
    assert "cannot be reached (ProxyError: Invalid username/password)" in lines[0]
    assert "wr0ng" not in everything_said(outcome, caplog)


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks5h"])
def test_a_proxy_that_is_not_there_is_one_line(
    smebot, configured, monkeypatch, unused_tcp_port, scheme
):
    url = f"{scheme}://li:hidden@127.0.0.1:{unused_tcp_port}"
    monkeypatch.setenv("SMEBOT_TELEGRAM_PROXY", url)

    outcome = smebot("doctor")

    last = _of_telegram(outcome.out)
    assert outcome.code == 1
    assert f"through the proxy {scheme}://li:***@127.0.0.1:{unused_tcp_port}" in last
    assert "of SMEBOT_TELEGRAM_PROXY cannot be reached (ConnectError" in last
    assert "hidden" not in outcome.out + outcome.err


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("socks4://li:hidden@127.0.0.1:1", "socks5://"),
        ("socks://li:hidden@127.0.0.1:1", "socks5://"),
        ("socks5://li:hidden@127.0.0.1:port", "port"),
        ("socks5://li:hidden@", "host"),
        ("ftp://li:hidden@127.0.0.1:1", "socks5://"),
    ],
)
@pytest.mark.parametrize("variable", ["SMEBOT_TELEGRAM_PROXY", "ALL_PROXY", "HTTPS_PROXY"])
def test_an_address_that_no_proxy_has_is_one_line(
    smebot, configured, monkeypatch, variable, url, reason
):
    monkeypatch.setenv(variable, url)

    outcome = smebot("run")

    code = 2 if variable.startswith("SMEBOT") else 1
    outcome.assert_error(variable, reason, code=code)
    assert "hidden" not in outcome.err + outcome.out


def test_doctor_says_that_telegram_answers_and_by_which_way(
    smebot, configured, telegram, monkeypatch
):
    direct = smebot("doctor")
    with SocksProxy("li", SECRET) as proxy:
        monkeypatch.setenv("SMEBOT_TELEGRAM_PROXY", proxy.url)
        through = smebot("doctor")

    assert f"@sme_test_bot, reached at {telegram.root_url}\n" in direct.out
    shown = f"through the proxy socks5://li:***@127.0.0.1:{proxy.port} of SMEBOT_TELEGRAM_PROXY"
    assert f"@sme_test_bot, reached at {telegram.root_url} {shown}" in through.out
    assert (direct.code, through.code) == (0, 0)
    assert proxy.targets == {("127.0.0.1", telegram.port)}


def test_doctor_says_that_telegram_does_not_know_the_token(smebot, configured, monkeypatch):
    monkeypatch.setenv("SMEBOT_TELEGRAM_TOKEN", "123456789:AAhidden")

    outcome = smebot("doctor")

    assert outcome.code == 1
    assert "does not accept SMEBOT_TELEGRAM_TOKEN" in outcome.out
    assert "hidden" not in outcome.out + outcome.err


@pytest.mark.parametrize(
    "answer", [b"<html>hello</html>", b'{"ok":true,"result":{}}', b'{"ok":false,"error_code":409}']
)
def test_something_else_that_answers_is_one_line(
    smebot, configured, monkeypatch, serve_http, answer
):
    url = serve_http(answer)
    monkeypatch.setenv("SMEBOT_TELEGRAM_API_URL", url)

    outcome = smebot("doctor")

    assert outcome.code == 1
    last = _of_telegram(outcome.out)
    assert f"{url} does not answer as Telegram's Bot API does" in last
    assert "look at SMEBOT_TELEGRAM_API_URL" in last


@pytest.mark.parametrize(
    "token", ["123456789:AA hidden", "123456789:hid\x01den", "123456789:a\nhidden"]
)
def test_a_token_with_what_no_token_has_is_one_line(smebot, configured, monkeypatch, token):
    monkeypatch.setenv("SMEBOT_TELEGRAM_TOKEN", token)

    outcome = smebot("run")

    outcome.assert_error("SMEBOT_TELEGRAM_TOKEN", "copy it from @BotFather again", code=2)
    assert "hid" not in outcome.err


def test_spaces_around_the_token_do_no_harm(smebot, configured, telegram, monkeypatch):
    monkeypatch.setenv("SMEBOT_TELEGRAM_TOKEN", f" {telegram.token}\n")

    assert "@sme_test_bot" in smebot("doctor").out
