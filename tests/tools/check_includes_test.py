import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import check_includes

MODULES = check_includes.declared("base: \ncalendar: base\nregime: base;calendar\nfollowup: base;regime\n")


class CheckIncludes(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        for name in ("base/date", "calendar/days", "regime/regime", "followup/case"):
            self.write(f"src/{name}.hpp", "#pragma once\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return Path(name)

    def problems(self, name, text):
        return check_includes.problems_of(self.root, self.write(name, text), MODULES)

    def test_declared_dependencies_and_the_module_itself_pass(self):
        text = '#include "followup/case.hpp"\n#include <vector>\n#include "regime/regime.hpp"\n'
        self.assertEqual(self.problems("src/followup/case.cpp", text), [])

    def test_a_dependency_of_a_dependency_is_refused(self):
        found = self.problems("src/followup/case.cpp", '#include "calendar/days.hpp"\n')
        self.assertEqual(found, ["src/followup/case.cpp:1: followup includes calendar/days.hpp "
                                 "without declaring that it depends on calendar"])

    def test_a_higher_module_is_refused(self):
        self.assertEqual(len(self.problems("src/base/date.cpp", '#include "regime/regime.hpp"\n')), 1)

    def test_a_test_may_include_what_its_module_reaches(self):
        self.assertEqual(self.problems("tests/followup/case_test.cpp", '#include "calendar/days.hpp"\n'), [])
        self.assertEqual(len(self.problems("tests/calendar/days_test.cpp", '#include "regime/regime.hpp"\n')), 1)

    def test_a_declared_dependency_that_nothing_uses_is_named(self):
        self.write("src/regime/load.cpp", '#include "base/date.hpp"\n')
        for name in ("base", "calendar", "regime"):
            self.write(f"src/{name}/all.cpp", '#include "base/date.hpp"\n')
        self.write("src/followup/case.cpp", '#include "base/date.hpp"\n#include "regime/regime.hpp"\n')
        self.assertEqual(check_includes.unused(self.root, MODULES),
                         ["CMakeLists.txt: regime declares calendar and uses nothing of it"])

    def test_tests_share_headers_beside_them(self):
        self.write("tests/base/examples.hpp", "#pragma once\n")
        self.assertEqual(self.problems("tests/base/date_test.cpp", '#include "examples.hpp"\n'), [])
        self.assertEqual(len(self.problems("src/base/date.cpp", '#include "examples.hpp"\n')), 1)

    def test_climbing_and_missing_headers_are_refused(self):
        self.assertEqual(len(self.problems("src/followup/case.cpp", '#include "../base/date.hpp"\n')), 1)
        self.assertEqual(len(self.problems("src/followup/case.cpp", '#include "date.hpp"\n')), 1)

    def test_the_own_header_comes_first(self):
        own = '#include "base/date.hpp"\n'
        befores = {"": 0, "// Days.\n": 0, "#include <string>\n": 1, '#include "base/day.hpp"\n': 1}
        for before, count in befores.items():
            path = self.write("src/base/date.cpp", before + own)
            self.assertEqual(len(check_includes.order_of(self.root, path)), count, before)
        self.assertEqual(len(check_includes.order_of(self.root, self.write("src/base/date.cpp", "\n"))), 1)
        for free in ("src/base/no_header.cpp", "tests/base/date.cpp"):
            path = self.write(free, "#include <string>\n")
            self.assertEqual(check_includes.order_of(self.root, path), [])

    def test_a_header_that_may_not_be_included_twice_is_refused(self):
        self.assertEqual(check_includes.order_of(self.root, Path("src/base/date.hpp")), [])
        for text in ("struct Date {};\n", "// #pragma once\n"):
            path = self.write("src/base/date.hpp", text)
            self.assertEqual(check_includes.order_of(self.root, path),
                             ["src/base/date.hpp: no #pragma once; it could not be included twice"])

    def test_reading_nothing_is_a_failure(self):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(check_includes.finish("check", [], 0), 1)
            self.assertEqual(check_includes.finish("check", ["a:1: wrong"], 1), 1)
            self.assertEqual(check_includes.finish("check", [], 1), 0)

    def test_a_folder_that_is_no_module_is_refused(self):
        self.assertEqual(len(self.problems("src/stray/a.cpp", "\n")), 1)


if __name__ == "__main__":
    unittest.main()
