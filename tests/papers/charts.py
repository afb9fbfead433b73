"""Slides with charts as office programs print them: python-pptx, then LibreOffice Impress."""

import pathlib
import subprocess
import tempfile

from writers import target

FONT = "Noto Sans CJK JP"
MONTHS = ["４月", "５月", "６月", "７月", "８月", "９月"]


def charts():
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE as Type
    from pptx.enum.chart import XL_LEGEND_POSITION as Legend
    from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
    from pptx.util import Inches, Pt

    show = Presentation()
    show.slide_width, show.slide_height = Inches(10), Inches(7.5)

    def say(slide, words, box, size):
        frame = slide.shapes.add_textbox(*map(Inches, box)).text_frame
        frame.word_wrap = True
        run = frame.paragraphs[0].add_run()
        run.text, run.font.size, run.font.name = words, Pt(size), FONT

    def page(title):
        slide = show.slides.add_slide(show.slide_layouts[6])
        say(slide, title, (0.5, 0.3, 9, 0.6), 24)
        return slide

    def chart(slide, kind, names, series, box, title, shares=False, legend=True):
        data = CategoryChartData()
        data.categories = names
        for name, values in series:
            data.add_series(name, values)
        drawn = slide.shapes.add_chart(kind, *map(Inches, box), data).chart
        drawn.font.size, drawn.font.name = Pt(12), FONT
        drawn.has_title, drawn.has_legend = True, legend
        drawn.chart_title.text_frame.text = title
        if legend:
            drawn.legend.position, drawn.legend.include_in_layout = Legend.BOTTOM, False
        plot = drawn.plots[0]
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.show_value, labels.show_percentage, labels.show_category_name = not shares, shares, shares
        labels.number_format, labels.number_format_is_linked = "0.0%" if shares else "#,##0", False

    slide = page("窓口の電子化の状況について")
    say(slide, "令和７年２月１０日　葦原市　情報政策課", (0.5, 1.2, 9, 0.6), 16)
    slide = page("１　電子申請の件数")
    say(slide, "令和６年度の上半期は、８月の申請が最も多かった。", (0.5, 1, 9, 0.5), 14)
    chart(slide, Type.COLUMN_CLUSTERED, MONTHS, [("件数", (412, 612, 845, 1020, 1335, 1210))], (0.5, 1.6, 9, 5),
          "月別の申請件数（令和６年度、件）", legend=False)
    slide = page("２　図書館の利用")
    chart(slide, Type.BAR_CLUSTERED, ["中央図書館", "北図書館", "南図書館"],
          [("令和４年度", (45210, 23100, 19876)), ("令和５年度", (52340, 26011, 21034))], (0.5, 1.2, 9, 5.5),
          "年間利用者数（単位：人）")
    slide = page("３　支払いの方法")
    chart(slide, Type.PIE, ["現金", "カード", "その他"], [("割合", (607, 324, 69))], (2, 1.3, 5, 5), "令和５年度", shares=True)
    slide = page("４　職員数の推移")
    chart(slide, Type.LINE_MARKERS, ["令和３年度", "令和４年度", "令和５年度"],
          [("一般職", (1187, 1169, 1155)), ("会計年度任用職員", (702, 731, 760))], (0.5, 1.2, 9, 5.5), "職員数（人）")
    slide = page("５　申請から交付まで")
    for i, words in enumerate(["申請", "受付", "審査", "交付"]):
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, (0.5 + 2.3 * i, 2, 1.7, 1)))
        shape.text_frame.text = words
        if i:
            slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Inches, (2.3 * i - 0.1, 2.5, 2.3 * i + 0.5, 2.5)))

    stem = "ashihara-2025-charts"
    out = target("impress", stem)
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / f"{stem}.pptx"
        show.save(source)
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(out.parent), str(source)],
                       check=True, capture_output=True)
