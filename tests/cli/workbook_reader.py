"""Reads what the program writes: the sheets of a workbook as a spreadsheet shows them, and the tables of a page."""

import datetime
import html.parser
import io
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Cell(str):
    """A text as it is shown, with the number behind it (None: a text) and the colour of its cell."""

    number = None
    fill = None


def shown(number, pattern):
    if pattern == "0.00%":
        return f"{(Decimal(number) * 100).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"
    if pattern.startswith("yyyy-mm-dd"):
        seconds = int((Decimal(number) * 86400).to_integral_value(ROUND_HALF_UP))
        moment = datetime.datetime(1899, 12, 30) + datetime.timedelta(seconds=seconds)
        return moment.isoformat(" ") if "hh" in pattern else moment.date().isoformat()
    places = len(pattern.partition(".")[2])
    rounded = Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,}" if "," in pattern else f"{rounded}"
    return text.replace("-", "−") if "," in pattern else text


class Workbook:
    def __init__(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.strings = ["".join(text.text or "" for text in item.iter(MAIN + "t"))
                        for item in self.xml("xl/sharedStrings.xml", "sst").findall(MAIN + "si")]
        styles = self.xml("xl/styles.xml", "styleSheet")
        patterns = {int(one.get("numFmtId")): one.get("formatCode") for one in styles.iter(MAIN + "numFmt")}
        patterns |= {0: "", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 10: "0.00%"}
        fills = [(fill.find(f"{MAIN}patternFill/{MAIN}fgColor") is not None or None) and
                 fill.find(f"{MAIN}patternFill/{MAIN}fgColor").get("rgb") for fill in styles.find(MAIN + "fills")]
        self.styles = [(patterns[int(xf.get("numFmtId"))], fills[int(xf.get("fillId"))])
                       for xf in styles.find(MAIN + "cellXfs")]
        sheets = self.xml("xl/workbook.xml", "workbook").find(MAIN + "sheets")
        self.sheets = {sheet.get("name"): self.rows(i) for i, sheet in enumerate(sheets, 1)}

    def xml(self, name, root):
        return ElementTree.fromstring(self.parts.get(name, f'<{root} xmlns="{MAIN[1:-1]}"/>'.encode()))

    def cell(self, element):
        pattern, fill = self.styles[int(element.get("s", 0))]
        value = element.findtext(MAIN + "v")
        if element.get("t") == "s":
            cell = Cell(self.strings[int(value)])
        elif element.get("t") == "inlineStr":
            cell = Cell("".join(text.text or "" for text in element.iter(MAIN + "t")))
        elif value is None:
            cell = Cell("")
        else:
            cell = Cell(shown(value, pattern) if pattern else value)
            cell.number = Decimal(value)
        cell.fill = fill
        return cell

    def rows(self, number):
        rows = []
        for row in self.xml(f"xl/worksheets/sheet{number}.xml", "worksheet").iter(MAIN + "row"):
            cells = {}
            for element in row.findall(MAIN + "c"):
                column = 0
                for letter in re.match("[A-Z]+", element.get("r")).group():
                    column = column * 26 + ord(letter) - 64
                cells[column - 1] = self.cell(element)
            rows.append([cells.get(i, Cell("")) for i in range(max(cells, default=-1) + 1)])
        return rows


class Page(html.parser.HTMLParser):
    """The rows of all tables and the tiles, in one language."""

    def __init__(self, text, language="zh"):
        super().__init__()
        self.language, self.tables, self.tiles = language, [], []
        self.hidden, self.into = 0, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in ("span", "tspan"):
            self.hidden = attributes.get("lang", self.language) != self.language
        kind = attributes.get("class", "")
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.into = self.tables[-1][-1]
        elif tag == "div" and kind == "tile":
            self.tiles.append([])
        elif tag == "div" and kind in ("tile-label", "figure", "base"):
            self.tiles[-1].append("")
            self.into = self.tiles[-1]

    def handle_endtag(self, tag):
        if tag in ("span", "tspan"):
            self.hidden = 0
        if tag in ("td", "th", "div"):
            self.into = None

    def handle_data(self, data):
        if self.into is not None and not self.hidden:
            self.into[-1] += data


def without_end(row):
    row = [str(cell) for cell in row]
    while row and row[-1] == "":
        row.pop()
    return row
