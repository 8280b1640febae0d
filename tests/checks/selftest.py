#!/usr/bin/env python3
"""The checks go red when they should: each one on a small tree made for it."""

import json
import tempfile
import unittest
from pathlib import Path

import c_headers
import contents
import documents
import exports
import includes
import vocabulary
import words


class SmallTree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        self.build = self.root / "build" / "dev"
        self.build.mkdir(parents=True)

    def write(self, files):
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())


class IncludeLines(SmallTree):
    def complaints(self, files):
        self.write(files)
        tree = includes.Tree(self.root, self.build)
        return includes.check_sources(tree, sorted(files))

    def test_what_the_table_allows_is_fine(self):
        self.assertEqual(
            self.complaints(
                {
                    "plugin/domain/status.h": "#include <string>\n#include <cstdint>\n",
                    "plugin/domain/status.cpp": '#include "status.h"\n',
                    "plugin/app/close.cpp": '#include "plugin/domain/status.h"\n',
                    "plugin/abi/thunk.cpp": "#include <parley/entry.h>\n",
                    "host-sdk/include/parley/entry.h": "#include <stdint.h>\n",
                    "adapters/connection/session.h": "#include <soci/soci.h>\n#include <poll.h>\n",
                    "adapters/soci/reader.cpp": '#include "adapters/connection/session.h"\n',
                    "tests/unit/app.cpp": '#include "sample-host/router.h"\n#include <boost/asio/io_context.hpp>\n',
                }
            ),
            [],
        )

    def test_a_part_that_is_not_allowed(self):
        for including, header in {
            "plugin/domain/status.cpp": "plugin/store/store.h",
            "plugin/app/close.cpp": "plugin/jsonapi/writer.h",
            "plugin/module/module.cpp": "host-sdk/include/parley/entry.h",
            "adapters/connection/session.cpp": "plugin/store/store.h",
            "migrations/runner.cpp": "adapters/soci/reader.h",
            "sample-host/main.cpp": "plugin/domain/status.h",
            "host-sdk/router.cpp": "sample-host/main.h",
        }.items():
            with self.subTest(including=including):
                found = self.complaints({including: f'#include "{header}"\n', header: ""})
                self.assertEqual(len(found), 1, found)
                self.assertIn("must not include", found[0])

    def test_a_way_around_by_a_relative_path(self):
        found = self.complaints({"sample-host/main.cpp": '#include "../plugin/domain/x.h"\n', "plugin/domain/x.h": ""})
        self.assertEqual(len(found), 1, found)

    def test_a_header_that_is_yet_to_be_generated(self):
        self.assertEqual(len(self.complaints({"plugin/app/a.cpp": '#include "plugin/web/bundle.h"\n'})), 1)

    def test_a_library_that_is_not_allowed(self):
        for including, header in {
            "plugin/domain/status.cpp": "nlohmann/json.hpp",
            "plugin/app/close.cpp": "soci/soci.h",
            "plugin/abi/thunk.cpp": "nlohmann/json.hpp",
            "plugin/jsonapi/writer.cpp": "unicode/brkiter.h",
            "host-sdk/include/parley/entry.h": "nlohmann/json.hpp",
            "migrations/runner.cpp": "boost/asio/io_context.hpp",
        }.items():
            with self.subTest(including=including):
                found = self.complaints({including: f"  #  include <{header}>\n"})
                self.assertEqual(len(found), 1, found)
                self.assertIn("must not use", found[0])

    def test_the_domain_and_the_contract_have_the_standard_library_only(self):
        for including in ("plugin/domain/clock.cpp", "host-sdk/include/parley/entry.h"):
            self.assertEqual(len(self.complaints({including: "#include <unistd.h>\n"})), 1)

    def test_an_unknown_header_and_an_unknown_folder(self):
        self.assertEqual(len(self.complaints({"plugin/app/a.cpp": "#include <curl/curl.h>\n"})), 1)
        self.assertEqual(len(self.complaints({"plugin/misc/a.cpp": "#include <string>\n"})), 1)


class CompilerDependencies(SmallTree):
    def complaints(self, source, *others, state="VALID"):
        text = f"x/CMakeFiles/x.dir/a.cpp.o: #deps {1 + len(others)}, deps mtime 1 ({state})\n"
        text += "".join(f"    {file}\n" for file in (self.root / source, *others)) + "\n"
        return includes.check_dependencies(includes.Tree(self.root, self.build), text)

    def test_what_a_part_may_reach_is_fine(self):
        found = self.complaints(
            "plugin/abi/thunk.cpp",
            self.root / "plugin/app/close.h",
            self.root / "plugin/domain/status.h",
            "../../host-sdk/include/parley/entry.h",
            "/usr/include/c++/12/string",
        )
        self.assertEqual(found, ([], 1))

    def test_heavy_headers_do_not_arrive_through_others(self):
        for header in ("/usr/include/soci/soci.h", "/usr/include/boost/beast/http.hpp", "/opt/x/include/nlohmann/json.hpp"):
            found, _ = self.complaints("plugin/app/close.cpp", header)
            self.assertEqual(len(found), 1, found)

    def test_a_heavy_header_where_it_belongs_is_fine(self):
        self.assertEqual(self.complaints("adapters/soci/reader.cpp", "/usr/include/soci/soci.h"), ([], 1))

    def test_a_part_out_of_reach(self):
        found, _ = self.complaints("sample-host/main.cpp", self.root / "plugin/domain/status.h")
        self.assertEqual(len(found), 1, found)
        found, _ = self.complaints("plugin/domain/status.cpp", "plugin/web/bundle.h")
        self.assertEqual(len(found), 1, found)

    def test_outdated_entries_do_not_count(self):
        found = self.complaints("plugin/app/close.cpp", "/usr/include/soci/soci.h", state="STALE")
        self.assertEqual(found, ([], 0))


class Imports(SmallTree):
    def complaints(self, files):
        self.write(files)
        return includes.check_scripts(includes.Tree(self.root, self.build), sorted(files))

    def test_lit_and_itself_are_fine(self):
        self.assertEqual(
            self.complaints({"plugin/web/a.js": "import {html} from 'lit';\nimport './b.js';\n", "plugin/web/b.js": ""}),
            [],
        )

    def test_anything_else_is_not(self):
        self.assertEqual(len(self.complaints({"plugin/web/a.js": "import $ from 'jquery';\n"})), 1)
        self.assertEqual(len(self.complaints({"sample-host/a.js": "import '../plugin/web/a.js';\n"})), 1)


class Vocabulary(SmallTree):
    def test_the_word_is_found_in_texts_and_names(self):
        self.write(
            {
                "sample-host/data/demo.json": "Conversations",
                "sample-host/fine.cpp": "talk",
                "plugin/domain/conversation.h": "",
            }
        )
        self.assertEqual(vocabulary.check(self.root), [])
        self.write({"sample-host/menu.cpp": "\n// ConverSations\n", "sample-host/conversation.css": ""})
        self.assertEqual(len(vocabulary.check(self.root)), 2)


class Words(SmallTree):
    def complaints(self, german, scripts, files):
        dictionary = json.dumps({"scripts": scripts, "words": german})
        self.write({f"sample-host/{name}": text for name, text in files.items()})
        self.write({"sample-host/data/words.de.json": dictionary})
        return words.check(self.root)

    def test_what_is_translated_is_fine(self):
        german = {"Delete {name}?": "{name} löschen?", "Nobody has any": "Niemand", "Save": "Speichern", "in {caption}": "{caption}"}
        files = {
            "templates/grid.mustache": '<p title="[[in {{caption}}]]">{{text}} <code>Bearer</code>{{#save}}[[Save]]{{/save}}</p>',
            "assets/grid.js": "word('Save'); // word('Not said')",
            "src/web/page.cpp": 'page.words("Delete {name}?", {{"name", member(user, "name")}}); word("Nobody "\n"has any");',
        }
        self.assertEqual(self.complaints(german, ["Save"], files), [])

    def test_what_is_said_and_missing(self):
        files = {
            "templates/grid.mustache": "<p>[[Save]]</p>",
            "src/web/page.cpp": 'words(locale, creating ? "Create" : "Edit")',
            "src/web/page.h": 'word("Change")',
        }
        self.assertEqual(len(self.complaints({}, [], files)), 4)

    def test_what_a_script_says_is_among_its_words(self):
        self.assertEqual(len(self.complaints({"Save": "Speichern"}, [], {"assets/grid.js": "word('Save')"})), 1)

    def test_what_nobody_says(self):
        self.assertEqual(len(self.complaints({"Save": "Speichern"}, ["Save"], {})), 2)

    def test_what_is_not_marked(self):
        for shown in ("<p>Save</p>", '<p aria-label="Save it"></p>', "<td class='x'>{{#a}}\nfrom then on{{/a}}</td>"):
            with self.subTest(shown):
                self.assertEqual(len(self.complaints({}, [], {"templates/grid.mustache": shown})), 1)

    def test_places_that_differ_and_words_without_order(self):
        found = self.complaints({"b {x}": "b", "a": "A"}, [], {"templates/grid.mustache": "[[b {{x}}]][[a]]"})
        self.assertEqual(len(found), 2)


class CHeaders(SmallTree):
    GUARD = "#ifndef A\n#define A\n#include <stdint.h>\n%s\n#endif\n"

    def complaints(self, text):
        self.write({"include/parley/a.h": self.GUARD % text})
        return c_headers.check(self.root / "include")[1]

    def test_a_good_header(self):
        self.assertEqual(self.complaints("typedef struct a { uint32_t size; uint32_t r; uint64_t x; } a;"), [])

    def test_padding_is_found_by_every_compiler(self):
        found = self.complaints("typedef struct a { uint32_t size; uint64_t x; } a;")
        self.assertEqual(len(found), len(c_headers.compilers()))

    def test_a_header_that_leans_on_another(self):
        self.assertEqual(len(self.complaints("size_t f(some_type x);")), len(c_headers.compilers()))

    def test_a_header_that_is_not_c(self):
        found = self.complaints("class a;")
        self.assertTrue(found)
        self.assertLess(len(found), len(c_headers.compilers()))


class Contents(SmallTree):
    def test_addresses_and_large_binaries(self):
        self.write({"package-lock.json": "{}", "docs/a.png": b"\0" * 1000, "docs/long.md": "x" * 500_000})
        self.assertEqual(contents.check(self.root), [])
        self.write({"package-lock.json": '{"resolved": "x"}', "docs/a.png": b"\0" * 500_000})
        self.assertEqual(len(contents.check(self.root)), 2)


class Documents(SmallTree):
    def test_links_and_quotations(self):
        self.write({"a.c": "int a;\n", "a.md": "[a](a.c)\n\n<!-- quoted: a.c -->\n```c\nint a;\n```\n"})
        self.assertEqual(documents.check(self.root), [])
        self.write({"a.md": "[b](b.c)\n\n<!-- quoted: a.c -->\n```c\nint b;\n```\n"})
        self.assertEqual(len(documents.check(self.root)), 2)


class Exports(unittest.TestCase):
    def test_names_are_read(self):
        self.assertEqual(exports.exported_symbols("parley_entry D 10 8\n"), exports.EXPECTED)
        self.assertNotEqual(exports.exported_symbols("parley_entry D 10 8\n_ZN1aC1Ev T 1 2\n"), exports.EXPECTED)


if __name__ == "__main__":
    unittest.main()
