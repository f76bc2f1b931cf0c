"""Workbooks of another program as input: every kind of file, with the numbers and dates of a spreadsheet."""

import ctypes
import ctypes.util
import datetime
import unittest

from shouyue_program import Folder

LIBRARY = ctypes.CDLL(ctypes.util.find_library("xlsxwriter") or "libxlsxwriter.so.4")
for name in ("workbook_new", "workbook_add_worksheet", "workbook_add_format"):
    getattr(LIBRARY, name).restype = ctypes.c_void_p
POINTER, ROW, COLUMN = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint16
LIBRARY.workbook_add_worksheet.argtypes = [POINTER, ctypes.c_char_p]
LIBRARY.workbook_add_format.argtypes = [POINTER]
LIBRARY.workbook_close.argtypes = [POINTER]
LIBRARY.format_set_num_format.argtypes = [POINTER, ctypes.c_char_p]
LIBRARY.worksheet_write_string.argtypes = [POINTER, ROW, COLUMN, ctypes.c_char_p, POINTER]
LIBRARY.worksheet_write_number.argtypes = [POINTER, ROW, COLUMN, ctypes.c_double, POINTER]


def write_workbook(path, rows):
    """Texts as texts, numbers as numbers, dates and moments as the serial numbers of a spreadsheet."""
    book = LIBRARY.workbook_new(str(path).encode())
    sheet = LIBRARY.workbook_add_worksheet(book, None)
    day, moment = LIBRARY.workbook_add_format(book), LIBRARY.workbook_add_format(book)
    LIBRARY.format_set_num_format(day, b"yyyy/m/d")
    LIBRARY.format_set_num_format(moment, b"yyyy/m/d h:mm:ss")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, datetime.datetime):
                since = value - datetime.datetime(1899, 12, 30)
                LIBRARY.worksheet_write_number(sheet, r, c, since / datetime.timedelta(days=1), moment)
            elif isinstance(value, datetime.date):
                LIBRARY.worksheet_write_number(sheet, r, c, (value - datetime.date(1899, 12, 30)).days, day)
            elif isinstance(value, (int, float)):
                LIBRARY.worksheet_write_number(sheet, r, c, value, None)
            elif value:
                LIBRARY.worksheet_write_string(sheet, r, c, value.encode("utf-8"), None)
    assert LIBRARY.workbook_close(book) == 0


DAY = datetime.date(2021, 10, 8)
FILES = {
    "organisations": (("机构代码", "机构名称", "层级", "上级机构", "行政区划"), ("00", "总公司", "总公司", "", ""),
                      ("35", "福建分公司", "分公司", "00", 350000)),
    "agents": (("业务员代码", "姓名", "org_code", "channel", "电话"), ("A1", "王五", "35", "个险", 13900000001)),
    "products": (("险种代码", "险种名称", "type"), ("P1", "红利", "分红")),
    "policies": (("保单号", "渠道", "机构代码", "业务员代码", "险种代码", "投保人", "手机", "期交保费", "缴费方式",
                  "缴费年期", "保险期间(月)", "承保日期", "生效日期", "首期佣金"),
                 ("P000001", "个险", "35", "A1", "P1", "张三", 13812341234, 6000.5, "annual", 10, 240, DAY, DAY, 600)),
    "receipts": (("policy_no", "签收日期", "签名相符"), ("P000001", datetime.date(2021, 10, 10), 1)),
    "attempts": (("attempt_id", "policy_no", "leg", "started_at", "ended_at", "connection"),
                 ("T1", "P000001", "首访", datetime.datetime(2021, 10, 20, 9, 30, 15),
                  datetime.datetime(2021, 10, 20, 9, 31, 1), "无人接听")),
    "ticket_steps": (("policy_no", "kind", "step", "at", "result"),
                     ("P000001", "verification", "feedback", datetime.datetime(2021, 10, 25, 10, 0), "扫描留底")),
    "policy_changes": (("policy_no", "change", "on"), ("P000001", "退保", datetime.date(2021, 11, 2))),
}


class WorkbookImportTest(unittest.TestCase):
    def test_every_kind_of_file(self):
        folder = Folder()
        self.addCleanup(folder.close)
        folder.must("init")
        for kind, rows in FILES.items():
            write_workbook(folder.path / f"{kind}.xlsx", rows)
            with self.subTest(kind=kind):
                folder.must("import", kind, f"{kind}.xlsx")
                self.assertFalse((folder.path / f"{kind}.xlsx.rejects.csv").exists())
        folder.must("--now", "2021-12-01", "run")
        case, = folder.rows("export", "cases")
        self.assertEqual(case["attempts"], "1")
        attempt, = folder.rows("export", "attempts")
        self.assertEqual(attempt["started_at"], "2021-10-20 09:30:15")
        self.assertEqual(attempt["ended_at"], "2021-10-20 09:31:01")
        self.assertEqual(attempt["connection"], "no_answer")
        self.assertIn("6000.50", folder.must("case", "P000001", "--unmasked").stdout)

    def test_an_export_comes_back_as_input(self):
        folder = Folder()
        self.addCleanup(folder.close)
        folder.must("init")
        for kind in ("organisations", "agents", "products", "policies", "attempts"):
            write_workbook(folder.path / f"{kind}.xlsx", FILES[kind])
            folder.must("import", kind, f"{kind}.xlsx")
        folder.must("export", "attempts", "--unmasked", "--out", "again.xlsx")
        again = folder.must("--json", "import", "attempts", "again.xlsx").stdout
        self.assertIn('"unchanged":1', again.replace(" ", ""))


if __name__ == "__main__":
    unittest.main()
