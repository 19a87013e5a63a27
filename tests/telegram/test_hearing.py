"""Voice messages: written down by a server beside the bot, and answered."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

HEARD = {"text": " How many booths \n has the tea fair? "}


class Ears(ThreadingHTTPServer):
    """A server of transcripts on a free port; `answer` is (status, body) or seconds of silence."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Listening)
        self.answer = (200, json.dumps(HEARD))
        self.requests = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1/audio/transcriptions"


class _Listening(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, dict(self.headers), body))
        if isinstance(self.server.answer, float):
            time.sleep(self.server.answer)
            return
        status, said = self.server.answer
        self.send_response(status)
        self.end_headers()
        self.wfile.write(said.encode())

    def log_message(self, *_):
        """Nothing on the screen."""


@pytest.fixture
def ears():
    server = Ears()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
async def hearing_bot(start_bot, ears):
    return await start_bot(transcribe_url=ears.url)


@pytest.fixture
def impatient_bot(hearing_bot, monkeypatch):
    """It does not wait long for a transcript."""
    monkeypatch.setattr("bot.chat.hearing._PATIENCE_S", 0.8)
    return hearing_bot


async def test_a_voice_message_is_written_down_shown_and_answered(hearing_bot, ears, li):
    li.sends_voice(seconds=120)

    answer = await li.wait_for_reply()

    assert answer.text.startswith(
        "🎤 How many booths has the tea fair?\n\nThe tea fair has 74,600"
    )
    ((path, headers, body),) = ears.requests
    assert path == "/v1/audio/transcriptions"
    assert headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert "Authorization" not in headers
    assert b'name="model"\r\n\r\nwhisper-1\r\n' in body
    assert b'name="file"; filename="voice.ogg"\r\nContent-Type: audio/ogg\r\n\r\nOggS' in body
    assert len(li.bot_messages) == 1


async def test_what_was_said_is_kept_as_what_is_typed_and_forgotten_with_it(hearing_bot, li):
    li.sends_voice()
    await li.wait_for_reply()
    li.sends("And from where?")
    followed = await li.wait_for_reply()
    kept = hearing_bot.store.history(li.id, li.id, 5)
    li.sends("/forget")
    await li.wait_for_reply()

    assert "Kenya" in followed.text
    assert kept == ["How many booths has the tea fair?", "And from where?"]
    assert hearing_bot.store.history(li.id, li.id, 5) == []


async def test_the_key_and_the_model_of_the_settings_are_sent(start_bot, ears, li):
    await start_bot(transcribe_url=ears.url, transcribe_key="k-1", transcribe_model="large-v3")
    li.sends_voice()
    await li.wait_for_reply()

    ((_, headers, body),) = ears.requests
    assert headers["Authorization"] == "Bearer k-1"
    assert b"\r\n\r\nlarge-v3\r\n" in body


@pytest.mark.parametrize(
    ("answer", "logged"),
    [
        ((500, "How many booths?"), "HTTP 500"),
        ((401, "{}"), "HTTP 401"),
        ((200, "no JSON"), "no transcript came"),
        ((200, "[]"), "no transcript came"),
        ((200, "{}"), "no transcript came"),
        ((200, '{"text": 3}'), "no transcript came"),
        (2.0, "TimeoutError"),
    ],
)
async def test_without_a_transcript_one_is_asked_to_type(
    impatient_bot, ears, li, caplog, answer, logged
):
    ears.answer = answer
    li.sends_voice()

    assert "could not listen" in (await li.wait_for_reply()).text
    assert f"{logged}: look at SMEBOT_TRANSCRIBE_URL" in caplog.text
    assert "booths" not in caplog.text


async def test_where_nobody_listens_one_is_asked_to_type(start_bot, li, unused_tcp_port):
    await start_bot(transcribe_url=f"http://127.0.0.1:{unused_tcp_port}/")
    li.sends_voice()

    assert "could not listen" in (await li.wait_for_reply()).text


async def test_a_file_that_telegram_does_not_hand_out_is_told_alike(
    hearing_bot, telegram, ears, li, accept_refusals
):
    telegram.faults.fail("getFile", 400)
    li.sends_voice()

    assert "could not listen" in (await li.wait_for_reply()).text
    assert ears.requests == []
    accept_refusals()


async def test_what_is_too_long_is_not_even_fetched(hearing_bot, telegram, ears, li):
    li.sends_voice(seconds=121)

    assert "longer than 2 minutes" in (await li.wait_for_reply()).text
    assert telegram.calls_of("getFile") == []
    assert ears.requests == []


async def test_a_voice_without_words_gets_a_word(hearing_bot, ears, li):
    ears.answer = (200, '{"text": " \\n"}')
    li.sends_voice()

    assert "no words" in (await li.wait_for_reply()).text


async def test_without_a_server_one_is_asked_to_type(running, telegram, li):
    li.sends_voice()

    assert "only read text" in (await li.wait_for_reply()).text
    assert telegram.calls_of("getFile") == []


async def test_a_reason_for_a_vote_may_be_spoken(hearing_bot, ears, li):
    li.sends("How many booths has the tea fair?")
    await li.wait_for_reply()
    li.presses("👎 Not helpful")
    asked = await li.wait_for_reply()
    ears.answer = (200, '{"text": "You forgot the fees."}')
    li.sends_voice(reply_to=asked)

    assert "Noted" in (await li.wait_for_reply()).text
    assert [vote.reason for vote in hearing_bot.store.feedback(10)] == ["You forgot the fees."]
