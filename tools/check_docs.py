#!/usr/bin/env python3
"""What the documents promise exists: links, files, make targets, commands of the program; no path of some machine.

usage: check_docs.py ROOT [PROGRAM]     PROGRAM: the built binary; its help says which commands there are
"""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

from findings import files, finish

REQUIRED = ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "NOTICE",
            "docs/glossary.md"]
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")
MACHINE_PATH = re.compile(r"(?<![\w.])/(home|root|tmp|work|Users|mnt|opt/build)/[\w.]|[A-Z]:\\\\")
OWN_FOLDERS = ("src/", "tests/", "tools/", "docs/", "regimes/", "cmake/", "bench/", "data/", ".ci/")
FENCE = re.compile(r"^\s*(```+|~~~+)\s*([\w-]*)")


def code_of(lines):
    """(line number, code, is it a block line) of every `span` and every line of a shell block."""
    fence, language = None, ""
    for number, line in enumerate(lines, 1):
        match = FENCE.match(line)
        if match and (fence is None or match.group(1) == fence):
            fence, language = (match.group(1), match.group(2)) if fence is None else (None, "")
        elif fence is None:
            for span in re.findall(r"`([^`]+)`", line):
                yield number, span, False
        elif language == "console":
            if line.startswith("$ "):
                yield number, line[2:], True
        elif language in ("sh", "bash", "shell"):
            yield number, line, True


def headings_of(text):
    """The anchors that a renderer gives to the headings."""
    anchors = set()
    for title in re.findall(r"^#+\s+(.*?)\s*$", text, re.MULTILINE):
        plain = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", title).lower())
        anchors.add(plain.replace(" ", "-"))
    return anchors


def link_problems(root, path, lines):
    problems, fenced = [], False
    for number, line in enumerate(lines, 1):
        if FENCE.match(line):
            fenced = not fenced
        for target in [] if fenced else LINK.findall(line):
            if re.match(r"[a-z][a-z+.-]*:", target):
                continue
            name, _, anchor = unquote(target).partition("#")
            file = (root / path).parent / name if name else root / path
            if not file.exists():
                problems.append(f"{path}:{number}: the link {target} leads nowhere")
            elif anchor and file.suffix == ".md" and anchor not in headings_of(file.read_text(encoding="utf-8")):
                problems.append(f"{path}:{number}: {name or path.name} has no heading #{anchor}")
    return problems


def code_problems(root, path, lines, targets, commands):
    problems = []
    for number, code, is_command_line in code_of(lines):
        for target in re.findall(r"(?:^|&& |; )make ([a-z][\w-]*)", code):
            if target not in targets:
                problems.append(f"{path}:{number}: the Makefile has no target {target}")
        if commands and is_command_line:
            for call in re.findall(r"(?:^|[|;&] ?|/)shouyue ([^|;&]*)", code):
                words = re.sub(r"--(db|now|insurer)[ =]\S+|--json", "", call).split()
                if words and re.fullmatch(r"[a-z-]+", words[0]) and words[0] not in commands:
                    problems.append(f"{path}:{number}: the program has no command {words[0]}")
        elif not is_command_line and code.startswith(OWN_FOLDERS) and re.fullmatch(r"[\w./-]+", code):
            if not (root / code).exists():
                problems.append(f"{path}:{number}: there is no {code}")
    return problems


def all_problems(root, commands):
    problems = [f"{name}: missing" for name in REQUIRED if not (root / name).is_file()]
    makefile = root / "Makefile"
    rules = makefile.read_text(encoding="utf-8") if makefile.exists() else ""
    targets = set(re.findall(r"^([a-z][\w-]*):", rules, re.MULTILINE))
    paths = files(root, ".md")
    for path in paths:
        lines = (root / path).read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if MACHINE_PATH.search(line):
                problems.append(f"{path}:{number}: a path of somebody's machine")
        problems += link_problems(root, path, lines) + code_problems(root, path, lines, targets, commands)
    for readme in (root / "README.md", root / "README.zh-CN.md"):
        text = readme.read_text(encoding="utf-8") if readme.exists() else ""
        problems += [f"{readme.name}: does not name `{command}`" for command in ("make demo", "make test")
                     if command not in text]
    return problems, len(paths)


def main():
    commands = set()
    if len(sys.argv) > 2:
        shown = subprocess.run([sys.argv[2], "help"], capture_output=True, text=True, check=False)
        commands = set(re.findall(r"^ +([a-z][a-z-]*)\b", shown.stdout, re.MULTILINE))
        if not commands:
            print(f"check_docs: {sys.argv[2]} help printed nothing")
            return 1
    return finish("check_docs", *all_problems(Path(sys.argv[1]), commands))


if __name__ == "__main__":
    sys.exit(main())
