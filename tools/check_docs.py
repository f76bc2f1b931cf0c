#!/usr/bin/env python3
"""What the documents promise exists: links, files, make targets, commands of the program, clauses of the shipped rule
books; no path of some machine.

usage: check_docs.py ROOT [PROGRAM]     PROGRAM: the built binary; it says which commands and clauses there are
"""

import json
import os
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
# `pacific-2010/followup.leg.first_call.start`, or a table that holds clauses: `pacific-2010/commission`
CLAUSE = re.compile(r"([a-z0-9-]+)/([a-z_]+(?:\.[\w-]+)*)")
HIDDEN_COMMANDS = {"formats"}  # for those who work on the product; help does not list it
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


def code_problems(root, path, lines, targets, program):
    problems = []
    for number, code, is_command_line in code_of(lines):
        for target in re.findall(r"(?:^|&& |; )make ([a-z][\w-]*)", code):
            if target not in targets:
                problems.append(f"{path}:{number}: the Makefile has no target {target}")
        if program.commands and (is_command_line or code.startswith("shouyue ")):
            for call in re.findall(r"(?:^|[|;&] ?|/)shouyue ([^|;&]*)", code):
                words = re.sub(r"--(db|now|insurer|key-file)[ =]\S+|--json", "", call).split()
                if words and re.fullmatch(r"[a-z-]+", words[0]) and words[0] not in program.commands:
                    problems.append(f"{path}:{number}: the program has no command {words[0]}")
        elif not is_command_line and code.startswith(OWN_FOLDERS) and re.fullmatch(r"[\w./-]+", code):
            if not (root / code).exists():
                problems.append(f"{path}:{number}: there is no {code}")
        elif not is_command_line and (match := CLAUSE.fullmatch(code)):
            problems += [f"{path}:{number}: {problem}" for problem in program.clause_problems(*match.groups())]
    return problems


class Program:
    """What the built program says of itself: its commands, and the clauses of each shipped rule book."""

    def __init__(self, commands=(), clauses=None):
        self.commands = set(commands)
        self.clauses = clauses or {}

    def clause_problems(self, book, path):
        if book in self.clauses:
            is_known = any(f"{clause}.".startswith(f"{book}/{path}.") for clause in self.clauses[book])
            return [] if is_known else [f"the rule book {book} has no clause {path}"]
        sections = {re.split("[/.]", clause)[1] for clauses in self.clauses.values() for clause in clauses}
        return [f"there is no rule book {book}"] if path.split(".")[0] in sections else []

    @staticmethod
    def ask(binary, root):
        def run(*arguments):
            environment = os.environ | {"SHOUYUE_HOME": str(root.resolve())}
            done = subprocess.run([binary, *arguments], capture_output=True, text=True, check=True, env=environment)
            return done.stdout

        books = [book["id"] for book in json.loads(run("--json", "regime", "list"))]
        listed = set(re.findall(r"^ +([a-z][a-z-]*)\b", run("help"), re.MULTILINE))
        return Program(listed and listed | HIDDEN_COMMANDS,
                       {book: [clause["id"] for clause in json.loads(run("--json", "regime", "show", book))["clauses"]]
                        for book in books})


def all_problems(root, program):
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
        problems += link_problems(root, path, lines) + code_problems(root, path, lines, targets, program)
    for readme in (root / "README.md", root / "README.zh-CN.md"):
        text = readme.read_text(encoding="utf-8") if readme.exists() else ""
        problems += [f"{readme.name}: does not name `{command}`" for command in ("make demo", "make test")
                     if command not in text]
    return problems, len(paths)


def main():
    root = Path(sys.argv[1])
    program = Program.ask(sys.argv[2], root) if len(sys.argv) > 2 else Program()
    if len(sys.argv) > 2 and not (program.commands and program.clauses):
        print(f"check_docs: {sys.argv[2]} names no commands or no rule books")
        return 1
    return finish("check_docs", *all_problems(root, program))


if __name__ == "__main__":
    sys.exit(main())
