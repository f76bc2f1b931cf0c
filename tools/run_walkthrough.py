#!/usr/bin/env python3
"""Runs the commands that a document shows and compares what they print with what the document says.

    ```console                      ```csv name=policies.csv
    $ shouyue import …              policy_no,…
    12 read, 12 accepted            ```
    ```

The blocks of one file run in the order of reading, in one empty folder, with the program on the PATH. A block with
`name=` is written to that folder when the reading reaches it. What a `$` line exports and where it goes with `cd`
lasts, as in a terminal; a line that starts with `> ` continues the command. Output is compared exactly, errors
included; a line `...` stands for any number of lines. A status other than 0 is shown as a last line `[exit 3]`.

usage: run_walkthrough.py [--accept] [--path FOLDER]... FILE.md...
--accept writes what was printed into the file, where it differs.
"""

import argparse
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

FENCE = re.compile(r"^(```+)\s*([\w+-]*)\s*(.*)$")
NAME = re.compile(r"\bname=(\S+)")
SECONDS_MAX = 120


@dataclass
class Command:
    text: str
    line: int  # of the `$` line, from 1
    shown: list = field(default_factory=list)  # the source lines of the command itself
    expected: list = field(default_factory=list)


@dataclass
class Block:
    language: str
    name: str  # of the file to write, or empty
    line: int  # of the first line inside, from 1
    lines: list

    def commands(self):
        found = []
        for number, line in enumerate(self.lines, self.line):
            if line.startswith("$ "):
                found.append(Command(line[2:], number, [line]))
            elif not found:
                raise ValueError(f"line {number}: output before the first `$ command`")
            elif line.startswith("> ") and not found[-1].expected:
                found[-1].text += "\n" + line[2:]
                found[-1].shown.append(line)
            else:
                found[-1].expected.append(line)
        return found


def blocks_of(lines):
    """The fenced blocks that matter: `console` ones and those with a name."""
    found, fence, block = [], None, None
    for number, line in enumerate(lines, 1):
        match = FENCE.match(line)
        if fence is None and match:
            fence = match.group(1)
            named = NAME.search(match.group(3))
            block = Block(match.group(2), named.group(1) if named else "", number + 1, [])
        elif fence is not None and line.rstrip() == fence:
            if block.language == "console" or block.name:
                found.append(block)
            fence = None
        elif fence is not None:
            block.lines.append(line)
    if fence is not None:
        raise ValueError(f"line {block.line - 1}: the block is never closed")
    return found


def agrees(expected, printed):
    """Whether the printed lines are the expected ones, where `...` stands for any lines."""
    chunks, chunk = [], []
    for line in expected:
        if line == "...":
            chunks.append(chunk)
            chunk = []
        else:
            chunk.append(line)
    if not chunks:
        return expected == printed
    first, middle, last = chunks[0], chunks[1:], chunk
    at, end = len(first), len(printed) - len(last)
    if at > end or printed[:at] != first or printed[end:] != last:
        return False
    for part in middle:
        while at + len(part) <= end and printed[at:at + len(part)] != part:
            at += 1
        if at + len(part) > end:
            return False
        at += len(part)
    return True


def run(text, folder, environment, session):
    """What the command prints, as lines, a status other than 0 last. `session` carries exports and the folder along."""
    saved = shlex.quote(str(session))
    save = f"{{ export -p; printf 'cd %q\\n' \"$PWD\"; }} >{saved}"
    script = f"source {saved}\ntrap {shlex.quote(save)} EXIT\n{text}\n"
    done = subprocess.run(["bash", "-c", script], cwd=folder, env=environment, stdin=subprocess.DEVNULL, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS_MAX)
    printed = done.stdout.decode("utf-8", errors="replace").splitlines()
    return printed + ([f"[exit {done.returncode}]"] if done.returncode else [])


def write_file(folder, block):
    target = (folder / block.name).resolve()
    if folder.resolve() not in target.parents:
        raise ValueError(f"line {block.line - 1}: {block.name} lies outside the folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(line + "\n" for line in block.lines), encoding="utf-8")


def differences(path, command, printed):
    yield f"{path}:{command.line}: $ {command.text}"
    yield from difflib.unified_diff(command.expected, printed, "the document says", "the program prints", lineterm="")


def check(path, program_folders, accept):
    """Runs one file. Gives the number of commands and of differences; with `accept` the file is rewritten."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rewritten, commands, wrong = [], 0, 0
    copied_to = 0  # lines of the file that `rewritten` already stands for
    with tempfile.TemporaryDirectory(prefix="walkthrough-") as name:
        folder, session = Path(name) / "work", Path(name) / "session"
        folder.mkdir()
        session.touch()
        searched = ":".join([*program_folders, os.environ["PATH"]])
        environment = {"PATH": searched, "HOME": str(folder), "LC_ALL": "C.UTF-8",
                       "TZ": "UTC"}
        for block in blocks_of(lines):
            if block.name:
                write_file(folder, block)
            if block.language != "console":
                continue
            rewritten += lines[copied_to:block.line - 1]
            copied_to = block.line - 1 + len(block.lines)
            for command in block.commands():
                printed = run(command.text, folder, environment, session)
                commands += 1
                same = agrees(command.expected, printed)
                if not same:
                    wrong += 1
                    print("\n".join(differences(path, command, printed)))
                rewritten += command.shown + (command.expected if same or not accept else printed)
    if accept and wrong:
        path.write_text("\n".join(rewritten + lines[copied_to:]) + "\n", encoding="utf-8")
        print(f"{path}: {wrong} outputs accepted")
        wrong = 0
    if commands == 0:
        print(f"{path}: no command was run")
        wrong += 1
    return commands, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accept", action="store_true", help="write what was printed into the file")
    parser.add_argument("--path", action="append", default=[], help="a folder to search for programs first")
    parser.add_argument("files", nargs="+", type=Path)
    arguments = parser.parse_args()
    program_folders = [str(Path(folder).resolve()) for folder in arguments.path]
    failed = False
    for path in arguments.files:
        try:
            commands, wrong = check(path, program_folders, arguments.accept)
        except (ValueError, subprocess.TimeoutExpired) as error:
            print(f"{path}: {error}")
            commands, wrong = 0, 1
        failed |= wrong > 0
        print(f"{path}: {commands} commands, {wrong} wrong", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
