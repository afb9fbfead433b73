"""Makes everything under `fixtures/` from the sources beside this file.

    python3 tests/papers/make.py [PAPER ...]        (tests/papers/make.sh installs what it needs first)

One source, several writers: the HTML in `source/` goes through Chromium, LibreOffice, WeasyPrint and Typst, sheets through
LibreOffice Calc, drawn slides through ReportLab; text papers are written from the same sources in the encodings offices use.
"""

import html.parser
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE / "source"
FIXTURES = HERE.parent.parent / "fixtures"
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


class Node:
    """An element of a source page."""

    def __init__(self, tag, attrs, parent):
        self.tag, self.attrs, self.parent, self.children = tag, dict(attrs), parent, []

    def find(self, *tags):
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.find(*tags)

    def has(self, name):
        return name in self.attrs.get("class", "").split()


class Reader(html.parser.HTMLParser):
    """The source pages are well-formed; void elements are `br` and `meta` only."""

    def __init__(self):
        super().__init__()
        self.root = self.at = Node("root", [], None)

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs, self.at)
        self.at.children.append(node)
        if tag not in ("br", "meta"):
            self.at = node

    def handle_endtag(self, tag):
        if tag not in ("br", "meta"):
            self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


def read(stem):
    reader = Reader()
    reader.feed((SOURCE / f"{stem}.html").read_text(encoding="utf-8"))
    return next(reader.root.find("body"))


def plain(node, mark="", line="\n"):
    """The text of a node; `mark` = "fragments" keeps <u> and ^{…} as text extracts of published pages have them."""
    if isinstance(node, str):
        return node.replace("\n", "")
    inner = line if node.tag == "br" else "".join(plain(c, mark, line) for c in node.children)
    if mark == "fragments" and node.tag == "u":
        return f"<u>{inner}</u>"
    if mark == "fragments" and node.tag == "sup":
        return f"^{{{inner}}}"
    if mark == "markdown" and node.tag == "b":
        return f"**{inner}**"
    return inner


def rows_of(table):
    """Rows of (cell, row, column, row span, column span)."""
    taken, rows = set(), []
    for r, tr in enumerate(table.find("tr")):
        c, row = 0, []
        for cell in tr.find("td", "th"):
            while (r, c) in taken:
                c += 1
            down, across = int(cell.attrs.get("rowspan", 1)), int(cell.attrs.get("colspan", 1))
            taken |= {(r + i, c + j) for i in range(down) for j in range(across)}
            row.append((cell, r, c, down, across))
            c += across
        rows.append(row)
    return rows


def width_of(table):
    return max(c + across for row in rows_of(table) for _, _, c, _, across in row)


# ---------------------------------------------------------------- texts

def text_lines(node, mark):
    """The lines of a text extract with tab-separated tables; in a cell, a space stands for a line break."""
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                yield child.strip()
            continue
        if child.tag == "table":
            for caption in child.find("caption"):
                yield plain(caption, mark)
            for row in rows_of(child):
                cells = [""] * width_of(child)
                for cell, _, c, _, across in row:
                    text = plain(cell, mark, " ")
                    if mark == "fragments" and across == len(cells):
                        text = f"<p>{text}</p>"
                    cells[c] = text
                yield "\t".join(cells)
            yield ""
        elif child.tag in ("h1", "h2"):
            sign = {"h1": "# ", "h2": "## "}[child.tag] if mark == "markdown" else ""
            yield sign + plain(child, mark)
            yield ""
        elif child.tag == "li":
            yield ("- " if mark == "markdown" else "・") + plain(child, mark)
        elif child.tag == "p":
            yield from plain(child, mark, "  \n" if mark == "markdown" else "\n").split("\n")
            yield ""
        else:
            yield from text_lines(child, mark)
            if child.tag == "ul":
                yield ""


def text(stem, mark=""):
    joined = "\n".join(text_lines(read(stem), mark))
    return re.sub(r"\n{3,}", "\n\n", joined).strip() + "\n"


def write_text(name, content, encoding="utf-8", newline="\n"):
    path = FIXTURES / "text" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.replace("\n", newline).encode(encoding))


# ---------------------------------------------------------------- PDFs

def page(stem, extra=""):
    source = (SOURCE / f"{stem}.html").read_text(encoding="utf-8")
    paper = LANDSCAPE if 'class="slides"' in source else PORTRAIT
    return source.replace("</head>", f"<style>{paper}{STYLE}{extra}</style></head>")


def target(folder, stem):
    path = FIXTURES / folder / f"{stem}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def run(*command, **options):
    subprocess.run([str(c) for c in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   timeout=180, **options)


def chromium(stem, folder="chromium", extra=""):
    with tempfile.TemporaryDirectory() as tmp:
        source = pathlib.Path(tmp) / f"{stem}.html"
        source.write_text(page(stem, extra), encoding="utf-8")
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp}/profile",
            "--no-pdf-header-footer", f"--print-to-pdf={target(folder, stem)}", source.as_uri())


def weasyprint(stem):
    from weasyprint import HTML
    HTML(string=page(stem)).write_pdf(target("weasyprint", stem))


def office(source, kind, destination):
    """A file through LibreOffice; `kind` is the export filter."""
    with tempfile.TemporaryDirectory() as tmp:
        run("soffice", "--headless", f"-env:UserInstallation=file://{tmp}/profile", "--convert-to", f"pdf:{kind}",
            "--outdir", tmp, source)
        shutil.copyfile(next(pathlib.Path(tmp).glob("*.pdf")), destination)


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


# ---------------------------------------------------------------- papers that are not pages of HTML

def facilities():
    """A list over several pages, heading repeated by the spreadsheet: use of halls by quarter."""
    import openpyxl
    from openpyxl.styles import Alignment, Border, Font, Side

    areas = [("北部", 11), ("南部", 14), ("東部", 9), ("西部", 13), ("中央", 17)]
    kinds = ["公民館", "地区センター", "体育館", "図書室", "児童館"]
    names = "朝霧 桜坂 松原 川辺 丘の上 泉 大橋 若葉 旭 青柳 柏木 緑ヶ丘 花園 高砂 港 本町 新田".split()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "利用状況"
    sheet.append(["令和５年度　集会施設の利用状況（あさぎり市 地域振興課）"])
    sheet.append(["市民生活委員会資料　令和６年７月11日　　　利用者数の単位：人"])
    sheet.append(["地区", "施設名", "利用者数", None, None, None, None, "前年度", "増減", "稼働率"])
    sheet.append([None, None, "第１四半期", "第２四半期", "第３四半期", "第４四半期", "計", None, None, None])
    row, total = 5, [0] * 6
    for a, (area, count) in enumerate(areas):
        first = row
        for i in range(count):
            quarters = [900 + (a * 731 + i * 257 + q * 389) % 2100 for q in range(4)]
            before = sum(quarters) + (i * 173 + a * 59) % 900 - 450
            change = sum(quarters) - before
            rate = (sum(quarters) % 523) / 10 + 30
            values = [*quarters, sum(quarters), before]
            total = [x + y for x, y in zip(total, values)]
            sign = f"△{-change:,}" if change < 0 else f"{change:,}"
            sheet.append([area if row == first else None, names[i] + kinds[(a + i) % 5], *[f"{v:,}" for v in values], sign, f"{rate:.1f}％"])
            row += 1
        sheet.merge_cells(start_row=first, end_row=row - 1, start_column=1, end_column=1)
    change = total[4] - total[5]
    sheet.append(["合計", None, *[f"{v:,}" for v in total], f"△{-change:,}" if change < 0 else f"{change:,}", "－"])
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    for area in ("A3:A4", "B3:B4", "C3:G3", "H3:H4", "I3:I4", "J3:J4"):
        sheet.merge_cells(area)
    thin = Side(style="thin")
    for line in sheet.iter_rows(min_row=1, max_row=row, max_col=10):
        for cell in line:
            cell.font = Font(name="IPAGothic", size=10)
            if cell.row >= 3:
                cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
                head = cell.row <= 4 or cell.column == 1
                cell.alignment = Alignment(horizontal="center" if head else "right" if cell.column > 2 else "left", vertical="center")
    for letter, width in zip("ABCDEFGHIJ", (6, 20, 10, 10, 10, 10, 10, 10, 9, 9)):
        sheet.column_dimensions[letter].width = width
    for r in range(5, row + 1):
        sheet.row_dimensions[r].height = 24
    sheet.print_title_rows = "3:4"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "- &P -"
    with tempfile.TemporaryDirectory() as tmp:
        path = pathlib.Path(tmp) / "sheet.xlsx"
        book.save(path)
        office(path, "calc_pdf_Export", target("calc", "asagiri-2023-facilities"))
    lines = []
    for cells in sheet.iter_rows(max_row=row, max_col=10, values_only=True):
        lines.append("\t".join("" if c is None else str(c) for c in cells).rstrip("\t"))
    write_text("asagiri-2023-facilities.txt", "\n".join(lines) + "\n", "utf-16", "\r\n")


def dashboard():
    """Slides drawn by hand: bars and a ring with their figures, boxes with arrows; fonts by name only (predefined CMap)."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    font = "HeiseiKakuGo-W5"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    width, height = landscape(A4)
    c = canvas.Canvas(str(target("reportlab", "tsukishiro-2024-dashboard")), pagesize=(width, height), invariant=1)
    c.setTitle("窓口DXの進捗（月城市）")

    def say(x, y, s, size=14, middle=False):
        c.setFont(font, size)
        (c.drawCentredString if middle else c.drawString)(x, y, s)

    def head(s, number):
        c.setFillGray(0.85)
        c.rect(0, height - 60, width, 60, stroke=0, fill=1)
        c.setFillGray(0)
        say(30, height - 42, s, 22)
        say(width - 40, 20, str(number), 10, True)

    head("窓口DXの進捗について", 1)
    say(width / 2, 330, "企画総務委員会資料", 16, True)
    say(width / 2, 300, "令和６年12月５日", 16, True)
    say(width / 2, 270, "月城市 市民課・情報政策課", 16, True)
    c.showPage()

    head("１　書かない窓口の利用", 2)
    say(40, 500, "○令和６年５月に本庁で開始し、10月末までに5,872件の申請書をシステムで作成した。")
    say(40, 475, "○手続に要する時間は、平均で約28分から約17分まで短縮（39.3％削減）")
    say(40, 440, "月ごとの作成件数（令和６年度、単位：件）", 12)
    months = [("５月", 612), ("６月", 804), ("７月", 958), ("８月", 1043), ("９月", 1120), ("10月", 1335)]
    for i, (month, value) in enumerate(months):
        x, tall = 70 + i * 110, value / 6
        c.setFillColorRGB(0.35, 0.55, 0.8)
        c.rect(x, 130, 60, tall, stroke=0, fill=1)
        c.setFillGray(0)
        say(x + 30, 136 + tall, f"{value:,}", 12, True)
        say(x + 30, 112, month, 12, True)
    c.line(50, 130, 760, 130)
    say(40, 70, "※計 5,872件。土曜開庁日を含む。", 11)
    c.showPage()

    head("２　証明書の交付方法（令和５年度）", 3)
    c.setLineWidth(34)
    from math import pi
    angle = 90
    for share, gray in ((46.2, 0.35), (41.5, 0.6), (12.3, 0.8)):
        c.setStrokeGray(gray)
        c.arc(120, 170, 340, 390, angle, -share * 3.6)
        angle -= share * 3.6
    c.setLineWidth(1)
    c.setStrokeGray(0)
    say(230, 285, "全98,400件", 14, True)
    for y, name, value in ((400, "窓口", "45,461（46.2％）"), (340, "コンビニ", "40,836（41.5％）"), (280, "郵送・オンライン", "12,103（12.3％）")):
        say(430, y, name, 16)
        say(570, y, value, 16)
    say(430, 200, "コンビニ交付率の目標：令和６年度 50％（令和５年度 41.5％）", 13)
    c.showPage()

    head("３　見直しの効果", 4)
    for x, title, lines in ((60, "【見直し前】", ("窓口数 12", "待ち時間 35分", "年間 約9,600時間")), (480, "【見直し後】", ("窓口数 ９", "待ち時間 18分", "年間 約6,200時間"))):
        c.rect(x, 240, 300, 220)
        say(x + 150, 430, title, 16, True)
        for i, s in enumerate(lines):
            say(x + 150, 380 - i * 45, s, 18, True)
    say(420, 345, "→", 30, True)
    say(60, 180, "・窓口職員のうち６名を相談業務に振り向けた（令和６年10月１日現在）。")
    say(60, 150, "・令和７年度は、４か所の市民センターにも広げる予定（事業費 約3,200万円）。")
    c.showPage()
    c.save()
    write_text("tsukishiro-2024-dashboard.txt", DASHBOARD_TEXT)


DASHBOARD_TEXT = """企画総務委員会資料
令和６年12月５日
月城市 市民課・情報政策課

窓口DXの進捗について

１　書かない窓口の利用
○令和６年５月に本庁で開始し、10月末までに5,872件の申請書をシステムで作成した。
○手続に要する時間は、平均で約28分から約17分まで短縮（39.3％削減）
月ごとの作成件数（令和６年度、単位：件）
612
804
958
1,043
1,120
1,335
５月 ６月 ７月 ８月 ９月 10月
※計 5,872件。土曜開庁日を含む。

２　証明書の交付方法（令和５年度）
窓口
45,461（46.2％）
全98,400件
コンビニ
40,836（41.5％）
郵送・オンライン
12,103（12.3％）
コンビニ交付率の目標：令和６年度 50％（令和５年度 41.5％）

３　見直しの効果
【見直し前】
窓口数 12
待ち時間 35分
年間 約9,600時間
【見直し後】
窓口数 ９
待ち時間 18分
年間 約6,200時間
・窓口職員のうち６名を相談業務に振り向けた（令和６年10月１日現在）。
・令和７年度は、４か所の市民センターにも広げる予定（事業費 約3,200万円）。
"""


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
    """One page as a photocopier gives it: an image and nothing else."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen import canvas
    with tempfile.TemporaryDirectory() as tmp:
        run("pdftoppm", "-r", "150", "-gray", "-jpeg", "-f", "3", "-l", "3", FIXTURES / "chromium" / "midorino-2024-progress.pdf", f"{tmp}/p")
        image = next(pathlib.Path(tmp).glob("*.jpg"))
        c = canvas.Canvas(str(target("scan", "midorino-2024-progress")), pagesize=A4, invariant=1)
        c.drawImage(str(image), 0, 0, *A4)
        c.save()


def plan():
    weasyprint("midorino-2025-plan")
    writer("midorino-2025-plan")
    write_text("midorino-2025-plan.txt", text("midorino-2025-plan", "fragments"))


def slides():
    chromium("minatosato-2025-slides")
    writer("minatosato-2025-slides", landscape=True)
    write_text("minatosato-2025-slides.md", text("minatosato-2025-slides", "markdown"))


def evaluation():
    typst("kitahara-2024-evaluation")
    chromium("kitahara-2024-evaluation")
    write_text("kitahara-2024-evaluation.txt", text("kitahara-2024-evaluation"), "cp932", "\r\n")


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


MAKERS = [progress, scan, plan, slides, evaluation, settlement, school, facilities, dashboard, as_written, notice]

if __name__ == "__main__":
    wanted = sys.argv[1:]
    for maker in MAKERS:
        if not wanted or maker.__name__ in wanted:
            print(maker.__name__, flush=True)
            maker()
