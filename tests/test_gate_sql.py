"""Tables in databases: SQLite, which comes with Python, and a PostgreSQL server that lives as long as the test."""

from __future__ import annotations

import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from auditor.gate.commands import Wanted, contract_named, finish
from auditor.gate.contract import Contract
from auditor.gate.loading import load
from auditor.gate.result import FAILED
from auditor.gate.run import gate
from auditor.gate.sources import Source

CONTRACT = """\
key: [place]
columns:
  place: {type: text, required: yes}
  total: {type: number, unit: tỷ đồng, required: yes, min: 0}
  agriculture: {type: number, unit: tỷ đồng}
  rest: {type: number, unit: tỷ đồng}
  share: {type: number, unit: "%"}
relations:
  - {relation: total-of-parts, total: total, part: [agriculture, rest]}
  - {relation: share-of-total, part: agriculture, total: total, share: share}
"""
# 67,4 stands where the first sample document prints 69,4.
ROWS = [("Bình Lương", "113.4", "69.4", "44.0", "61.2"), ("Xã B", "113.4", "67.4", "44.0", "61.2")]
SECRET = "s3cr&t"


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    path = tmp_path / "c.yaml"
    path.write_text(CONTRACT, encoding="utf-8")
    return load(path)


def test_sqlite(tmp_path: Path, contract: Contract) -> None:
    path = tmp_path / "t.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE sectors (place TEXT, total TEXT, agriculture TEXT, rest TEXT, share TEXT)")
        connection.executemany("INSERT INTO sectors VALUES (?, ?, ?, ?, ?)", ROWS)
    result = gate([Source(sql=f"sqlite:///{path}", query="SELECT * FROM sectors WHERE place <> 'Xã B'")], contract)
    assert result.status() == 0
    result = gate([Source(sql=f"sqlite:///{path}", query="sectors")], contract)
    assert {(one.check.rule, result.owners[one.check.id][2]) for one in result.audit.findings} == {
        ("total-of-parts", 2), ("share-of-total", 2)
    }  # fmt: skip
    assert result.tables[0].path.endswith("t.sqlite#sectors")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (f"postgresql://me:{SECRET}@localhost/x", "belongs in the environment"),
        ("no url", "no SQLAlchemy URL"),
        ("env:NO_SUCH_NAME", "the environment has no NO_SUCH_NAME"),
        ("file:/no/such/file", "cannot be read"),
        ("sqlite:////no/such/folder/x.sqlite", "cannot be read: unable to open database file"),
    ],
)
def test_what_cannot_be_reached(contract: Contract, source: str, message: str) -> None:
    result = gate([Source(sql=source, query="t")], contract)
    assert result.status() == FAILED
    assert message in str(result.tables[0].error)
    assert SECRET not in str(result.tables[0])


def binaries() -> Path | None:
    debian = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))
    found = shutil.which("initdb") or next(iter(debian), None)
    return Path(found).resolve().parent if found else None


@pytest.fixture(scope="module")
def server() -> Iterator[sqlalchemy.engine.URL]:
    """A server of its own, on a socket in a folder of its own. It refuses to run as root."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="audit-pg-"))
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    if os.geteuid() == 0:
        shutil.chown(folder, user)
    control: list[Path | str] = [programs / "pg_ctl", "-D", folder / "data", "-s", "-w"]
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    try:
        (folder / "password").write_text(SECRET, encoding="utf-8")
        (folder / "password").chmod(0o644)
        made = ["-U", "me", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", f"--pwfile={folder / 'password'}"]
        run(user, [programs / "initdb", "-D", folder / "data", *made])
        run(user, [*control, "-l", folder / "log", "-o", options, "start"])
        yield sqlalchemy.URL.create("postgresql", "me", SECRET, database="postgres", query={"host": str(folder)})
    finally:
        run(user, [*control, "-m", "immediate", "stop"], check=False)
        shutil.rmtree(folder)


def run(user: str, command: list[Path | str], check: bool = True) -> None:
    before = ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []
    subprocess.run([*before, *map(str, command)], check=check, capture_output=True, cwd="/")


def test_postgresql(server: sqlalchemy.engine.URL, contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlalchemy.create_engine(server.set(drivername="postgresql+psycopg")).begin() as connection:
        columns = "place text, total numeric(12, 1), agriculture numeric, rest numeric, share numeric(5, 1)"
        connection.execute(sqlalchemy.text(f"CREATE TABLE sectors ({columns})"))
        insert = sqlalchemy.text("INSERT INTO sectors VALUES (:a, :b, :c, :d, :e)")
        connection.execute(insert, [dict(zip("abcde", row, strict=True)) for row in ROWS])
    monkeypatch.setenv("GATE_URL", server.render_as_string(hide_password=False))
    result = gate([Source(sql="env:GATE_URL", query="public.sectors")], contract)
    final, outcome = finish(result, result.audit, Wanted("en", pandera=True))
    assert (outcome.status, outcome.problems) == (1, ())
    assert {(one.check.rule, result.owners[one.check.id][2]) for one in final.audit.findings} == {
        ("total-of-parts", 2), ("share-of-total", 2)
    }  # fmt: skip
    # Decimals of the database are printed digits: numeric keeps those that were entered.
    assert {one.check.equation for one in final.audit.findings} == {
        "113.4 tỷ đồng = 67.4 tỷ đồng + 44.0 tỷ đồng", "61.2% = 100 × 67.4 tỷ đồng / 113.4 tỷ đồng"
    }  # fmt: skip
    assert SECRET not in outcome.text + "".join(content.decode() for content in outcome.files.values())
    failed = gate([Source(sql="env:GATE_URL", query="missing")], contract).tables[0].error
    assert 'relation "missing" does not exist' in str(failed)
    assert SECRET not in str(failed)


def test_a_query_larger_than_a_batch_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from auditor.gate import sql

    monkeypatch.setattr(sql, "BATCH", 1000)
    path = tmp_path / "t.sqlite"
    names = list(contract_named("sectors-wide").columns)
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE t ({', '.join(names)})")
        row = ("113,4", "69,4", "14,8", "29,2", "61,2", "13,1", "25,7")
        connection.executemany(
            f"INSERT INTO t VALUES ({', '.join('?' * len(names))})", [(f"p{n}", "2020", *row) for n in range(450)]
        )
    result = gate([Source(sql=f"sqlite:///{path}", query="t")], contract_named("sectors-wide"))
    assert (result.status(), result.tables[0].rows) == (0, 450)
    assert result.tables[0].table is not None
    assert result.tables[0].table.streamed
