"""Runs the real program for the tests beside this file, in a folder of its own, with the rule books of the source."""

import csv
import html
import io
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("SHOUYUE_PROGRAM") or (sys.argv.pop(1) if len(sys.argv) > 1 else None)

ORGANISATIONS = """code,name,level,parent_code,region_code
00,总公司,head_office,,
35,福建分公司,branch,00,350000
3501,福州中支,city,35,350100
"""
AGENTS = "code,name,org_code,channel,phone\nA1,王五,3501,agency,13900000001\n"
PRODUCTS = "code,name,type\nP1,红利,participating\n"
POLICY_HEAD = ("policy_no,channel,org_code,agent_code,product_code,holder_name,mobile_phone,premium,pay_mode,pay_years,"
               "term_months,issued_on,effective_on,commission")


def policy(number, issued_on="2021-10-08", mobile="13812341234", org="3501"):
    return f"{number},agency,{org},A1,P1,张三,{mobile},6000,annual,10,240,{issued_on},{issued_on},600"


def policies(*rows):
    return "\n".join((POLICY_HEAD, *rows)) + "\n"


def many_policies(count, issued_on="2021-10-08"):
    return policies(*(policy(f"P{i:06}", issued_on, f"138{i:08}") for i in range(count)))


ATTEMPT_HEAD = "attempt_id,policy_no,leg,started_at,ended_at,connection,party,identity,interview,findings"


def attempts(*rows):
    return "\n".join((ATTEMPT_HEAD, *rows)) + "\n"


def workbook(rows, shared=True):
    """An XLSX workbook of one sheet; numbers become numbers, texts shared or inline texts, None an empty cell."""
    texts, lines = [], []
    for r, row in enumerate(rows, 1):
        cells = ""
        for c, value in enumerate(row):
            place = f"{chr(65 + c)}{r}"
            if isinstance(value, (int, float)):
                cells += f'<c r="{place}"><v>{value!r}</v></c>'
            elif value is not None and shared:
                cells += f'<c r="{place}" t="s"><v>{len(texts)}</v></c>'
                texts.append(f"<si><t>{html.escape(value)}</t></si>")
            elif value is not None:
                cells += f'<c r="{place}" t="inlineStr"><is><t>{html.escape(value)}</t></is></c>'
        lines.append(f'<row r="{r}">{cells}</row>')
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="rId7"/>'
                           '<sheet name="b" sheetId="2" r:id="rId8"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="x"><Relationship Id="rId8" Target="worksheets/b.xml"/>'
                                      '<Relationship Id="rId7" Target="worksheets/a.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {main}>{''.join(texts)}</sst>",
        "xl/worksheets/a.xml": f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


class Folder:
    """A folder with a profile and, unless `database` says where else, the database; removed at the end."""

    def __init__(self, profile='insurer = "test"\nassign = [ { regime = "pacific-2010" } ]\n',
                 database="sqlite:test.db"):
        self.database = database
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="shouyue-test-"))
        self.write("insurer.toml", profile)

    def close(self):
        shutil.rmtree(self.path, ignore_errors=True)

    def write(self, name, content):
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (self.path / name).write_bytes(data)
        return name

    def read(self, name):
        return (self.path / name).read_text(encoding="utf-8")

    def environment(self):
        return {**os.environ, "SHOUYUE_DB": self.database, "SHOUYUE_HOME": str(SOURCE), "USER": "tester"}

    def start(self, *arguments, **more):
        return subprocess.Popen([PROGRAM, *arguments], cwd=self.path, env=self.environment(), stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, **more)

    def run(self, *arguments, **more):
        return subprocess.run([PROGRAM, *arguments], cwd=self.path, env=self.environment(), capture_output=True,
                              text=True, check=False, timeout=300, **more)

    def must(self, *arguments, status=0):
        done = self.run(*arguments)
        assert done.returncode == status, f"{arguments}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def load(self, kind, content, name=None, status=0):
        return self.must("import", kind, self.write(name or f"{kind}.csv", content), status=status)

    def open_for_business(self):
        self.must("init")
        self.load("organisations", ORGANISATIONS)
        self.load("agents", AGENTS)
        self.load("products", PRODUCTS)
        return self

    def rows(self, *arguments):
        return list(csv.DictReader(io.StringIO(self.must(*arguments).stdout)))

    def exports(self):
        kinds = ("cases",), ("attempts",), ("tickets",), ("commission",), ("commission", "--entries")
        return tuple(self.must("export", *kind).stdout for kind in kinds)
