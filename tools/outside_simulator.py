#!/usr/bin/env python3
"""Plays the systems around the server, for trying and for tests: a message gateway, a telephone exchange, a receiver of
webhooks. Every request is checked for its signature, every answer about it is signed as the real systems must sign.

usage: outside_simulator.py --server URL --secret-file FILE [--port N]

    POST /messages   takes a text; tells the server a moment later that it was delivered
    POST /dial       takes a call; tells the server that it rings, is answered and has ended with a recording
    POST /changes    takes a change of a policy
"""

import argparse
import hashlib
import hmac
import http.server
import json
import pathlib
import threading
import time
import urllib.error
import urllib.request


def signature(secret, seconds, body):
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()


def tell(address, secret, message, seconds=None):
    """POSTs a signed message to the server; gives the status."""
    body = json.dumps(message).encode()
    seconds = int(time.time()) if seconds is None else seconds
    request = urllib.request.Request(address, body, {
        "Content-Type": "application/json", "Shouyue-Timestamp": str(seconds),
        "Shouyue-Signature": signature(secret, seconds, body)})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


class Outside:
    """What arrived, by path, and how to answer: `statuses[path]` is what is answered instead of 200, first in, first
    out; `is_down` closes the connection without an answer."""

    def __init__(self, secret, server=None, port=0, plays=False, show=None):
        self.secret, self.server, self.plays, self.show = secret, server, plays, show
        self.arrived = {"/messages": [], "/dial": [], "/changes": []}
        self.statuses = {path: [] for path in self.arrived}
        self.is_down = False
        self.lock = threading.Lock()
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", port), self.handler())
        self.http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def handler(self):
        outside = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status = outside.take(self.path, self.headers, body)
                if status is None:
                    self.close_connection = True
                    return
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        return Handler

    def take(self, path, headers, body):
        """Gives the status to answer; None for no answer at all."""
        with self.lock:
            if self.is_down:
                return None
            if path not in self.arrived:
                return 404
            expected = signature(self.secret, headers.get("Shouyue-Timestamp", ""), body)
            if not hmac.compare_digest(expected, headers.get("Shouyue-Signature", "")):
                return 401
            if self.statuses[path]:
                return self.statuses[path].pop(0)
            message = json.loads(body)
            self.arrived[path].append({**message, "Shouyue-Id": headers.get("Shouyue-Id")})
        if self.show:
            self.show(path, message)
        if self.plays:
            threading.Thread(target=self.play, args=(path, message), daemon=True).start()
        return 200

    def play(self, path, message):
        if path == "/messages":
            time.sleep(1)
            tell(f"{self.server}/api/ports/messages", self.secret, {"id": message["id"], "state": "delivered"})
        if path == "/dial":
            for event in ("ringing", "answered"):
                time.sleep(2)
                tell(f"{self.server}/api/ports/calls", self.secret, {"id": message["id"], "event": event})
            time.sleep(20)
            tell(f"{self.server}/api/ports/calls", self.secret,
                 {"id": message["id"], "event": "ended", "recording_id": f"REC-{message['id'][:12]}"})


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--server", required=True)
    options.add_argument("--secret-file", required=True)
    options.add_argument("--port", type=int, default=9080)
    given = options.parse_args()
    secret = pathlib.Path(given.secret_file).read_text(encoding="utf-8").strip()
    outside = Outside(secret, given.server.rstrip("/"), given.port, plays=True,
                      show=lambda path, message: print(path, json.dumps(message, ensure_ascii=False), flush=True))
    print(f"listening on {outside.address}", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
