"""The schools of the nation scored and ranked by forty criteria beside pandas on the same columns; equal results first.

Run through `cargo xtask bench`, or by hand: python benches/evaluate_pandas.py [path of the tongket binary].
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 7
MAX = 2.5


def hundredths(points):
    """Points to the hundredth, half away from zero."""
    return np.floor(points * 100 + 0.5 + 1e-7)


def stepped(values, edges, points):
    return pd.cut(values, edges, right=False, labels=False).map(dict(enumerate(points)))


def criterion(rule, now, before, groups):
    if rule == "steps":
        return stepped(now, [-np.inf, 40, 60, 80, np.inf], [0, 1, 2, 2.5])
    if rule == "linear":
        return MAX * ((now - 20) / 70).clip(0, 1)
    if rule == "best_of_peers":
        best = now.groupby(groups).transform("max")
        return (MAX * (now / best).clip(0, 1)).where(best > 0, 0.0)
    change = (now - before).round(9)
    return stepped(change, [-np.inf, -10, 0, 5, np.inf], [0, 1, 2, 2.5]).mask(now >= 95, MAX)


def evaluate(sheet, table, groups):
    total = pd.Series(0.0, index=table.index)
    for place, one in enumerate(sheet["criteria"]):
        before = table.get(f"before{place}")
        points = criterion(one["rule"], table[f"now{place}"], before, groups)
        total = total + hundredths(points)
    return total / 100, total.groupby(groups).rank(method="min", ascending=False)


def read(folder):
    sheet = json.loads((folder / "sheet.json").read_text())
    rows = sheet["rows"]
    columns = np.fromfile(folder / "columns.bin", dtype="<f8").reshape(-1, rows)
    expected = np.fromfile(folder / "expected.bin", dtype="<f8").reshape(2, rows)
    names = []
    for place, one in enumerate(sheet["criteria"]):
        names += [f"now{place}"] + ([f"before{place}"] if one["rule"] == "improvement" else [])
    return sheet, pd.DataFrame(dict(zip(names, columns))), expected


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/release/tongket")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [binary, "--json", "bench", "evaluate", "--export", name]
        own = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        sheet, table, expected = read(folder)
    groups = pd.Series(np.arange(sheet["rows"]) % sheet["groups"])
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        points, ranks = evaluate(sheet, table, groups)
        seconds.append(time.perf_counter() - start)
    for what, found, wanted in [("points", points, expected[0]), ("ranks", ranks, expected[1])]:
        same = np.isclose(found.to_numpy(), wanted, rtol=0, atol=1e-9, equal_nan=True)
        if not same.all():
            sys.exit(f"{(~same).sum()} {what} differ: times are not compared")
    peer = statistics.median(seconds)
    print(f"evaluate: {own['rows']} schools x {own['criteria']} criteria, {own['ranked']} ranked, results equal")
    print(f"tongket {own['seconds']:.3f} s (at most 1) · pandas {pd.__version__} {peer:.3f} s · ratio {peer / own['seconds']:.1f} (at least 10)")
    gaps = json.loads(subprocess.run([binary, "--json", "bench", "gaps"], check=True, capture_output=True, text=True).stdout)
    print(f"gaps: {gaps['rows']} schools x {gaps['years']} years {gaps['seconds'] * 1e3:.0f} ms (at most 150)")


if __name__ == "__main__":
    main()
