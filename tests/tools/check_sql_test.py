import tempfile
import unittest
from pathlib import Path

import check_sql

SCHEMA = '''constexpr Step version_1{
    .all = R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE ticket (
  bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, ticket_id TEXT NOT NULL,
  PRIMARY KEY (bucket, policy_no, ticket_id)) WITHOUT ROWID;
)sql",
    .sqlite = R"sql(
CREATE TABLE fact (seq INTEGER PRIMARY KEY, bucket INTEGER NOT NULL, policy_no TEXT NOT NULL);
)sql",
    .postgresql = R"sql(
CREATE TABLE fact (seq INTEGER NOT NULL, bucket INTEGER NOT NULL, policy_no TEXT NOT NULL, PRIMARY KEY (bucket, seq));
)sql"};
'''
STATEMENT = ('run("SELECT f.seq FROM fact AS f JOIN ticket AS t ON t.bucket = f.bucket "\n'
             '    "AND t.policy_no = f.policy_no");\n')


class CheckSql(unittest.TestCase):
    def problems(self, statement=STATEMENT, schema=SCHEMA):
        with tempfile.TemporaryDirectory() as folder:
            store = Path(folder) / "src" / "store"
            store.mkdir(parents=True)
            (store / "schema.cpp").write_text(schema, encoding="utf-8")
            (store / "facts.cpp").write_text(statement, encoding="utf-8")
            found, read = check_sql.all_problems(Path(folder))
        self.assertGreater(read, 0)
        return found

    def refused(self, fragment, *arguments, **more):
        found = self.problems(*arguments, **more)
        self.assertEqual(len(found), 1, found)
        self.assertIn(fragment, found[0])

    def schema_refused(self, fragment, old, new):
        self.assertIn(old, SCHEMA)
        self.refused(fragment, schema=SCHEMA.replace(old, new))

    def test_the_clean_store_passes(self):
        self.assertEqual(self.problems(), [])

    def test_tables(self):
        self.schema_refused("does not start with bucket", "PRIMARY KEY (bucket, seq)", "PRIMARY KEY (seq, bucket)")
        self.schema_refused("does not start with bucket", "PRIMARY KEY (bucket, policy_no, ticket_id)",
                            "PRIMARY KEY (policy_no, ticket_id)")
        self.schema_refused("no primary key", ", PRIMARY KEY (bucket, seq)", "")
        self.schema_refused("is without bucket", "PRIMARY KEY (bucket, seq)",
                            "PRIMARY KEY (bucket, seq), UNIQUE (policy_no)")
        self.schema_refused("is without bucket", "bucket, seq));\n",
                            "bucket, seq));\nCREATE UNIQUE INDEX by_seq ON fact (seq);\n")
        self.schema_refused("columns differ", "seq INTEGER NOT NULL, bucket INTEGER NOT NULL, policy_no",
                            "bucket INTEGER NOT NULL, seq INTEGER NOT NULL, policy_no")
        self.schema_refused("one engine only", '.sqlite = R"sql(\n',
                            '.sqlite = R"sql(\nCREATE TABLE claim (bucket INTEGER PRIMARY KEY);\n')

    def test_statements(self):
        for fragment, sql in (
                ("each time", "SELECT value FROM meta WHERE value < now()"),
                ("each time", "UPDATE meta SET value = CURRENT_TIMESTAMP WHERE name = $1"),
                ("CAST($1 AS type)", "SELECT value FROM meta WHERE name = $1::text"),
                ("CAST(sum", "SELECT sum(seq) FROM fact WHERE bucket = $1"),
                ("changes ticket without bucket", "DELETE FROM ticket WHERE policy_no = $1"),
                ("changes ticket without bucket", "UPDATE ticket SET policy_no = $1 WHERE ticket_id = $2"),
                ("inserts into ticket without bucket", "INSERT INTO ticket (policy_no) VALUES ($1)"),
                ("told without bucket",
                 "INSERT INTO ticket (bucket, policy_no) VALUES ($1, $2) ON CONFLICT (policy_no) DO NOTHING"),
                ("never changes", "INSERT INTO ticket (bucket, policy_no) VALUES ($1, $2) "
                                  "ON CONFLICT (bucket, policy_no) DO UPDATE SET bucket = excluded.bucket"),
                ("joins ticket without bucket",
                 "SELECT f.seq FROM fact AS f LEFT JOIN ticket AS t ON t.policy_no = f.policy_no WHERE f.bucket = $1"),
                ("several buckets", "SELECT ticket_id FROM ticket WHERE policy_no = $1 FOR UPDATE")):
            with self.subTest(sql):
                self.refused(fragment, f'run("{sql}");\n')

    def test_no_logic_in_the_database(self):
        self.refused("belongs into the program", STATEMENT + "define(\"CREATE TRIGGER t\");\n")

    def test_reference_tables_are_free(self):
        self.assertEqual(self.problems('run("SELECT value FROM meta WHERE name = $1 FOR UPDATE");\n'), [])


if __name__ == "__main__":
    unittest.main()
