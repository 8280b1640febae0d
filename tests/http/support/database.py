"""The database that plugins get: SQLite in the host's folder, or, as PARLEY_TEST_DATABASE says, a fresh one on a real server."""

import os
import subprocess

from support.waiting import LONGEST

_server = None


def chosen():
    return os.environ.get("PARLEY_TEST_DATABASE", "sqlite")


def fresh_database():
    """A connection string, or None for SQLite. The server is one for the process and ends with it."""
    global _server
    if chosen() == "sqlite":
        return None
    if _server is None:
        _server = subprocess.Popen([os.environ["PARLEY_TEST_SERVERS"], chosen()], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True)
    else:
        _server.stdin.write("fresh\n")
        _server.stdin.flush()
    line = _server.stdout.readline().split()
    if not line:
        raise RuntimeError(f"no {chosen()} server: parley-test-servers ended with {_server.wait(timeout=LONGEST)}")
    return line[0]
