"""Roll-up of a nation-year beside DuckDB: wide and long tables, in memory, two threads; equal results first.

Run through `cargo xtask bench`, or by hand: python benches/rollup_duckdb.py [path of the tongket binary].
"""

import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5


def ours(binary, folder):
    command = [binary, "--json", "bench", "rollup", "--scale", "nation", "--export", str(folder)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def load(folder):
    """The values as a wide and as a long table, and every unit with the schools inside it: the best that a peer can be given."""
    base = duckdb.connect(":memory:")
    base.execute("set threads = 2")
    base.execute(f"create table tree as select * from read_csv('{folder}/tree.csv', header = true, all_varchar = true)")
    elements = [f"e{number}" for number in range(1, 301)]
    types = ", ".join(f"'{element}': 'DOUBLE'" for element in elements)
    base.execute(
        f"create table wide as select * from read_csv('{folder}/values.csv', header = true, columns = {{'unit': 'VARCHAR', {types}}})"
    )
    base.execute("""
        create table number as select unit, row_number() over () as id from tree;
        create table up as
            with recursive up as (
                select unit as school, unit from tree where unit in (select unit from wide)
                union all
                select up.school, tree.parent from up join tree on tree.unit = up.unit where tree.parent <> ''
            )
            select s.id as school, u.id as unit from up
            join number s on s.unit = up.school join number u on u.unit = up.unit order by u.id, s.id;
        create table wide_id as select n.id as school, w.* exclude (unit) from wide w join number n on n.unit = w.unit order by n.id;
        create table long as
            select school, cast(substr(element, 2) as integer) as element, value
            from (unpivot wide_id on columns(* exclude (school)) into name element value value) order by school, element;
    """)
    return base, elements


def timed(base, text):
    seconds = []
    for _ in range(ROUNDS):
        base.execute("drop table if exists result")
        start = time.perf_counter()
        base.execute(f"create table result as {text}")
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def expected(folder):
    with open(folder / "expected.csv", newline="") as file:
        return {(row["unit"], row["element"]): (row["sum"], int(row["reported"])) for row in csv.DictReader(file)}


def differences(expected, found):
    """How many expected figures the peer does not confirm."""
    wrong = 0
    for key, (total, reported) in expected.items():
        peer_total, peer_reported = found.get(key, (None, 0))
        same = peer_total is None if total == "" else peer_total is not None and abs(float(total) - peer_total) < 1e-6
        wrong += not (same and reported == peer_reported)
    return wrong


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/release/tongket")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = ours(binary, folder)
        base, elements = load(folder)
        sums = ", ".join(f"sum({element}) as {element}, count({element}) as n{element}" for element in elements)
        wide = f"select up.unit, {sums} from up join wide_id using (school) group by up.unit"
        long = """select up.unit, long.element, sum(long.value) as total, count(long.value) as reported
            from up join long using (school) group by up.unit, long.element"""
        wanted = expected(folder)
        names = dict(base.execute("select id, unit from number").fetchall())
        wide_seconds = timed(base, wide)
        found = {}
        for row in base.execute("select * from result").fetchall():
            for number, element in enumerate(elements):
                found[names[row[0]], element] = (row[1 + 2 * number], row[2 + 2 * number])
        wrong = differences(wanted, found)
        long_seconds = timed(base, long)
        rows = base.execute("select unit, element, total, reported from result").fetchall()
        wrong += differences(wanted, {(names[unit], f"e{element}"): (total, count) for unit, element, total, count in rows})
    if wrong:
        sys.exit(f"{wrong} figures differ: times are not compared")
    best = min(wide_seconds, long_seconds)
    print(f"equal: {len(wanted)} figures compared with each of two tables; duckdb {duckdb.__version__}, 2 threads, in memory")
    print(f"tongket {own['seconds']:.4f} s · duckdb wide {wide_seconds:.4f} s · duckdb long {long_seconds:.4f} s · ratio {best / own['seconds']:.1f}")
    print(f"from the database to {own['indicators']} indicators: {own['seconds_from_database']:.2f} s, {own['peak_rss_mb_from_database']} MiB")


if __name__ == "__main__":
    main()
