"""The Debian package as it would be installed: what lies where, with which owner and mode, what its scripts and its
service may do."""

import configparser
import gzip
import io
import pathlib
import re
import shutil
import subprocess
import tarfile
import tempfile
import unittest

from shouyue_program import PROGRAM, SOURCE

BUILD = pathlib.Path(PROGRAM).resolve().parent
# What a service must not get back by accident; systemd.exec(5) has the meanings.
LOCKS = {"User": "shouyue", "Group": "shouyue", "UMask": "0077", "StateDirectory": "shouyue",
         "StateDirectoryMode": "0750", "NoNewPrivileges": "yes", "CapabilityBoundingSet": "",
         "AmbientCapabilities": "", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
         "PrivateDevices": "yes", "PrivateUsers": "yes", "ProtectClock": "yes", "ProtectControlGroups": "yes",
         "ProtectHostname": "yes", "ProtectKernelLogs": "yes", "ProtectKernelModules": "yes",
         "ProtectKernelTunables": "yes", "ProtectProc": "invisible", "ProcSubset": "pid",
         "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6", "RestrictNamespaces": "yes",
         "RestrictRealtime": "yes", "RestrictSUIDSGID": "yes", "LockPersonality": "yes",
         "MemoryDenyWriteExecute": "yes", "SystemCallArchitectures": "native",
         "SystemCallFilter": "@system-service ~@privileged @resources", "RemoveIPC": "yes", "LimitCORE": "0",
         "Restart": "on-failure", "RestartPreventExitStatus": "1 2 3"}


class SettingsOfUnit(dict):
    """A setting that is given twice is a list."""

    def __setitem__(self, key, value):
        if key in self and isinstance(value, list) and isinstance(self[key], list):
            value = self[key] + value
        super().__setitem__(key, value)


def tar_of(data):
    return tarfile.open(fileobj=io.BytesIO(data))


class PackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="shouyue-package-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        subprocess.run(["cpack", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder, "-D",
                        "CPACK_DEBIAN_COMPRESSION_TYPE=gzip"], check=True, stdout=subprocess.DEVNULL)
        cls.package, = cls.folder.glob("*.deb")
        cls.files = tar_of(subprocess.run(["dpkg-deb", "--fsys-tarfile", cls.package], capture_output=True,
                                          check=True).stdout)
        cls.control = tar_of(subprocess.run(["dpkg-deb", "--ctrl-tarfile", cls.package], capture_output=True,
                                            check=True).stdout)

    def text(self, tar, path):
        return tar.extractfile(f"./{path}").read()

    def test_the_package_is_named_after_its_version_and_machine(self):
        version = re.search(r"project\(shouyue VERSION ([\d.]+)",
                            (SOURCE / "CMakeLists.txt").read_text(encoding="utf-8")).group(1)
        self.assertRegex(self.package.name, rf"^shouyue_{re.escape(version)}_\w+\.deb$")

    def test_what_lies_where(self):
        names = {member.name.removeprefix("./") for member in self.files if not member.isdir()}
        for expected in ("usr/bin/shouyue", "usr/sbin/shouyue-service", "usr/lib/systemd/system/shouyue.service",
                         "etc/shouyue/shouyue.conf", "etc/shouyue/insurer.toml", "usr/share/shouyue/pages/index.html",
                         "usr/share/shouyue/data/holiday/notices.csv", "usr/share/doc/shouyue/operations.md",
                         "usr/share/doc/shouyue/copyright", "usr/share/doc/shouyue/changelog.gz",
                         "usr/share/man/man1/shouyue.1.gz", "usr/share/man/man8/shouyue-service.8.gz"):
            self.assertIn(expected, names)
        for book in (SOURCE / "regimes").glob("*/regime.toml"):
            self.assertIn(f"usr/share/shouyue/regimes/{book.parent.name}/regime.toml", names)
        places = ("usr/bin/shouyue", "usr/sbin/", "usr/share/shouyue/", "usr/share/doc/shouyue/", "usr/share/man/",
                  "usr/lib/systemd/system/", "etc/shouyue/")
        self.assertEqual([name for name in names if not name.startswith(places)], [])
        secret = [name for name in names if re.search(r"\.(key|db|secret|pem|log|map)$|node_modules|\.git", name)]
        self.assertEqual(secret, [])

    def test_everything_is_roots_and_nobody_else_may_write(self):
        programs = {"./usr/bin/shouyue", "./usr/sbin/shouyue-service"}
        for member in self.files:
            self.assertEqual((member.uname, member.gname), ("root", "root"), member.name)
            self.assertEqual(oct(member.mode), oct(0o755 if member.isdir() or member.name in programs else 0o644),
                             member.name)

    def test_settings_are_kept_and_scripts_can_be_run(self):
        self.assertEqual(self.text(self.control, "conffiles").decode().split(),
                         ["/etc/shouyue/shouyue.conf", "/etc/shouyue/insurer.toml"])
        for script in ("postinst", "prerm", "postrm"):
            self.assertEqual(self.control.getmember(f"./{script}").mode & 0o777, 0o755)
            subprocess.run(["sh", "-n"], input=self.text(self.control, script), check=True)
        control = self.text(self.control, "control").decode()
        for library in ("adduser", "tzdata", "libc6", "libpq5", "libsodium23", "libsqlite3-0", "libssl3"):
            self.assertRegex(control, rf"(?m)^Depends:.*\b{re.escape(library)}\b")

    def test_what_the_service_may_not(self):
        unit = configparser.RawConfigParser(strict=False, dict_type=SettingsOfUnit, delimiters="=")
        unit.optionxform = str
        unit.read_string(self.text(self.files, "usr/lib/systemd/system/shouyue.service").decode())
        found = {name: " ".join(unit.get("Service", name).split("\n")) for name in LOCKS}
        self.assertEqual(found, LOCKS)
        for command in ("ExecStartPre", "ExecStart"):
            self.assertTrue(unit.get("Service", command).startswith("/usr/bin/shouyue --key-file ${SHOUYUE_KEY_FILE}"))

    def test_the_settings_are_those_that_the_service_and_its_command_use(self):
        given = set(re.findall(r"(?m)^(SHOUYUE_\w+)=", self.text(self.files, "etc/shouyue/shouyue.conf").decode()))
        unit = self.text(self.files, "usr/lib/systemd/system/shouyue.service").decode()
        command = self.text(self.files, "usr/sbin/shouyue-service").decode()
        self.assertEqual(set(re.findall(r"\$\{?(SHOUYUE_\w+)", unit)) | {"SHOUYUE_DB"}, given)
        self.assertEqual(set(re.findall(r"\(setting (SHOUYUE_\w+)\)", command)) - given, set())

    def test_the_installed_tree_works(self):
        place = self.folder / "tree"
        subprocess.run(["dpkg-deb", "--extract", self.package, place], check=True)
        environment = {"SHOUYUE_HOME": str(place / "usr/share/shouyue"), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        done = subprocess.run([place / "usr/bin/shouyue", "regime", "check"], env=environment, cwd=place,
                              capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"Debian", gzip.decompress((place / "usr/share/doc/shouyue/changelog.gz").read_bytes())
                      + (place / "usr/share/doc/shouyue/copyright").read_bytes())


if __name__ == "__main__":
    unittest.main()
