"""How many processors there are for us."""

import os
import sys


def cores() -> int:
    """How many cores this process may use; all of the machine's where only Linux would tell."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
