import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import run_walkthrough

PASSING = """# A document
```csv name=data/a.csv
one,two
1,2
```
Text.
```console
$ wc -l < data/a.csv
2
$ cat data/a.csv |
> tail -n 1
1,2
$ seq 1 9
1
...
5
...
9
$ sh -c 'echo no >&2; exit 3'
no
[exit 3]
```
```text
$ never run
```
"""


class RunWalkthrough(unittest.TestCase):
    def check(self, text, accept=False):
        """(commands, wrong, what was printed, the file afterwards)"""
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as printed:
            path = Path(folder) / "a.md"
            path.write_text(text, encoding="utf-8")
            commands, wrong = run_walkthrough.check(path, [], accept)
            return commands, wrong, printed.getvalue(), path.read_text(encoding="utf-8")

    def test_a_document_that_is_right(self):
        self.assertEqual(self.check(PASSING), (4, 0, "", PASSING))

    def test_a_document_that_is_wrong_shows_a_difference(self):
        commands, wrong, printed, _ = self.check(PASSING.replace("\n1,2\n$ seq", "\n1,3\n$ seq"))
        self.assertEqual((commands, wrong), (4, 1))
        self.assertIn("-1,3\n+1,2", printed)

    def test_a_status_that_is_not_shown_is_wrong(self):
        self.assertEqual(self.check("```console\n$ false\n```\n")[1], 1)

    def test_exports_and_folders_last_like_in_a_terminal(self):
        text = '```console\n$ export A="b c" && mkdir d && cd d\n$ echo "$A" && basename "$PWD"\nb c\nd\n```\n'
        self.assertEqual(self.check(text)[:3], (2, 0, ""))

    def test_accept_rewrites_only_what_differs(self):
        _, wrong, _, text = self.check(PASSING.replace("\n2\n$ cat", "\n7\n8\n$ cat"), accept=True)
        self.assertEqual((wrong, text), (0, PASSING))

    def test_a_document_without_commands_is_wrong(self):
        self.assertEqual(self.check("# Nothing\n")[1], 1)

    def test_a_file_outside_the_folder_is_refused(self):
        with self.assertRaises(ValueError):
            self.check("```csv name=../a.csv\n1\n```\n")

    def test_a_block_that_is_never_closed_is_refused(self):
        with self.assertRaises(ValueError):
            self.check("```console\n$ true\n")

    def test_any_lines(self):
        for expected, printed, same in [("...", "", True), ("a|...", "a", True), ("a|...|b", "a|c|d|b", True),
                                        ("a|...|b", "a|c", False), ("...|b|...", "a|b", True), ("a", "a|b", False),
                                        ("a|...|a", "a", False), ("...|a|...|a", "a|b|a", True)]:
            self.assertEqual(run_walkthrough.agrees(expected.split("|"), printed.split("|") if printed else []), same,
                             (expected, printed))


if __name__ == "__main__":
    unittest.main()
