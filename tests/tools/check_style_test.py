import tempfile
import unittest
from pathlib import Path

import check_style

LAYERS = "shouyue_layers(\n  base\n  | followup\n  | app\n  | main)\n"
GLOSSARY = """| 中文 | English | meaning | source | not |
|---|---|---|---|---|
| 投保人 | `holder` | owner | contract | `client` |
"""
DEBT_WORD = "TO" + "DO"


class CheckStyle(unittest.TestCase):
    def problems(self, **changed):
        """The problems of a small tree that is clean but for the changed files."""
        tree = {"CMakeLists.txt": LAYERS, "docs/glossary.md": GLOSSARY,
                "src/base/date.cpp": "// The day after; months end.\nint next(int day) {\n  return day + 1;\n}\n",
                "src/app/clock.cpp": "#include <fstream>\ndouble seconds();\n",
                "tests/base/date_test.cpp": "TEST_CASE(\"next\") {}\n"}
        tree.update({name.replace("__", "/").replace("DOT", "."): text for name, text in changed.items()})
        with tempfile.TemporaryDirectory() as folder:
            for name, text in tree.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            found, read = check_style.all_problems(Path(folder))
        self.assertGreater(read, 0)
        return found

    def refused(self, fragment, **changed):
        found = self.problems(**changed)
        self.assertEqual(len(found), 1, found)
        self.assertIn(fragment, found[0])

    def test_the_clean_tree_passes(self):
        self.assertEqual(self.problems(), [])

    def test_sizes(self):
        self.refused("501 lines", src__base__longDOTcpp="int a;\n" * 501)
        self.refused("121 columns", src__base__wideDOTcpp="int " + "a" * 116 + ";\n")
        self.refused("62 lines in one function", src__base__longDOTcpp="int f() {\n" + "  g();\n" * 60 + "}\n")
        self.assertEqual(self.problems(src__base__longDOTcpp="int f() {\n" + "  g();\n" * 58 + "}\n"), [])

    def test_names_that_say_nothing(self):
        self.refused("'helper'", src__base__date_helperDOTcpp="int a;\n")

    def test_the_outside_world_below_app(self):
        self.refused("<random>", src__base__aDOTcpp="#include <random>\n")
        self.refused("floating point", src__followup__aDOThpp="double rate();\n")
        self.refused("system_clock", src__base__aDOTcpp="auto t = std::chrono::system_clock::now();\n")

    def test_debts_and_dead_code(self):
        self.refused(DEBT_WORD, src__base__aDOTcpp=f"// {DEBT_WORD}: later\n")
        self.refused("code in a comment", src__base__aDOTcpp="  // return day + 1;\n")
        self.refused("code in a comment", src__base__aDOTcpp="  // count(day);\n")
        self.refused("#if 0", src__base__aDOTcpp="#if 0\n#endif\n")

    def test_words_that_the_glossary_refuses(self):
        self.refused("the glossary says holder", src__base__aDOTcpp="int client_age;\n")
        self.refused("the glossary says holder", src__base__aDOTcpp="struct ClientAge;\n")
        self.assertEqual(self.problems(src__base__aDOTcpp='const char* text = "client";  // the client\n'), [])

    def test_tests_that_would_never_run(self):
        self.refused("never run", tests__base__dateDOTcpp='TEST_CASE("a") {}\n')
        self.refused("never run", tests__strange__date_testDOTcpp='TEST_CASE("a") {}\n')
        self.refused("without a case", tests__base__empty_testDOTcpp="int a;\n")
        self.refused("skipped", tests__base__skip_testDOTcpp='TEST_CASE("a" * doctest::' + "skip()) {}\n")


if __name__ == "__main__":
    unittest.main()
