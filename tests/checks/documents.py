#!/usr/bin/env python3
"""What the documents say of the files beside them: links lead somewhere, and quoted files are quoted as they are.

A code block behind a line `<!-- quoted: <path> -->` holds the whole of that file.

usage: documents.py <repository>
"""

import re
import sys
from pathlib import Path

from repository import files_of

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
QUOTED = re.compile(r"<!-- quoted: (\S+) -->\n+```\w*\n(.*?)\n```", re.DOTALL)


def check(repository):
    complaints = []
    for file in files_of(repository):
        path = Path(repository) / file
        if path.suffix != ".md":
            continue
        text = path.read_text(encoding="utf-8")
        for link in LINK.findall(text):
            if not (path.parent / link).exists():
                complaints.append(f"{file}: links to {link}, which is not there")
        for quoted, block in QUOTED.findall(text):
            source = Path(repository) / quoted
            if not source.exists() or source.read_text(encoding="utf-8").rstrip("\n") != block:
                complaints.append(f"{file}: quotes {quoted}, but not as it is")
    return complaints


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = check(sys.argv[1])
    print("\n".join(found) if found else "documents: fine")
    sys.exit(1 if found else 0)
