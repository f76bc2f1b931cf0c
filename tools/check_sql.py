#!/usr/bin/env python3
"""The database can be spread over servers by `bucket`, and every engine understands the same statements.

Reads the tables of src/store/schema.cpp in the words of each engine and the statements in the string literals of
src/store. A table is one of policies, spread by `bucket`, unless it is named below.

usage: check_sql.py ROOT
"""

import re
import sys
from pathlib import Path

from findings import finish

# Small or written as a whole: a copy on every server.
REFERENCE_TABLES = {"meta", "reference", "clause_list", "settlement", "imported_file", "audit", "account",
                    "sign_in", "request_mark", "import_run", "closed_month", "closed_figure", "webhook",
                    "service_token", "data_key"}
# Spread by another column, which its key starts with.
SPREAD_BY = {"phone_holder": "phone", "further_phone": "phone", "held_case": "seat", "import_reject": "import_id"}
DIALECTS = ("sqlite", "postgresql")

RAW = re.compile(r'\.(all|sqlite|postgresql)\s*=\s*R"sql\((.*?)\)sql"', re.S)
TABLE = re.compile(r"CREATE TABLE (\w+) \((.*?)\)(?: WITHOUT ROWID)?;", re.S)
UNIQUE_INDEX = re.compile(r"CREATE UNIQUE INDEX (\w+) ON (\w+) \(([^)]*)\)")
LITERALS = re.compile(r'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*')
STATEMENT = re.compile(r"^(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b")
VOLATILE = re.compile(r"\b(now|random|clock_timestamp|statement_timestamp|gen_random_uuid|nextval|datetime|"
                      r"strftime)\s*\(|\bCURRENT_(TIMESTAMP|DATE|TIME)\b", re.I)
JOIN = re.compile(r"JOIN (\w+)(?: AS \w+)? ON (.*?)(?= (?:LEFT|JOIN|WHERE|ORDER|GROUP|LIMIT)\b|$)")
LOGIC = re.compile(r"\bCREATE\s+(OR\s+REPLACE\s+)?(TRIGGER|RULE|FUNCTION|PROCEDURE)\b", re.I)


def words(text):
    return [part.strip() for part in text.split(",")]


def top_level_parts(body):
    """The column definitions and constraints of a CREATE TABLE, split at its own commas."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(body):
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            parts.append(body[start:at])
            start = at + 1
    return [" ".join(part.split()) for part in [*parts, body[start:]]]


class Table:
    def __init__(self, name, body):
        self.name, self.columns, self.keys = name, [], []
        for part in top_level_parts(body):
            constraint = re.match(r"(?:PRIMARY KEY|UNIQUE) \(([^)]*)\)", part)
            if constraint:
                self.keys.append(words(constraint.group(1)))
                continue
            column = part.split(" ")[0]
            self.columns.append(column)
            if re.search(r"\b(PRIMARY KEY|UNIQUE)\b", part):
                self.keys.append([column])


def tables_of(schema, dialect):
    ddl = "".join(text for part, text in RAW.findall(schema) if part in ("all", dialect))
    tables = {match.group(1): Table(*match.groups()) for match in TABLE.finditer(ddl)}
    for _, table, columns in UNIQUE_INDEX.findall(ddl):
        if table in tables:
            tables[table].keys.append(words(columns))
    return tables


def spread_by(table):
    return None if table in REFERENCE_TABLES else SPREAD_BY.get(table, "bucket")


def schema_problems(schema):
    sqlite, postgresql = (tables_of(schema, dialect) for dialect in DIALECTS)
    problems = [f"table {name}: one engine only" for name in sorted(sqlite.keys() ^ postgresql.keys())]
    for name in sorted(sqlite.keys() & postgresql.keys()):
        if sqlite[name].columns != postgresql[name].columns:
            problems.append(f"table {name}: its columns differ between the engines")
    for name, table in postgresql.items():
        column = spread_by(name)
        if column is None:
            continue
        if not table.keys:
            problems.append(f"table {name}: no primary key")
        elif table.keys[0][0] != column:
            problems.append(f"table {name}: its primary key does not start with {column}")
        problems += [f"table {name}: the unique key ({', '.join(key)}) is without {column}"
                     for key in table.keys[1:] if column not in key]
    return problems, set(postgresql)


def statements_of(text):
    """The statements in string literals; what stands between two pieces of one is unknown and left out."""
    text = re.sub(r"//[^\n]*", "", text)
    for match in LITERALS.finditer(text):
        statement = "".join(re.findall(r'"((?:\\.|[^"\\])*)"', match.group(0)))
        if STATEMENT.match(statement):
            yield text.count("\n", 0, match.start()) + 1, " ".join(statement.split())


def statement_problems(sql, tables):
    named = [word for word in re.findall(r"(?:FROM|INTO|UPDATE|JOIN) (\w+)", sql) if word in tables]
    spread = [name for name in named if spread_by(name)]
    changes = re.match(r"INSERT INTO|UPDATE|DELETE FROM", sql)
    target = named[0] if changes and named and spread_by(named[0]) else None
    column = spread_by(target) if target else None
    if VOLATILE.search(sql):
        yield "a function that gives another value each time; bind the value"
    if re.search(r"\$\d+::", sql):
        yield "SQLite reads $1::type as a name; write CAST($1 AS type)"
    if re.search(r"(?<!CAST\()\bsum\(", sql, re.I):
        yield "a sum is of another type in PostgreSQL; write CAST(sum(…) AS BIGINT)"
    if target and not sql.startswith("INSERT") and not re.search(rf"\b{column} = ", sql):
        yield f"changes {target} without {column}"
    if target and sql.startswith("INSERT") and not re.search(rf"INTO {target} \([^)]*\b{column}\b", sql):
        yield f"inserts into {target} without {column}"
    conflict = re.search(r"ON CONFLICT \(([^)]*)\)", sql)
    if target and conflict and column not in words(conflict.group(1)):
        yield f"a conflict of {target} is told without {column}"
    if re.search(r"\bDO UPDATE SET\b.*\bbucket = ", sql):
        yield "a bucket never changes"
    for name, condition in JOIN.findall(sql):
        if name in spread and not re.search(r"\b\w+\.bucket = \w+\.bucket\b", condition):
            yield f"joins {name} without bucket"
    if re.search(r"\bFOR (UPDATE|SHARE|NO KEY UPDATE)\b", sql) and spread and not re.search(r"\bbucket = \$", sql):
        yield "locks rows of several buckets"


def all_problems(root):
    store = root / "src" / "store"
    problems, tables = schema_problems((store / "schema.cpp").read_text(encoding="utf-8"))
    problems = [f"src/store/schema.cpp: {problem}" for problem in problems]
    read = 0
    for path in sorted(store.glob("*.?pp")):
        text = path.read_text(encoding="utf-8")
        if LOGIC.search(text):
            problems.append(f"{path.relative_to(root)}: logic belongs into the program, not into the database")
        for line, sql in statements_of(text):
            read += 1
            problems += [f"{path.relative_to(root)}:{line}: {problem}" for problem in statement_problems(sql, tables)]
    return problems, read if tables else 0


if __name__ == "__main__":
    sys.exit(finish("check_sql", *all_problems(Path(sys.argv[1]))))
