"""What the checks share: which files there are, and how a verdict is printed."""

import sys
from pathlib import Path

SKIPPED_FOLDERS = {".git", "build", "node_modules", "__pycache__"}


def files(root, *suffixes):
    """Every file below `root` with one of the suffixes, as paths relative to it, sorted."""
    found = []
    pending = [Path(root)]
    while pending:
        for entry in pending.pop().iterdir():
            if entry.is_dir():
                if entry.name not in SKIPPED_FOLDERS:
                    pending.append(entry)
            elif entry.name.endswith(suffixes):
                found.append(entry.relative_to(root))
    return sorted(found)


def finish(check, problems, read):
    """Prints the problems, one a line, and gives the exit status: a check that read nothing has failed."""
    for problem in problems:
        print(problem)
    if read == 0:
        print(f"{check}: read nothing, so nothing is known to be right")
        return 1
    print(f"{check}: {read} read, {len(problems)} wrong", file=sys.stderr)
    return 1 if problems else 0
