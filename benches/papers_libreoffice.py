"""An invented report of sixty pages and five hundred invitations beside LibreOffice, which turns the same DOCX into PDF.

The words of both PDFs are compared with those of the DOCX first, and every letter is read back by the product itself.
Run through `cargo xtask bench`, or by hand: python benches/papers_libreoffice.py [path of the tongket binary].
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
LONG_PAGES = 200


def words(text):
    return Counter(re.findall(r"\w+", text))


def words_of_docx(path):
    xml = zipfile.ZipFile(path).read("word/document.xml").decode()
    paragraphs = xml.replace("<w:br/>", "<w:t> </w:t>").split("</w:p>")
    text = "\n".join("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", paragraph)) for paragraph in paragraphs)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return words(text)


def words_of_pdf(path):
    return words(subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True, text=True).stdout)


def page_count(pdf):
    return max((int(count) for count in re.findall(rb"/Count (\d+)", pdf.read_bytes())), default=0)


class LibreOffice:
    """A word processor with a profile that it has used before: its first start, which makes one, is not counted."""

    def __init__(self, folder):
        self.command = ["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to", "pdf"]
        self.version = subprocess.run(["soffice", "--version"], capture_output=True, text=True).stdout.strip()

    def seconds(self, files, out):
        start = time.perf_counter()
        subprocess.run([*self.command, "--outdir", str(out), *map(str, files)], check=True, capture_output=True)
        return time.perf_counter() - start


def measured(binary, *arguments):
    run = subprocess.run([binary, "--json", "bench", *arguments], check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def paper(binary, peer, folder):
    export = folder / "paper"
    rounds = [measured(binary, "paper", "--export", str(export)) for _ in range(ROUNDS)]
    own = sorted(rounds, key=lambda each: each["seconds"])[ROUNDS // 2]
    docx, out = export / "paper.docx", folder / "peer"
    peer.seconds([docx], out)
    theirs = statistics.median(peer.seconds([docx], out) for _ in range(ROUNDS))
    wanted = words_of_docx(docx)
    for name, pdf in (("tongket", export / "paper.pdf"), (peer.version, out / "paper.pdf")):
        missing = wanted - words_of_pdf(pdf)
        if missing:
            sys.exit(f"{name} left words out: {missing.most_common(5)}")
    print(f"report: {own['pages']} pages, {own['tables']} tables, {own['charts']} charts; {peer.version}: {page_count(out / 'paper.pdf')} pages, {sum(wanted.values())} words in each")
    print(f"  tongket cold, DOCX and PDF {own['seconds']:.2f} s (at most 2.5), on the cores {own['core_seconds']:.2f} s, {own['peak_rss_mb']} MiB")
    print(f"  LibreOffice, PDF from the finished DOCX {theirs:.2f} s · ratio {theirs / own['seconds']:.1f} (at least 10)")
    long = measured(binary, "paper", "--pages", str(LONG_PAGES))
    print(f"  {long['pages']} pages: {long['seconds']:.2f} s, {long['peak_rss_mb']} MiB (at most 300)")


def letters(binary, peer, folder):
    export = folder / "letters"
    own = measured(binary, "letters", "--export", str(export))
    files = sorted(export.glob("letter-*.docx"))
    theirs = peer.seconds(files, folder / "peer-letters")
    each, their_each = own["seconds"] / own["letters"], theirs / len(files)
    print(f"letters: {own['letters']} in one zip {own['seconds']:.2f} s (at most 10), {each * 1e3:.1f} ms each, {own['peak_rss_mb']} MiB")
    print(f"  LibreOffice, {len(files)} of them in one start {theirs:.2f} s, {their_each * 1e3:.0f} ms each · ratio {their_each / each:.0f}")


def check(binary, folder):
    office = str(folder / "office")
    subprocess.run([binary, "--data", office, "--json", "demo", "--no-serve"], check=True, capture_output=True)
    own = measured(binary, "check", "--data", office)
    print(f"checker: {own['documents']} documents of the demo, {own['findings']} findings; {own['milliseconds']:.1f} ms in the middle, {own['milliseconds_most']:.1f} ms at most ({own['slowest']}; at most 100)")


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/release/tongket")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check(binary, folder)
        missing = [tool for tool in ("soffice", "pdftotext") if not shutil.which(tool)]
        if missing:
            print(f"{', '.join(missing)} not installed: nothing to compare with")
            return
        peer = LibreOffice(folder)
        paper(binary, peer, folder)
        letters(binary, peer, folder)


if __name__ == "__main__":
    main()
