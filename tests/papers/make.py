"""Makes everything under `fixtures/` from the sources beside this file.

    python3 tests/papers/make.py [PAPER ...]        (tests/papers/make.sh installs what it needs first)

One source, several writers: the HTML in `source/` goes through Chromium, LibreOffice, WeasyPrint and Typst, sheets through
LibreOffice Calc, drawn slides through ReportLab; text papers are written from the same sources in the encodings offices use.
"""

import io
import pathlib
import shutil
import subprocess
import sys
import tempfile

from charts import charts
from drawn import dashboard, facilities
from page import FIXTURES, SOURCE, text, write_text
from truth import table_truth
from writers import PORTRAIT, chromium, run, target, typst, weasyprint, writer


SCAN = pathlib.Path(__file__).parent / "scan" / "midorino-2024-progress.pdf"


def raw_extract(stem, folder):
    """What a PDF reader's text export gives: cells on lines of their own, no tabs."""
    out = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", FIXTURES / folder / f"{stem}.pdf", "-"],
                         check=True, capture_output=True).stdout.decode()
    write_text(f"{stem}.txt", out.replace("\f", "\n"))


def progress():
    chromium("midorino-2024-progress")
    writer("midorino-2024-progress")
    raw_extract("midorino-2024-progress", "libreoffice")


def scan():
    """One page as a photocopier gives it: an image and nothing else.

    It stands beside this file and not under `fixtures/`: what it gives depends on the OCR program of the machine.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen import canvas
    with tempfile.TemporaryDirectory() as tmp:
        run("pdftoppm", "-r", "150", "-gray", "-jpeg", "-f", "3", "-l", "3", FIXTURES / "chromium" / "midorino-2024-progress.pdf", f"{tmp}/p")
        image = next(pathlib.Path(tmp).glob("*.jpg"))
        SCAN.parent.mkdir(exist_ok=True)
        c = canvas.Canvas(str(SCAN), pagesize=A4, invariant=1)
        c.drawImage(str(image), 0, 0, *A4)
        c.save()


def plan():
    weasyprint("midorino-2025-plan")
    writer("midorino-2025-plan")
    write_text("midorino-2025-plan.txt", text("midorino-2025-plan", "fragments"))


def truths():
    for stem in ("midorino-2024-progress", "minatosato-2025-slides", "kitahara-2024-evaluation", "sawabe-2024-settlement",
                 "fuchu-2024-school-ict", "hibari-2023-disaster"):
        table_truth(stem, "chromium")
    table_truth("midorino-2024-progress", "libreoffice")
    table_truth("kitahara-2024-evaluation", "typst")
    for stem in ("midorino-2025-plan", "sawabe-2024-settlement", "fuchu-2024-school-ict"):
        table_truth(stem, "weasyprint")


def slides():
    chromium("minatosato-2025-slides")
    writer("minatosato-2025-slides", landscape=True)
    write_text("minatosato-2025-slides.md", text("minatosato-2025-slides", "markdown"))


def evaluation():
    typst("kitahara-2024-evaluation")
    chromium("kitahara-2024-evaluation")
    write_text("kitahara-2024-evaluation.txt", text("kitahara-2024-evaluation"), "cp932", "\r\n")


def evaluation_keys():
    chromium("hinokawa-2025-evaluation")
    write_text("hinokawa-2025-evaluation.txt", text("hinokawa-2025-evaluation"))


def deck():
    chromium("aonuma-2024-slides")
    write_text("aonuma-2024-slides.md", text("aonuma-2024-slides", "markdown"))


def settlement():
    weasyprint("sawabe-2024-settlement")
    chromium("sawabe-2024-settlement")
    write_text("sawabe-2024-settlement.txt", text("sawabe-2024-settlement"), "euc_jp")


def school():
    weasyprint("fuchu-2024-school-ict")
    chromium("fuchu-2024-school-ict")
    write_text("fuchu-2024-school-ict.txt", text("fuchu-2024-school-ict"))


def as_written():
    """Sources that are papers as they stand."""
    (FIXTURES / "text").mkdir(parents=True, exist_ok=True)
    for name in ("hibari-2023-disaster.html", "tokiwa-2024-waste.md"):
        shutil.copyfile(SOURCE / name, FIXTURES / "text" / name)
    survey = (SOURCE / "hanamizuki-2024-survey.txt").read_text(encoding="utf-8")
    write_text("hanamizuki-2024-survey.txt", survey, "utf-8-sig", "\r\n")
    notice = (SOURCE / "kazemachi-2025-notice.txt").read_text(encoding="utf-8")
    for circled, typed in zip("⑴⑵⑶", ("（１）", "（２）", "（３）")):  # CP932 has no parenthesised figures
        notice = notice.replace(circled, typed)
    write_text("kazemachi-2025-notice.txt", notice, "cp932", "\r\n")
    chromium("hibari-2023-disaster")


def notice():
    """Encrypted, but opens without a password, as many published files do."""
    from pypdf import PdfReader, PdfWriter
    lines = (SOURCE / "kazemachi-2025-notice.txt").read_text(encoding="utf-8").split("\n")
    body = "".join(f'<p style="white-space:pre;margin:0;min-height:1.5em">{s}</p>' for s in lines)
    markup = f'<html lang="ja"><head><meta charset="utf-8"><style>{PORTRAIT} body {{ font: 9.5pt "IPAMincho" }}</style></head><body>{body}</body></html>'
    from weasyprint import HTML
    reader = PdfReader(io.BytesIO(HTML(string=markup).write_pdf()))
    out = PdfWriter(clone_from=reader)
    out.encrypt(user_password="", owner_password="owner", algorithm="AES-128")
    out.write(target("encrypted", "kazemachi-2025-notice"))


MAKERS = [progress, scan, plan, slides, evaluation, evaluation_keys, deck, settlement, school, facilities, dashboard, charts, as_written, notice, truths]

if __name__ == "__main__":
    wanted = sys.argv[1:]
    for maker in MAKERS:
        if not wanted or maker.__name__ in wanted:
            print(maker.__name__, flush=True)
            maker()
