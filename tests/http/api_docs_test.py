"""docs/api.md: every line that it shows is run, and answers as it says."""

import os
import pathlib
import re
import subprocess
import unittest

from support.browser import log_in
from support.host import Host

DOCUMENT = pathlib.Path(os.environ["PARLEY_SOURCE_DIR"], "docs/api.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8080"


def lines():
    """The commands with the statuses that stand behind them, in the order of the document."""
    for block in re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL):
        for line in block.splitlines():
            command, _, status = line.rpartition("#")
            yield command.strip(), int(status)


class ApiDocument(unittest.TestCase):
    def test_every_line_answers_as_it_says(self):
        host = Host(os.environ["PARLEY_PLUGIN"])
        self.addCleanup(host.stop)
        admin = log_in(host, "admin")
        pathlib.Path(os.environ["PARLEY_TEST_DIR"], "cookies").unlink(missing_ok=True)
        page = admin.submit(admin.get("/admin/api-tokens"), "/admin/api-tokens", {"name": "docs", "login": "admin", "days": "30"})
        token = re.search(r'readonly value="([^"]+)"', page.text).group(1)
        run = list(lines())
        self.assertGreater(len(run), 60)
        for command, status in run:
            self.assertRegex(command, r"^([A-Z]+=\$\(.*\); )?curl -g ")
            before, shown, after = command.replace(ADDRESS, f"http://127.0.0.1:{host.port}").rpartition("; curl -g ")
            first = before + "; " if shown else ""
            shell = first + "curl -g -sS -o answer -w '%{http_code}' " + after.removeprefix("curl -g ")
            done = subprocess.run(["bash", "-c", shell], env={**os.environ, "TOKEN": token}, capture_output=True, text=True,
                                  timeout=60, check=False, cwd=os.environ["PARLEY_TEST_DIR"])
            answer = pathlib.Path(os.environ["PARLEY_TEST_DIR"], "answer")
            text = answer.read_text(encoding="utf-8") if answer.exists() else ""
            self.assertEqual(done.stdout, str(status), f"{command}\n{done.stderr}{text[:2000]}")


if __name__ == "__main__":
    unittest.main()
