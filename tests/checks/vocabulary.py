#!/usr/bin/env python3
"""The sample host knows nothing of the plugin: its sources do not even name what the plugin is about.

usage: vocabulary.py <repository>
"""

import sys
from pathlib import Path

from repository import files_of

FOLDER = "sample-host/"
WORD = "conversation"
EXEMPT = {"sample-host/data/demo.json"}


def check(repository):
    complaints = []
    for file in files_of(repository):
        if not file.startswith(FOLDER) or file in EXEMPT:
            continue
        if WORD in file.lower():
            complaints.append(f"{file}: the word '{WORD}' in its name")
        text = (Path(repository) / file).read_bytes().decode("utf-8", errors="replace").lower()
        for number, line in enumerate(text.splitlines(), start=1):
            if WORD in line:
                complaints.append(f"{file}:{number}: the word '{WORD}'")
    return complaints


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = check(sys.argv[1])
    print("\n".join(found) if found else "vocabulary: fine")
    sys.exit(1 if found else 0)
