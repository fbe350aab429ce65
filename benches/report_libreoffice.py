"""The summary report of the demo ward beside LibreOffice, which turns the same DOCX into a PDF; both PDFs have pages first.

Run through `cargo xtask bench`, or by hand: python benches/report_libreoffice.py [path of the tongket binary].
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3


def ours(binary, folder, out):
    run = lambda *arguments: subprocess.run([binary, "--data", str(folder), "--json", *arguments], check=True, capture_output=True, text=True).stdout
    run("demo", "--no-serve")
    return json.loads(run("bench", "report", "--export", str(out)))


def libreoffice(docx, out, profile):
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf", "--outdir", str(out), str(docx)]
    seconds = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[1:])


def page_count(pdf):
    return max((int(count) for count in re.findall(rb"/Count (\d+)", pdf.read_bytes())), default=0)


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/release/tongket")
    if not shutil.which("soffice"):
        print("soffice is not installed: nothing to compare with")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = ours(binary, folder / "office", folder / "out")
        docx = next((folder / "out").glob("*.docx"))
        peer = folder / "peer"
        seconds = libreoffice(docx, peer, folder / "profile")
        pages = page_count(next(peer.glob("*.pdf")))
        version = subprocess.run(["soffice", "--version"], capture_output=True, text=True).stdout.strip()
    if pages < own["pages"] // 2:
        sys.exit(f"LibreOffice made {pages} pages of the report's {own['pages']}: times are not compared")
    print(f"{version}: {pages} pages from the same DOCX; tongket {own['pages']} pages, {own['figures']} figures")
    print(f"tongket cold, both formats {own['seconds_cold']:.2f} s (at most 1.5) · warm DOCX {own['seconds_docx'] * 1e3:.0f} ms, PDF {own['seconds_pdf'] * 1e3:.0f} ms (at most 300)")
    print(f"LibreOffice, PDF from a finished DOCX {seconds:.2f} s · ratio to cold {seconds / own['seconds_cold']:.1f}, to the warm PDF {seconds / own['seconds_pdf']:.0f}")


if __name__ == "__main__":
    main()
