"""The files of the repository: what git tracks, and what it would take in."""

import os
import subprocess
from pathlib import Path

NOT_OURS = {".git", "build", "node_modules", "var"}


def files_of(repository, tracked_only=False):
    """Paths from the root, sorted. Without git (an unpacked archive): every file outside of NOT_OURS."""
    command = ["git", "-C", str(repository), "ls-files", "-z", "--cached"]
    if not tracked_only:
        command += ["--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = list(_walk(repository))
    root = Path(repository)
    return sorted(file for file in set(listed) if file and (root / file).is_file())


def _walk(repository):
    for folder, folders, files in os.walk(repository):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        for file in files:
            yield Path(folder, file).relative_to(repository).as_posix()
