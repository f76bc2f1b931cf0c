"""The documents that are made from the program's own tables are those of this version."""

import unittest

from shouyue_program import SOURCE, Folder


class FormatsTest(unittest.TestCase):
    def test_the_file_formats_are_documented_as_they_are(self):
        folder = Folder()
        self.addCleanup(folder.close)
        document = (SOURCE / "docs" / "formats.md").read_text(encoding="utf-8")
        self.assertEqual(document, folder.must("formats").stdout, "run: shouyue formats > docs/formats.md")


if __name__ == "__main__":
    unittest.main()
