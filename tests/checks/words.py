#!/usr/bin/env python3
"""The sample host's own words: each is in the dictionary of every language, the dictionaries have no others, and templates show none
that is not marked.

Marks are [[...]] in templates, words(..., "...") and word("...") in C++, word('...') in scripts.

usage: words.py <repository>
"""

import json
import re
import sys
from pathlib import Path

FOLDER = "sample-host"
PLACE = re.compile(r"\{(\w+)\}")
MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
CALL = re.compile(r"\bwords?\(")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"' r"|'((?:[^'\\]|\\.)*)'")
# What people read or hear: text, and these attributes.
SPOKEN = re.compile(r'\b(?:aria-label|placeholder|title|alt|data-label)="([^"]*)"')
UNSPOKEN = re.compile(r"<code>.*?</code>|<script.*?</script>|<style.*?</style>", re.DOTALL)
TAG = re.compile(r"</?[a-zA-Z!][^<>]*>", re.DOTALL)
MUSTACHE = re.compile(r"\{\{\{?.*?\}?\}\}", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{2,}")


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def marks_of(text):
    """Words of a template, each with its line."""
    for mark in MARK.finditer(text):
        yield mark[1].replace("{{", "{").replace("}}", "}"), line_of(text, mark.start())


def unmarked(text):
    """What a template shows in plain English, with its line."""

    def blank(found):
        return re.sub(r"[^\n]", " ", found[0])

    text = MUSTACHE.sub(blank, MARK.sub(blank, text))
    for attribute in SPOKEN.finditer(text):
        if WORD.search(attribute[1]):
            yield attribute[1].strip(), line_of(text, attribute.start())
    for number, line in enumerate(TAG.sub(blank, UNSPOKEN.sub(blank, text)).splitlines(), start=1):
        if WORD.search(line):
            yield line.strip(), number


def without_comments(text):
    """Comments as blanks; strings stay as they are."""
    kept = re.compile(STRING.pattern + r"|`(?:[^`\\]|\\.)*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
    return kept.sub(lambda found: re.sub(r"[^\n]", " ", found[0]) if found[0].startswith("/") else found[0], text)


def calls_of(text):
    """The literals that word() and words() get themselves, not within braces or further calls; joined where several follow one another."""
    text = without_comments(text)
    for call in CALL.finditer(text):
        at, depth, words, joined = call.end(), 1, [], False
        while at < len(text) and depth > 0:
            string = STRING.match(text, at)
            if string:
                said = string[1] if string[1] is not None else string[2]
                said = said.replace('\\"', '"').replace("\\'", "'")
                if depth == 1 and joined:
                    words[-1] += said
                elif depth == 1:
                    words.append(said)
                joined = depth == 1
                at = string.end()
                continue
            if not text[at].isspace():
                joined = False
            depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(text[at], 0)
            at += 1
        for word in words:
            yield word, line_of(text, call.start())


def used_words(root):
    """{word: where it stands}, of pages and of scripts; and complaints."""
    pages, scripts, complaints = {}, {}, []
    folder = root / FOLDER
    for file in sorted(folder.glob("templates/*.mustache")):
        text = file.read_text()
        for word, line in marks_of(text):
            pages.setdefault(word, f"{file.relative_to(root)}:{line}")
        for shown, line in unmarked(text):
            complaints.append(f"{file.relative_to(root)}:{line}: not marked: '{shown}'")
    for file in sorted([*folder.glob("src/**/*.cpp"), *folder.glob("src/**/*.h")]):
        for word, line in calls_of(file.read_text()):
            pages.setdefault(word, f"{file.relative_to(root)}:{line}")
    for file in sorted(folder.glob("assets/*.js")):
        for word, line in calls_of(file.read_text()):
            scripts.setdefault(word, f"{file.relative_to(root)}:{line}")
    return pages, scripts, complaints


def unique(pairs):
    names = [name for name, _ in pairs]
    for name in set(names):
        if names.count(name) > 1:
            raise ValueError(f"'{name}' is there {names.count(name)} times")
    return dict(pairs)


def check_dictionary(name, text, pages, scripts):
    try:
        dictionary = json.loads(text, object_pairs_hook=unique)
    except ValueError as error:
        return [f"{name}: {error}"]
    words, complaints = dictionary["words"], []
    used = {**scripts, **pages}
    complaints += [f"{name}: missing: '{word}' of {used[word]}" for word in sorted(used.keys() - words.keys())]
    complaints += [f"{name}: nobody says '{word}'" for word in sorted(words.keys() - used.keys())]
    listed = set(dictionary["scripts"])
    complaints += [f"{name}: not among 'scripts': '{word}' of {scripts[word]}" for word in sorted(scripts.keys() - listed)]
    complaints += [f"{name}: among 'scripts', but no script says '{word}'" for word in sorted(listed - scripts.keys())]
    if list(words) != sorted(words):
        complaints.append(f"{name}: the words are not sorted")
    for word, translation in words.items():
        if translation.strip() == "" or "<" in translation:
            complaints.append(f"{name}: '{word}' is empty or has markup")
        if set(PLACE.findall(word)) != set(PLACE.findall(translation)):
            complaints.append(f"{name}: '{word}' has other places than '{translation}'")
    return complaints


def check(repository):
    root = Path(repository)
    pages, scripts, complaints = used_words(root)
    dictionaries = sorted((root / FOLDER / "data").glob("words.*.json"))
    for file in dictionaries:
        complaints += check_dictionary(str(file.relative_to(root)), file.read_text(), pages, scripts)
    if not dictionaries:
        complaints.append(f"{FOLDER}/data: no dictionary")
    return complaints


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = check(sys.argv[1])
    print("\n".join(found) if found else "words: fine")
    sys.exit(1 if found else 0)
