"""Waits for what the host does on its own; the one place of this suite where time passes."""

import time

LONGEST = 60  # seconds: how long a busy machine may take, for an answer too
PAUSE = 0.05  # seconds between two looks; no test depends on it, it leaves the processor to the host


def wait_until(holds, what):
    """Returns once `holds()` is true. Raises AssertionError, naming `what` was waited for, if that takes too long."""
    end = time.monotonic() + LONGEST
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"waited {LONGEST} seconds in vain: {what}")
        time.sleep(PAUSE)
