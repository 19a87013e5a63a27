"""`python -m tests.telegram.fake`: try the real bot by hand.

    python -m tests.telegram.fake --port 8081
    SMEBOT_TELEGRAM_API_URL=http://127.0.0.1:8081 SMEBOT_TELEGRAM_TOKEN=... smebot run

Every line is sent to the bot; a line with a colon first is a command: `:press TEXT`, `:as NAME
[LANGUAGE]`, `:photo`, `:sticker`, `:voice`, `:file PATH`, `:inline TEXT`, `:block`, `:unblock`,
`:menu`, `:screen`, `:log`, `:calls`, `:quit`. Without a terminal it serves until it is stopped.

Over HTTP, for scripts: POST /control/send {"user", "text", "language"}, POST /control/press
{"user", "button"}, GET /control/transcript?user=NAME, /control/screen?user=NAME, /control/calls.
"""

import argparse
import json
import sys
import threading
import time
from pathlib import Path

import tornado.web

from tests.telegram.fake.people import User
from tests.telegram.fake.server import TOKEN, FakeTelegram
from tests.telegram.fake.waiting import describe_calls


class People:
    """Users by name; asked for one that is not there, it makes one."""

    def __init__(self) -> None:
        self.telegram: FakeTelegram
        self.by_name: dict[str, User] = {}

    def get(self, name: str, language: str = "en") -> User:
        """The user of this name."""
        if name not in self.by_name:
            self.by_name[name] = self.telegram.user(name, language_code=language)
        return self.by_name[name]


class ControlHandler(tornado.web.RequestHandler):
    """`/control/...`."""

    def initialize(self, people: People) -> None:
        self.people = people

    def get(self, what: str) -> None:
        user = self.people.get(self.get_query_argument("user", "Li"))
        views = {
            "transcript": user.transcript,
            "screen": user.screen,
            "calls": lambda: describe_calls(user.state, last=1000),
        }
        self._answer(views.get(what, lambda: None)())

    def post(self, what: str) -> None:
        body = json.loads(self.request.body or b"{}")
        user = self.people.get(body.get("user", "Li"), body.get("language", "en"))
        try:
            if what == "send":
                user.sends(body["text"])
            elif what == "press":
                user.presses(body["button"])
            else:
                self._answer(None)
                return
        except (AssertionError, KeyError, ValueError) as error:
            self.set_status(400)
            self.write(f"{error}\n")
            return
        self._answer("done")

    def _answer(self, text: str | None) -> None:
        if text is None:
            self.set_status(404)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.write(f"{text or 'not found'}\n")


class Console:
    """Reads lines, and shows what happens in the chat of the current user."""

    def __init__(self, telegram: FakeTelegram, people: People) -> None:
        self.telegram = telegram
        self.people = people
        self.user = people.get("Li")
        self.shown = 0

    def watch(self) -> None:
        """Print new lines of the transcript as they come."""
        while True:
            lines = self.user.transcript()
            if len(lines) > self.shown:
                print(lines[self.shown :].lstrip("\n"), flush=True)
                self.shown = len(lines)
            time.sleep(0.1)

    def run(self, line: str) -> None:
        """One line of input."""
        if not line.startswith(":"):
            self.user.sends(line)
            return
        name, _, rest = line[1:].partition(" ")
        if name == "as":
            who, _, language = rest.partition(" ")
            self.user, self.shown = self.people.get(who, language or "en"), 0
        elif name == "file":
            self.user.sends_document(Path(rest).name, Path(rest).read_bytes())
        elif name == "press":
            self.user.presses(rest)
        elif name == "inline":
            query = self.telegram.types_inline(self.user, rest)
            time.sleep(2)
            print([result.get("title") for result in query.query.results or []])
        else:
            self._simple(name)

    def _simple(self, name: str) -> None:
        acts = {
            "photo": self.user.sends_photo,
            "sticker": self.user.sends_sticker,
            "voice": self.user.sends_voice,
            "block": self.user.blocks_bot,
            "unblock": self.user.unblocks_bot,
        }
        views = {
            "menu": self.user.sees_commands,
            "screen": self.user.screen,
            "log": self.user.transcript,
            "calls": lambda: describe_calls(self.telegram.state),
        }
        if name in acts:
            acts[name]()
        else:
            print(views.get(name, lambda: f"unknown command :{name}")())


def main(arguments: list[str] | None = None) -> int:
    """Serve until the input ends or the process is stopped."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram.fake")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    options = parser.parse_args(arguments)
    people = People()
    routes = [(r"/control/(\w+)", ControlHandler, {"people": people})]
    telegram = FakeTelegram(port=options.port, token=options.token, routes=routes)
    people.telegram = telegram
    # A bot that spoke with an earlier server takes those numbers for updates that it has had.
    telegram.state.updates.next_id = int(time.time())
    with telegram:
        print(f"SMEBOT_TELEGRAM_API_URL={telegram.root_url}")
        print(f"SMEBOT_TELEGRAM_TOKEN={telegram.token}", flush=True)
        if sys.stdin.isatty():
            _talk(Console(telegram, people))
        else:
            threading.Event().wait()
    return 0


def _talk(console: Console) -> None:
    threading.Thread(target=console.watch, daemon=True).start()
    for raw in sys.stdin:
        line = raw.strip()
        if line == ":quit":
            return
        try:
            if line:
                console.run(line)
        except (AssertionError, OSError, ValueError) as error:
            print(f"error: {error}")
