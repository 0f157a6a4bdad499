"""Time and memory of reading large files, beside bare extraction with the same library."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PARAGRAPH = (
    "Thôn {n} có {a} hộ, trong đó {b} hộ nghèo. Giá trị sản xuất đạt {c} triệu đồng, tăng {d} triệu đồng so với năm "
    "trước; đã cứng hóa được {e} km kênh mương, nhân dân trong thôn đóng góp nhiều ngày công, hiến đất và vật liệu để "
    "mở rộng đường làng, ngõ xóm, giữ gìn vệ sinh môi trường, xây dựng đời sống văn hóa ở khu dân cư."
)
PAGES, ROWS = 200, 50_000
TENTH = 10  # what is linear takes ten times as long on the whole as on a tenth


def pdf_bytes(pages: int) -> bytes:
    import weasyprint

    body = "".join(f'<div style="break-after: page">{_page(number)}</div>' for number in range(pages))
    return bytes(weasyprint.HTML(string=f'<html lang="vi"><body>{body}</body></html>').write_pdf())


def _page(number: int) -> str:
    rows = range(9 * number, 9 * number + 9)
    numbers = (
        {"n": n, "a": 100 + n % 83, "b": 3 + n % 9, "c": 4000 + 37 * n, "d": 20 + n % 71, "e": n % 7 + 1} for n in rows
    )
    return "".join(f"<p>{PARAGRAPH.format(**one)}</p>" for one in numbers)


def workbook_bytes(rows: int) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Biểu 1")
    sheet.write_row(0, 0, ["TT", "Đơn vị", "Kế hoạch (ha)", "Thực hiện (ha)", "Tỷ lệ so KH (%)"])
    for row in range(1, rows + 1):
        plan = 100 + row % 400
        sheet.write_row(row, 0, [row, f"Thôn {row}", plan, plan * 1.05, 105])
    book.close()
    return out.getvalue()


BARE_PDF = """
import pypdfium2, sys
document = pypdfium2.PdfDocument(sys.argv[1])
print(sum(len(page.get_textpage().get_text_range()) for page in document))
"""
BARE_BOOK = """
import python_calamine, sys
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
print(sum(len(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()))
"""
READ = """
import sys
from pathlib import Path
from auditor import ingest
print(len(ingest.read(Path(sys.argv[1])).text))
"""
AUDIT = """
import sys
from auditor import audit
print(len(audit([sys.argv[1]]).checks))
"""
RUN = """
import contextlib, io, sys, tempfile
from auditor.cli import app
with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
    with contextlib.suppress(SystemExit):
        app(["run", sys.argv[1], "--output", folder])
print("written")
"""


def measured(code: str, path: Path) -> tuple[float, float, str]:
    """Seconds, the most memory in MB, and what it printed."""
    # Unlike ru_maxrss, this starts anew with the program.
    peak = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code + peak, path], capture_output=True, text=True, check=True)
    *said, memory = done.stdout.split()
    return time.perf_counter() - begin, int(memory) / 1024, " ".join(said)


def main() -> None:
    print("| file | what | time | memory | printed |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for kind, make, size, bare in (("xlsx", workbook_bytes, ROWS, BARE_BOOK), ("pdf", pdf_bytes, PAGES, BARE_PDF)):
            whole, part = Path(folder) / f"a.{kind}", Path(folder) / f"b.{kind}"
            whole.write_bytes(make(size))
            part.write_bytes(make(size // TENTH))
            unit = "rows" if kind == "xlsx" else "pages"
            _row(f"{kind}, {size:,} {unit}", "bare extraction", measured(bare, whole))
            _row(f"{kind}, {size:,} {unit}", "reading: text, tables, places", measured(READ, whole))
            for share, file in ((size // TENTH, part), (size, whole)):
                _row(f"{kind}, {share:,} {unit}", "whole audit", measured(AUDIT, file))
                _row(f"{kind}, {share:,} {unit}", "`audit run` with its reports", measured(RUN, file))


def _row(file: str, what: str, result: tuple[float, float, str]) -> None:
    seconds, memory, said = result
    print(f"| {file} | {what} | {seconds:.1f} s | {memory:.0f} MB | {said} |", flush=True)


if __name__ == "__main__":
    main()
