#!/usr/bin/env python3
"""A PostgreSQL server of the tests' own: a new cluster in a temporary folder, on a socket only, gone afterwards.

usage: postgres_cluster.py start FILE     starts it and writes its address to FILE
       postgres_cluster.py stop FILE      stops it and removes it

As root the server runs as the user `postgres`, because it refuses to run as root.
"""

import getpass
import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import tempfile
from urllib.parse import quote

# Nobody relies on these data after a power failure; a killed server loses nothing all the same.
SETTINGS = ("fsync=off", "full_page_writes=off", "listen_addresses=", "max_connections=60", "shared_buffers=64MB")


def program(name):
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    if not path:
        sys.exit(f"{name} is not installed; tools/install-packages installs it")
    return path


class Cluster:
    """A cluster in a folder with the sub-folders `data` and the socket beside it."""

    def __init__(self, folder, settings=SETTINGS):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.settings = settings
        self.user = "postgres" if os.geteuid() == 0 else getpass.getuser()

    @staticmethod
    def create(settings=SETTINGS):
        cluster = Cluster(tempfile.mkdtemp(prefix="shouyue-pg-", dir="/tmp"), settings)
        if os.geteuid() == 0:
            owner = pwd.getpwnam(cluster.user)
            os.chown(cluster.folder, owner.pw_uid, owner.pw_gid)
        cluster.must("initdb", "--pgdata", cluster.data, "--username", "shouyue", "--auth", "trust", "--no-sync",
                     "--encoding", "UTF8", "--locale", "C.UTF-8")
        return cluster

    def must(self, name, *arguments):
        as_user = ["runuser", "-u", self.user, "--"] if os.geteuid() == 0 else []
        # pg_ctl leaves its output open to the server, so that it must not be a pipe.
        with open(self.folder / f"{name}.log", "ab") as log:
            done = subprocess.run([*as_user, program(name), *map(str, arguments)], cwd=self.folder, stdout=log,
                                  stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            sys.exit(f"{name} failed:\n" + (self.folder / f"{name}.log").read_text(encoding="utf-8"))

    def start(self):
        options = " ".join(f"-c {setting}" for setting in self.settings)
        self.must("pg_ctl", "start", "--wait", "--timeout", 120, "--pgdata", self.data, "--log",
                  self.folder / "data" / "server.log", "--options", f"{options} -k {self.folder}")

    def stop(self, mode="fast"):
        self.must("pg_ctl", "stop", "--wait", "--pgdata", self.data, "--mode", mode)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, schema=None):
        """The database `postgres`; with a schema, only that is seen."""
        options = f"&options={quote(f'-csearch_path={schema}')}" if schema else ""
        return f"postgresql:///postgres?host={quote(str(self.folder), safe='')}&user=shouyue{options}"


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("start", "stop"):
        sys.exit(__doc__)
    file = pathlib.Path(sys.argv[2])
    if file.exists():  # also one that an interrupted run left
        cluster = Cluster(file.read_text(encoding="utf-8"))
        if (cluster.data / "postmaster.pid").exists():
            cluster.stop("immediate")
        cluster.remove()
        file.unlink()
    if sys.argv[1] == "start":
        cluster = Cluster.create()
        cluster.start()
        file.write_text(str(cluster.folder), encoding="utf-8")


if __name__ == "__main__":
    main()
