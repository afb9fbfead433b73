"""The programs that set a source page as a PDF."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from page import FIXTURES, SOURCE, plain, read, rows_of, width_of

# Writers stamp the time of writing into a PDF; those that know this variable take the time from it.
os.environ["SOURCE_DATE_EPOCH"] = "1731283200"

STYLE = """
body { font-size: 10.5pt; line-height: 1.5 }
body.mincho { font-family: "IPAMincho", "IPA明朝" }
body.gothic, body.slides { font-family: "Noto Sans CJK JP" }
p { margin: 0 0 3pt 0 }
.r { text-align: right } .c { text-align: center } .big { font-size: 14pt }
.j { text-indent: 1em } .n { font-size: 9pt } .b { margin-left: 1.5em; text-indent: -1em }
.h1 { font-weight: bold; margin-top: 8pt } .h2 { margin-left: 0.5em } .h3 { margin-left: 1em }
.pb { page-break-before: always }
table { border-collapse: collapse; margin: 4pt 0 8pt 1em; font-size: 9.5pt }
caption { text-align: left }
td, th { padding: 1.5pt 5pt; font-weight: normal; vertical-align: middle }
table.grid td, table.grid th { border: 0.75pt solid black }
table.hrules tr { border-top: 0.75pt solid black; border-bottom: 0.75pt solid black }
table.norules td, table.norules th { padding: 2pt 14pt 2pt 2pt }
td.n { text-align: right; font-size: inherit } td.m { text-align: center }
th.v { writing-mode: vertical-rl }
sup { font-size: 60% }
body.slides { font-size: 14pt }
body.slides section { page-break-after: always }
body.slides h1 { font-size: 22pt; background: #dbe7f3; margin: 0 0 8pt 0; padding: 4pt }
body.slides h2 { font-size: 15pt; margin: 4pt 0 }
body.slides table { font-size: 11.5pt } body.slides ul { margin: 4pt 0 }
.cols { display: flex; gap: 24pt } .box { border: 1.5pt solid #36c; padding: 6pt; text-align: center; width: 12em }
.note { font-size: 12pt }
"""
PORTRAIT = "@page { size: A4; margin: 20mm }"
LANDSCAPE = "@page { size: A4 landscape; margin: 12mm }"


def page(stem, extra=""):
    source = (SOURCE / f"{stem}.html").read_text(encoding="utf-8")
    paper = LANDSCAPE if 'class="slides"' in source else PORTRAIT
    return source.replace("</head>", f"<style>{paper}{STYLE}{extra}</style></head>")


def target(folder, stem):
    path = FIXTURES / folder / f"{stem}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def undate(path):
    """The time of writing, which these programs take from the clock, becomes a fixed one of the same length."""
    body = path.read_bytes()
    body = re.sub(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}", rb"\g<1>20241111000000", body)
    path.write_bytes(body)


def run(*command, **options):
    subprocess.run([str(c) for c in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   timeout=180, **options)


def chromium(stem, folder="chromium", extra=""):
    with tempfile.TemporaryDirectory() as tmp:
        source = pathlib.Path(tmp) / f"{stem}.html"
        source.write_text(page(stem, extra), encoding="utf-8")
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp}/profile",
            "--no-pdf-header-footer", f"--print-to-pdf={target(folder, stem)}", source.as_uri())
    undate(target(folder, stem))


def weasyprint(stem):
    from weasyprint import HTML
    HTML(string=page(stem)).write_pdf(target("weasyprint", stem))


def office(source, kind, destination):
    """A file through LibreOffice; `kind` is the export filter."""
    with tempfile.TemporaryDirectory() as tmp:
        run("soffice", "--headless", f"-env:UserInstallation=file://{tmp}/profile", "--convert-to", f"pdf:{kind}",
            "--outdir", tmp, source)
        shutil.copyfile(next(pathlib.Path(tmp).glob("*.pdf")), destination)
    undate(destination)


def writer(stem, landscape=False):
    """HTML → a Word document → LibreOffice Writer: paragraphs and tables as an office would set them."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    body = read(stem)
    font = "IPAMincho" if body.has("mincho") else "Noto Sans CJK JP"
    doc = docx.Document()
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    section = doc.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(20))

    def set_widths(table, rows, room):
        """Columns as wide as their longest line needs, squeezed into the room (mm) the page has."""
        need = [8] * len(table.columns)
        for row in rows:
            for cell, _, c, _, across in row:
                if across == 1:
                    need[c] = max(need[c], 5 + 3.8 * max(map(len, plain(cell).split("\n"))))
        table.autofit = False
        squeeze = min(1, room / sum(need))
        for column, mm in zip(table.columns, need):
            column.width = Mm(mm * squeeze)
            for cell in column.cells:
                cell.width = Mm(mm * squeeze)

    def fill(paragraph, node):
        for child in node.children:
            if isinstance(child, str):
                paragraph.add_run(child.replace("\n", ""))
            elif child.tag == "br":
                paragraph.add_run().add_break()
            elif child.tag == "sup":
                paragraph.add_run(plain(child)).font.superscript = True
            elif child.tag == "u":
                paragraph.add_run(plain(child)).underline = True
            else:
                fill(paragraph, child)

    def put(node):
        for child in node.children:
            if isinstance(child, str):
                continue
            if child.tag == "table":
                for caption in child.find("caption"):
                    doc.add_paragraph(plain(caption))
                rows = rows_of(child)
                table = doc.add_table(len(rows), width_of(child), style="Table Grid" if child.has("grid") else None)
                set_widths(table, rows, 247 if landscape else 165)
                for row in rows:
                    for cell, r, c, down, across in row:
                        box = table.cell(r, c)
                        if down > 1 or across > 1:
                            box = box.merge(table.cell(r + down - 1, c + across - 1))
                        paragraph = box.paragraphs[0]
                        fill(paragraph, cell)
                        if cell.has("n"):
                            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                        elif cell.has("m") or cell.tag == "th":
                            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                doc.add_paragraph()
            elif child.tag in ("p", "h1", "h2", "li"):
                paragraph = doc.add_paragraph("・" if child.tag == "li" else "")
                fill(paragraph, child)
                paragraph.paragraph_format.space_after = Pt(2)
                paragraph.paragraph_format.page_break_before = child.has("pb")
                if child.has("r"):
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                if child.has("c"):
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                if child.has("b"):
                    paragraph.paragraph_format.left_indent = Pt(16)
                    paragraph.paragraph_format.first_line_indent = Pt(-10.5)
            else:
                if child.tag == "section" and child is not node.children[0]:
                    doc.add_page_break()
                put(child)

    put(body)
    with tempfile.TemporaryDirectory() as tmp:
        path = pathlib.Path(tmp) / f"{stem}.docx"
        doc.save(path)
        office(path, "writer_pdf_Export", target("libreoffice", stem))


def typst(stem):
    """HTML → Typst markup → PDF."""
    import typst as compiler

    def escape(s):
        return re.sub(r"([\\#$*_`<>@\[\]~/=+-])", r"\\\1", s)

    def inline(node):
        if isinstance(node, str):
            return escape(node.replace("\n", ""))
        if node.tag == "br":
            return " \\ "
        inner = "".join(inline(c) for c in node.children)
        return {"sup": f"#super[{inner}]", "u": f"#underline[{inner}]", "b": f"*{inner}*"}.get(node.tag, inner)

    def blocks(node):
        for child in node.children:
            if isinstance(child, str):
                continue
            if child.tag == "table":
                for caption in child.find("caption"):
                    yield inline(caption)
                cells = []
                for row in rows_of(child):
                    for cell, r, c, down, across in row:
                        align = "right" if cell.has("n") else "center" if cell.has("m") or cell.tag == "th" else "left"
                        cells.append(f"table.cell(x: {c}, y: {r}, rowspan: {down}, colspan: {across}, align: {align} + horizon)"
                                     f"[{inline(cell)}]")
                yield f"#table(columns: {width_of(child)}, stroke: 0.6pt, {', '.join(cells)})"
            elif child.tag in ("p", "li", "h1", "h2"):
                body = inline(child)
                yield f"#align(right)[{body}]" if child.has("r") else f"#align(center)[{body}]" if child.has("c") else body
            else:
                yield from blocks(child)

    markup = ('#set page(paper: "a4", margin: 20mm)\n#set text(font: "Noto Serif CJK JP", size: 9.5pt, lang: "ja")\n'
              '#set table(inset: 4pt)\n\n' + "\n\n".join(blocks(read(stem))))
    with tempfile.TemporaryDirectory() as tmp:
        source = pathlib.Path(tmp) / f"{stem}.typ"
        source.write_text(markup, encoding="utf-8")
        compiler.compile(str(source), output=str(target("typst", stem)))
