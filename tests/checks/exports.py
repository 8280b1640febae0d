#!/usr/bin/env python3
"""A plugin exports one symbol, parley_entry.

usage: exports.py <plugin.so>...
"""

import subprocess
import sys

EXPECTED = ["parley_entry"]


def exported_symbols(nm_output):
    """The names in `nm -D --defined-only --format=posix`."""
    return sorted(line.split()[0] for line in nm_output.splitlines() if line.strip())


def check(library):
    output = subprocess.run(
        ["nm", "-D", "--defined-only", "--format=posix", library], check=True, capture_output=True, text=True
    ).stdout
    symbols = exported_symbols(output)
    return [] if symbols == EXPECTED else [f"{library}: exports {', '.join(symbols) or 'nothing'}"]


if __name__ == "__main__":
    found = [complaint for library in sys.argv[1:] for complaint in check(library)]
    print("\n".join(found) if found else f"exports: {len(sys.argv) - 1} plugins, fine")
    sys.exit(1 if found else 0)
