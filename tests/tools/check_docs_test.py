import tempfile
import unittest
from pathlib import Path

import check_docs

CLEAN = {name: "" for name in check_docs.REQUIRED} | {
    "README.md": "# Title\n`make demo` `make test` [more](docs/glossary.md#words) [here](#title)\n"
                 "```console\n$ shouyue --db sqlite:a.db import policies a.csv | shouyue run\n```\n",
    "README.zh-CN.md": "`make demo` `make test`\n",
    "docs/glossary.md": "# Words\n`docs/glossary.md` `src/<module>/` `shouyue run`\n"
                        "`a-2010/followup.deadline` `a-2010/followup` `text/plain`\n",
    "Makefile": "demo: build\ntest:\nbuild:\n"}


class CheckDocs(unittest.TestCase):
    def problems(self, changed):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (CLEAN | changed).items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            program = check_docs.Program({"import", "run"}, {"a-2010": ["a-2010/followup.deadline"]})
            return check_docs.all_problems(Path(folder), program)[0]

    def refused(self, fragment, text):
        found = self.problems({"CHANGELOG.md": text})
        self.assertEqual(len(found), 1, found)
        self.assertIn(fragment, found[0])

    def test_the_clean_tree_passes(self):
        self.assertEqual(self.problems({}), [])

    def test_links(self):
        self.refused("leads nowhere", "[gone](docs/gone.md)\n")
        self.refused("no heading", "[word](docs/glossary.md#gone)\n")
        self.assertEqual(self.problems({"CHANGELOG.md": "```\n[no](link)\n```\n[web](https://example.org)\n"}), [])

    def test_commands(self):
        self.refused("no target install", "`make install`\n")
        self.refused("no command sing", "```console\n$ shouyue --db sqlite:a.db sing\n```\n")
        self.refused("no target install", "```sh\nmake install\n```\n")

        self.refused("no command sing", "`shouyue sing`\n")

    def test_clauses(self):
        self.refused("the rule book a-2010 has no clause followup.start", "`a-2010/followup.start`\n")
        self.refused("has no clause followup.dead", "`a-2010/followup.dead`\n")
        self.refused("has no clause kpi", "`a-2010/kpi`\n")
        self.refused("there is no rule book b", "`b/followup.deadline`\n")

    def test_files_and_machines(self):
        self.refused("there is no src/gone.cpp", "`src/gone.cpp`\n")
        self.refused("somebody's machine", "see /ho" + "me/somebody/notes\n")

    def test_what_must_be_there(self):
        self.assertEqual(self.problems({"README.md": "`make demo`\n"}), ["README.md: does not name `make test`"])


if __name__ == "__main__":
    unittest.main()
