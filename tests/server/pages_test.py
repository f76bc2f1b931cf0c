"""The pages as a browser fetches them."""

import gzip
import http.client
import socket
import unittest

from server_program import ServerTest

INDEX, SCRIPT = b"<!doctype html><title>pages</title>", b"console.log(1)\n" * 200


class PagesTest(ServerTest):
    def fill(self):
        super().fill()
        pages = self.folder.path / "built"
        (pages / "assets").mkdir(parents=True)
        (pages / "index.html").write_bytes(INDEX)
        (pages / "assets" / "index-1a2b.js").write_bytes(SCRIPT)
        (pages / "assets" / "index-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
        (pages / "mark.svg").write_bytes(b"<svg/>")
        (self.folder.path / "secret.txt").write_text("not for the pages")

    def start(self, *arguments):
        super().start("--pages", "built", *arguments)

    def fetch(self, path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    def test_the_address_of_a_page_gives_the_index(self):
        for path in ("/", "/index.html", "/tickets", "/cases/P1?tab=calls", "/a/b/c"):
            status, headers, body = self.fetch(path)
            self.assertEqual((status, body), (200, INDEX), path)
            self.assertEqual(headers["Content-Type"], "text/html; charset=utf-8")
            self.assertEqual(headers["Cache-Control"], "no-store")
        policy = headers["Content-Security-Policy"]
        self.assertIn("default-src 'self'", policy)
        self.assertNotIn("script-src", policy)
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")

    def test_what_is_named_by_its_content_is_kept(self):
        status, headers, body = self.fetch("/assets/index-1a2b.js")
        self.assertEqual((status, body), (200, SCRIPT))
        self.assertEqual(headers["Content-Type"], "text/javascript; charset=utf-8")
        self.assertIn("immutable", headers["Cache-Control"])
        self.assertEqual(self.fetch("/mark.svg")[1]["Cache-Control"], "no-cache")

    def test_compressed_for_who_takes_it(self):
        for accepted, is_compressed in (("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("br", False),
                                        ("gzip;q=0", False), ("identity", False)):
            _, headers, body = self.fetch("/assets/index-1a2b.js", Accept_Encoding=accepted)
            self.assertEqual(headers["Content-Encoding"], "gzip" if is_compressed else None, accepted)
            self.assertEqual(gzip.decompress(body) if is_compressed else body, SCRIPT)
            self.assertEqual(headers["Vary"], "Accept-Encoding")

    def test_what_a_browser_has_is_not_sent_again(self):
        _, headers, _ = self.fetch("/mark.svg")
        status, again, body = self.fetch("/mark.svg", If_None_Match=headers["ETag"])
        self.assertEqual((status, body, again["ETag"]), (304, b"", headers["ETag"]))
        self.assertEqual(self.fetch("/mark.svg", If_None_Match='"other"')[0], 200)

    def test_head_gives_the_headers_alone(self):
        status, headers, body = self.fetch("/assets/index-1a2b.js", "HEAD")
        self.assertEqual((status, headers["Content-Length"], body), (200, str(len(SCRIPT)), b""))

    def test_what_is_not_there(self):
        for path in ("/assets/other.js", "/assets/", "/favicon.ico", "/index.html.gz", "/secret.txt"):
            self.assertIn(self.fetch(path)[0], (400, 404), path)
        self.assertEqual(self.fetch("/mark.svg", "POST")[0], 404)
        self.assertEqual(self.fetch("/api")[0], 404)
        self.assertEqual(self.fetch("/api/nothing")[0], 404)

    def test_no_way_out_of_the_folder(self):
        for path in ("/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
                     "/assets/%2e%2e%2f%2e%2e%2fsecret.txt", "/..\\secret.txt", "//etc/passwd", "/assets/%00"):
            with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as raw:
                raw.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
                answer = b"".join(iter(lambda: raw.recv(65536), b""))
            self.assertTrue(answer.startswith(b"HTTP/1.1 400"), (path, answer[:40]))
            self.assertNotIn(b"not for the pages", answer)

    def test_a_folder_without_pages_is_refused(self):
        answer = self.folder.must("serve", "--pages", "files", status=1)
        self.assertIn("pages.missing", answer.stderr)


if __name__ == "__main__":
    unittest.main()
