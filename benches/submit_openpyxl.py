"""A thousand workbooks taken in beside an openpyxl script that only reads them; the same number of cells first.

Run through `cargo xtask bench`, or by hand: python benches/submit_openpyxl.py [path of the tongket binary].
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parent.parent


def cells_of(path):
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return sum(1 for sheet in workbook for row in sheet.iter_rows(values_only=True) for value in row if value is not None)


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/release/tongket")
    with tempfile.TemporaryDirectory() as folder:
        command = [binary, "--json", "bench", "submit", "--export", folder]
        ours = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        started = time.perf_counter()
        cells = sum(cells_of(path) for path in sorted(Path(folder).glob("*.xlsx")))
        seconds = time.perf_counter() - started
    if abs(cells - ours["cells_read"]) > 0.01 * cells:
        sys.exit(f"the readers do not agree: openpyxl saw {cells} cells, calamine {ours['cells_read']}")
    print(f"workbooks {ours['workbooks']}, cells {ours['cells']} taken in, {ours['cells_read']} on the sheets")
    print(f"tongket read + check + store {ours['seconds']:.2f} s; calamine reading only {ours['seconds_reading_only']:.2f} s "
          f"(ratio {ours['seconds'] / ours['seconds_reading_only']:.2f}, at most 2)")
    print(f"openpyxl {openpyxl.__version__} reading only, one core: {seconds:.1f} s "
          f"(tongket {seconds / ours['seconds']:.1f} times faster)")


if __name__ == "__main__":
    main()
