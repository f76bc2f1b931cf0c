#!/usr/bin/env python3
"""House rules that no compiler knows: sizes, names, what must not stand below `app`, dead text, test hygiene.

The layers come from CMakeLists.txt, the refused synonyms from the last column of docs/glossary.md.

usage: check_style.py ROOT
"""

import re
import sys
from pathlib import Path

from findings import files, finish

LINES_MAX = 500
COLUMNS_MAX = 120
FUNCTION_LINES_MAX = 60
VAGUE_NAMES = {"util", "utils", "utility", "manager", "helper", "helpers", "misc", "common", "core", "processor"}
DEBT = re.compile(r"\b(TO_?DO|FIX_?ME|XX_?X|HA_?CK)\b")
FLOATING_POINT = re.compile(r"\b(double|float)\b(?!\s*:)")  # `float:` stands in style sheets
OUTSIDE_WORLD_HEADERS = {
    "ctime", "time.h", "random", "filesystem", "fstream", "iostream", "locale", "clocale",
    "unistd.h", "sys/time.h", "sys/stat.h", "fcntl.h",
}
OUTSIDE_WORLD_CALLS = re.compile(
    r"\b(system_clock|steady_clock|getenv|gettimeofday|localtime|setlocale|srand|rand|fopen|printf|fprintf|puts)\b")
SYSTEM_INCLUDE = re.compile(r"^\s*#\s*include\s*<([^>]+)>")
DEAD_CODE = re.compile(
    r"^\s*//\s*("
    r"#\s*(include|define|if)\b"
    r"|(return|if|for|while|switch|else|auto|const|int|bool|using|namespace|std::)\b.*[;{]$"
    r"|[\w.\[\]>-]+\([^()]*\);$"
    r"|[\w.\[\]]+ [-+*/]?= [^;]*;$"
    r"|\}+;?$)")
SKIPPED_TEST = re.compile(r"doctest::skip|@unittest\.skip|\bSKIP\(")
OPENS_FUNCTION = re.compile(r"(?!namespace\b|struct\b|class\b|enum\b|union\b|extern\b|using\b)[A-Za-z_~]")
CASE = re.compile(r"\b(TEST_CASE|TEST_CASE_TEMPLATE|SCENARIO)\s*\(")


def lower_modules(cmake_lists, below="app"):
    """The modules that stand below a layer, in the order of shouyue_layers()."""
    match = re.search(r"shouyue_layers\(([^)]*)\)", cmake_lists)
    words = match.group(1).replace("|", " ").split() if match else []
    return set(words[: words.index(below)]) if below in words else set()


def refused_synonyms(glossary):
    """synonym -> the word to use, from table rows `中文 | identifier | meaning | source | not`."""
    refused = {}
    for line in glossary.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 5 and not set(cells[0]) <= set("-: "):
            use = re.findall(r"`([^`]+)`", cells[1])
            for word in re.findall(r"`([^`]+)`", cells[4]):
                refused[word] = use[0] if use else cells[0]
    return refused


def without_text(line):
    """The line without string literals and comments."""
    line = re.sub(r'"(\\.|[^"\\])*"', '""', line)
    return line.split("//")[0]


def size_problems(path, lines):
    problems = []
    if len(lines) > LINES_MAX:
        problems.append(f"{path}: {len(lines)} lines; split it, {LINES_MAX} is the limit")
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS_MAX:
            problems.append(f"{path}:{number}: {len(line)} columns; {COLUMNS_MAX} is the limit")
    return problems


def long_functions(path, lines):
    """Functions stand at the left margin and end with a lone brace there; namespaces are not indented."""
    problems, start = [], None
    for number, line in enumerate(lines, 1):
        if start is None and OPENS_FUNCTION.match(line):
            start = number
        if start is not None and line == "}":
            if number - start + 1 > FUNCTION_LINES_MAX:
                problems.append(f"{path}:{start}: {number - start + 1} lines in one function; "
                                f"{FUNCTION_LINES_MAX} is the limit")
            start = None
        elif line[:1] not in ("", " ") and line.endswith(";"):
            start = None
    return problems


def name_problems(path):
    words = set(re.split(r"[_\-.]", path.name.lower())) | {part.lower() for part in path.parts[:-1]}
    return [f"{path}: '{word}' says nothing about what is inside" for word in sorted(words & VAGUE_NAMES)]


def layer_problems(path, lines):
    """For a file below `app`: time, randomness, files and floating point come in as arguments or not at all."""
    problems = []
    for number, line in enumerate(lines, 1):
        include = SYSTEM_INCLUDE.match(line)
        if include and include.group(1) in OUTSIDE_WORLD_HEADERS:
            problems.append(f"{path}:{number}: <{include.group(1)}> below app; time and text come in as arguments")
        if FLOATING_POINT.search(line):
            problems.append(f"{path}:{number}: floating point below app; use Money, Decimal or integers")
        call = OUTSIDE_WORLD_CALLS.search(without_text(line))
        if call:
            problems.append(f"{path}:{number}: {call.group(1)} below app; time and text come in as arguments")
    return problems


def wording_problems(path, lines, synonyms):
    problems = []
    for number, line in enumerate(lines, 1):
        debt = DEBT.search(line)
        if debt:
            problems.append(f"{path}:{number}: {debt.group(1)}; do it now or open an issue")
        if DEAD_CODE.match(line):
            problems.append(f"{path}:{number}: looks like code in a comment; git remembers it")
        if re.match(r"\s*#\s*if\s+0\b", line):
            problems.append(f"{path}:{number}: code switched off by #if 0")
        for identifier in re.findall(r"[A-Za-z_]\w*", without_text(line)):
            snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier).lower()
            for synonym, use in synonyms.items():
                if f"_{synonym}_" in f"_{snake}_":
                    problems.append(f"{path}:{number}: '{identifier}': the glossary says {use}, not {synonym}")
    return problems


def test_problems(path, lines, modules):
    text = "\n".join(lines)
    problems = []
    if SKIPPED_TEST.search(text):
        problems.append(f"{path}: a skipped test")
    cases = bool(CASE.search(text))
    if path.suffix == ".cpp":
        is_run = len(path.parts) == 3 and path.parts[1] in modules and path.name.endswith("_test.cpp")
        if cases and not is_run:
            problems.append(f"{path}: its cases are never run; tests stand in tests/<module>/<file>_test.cpp")
        if is_run and not cases:
            problems.append(f"{path}: a test file without a case")
    return problems


def all_problems(root):
    cmake_lists = (root / "CMakeLists.txt").read_text(encoding="utf-8")
    glossary = root / "docs" / "glossary.md"
    synonyms = refused_synonyms(glossary.read_text(encoding="utf-8")) if glossary.exists() else {}
    core, modules = lower_modules(cmake_lists), lower_modules(cmake_lists + " ", "main") | {"main"}
    paths = [path for path in files(root, ".cpp", ".hpp", ".py", ".cmake")
             if path.parts[0] in ("src", "tests", "tools", "bench", "cmake")]
    problems = []
    for path in paths:
        lines = (root / path).read_text(encoding="utf-8").splitlines()
        problems += name_problems(path) + size_problems(path, lines)
        if path.suffix in (".cpp", ".hpp"):
            problems += wording_problems(path, lines, synonyms if path.parts[0] == "src" else {})
        if path.suffix == ".cpp" and path.parts[0] == "src":
            problems += long_functions(path, lines)
        if path.parts[0] == "src" and len(path.parts) > 2 and path.parts[1] in core:
            problems += layer_problems(path, lines)
        if path.parts[0] == "tests":
            problems += test_problems(path, lines, modules)
    return problems, len(paths) if core else 0


if __name__ == "__main__":
    sys.exit(finish("check_style", *all_problems(Path(sys.argv[1]))))
