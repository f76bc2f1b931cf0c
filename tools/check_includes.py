#!/usr/bin/env python3
"""Every #include "module/file.hpp" names the module itself or one of its direct declared dependencies.

CMake cannot see this: a header of an indirect dependency compiles and links. A test may also include what its module
reaches indirectly, because it links the module with everything behind it.

A source includes the header of its own name before anything else, so that compiling it shows that the header stands
alone; every header has its #pragma once, so that it may be included twice.

usage: check_includes.py [--stamp FILE] [--unused] ROOT BUILD_FOLDER/module_dependencies.txt
"""

import argparse
import re
import sys
from pathlib import Path

from findings import files, finish

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')
FIRST = re.compile(r'^\s*#\s*include\s*(\S+)', re.MULTILINE)
PRAGMA = re.compile(r"^#pragma once$", re.MULTILINE)


def declared(text):
    """module -> direct dependencies, from lines `module: a;b;c`."""
    modules = {}
    for line in text.splitlines():
        name, _, dependencies = line.partition(":")
        modules[name.strip()] = {word for word in re.split(r"[;\s]+", dependencies) if word}
    return modules


def reachable(modules, name):
    seen, pending = set(), [name]
    while pending:
        for dependency in modules.get(pending.pop(), ()):
            if dependency not in seen:
                seen.add(dependency)
                pending.append(dependency)
    return seen


def problems_of(root, path, modules):
    top, module = path.parts[0], path.parts[1] if len(path.parts) > 2 else ""
    if module not in modules:
        return [f"{path}: {top}/{module or path.name} belongs to no declared module"] if top == "src" else []
    allowed = {module} | (modules[module] if top == "src" else reachable(modules, module))
    problems = []
    for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        named = match.group(1)
        target = named.split("/")[0]
        if top == "tests" and ((root / path).parent / named).is_file():
            continue  # what tests share lies beside them
        if ".." in named.split("/"):
            problems.append(f'{path}:{number}: "{named}" climbs out of its folder; include "module/file.hpp"')
        elif not (root / "src" / named).is_file():
            problems.append(f'{path}:{number}: "{named}" does not exist under src/')
        elif target not in allowed:
            problems.append(f"{path}:{number}: {module} includes {named} without declaring that it depends on {target}")
    return problems


def order_of(root, path):
    """The problems of one file that are not about modules."""
    text = (root / path).read_text(encoding="utf-8")
    if path.suffix == ".hpp":
        return [] if PRAGMA.search(text) else [f"{path}: no #pragma once; it could not be included twice"]
    own = path.relative_to(path.parts[0]).with_suffix(".hpp")
    first = FIRST.search(text)
    if path.parts[0] != "src" or not (root / "src" / own).is_file() or (first and first.group(1) == f'"{own}"'):
        return []
    return [f'{path}: "{own}" must be the first #include, so that it is seen to stand alone']


def unused(root, modules):
    """Declared dependencies of which no source of the module includes anything."""
    problems = []
    for module, dependencies in modules.items():
        texts = [(root / path).read_text(encoding="utf-8") for path in files(root, ".cpp", ".hpp")
                 if path.parts[:2] == ("src", module)]
        used = {match.group(1).split("/")[0] for text in texts for line in text.splitlines()
                if (match := INCLUDE.match(line))}
        problems += [f"CMakeLists.txt: {module} declares {dependency} and uses nothing of it"
                     for dependency in sorted(dependencies - used) if texts]
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stamp", type=Path, help="touched when everything is right")
    parser.add_argument("--unused", action="store_true", help="also refuse declared dependencies that nothing uses")
    parser.add_argument("root", type=Path)
    parser.add_argument("dependencies", type=Path)
    arguments = parser.parse_args()
    modules = declared(arguments.dependencies.read_text(encoding="utf-8"))
    sources = [path for path in files(arguments.root, ".cpp", ".hpp") if path.parts[0] in ("src", "tests")]
    problems = [problem for path in sources
                for problem in problems_of(arguments.root, path, modules) + order_of(arguments.root, path)]
    problems += unused(arguments.root, modules) if arguments.unused else []
    status = finish("check_includes", problems, len(sources) if modules else 0)
    if status == 0 and arguments.stamp:
        arguments.stamp.touch()
    return status


if __name__ == "__main__":
    sys.exit(main())
