"""Starts the sample host on a free port and a folder of its own, and stops it by its process id."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading

from support.database import fresh_database
from support.waiting import LONGEST

PROGRAM = os.environ["PARLEY_SAMPLE_HOST"]


class Host:
    """A running sample host. Leaves nothing behind when it is used in a `with` block."""

    def __init__(self, *plugins, folder=None, arguments=()):
        self.keeps_folder = folder is not None
        self.folder = folder or tempfile.mkdtemp(prefix="parley-http-")
        command = [PROGRAM, "--port", "0", "--data", self.folder, *arguments]
        for plugin in plugins:
            command += ["--plugin", plugin]
        self.database = fresh_database() if plugins else None
        if self.database:
            command += ["--database", self.database]
        else:
            self.database = f"sqlite:{self.folder}/parley.db"
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.log = []
        self.reader = threading.Thread(target=self._read_log, daemon=True)
        self.reader.start()
        self.greeting = self.process.stdout.readline()
        found = re.match(r"Listening on http://127\.0\.0\.1:(\d+)$", self.greeting.strip())
        if not found:
            self.process.wait(timeout=LONGEST)
            self.reader.join(timeout=LONGEST)
            raise RuntimeError(f"the sample host did not start: {''.join(self.log)}")
        self.port = int(found.group(1))

    def _read_log(self):
        for line in self.process.stderr:
            self.log.append(line)

    def stop(self):
        """Ends it with SIGTERM; answers its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=LONGEST)
        self.reader.join(timeout=LONGEST)
        self.process.stdout.close()
        self.process.stderr.close()
        if not self.keeps_folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        return status

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def run(*arguments):
    """Runs the program to its end; answers exit status, standard output, standard error."""
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=LONGEST, check=False)
    return done.returncode, done.stdout, done.stderr
