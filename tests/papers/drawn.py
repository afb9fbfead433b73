"""Papers that are not pages of HTML: a printed spreadsheet and slides drawn by hand."""

import pathlib
import tempfile

from page import write_text
from truth import as_cells, write_truth
from writers import office, target


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
    merged = {(m.min_row, m.min_col): (m.max_row - m.min_row + 1, m.max_col - m.min_col + 1) for m in sheet.merged_cells.ranges}
    cells = [(c.row - 3, c.column - 1, *merged.get((c.row, c.column), (1, 1)), str(c.value))
             for line in sheet.iter_rows(min_row=3, max_row=row, max_col=10) for c in line if c.value is not None]
    write_truth("calc", "asagiri-2023-facilities", [{"id": "t1", "caption": None, "page": 1, "pages": [1, 2], "cells": as_cells(cells)}])


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
