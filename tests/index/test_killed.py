"""kill -9 at random moments of build, publish, rollback and prune: always something sound is
served, and the next build completes."""

import os
import random
import shutil
import signal
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from index import publishing
from index.manifest import verify
from tests.conftest import Corpus, Workspace

TIMES = 30
"""For each of four: 120 moments."""
_KEPT = 2
_KILL = """
import os, sys
from pathlib import Path
from threading import RLock
from tqdm import tqdm
os.environ["OMP_NUM_THREADS"] = "1"  # what has threads must not fork
tqdm.monitor_interval = 0
tqdm.set_lock(RLock())  # its own is shared with a child, which may be killed while it holds it
from tests.index.test_killed import ACTIONS, kill_at_random_moments

for name in ACTIONS:
    kill_at_random_moments(Path(sys.argv[1]), name, int(sys.argv[2]))
"""


def _build(workspace: Workspace) -> None:
    workspace.build()


def _publish(workspace: Workspace) -> None:
    workspace.store.publish(workspace.store.ids()[-1])


def _roll_back(workspace: Workspace) -> None:
    workspace.store.rollback()


def _prune(workspace: Workspace) -> None:
    workspace.store.prune()


ACTIONS = {"build": _build, "publish": _publish, "rollback": _roll_back, "prune": _prune}


def kill_at_random_moments(root: Path, name: str, times: int) -> None:
    """Do something in a process that is killed while it does, look at what is left, and again.

    To fork is faster than to start Python and to load dictionaries anew.
    """
    publishing.KEPT_SNAPSHOTS = _KEPT
    os.fsync = lambda _: None  # what is written outlives the process without it, and much faster
    workspace = Workspace(Corpus(root / "corpus"), root / ".smebot")
    _prepare(workspace, name)
    _assert_all_is_well(workspace, name)  # all is loaded now
    moments = random.Random(name)  # noqa: S311 - nothing secret
    longest_s = 0.0
    for number in range(times + 1):
        text = f"{name} {number}"
        _prepare(workspace, text)
        started = time.monotonic()
        limit_s = moments.uniform(0.0, longest_s) if number else None
        _in_child(ACTIONS[name], workspace, kill_after_s=limit_s)
        if limit_s is None:
            longest_s = time.monotonic() - started
        _assert_all_is_well(workspace, text)


def _in_child(work: Callable[..., None], *arguments: object, kill_after_s: float | None = None):
    child = os.fork()
    if child == 0:
        try:
            work(*arguments)
        except BaseException:  # noqa: BLE001 - the parent's stack must never be unwound here
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code == 0 or (kill_after_s is not None and code == -signal.SIGKILL), code


def _prepare(workspace: Workspace, text: str) -> None:
    """Something to build, something that waits, something to go back to, something to delete."""
    workspace.corpus.write("new.en.md", f"Not yet {text}.")
    workspace.build(publish=False)
    workspace.corpus.write("new.en.md", f"{text}.")
    shutil.copytree(workspace.served, workspace.store.folder("20200101-old"))


def _assert_all_is_well(workspace: Workspace, text: str) -> None:
    store = workspace.store
    assert store.open_current().documents
    assert [verify(store.folder(name)) for name in store.ids()]  # none of them is a half

    workspace.build()

    names = {path.name for path in store.root.iterdir()}
    assert names == {"CURRENT", "HISTORY", *store.ids()}
    assert "20200101-old" not in names
    assert store.open_current().documents["new.en"].text == f"{text}.\n"
    assert store.open(store.rollback_target().snapshot_id).documents
    entry, was_done = next(e for e in reversed(store.logged()) if e[0].changes_what_is_served)
    assert (entry.snapshot, was_done) == (store.current_id(), True)


def test_what_is_killed_at_random_moments_leaves_something_sound_served(published, python):
    published.corpus.write("new.en.md", "Something new.")
    published.build()

    process = python(_KILL, published.data_dir.parent, TIMES)

    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
