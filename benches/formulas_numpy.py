"""Eighty indicators for every unit of the nation beside numpy and pandas on the same columns; equal results first.

Run through `cargo xtask bench`, or by hand: python benches/formulas_numpy.py [path of the tongket binary].
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy
import pandas

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 7
ITEM = re.compile(r"#\{([^}]*)\}")


def pct(a, b):
    return numpy.where(b == 0, numpy.nan, 100.0 * a / b)


def in_python(formula):
    """The formula as an expression over `c` (columns by key) and `k` (constants)."""
    text = re.sub(r"prev\(#\{([^}]*)\}\)", r"#{prev:\1}", formula)
    text = re.sub(r"parent\(([^()]*)\)", lambda found: "(" + ITEM.sub(r"#{parent:\1}", found.group(1)) + ")", text)
    text = re.sub(r"C\{([^}]*)\}", r'k["\1"]', text)
    return ITEM.sub(r'c["\1"]', text)


def prepare(formulas):
    """Each formula compiled once, with the columns that it reads and whether one missing item makes the result missing."""
    prepared = []
    for formula in formulas:
        text = in_python(formula["formula"])
        prepared.append((compile(text, formula["code"], "eval"), re.findall(r'c\["([^"]*)"\]', text), formula["missing"]))
    return prepared


def evaluate(prepared, columns, filled, constants):
    results = []
    with numpy.errstate(all="ignore"):
        for code, read, missing in prepared:
            given = columns if missing == "any" else filled
            result = numpy.asarray(eval(code, {"c": given, "k": constants, "pct": pct}))
            if missing == "all":
                nothing = numpy.logical_and.reduce([numpy.isnan(columns[name]) for name in read])
                result = numpy.where(nothing, numpy.nan, result)
            results.append(numpy.where(numpy.isfinite(result), result, numpy.nan))
    return results


def timed(prepared, columns, filled, constants):
    seconds, results = [], None
    for _ in range(ROUNDS):
        start = time.perf_counter()
        results = evaluate(prepared, columns, filled, constants)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), results


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/release/tongket")
    with tempfile.TemporaryDirectory() as name:
        command = [binary, "--json", "bench", "formulas", "--export", name]
        own = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        given = json.loads((Path(name) / "formulas.json").read_text())
        rows = given["rows"]
        matrix = numpy.fromfile(Path(name) / "columns.bin", dtype="<f8").reshape(-1, rows)
        expected = numpy.fromfile(Path(name) / "expected.bin", dtype="<f8").reshape(-1, rows)
    prepared, constants = prepare(given["formulas"]), given["constants"]
    columns = dict(zip(given["columns"], matrix))
    filled = {name: numpy.nan_to_num(column) for name, column in columns.items()}
    seconds, results = timed(prepared, columns, filled, constants)
    for formula, result, wanted in zip(given["formulas"], results, expected):
        if not numpy.allclose(result, wanted, rtol=1e-12, atol=1e-9, equal_nan=True):
            sys.exit(f"{formula['code']}: the results differ, times are not compared")
    frame = pandas.DataFrame(columns)
    series = {name: frame[name] for name in frame}
    filled_series = {name: frame[name].fillna(0.0) for name in frame}
    pandas_seconds, _ = timed(prepared, series, filled_series, constants)
    million = own["operations"] / 1e6
    print(f"equal: {expected.size} results of {own['formulas']} formulas × {rows} units; numpy {numpy.__version__}, pandas {pandas.__version__}, one thread")
    print(f"tongket {own['seconds']:.4f} s ({million / own['seconds']:.0f} M operations/s, at least 20) · numpy {seconds:.4f} s "
          f"(ratio {seconds / own['seconds']:.2f}) · pandas {pandas_seconds:.4f} s (ratio {pandas_seconds / own['seconds']:.2f})")


if __name__ == "__main__":
    main()
