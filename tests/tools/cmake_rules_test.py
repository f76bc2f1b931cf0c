"""The rules that CMake itself holds, each seen refusing: layers, stray folders, headers that do not stand alone."""

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAYERED = """cmake_minimum_required(VERSION 3.25)
project(small LANGUAGES NONE)
enable_testing()
include({root}/cmake/modules.cmake)
shouyue_layers(base | expr calendar | regime)
shouyue_module(base)
shouyue_module(expr DEPENDS {expr})
shouyue_module(calendar DEPENDS base)
shouyue_module(regime DEPENDS base expr calendar)
"""
HEADERS = """cmake_minimum_required(VERSION 3.25)
project(small LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 23)
include({root}/cmake/checks.cmake)
shouyue_header_check(${{CMAKE_SOURCE_DIR}}/src)
"""


class CmakeRules(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="cmake-rules-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def cmake(self, *arguments):
        done = subprocess.run(["cmake", *arguments], cwd=self.folder, capture_output=True, text=True, check=False)
        return done.returncode, " ".join((done.stdout + done.stderr).split())

    def configure(self, text, sources):
        (self.folder / "CMakeLists.txt").write_text(text, encoding="utf-8")
        for name, content in sources.items():
            path = self.folder / "src" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return self.cmake("-G", "Ninja", "-S", ".", "-B", "build")

    def test_lower_layers_are_allowed(self):
        status, printed = self.configure(LAYERED.format(root=ROOT, expr="base"), {"base/.keep": ""})
        self.assertEqual(status, 0, printed)
        self.assertIn("regime: base;expr;calendar", (self.folder / "build/module_dependencies.txt").read_text())

    def test_the_same_layer_is_refused(self):
        status, printed = self.configure(LAYERED.format(root=ROOT, expr="base calendar"), {})
        self.assertNotEqual(status, 0)
        self.assertIn("expr (layer 1) must not use calendar (layer 1)", printed)

    def test_a_higher_layer_is_refused(self):
        status, printed = self.configure(LAYERED.format(root=ROOT, expr="regime"), {})
        self.assertNotEqual(status, 0)
        self.assertIn("expr (layer 1) must not use regime (layer 2)", printed)

    def test_a_stray_folder_is_refused(self):
        status, printed = self.configure(LAYERED.format(root=ROOT, expr="base"), {"stray/a.txt": ""})
        self.assertNotEqual(status, 0)
        self.assertIn("src/stray stands in no layer", printed)

    def test_headers_stand_alone(self):
        good = {"base/a.hpp": "#pragma once\n#include <string>\nstruct Name { std::string text; };\n"}
        self.assertEqual(self.configure(HEADERS.format(root=ROOT), good)[0], 0)
        status, printed = self.cmake("--build", "build")
        self.assertEqual(status, 0, printed)

        self.configure(HEADERS.format(root=ROOT), {"base/b.hpp": "#pragma once\nstruct Names { std::string text; };\n"})
        status, printed = self.cmake("--build", "build")
        self.assertNotEqual(status, 0)
        self.assertIn("std", printed)

        self.configure(HEADERS.format(root=ROOT), {"base/b.hpp": "struct Names { int count; };\n"})
        status, printed = self.cmake("--build", "build")
        self.assertNotEqual(status, 0)
        self.assertIn("redefinition of", printed)


if __name__ == "__main__":
    unittest.main()
