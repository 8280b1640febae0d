#!/usr/bin/env python3
"""Every header of the contract compiles alone, as C11 and as C++17, with gcc and with clang, without a warning
and without implicit padding.

usage: c_headers.py <folder with the headers>
"""

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

WARNINGS = ["-pedantic", "-Wall", "-Wextra", "-Wpadded", "-Wundef", "-Werror"]
C11 = ["-x", "c", "-std=c11", "-Wstrict-prototypes"]
CXX17 = ["-x", "c++", "-std=c++17"]
# clang lays a struct out only when something needs to know; told to print every layout, it has to.
LAY_OUT = ["-Xclang", "-fdump-record-layouts-complete"]


def first_of(*names):
    return next((name for name in names if shutil.which(name)), None)


def compilers():
    """(name, command). A compiler that is not there is skipped: .ci/run has both."""
    clang = first_of("clang", "clang-14", "clang-15", "clang-16")
    known = []
    if shutil.which("gcc") and shutil.which("g++"):
        known += [("gcc C11", ["gcc", *C11]), ("gcc C++17", ["g++", *CXX17])]
    if clang:
        known += [("clang C11", [clang, *C11, *LAY_OUT]), ("clang C++17", [clang, *CXX17, *LAY_OUT])]
    return known


def compile_alone(root, header, name, command, folder):
    # Through a source file of its own: a header as main file would warn about '#pragma once'.
    source = Path(folder) / (header.replace("/", "_") + "." + name.replace(" ", "_") + ".txt")
    source.write_text(f"#include <{header}>\n#include <{header}>\nint parley_not_empty(void);\n")
    result = subprocess.run(
        [*command, *WARNINGS, "-fsyntax-only", f"-I{root}", str(source)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    return f"{header} ({name}):\n{result.stderr}" if result.returncode else None


def check(root):
    root = Path(root)
    headers = sorted(header.relative_to(root).as_posix() for header in root.glob("**/*.h")) if root.is_dir() else []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [
            pool.submit(compile_alone, root, header, name, command, folder)
            for header in headers
            for name, command in compilers()
        ]
        complaints = [complaint for job in jobs if (complaint := job.result())]
    return headers, complaints


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found_headers, found = check(sys.argv[1])
    for complaint in found:
        print(complaint)
    print(f"c_headers: {len(found_headers)} headers, {', '.join(name for name, _ in compilers())}")
    sys.exit(1 if found else 0)
