#!/usr/bin/env python3
"""Fails on an include that include_rules.py does not allow.

Two looks at the code, since either alone misses something:

* the #include lines of every source and header: what a folder names itself;
* the compiler's own list of what each object was made from (`ninja -t deps`): which parts, and which heavy
  libraries, arrive through the headers of others.

usage: includes.py <repository> <build folder>
"""

import json
import re
import subprocess
import sys
from pathlib import Path, PurePosixPath

import include_rules as rules
from repository import files_of

SOURCE_SUFFIXES = {".c", ".cc", ".cpp", ".h", ".hpp", ".inc", ".ipp"}
SCRIPT_SUFFIXES = {".js", ".mjs"}
INCLUDE_LINE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)
IMPORT_LINE = re.compile(
    # import 'a'; import x from 'a'; export {x} from 'a', over several lines too; import('a')
    r"""^[ \t]*(?:import|export)\b(?:[\w\s{},*$]*?\bfrom)?\s*['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)""",
    re.MULTILINE,
)


def is_below(path, folder):
    return path == folder or path.startswith(folder + "/")


def part_of(path):
    """The rule for a file, by its path from the repository's root; None when there is none."""
    best = None
    for part in rules.PARTS:
        if is_below(path, part.folder) and path.endswith(part.suffix):
            if best is None or (len(part.folder), len(part.suffix)) > (len(best.folder), len(best.suffix)):
                best = part
    return best


def reachable(part):
    """The folders that a part may include, and those that these may include in turn."""
    found = set()
    waiting = [part.folder]
    while waiting:
        folder = waiting.pop()
        if folder not in found:
            found.add(folder)
            for other in rules.PARTS:
                if other.folder == folder:
                    waiting.extend(other.parts)
    return found


def library_of(header):
    for name, pattern in rules.LIBRARIES.items():
        if pattern.match(header):
            return name
    return None


class Tree:
    """The files of ours, by their paths from the repository's root. Generated ones keep their source folder's."""

    def __init__(self, repository, build=None, include_folders=()):
        self.repository = Path(repository).resolve()
        self.build = Path(build).resolve() if build else None
        self.include_folders = [self.repository / folder for folder in (*rules.INCLUDE_FOLDERS, *include_folders)]

    def relative(self, path):
        """None for a file that is not ours."""
        path = Path(path).resolve()
        for root in (self.build, self.repository):
            if root and is_below(str(path), str(root)):
                return path.relative_to(root).as_posix()
        return None

    def resolve(self, header, quoted, including):
        """The path from the root of a header of ours; None when it is somebody else's."""
        folders = [(self.repository / including).parent] if quoted else []
        folders += [self.repository, self.build, *self.include_folders]
        for folder in folders:
            if folder and (folder / header).is_file():
                found = self.relative(folder / header)
                if found:
                    return found
        # Generated, and not there yet: its path tells the part.
        return header if part_of(header) else None


def check_include(tree, including, header, quoted):
    """The complaint about one #include line, or None."""
    part = part_of(including)
    if part is None:
        return f"{including}: no rule in include_rules.py covers this folder"
    if part.anything:
        return None
    ours = tree.resolve(header, quoted, including)
    if ours:
        owner = part_of(ours)
        if owner is None:
            return f"{including}: includes {ours}, which no rule covers"
        if owner == part or owner.folder in part.parts:
            return None
        return f"{including}: {part.folder} must not include {owner.folder} ({header})"
    if header in rules.STANDARD:
        return None
    library = library_of(header)
    if library:
        if library in part.libraries:
            return None
        return f"{including}: {part.folder} must not use {library} ({header})"
    if rules.SYSTEM.fullmatch(header):
        return None if part.system else f"{including}: {part.folder} has the standard library only ({header})"
    return f"{including}: unknown header {header}; is it missing from include_rules.py?"


def check_sources(tree, files):
    complaints = []
    for file in files:
        if PurePosixPath(file).suffix not in SOURCE_SUFFIXES:
            continue
        if not any(is_below(file, part.folder.split("/")[0]) for part in rules.PARTS):
            continue
        text = (tree.repository / file).read_text(encoding="utf-8", errors="replace")
        for bracket, header in INCLUDE_LINE.findall(text):
            complaint = check_include(tree, file, header, bracket == '"')
            if complaint:
                complaints.append(complaint)
    return complaints


def parse_dependencies(text):
    """`ninja -t deps`: (object, files it was made from); the first file is the source."""
    target, files = None, []
    for line in text.splitlines():
        if line.startswith("    "):
            files.append(line.strip())
            continue
        if target and files:
            yield target, files
        target, files = None, []
        match = re.match(r"(\S.*): #deps \d+, .*\(VALID\)$", line)
        if match:
            target = match.group(1)
    if target and files:
        yield target, files


def check_dependencies(tree, text):
    complaints = set()
    objects = 0
    for target, files in parse_dependencies(text):
        files = [tree.build / file for file in files]
        source = tree.relative(files[0])
        part = part_of(source) if source else None
        if part is None or part.anything:
            continue
        objects += 1
        allowed = reachable(part)
        for file in files[1:]:
            ours = tree.relative(file)
            if ours:
                owner = part_of(ours)
                if owner and owner.folder not in allowed:
                    complaints.add(f"{source}: {owner.folder} reaches {part.folder} through other headers ({ours})")
                continue
            header = re.sub(r"^.*/include/", "", str(file))
            library = library_of(header)
            if library in rules.HEAVY and library not in part.libraries:
                complaints.add(f"{source}: {library} reaches {part.folder} through other headers")
    return sorted(complaints), objects


def check_scripts(tree, files):
    """plugin/web knows Lit and itself; no part's scripts import another part's."""
    complaints = []
    for file in files:
        path = PurePosixPath(file)
        part = part_of(file)
        if path.suffix not in SCRIPT_SUFFIXES or part is None or part.anything:
            continue
        builds_the_bundle = is_below(file, "plugin/web/tools")
        text = (tree.repository / file).read_text(encoding="utf-8", errors="replace")
        for match in IMPORT_LINE.findall(text):
            module = match[0] or match[1]
            if module.startswith("."):
                target = tree.relative((tree.repository / file).parent / module)
                if target is None or not is_below(target, part.folder):
                    complaints.append(f"{file}: imports {module}, outside of {part.folder}")
            elif part.folder == "plugin/web" and not builds_the_bundle:
                if not rules.WEB_MODULES.fullmatch(module):
                    complaints.append(f"{file}: plugin/web must not import {module}")
    return complaints


def include_folders_of(build, repository):
    """The -I folders of ours, as the compiler was given them."""
    database = Path(build) / "compile_commands.json"
    if not database.is_file():
        return []
    folders = set()
    for command in json.loads(database.read_text()):
        folders.update(re.findall(r"-I(\S+)", command.get("command", "")))
    return sorted(folder for folder in folders if is_below(folder, str(Path(repository).resolve())))


def main(repository, build):
    tree = Tree(repository, build, include_folders_of(build, repository))
    files = files_of(repository)
    complaints = check_sources(tree, files) + check_scripts(tree, files)
    dependencies = ""
    if (Path(build) / "build.ninja").is_file():
        dependencies = subprocess.run(
            ["ninja", "-C", str(build), "--quiet", "-t", "deps"], check=True, capture_output=True, text=True
        ).stdout
    more, objects = check_dependencies(tree, dependencies)
    complaints += more
    for complaint in complaints:
        print(complaint)
    print(f"includes: {objects} objects, {len(complaints)} forbidden")
    return 1 if complaints else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
