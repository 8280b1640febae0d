#!/usr/bin/env python3
"""What does not belong into the repository: download addresses in lock files, and large binary files.

usage: contents.py <repository>
"""

import sys
from pathlib import Path

from repository import files_of

LOCK_FILES = {"package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"}
LARGEST_BINARY = 400_000


def check(repository):
    complaints = []
    for file in files_of(repository):
        path = Path(repository) / file
        if path.name in LOCK_FILES and b'"resolved"' in path.read_bytes():
            complaints.append(f"{file}: has download addresses; is .npmrc's omit-lockfile-registry-resolved in force?")
        size = path.stat().st_size
        if size > LARGEST_BINARY and b"\0" in path.read_bytes()[:8192]:
            complaints.append(f"{file}: a binary file of {size} bytes; {LARGEST_BINARY} is the limit")
    return complaints


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = check(sys.argv[1])
    print("\n".join(found) if found else "contents: fine")
    sys.exit(1 if found else 0)
