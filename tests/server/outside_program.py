"""A server that is connected to the simulator of the systems around it, over policies whose holders get a link."""

import sys
import time

from server_program import AT, SOURCE, Server, ServerTest

sys.path.append(str(SOURCE / "tools"))

from outside_simulator import Outside, tell  # noqa: E402

SECRET = "0123456789abcdef0123456789abcdef"
POLICY_HEAD = ("policy_no,channel,org_code,agent_code,product_code,holder_name,holder_id_type,holder_id_no,"
               "holder_birth_date,mobile_phone,home_phone,premium,pay_mode,pay_years,term_months,issued_on,"
               "effective_on,commission")
ID_NUMBER = "350102196001310028"


def linked_policy(number, mobile, org="3501", issued_on="2021-10-20", id_number=ID_NUMBER):
    return (f"{number},telesales,{org},A1,P1,李秀英,{'id_card' if id_number else ''},{id_number},1960-01-31,{mobile},"
            f"059122345678,6000,annual,10,240,{issued_on},{issued_on},600")


def eventually(what, seconds=40):
    """Waits until `what` gives something that is true, and gives it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


class OutsideTest(ServerTest):
    profile = 'insurer = "示范人寿"\nassign = [ { regime = "call-centre-2021" } ]\n'
    links = 3
    settings = ""

    def fill(self):
        self.outside = Outside(SECRET)
        self.addCleanup(self.outside.close)
        self.folder.open_for_business()
        self.folder.write("port.secret", SECRET + "\n")
        self.folder.write("visit.key", "fedcba9876543210fedcba9876543210\n")
        self.folder.write("server.toml", self.settings.replace("OUTSIDE", self.outside.address))
        rows = [linked_policy(f"V{n}", f"1381234{n:04}") for n in range(self.links)]
        self.folder.load("policies", "\n".join([POLICY_HEAD, *rows]) + "\n")
        self.folder.load("receipts", "policy_no,signed_on\n" + "".join(f"V{n},2021-10-20\n" for n in range(self.links)))
        self.folder.must("--now", AT, "run")

    def begin_again(self, at):
        """The same server at another business time."""
        self.stop(self.server)
        self.server = Server(self.folder, at=at)
        self.addCleanup(self.stop, self.server)
        self.admin.server = self.server

    def arrived(self, path, count):
        return eventually(lambda: len(self.outside.arrived[path]) >= count and list(self.outside.arrived[path]))

    def tell(self, path, message, secret=SECRET, seconds=None):
        return tell(f"http://127.0.0.1:{self.server.port}{path}", secret, message, seconds)


VISIT_SETTINGS = """
public_address = "https://huifang.example.cn"
hotline = "95500"
[visit]
key_file = "visit.key"
"""
GATEWAY_SETTINGS = VISIT_SETTINGS + """
[messages]
gateway = "OUTSIDE/messages"
secret_file = "port.secret"
"""
