//! The columns of the tabular files, with what they mean: one table that the CSV headers, the Data Package and the
//! workbook are made from.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Text.
    Text,
    /// One of a few words.
    Enum(&'static [&'static str]),
    /// Whole number.
    Integer,
    /// Decimal number.
    Decimal,
    /// Calendar date, `YYYY-MM-DD`.
    Date,
    /// `true` or `false`.
    Boolean,
    /// Share between 0 and 1 with two decimals.
    Share,
    /// Labels by name: a JSON object in text files.
    Labels,
    /// A box on a page: four numbers.
    Place,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name in every file.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnType,
    /// Its title in Japanese.
    pub title_ja: &'static str,
    /// What it means, in Japanese.
    pub ja: &'static str,
    /// What it means, in English.
    pub en: &'static str,
    /// Width in the workbook, in half-width characters.
    pub width: u16,
}

const fn column(
    name: &'static str,
    kind: ColumnType,
    width: u16,
    title_ja: &'static str,
    ja: &'static str,
    en: &'static str,
) -> Column {
    Column { name, kind, title_ja, ja, en, width }
}

use ColumnType::{Boolean, Date, Decimal, Enum, Integer, Labels, Place, Share, Text};

const BOUND: &[&str] = &["exact", "approx", "at_least", "at_most", "more_than", "less_than", "range"];
const STATUS: &[&str] = &["actual", "plan", "target", "forecast", "unknown"];
const AGGREGATION: &[&str] = &["point", "cumulative", "change", "ratio"];
const CONTEXT: &[&str] = &["table", "prose", "figure"];
const DIFFERENCE: &[&str] = &["added", "gone", "changed"];
const DOCUMENT_STATUS: &[&str] = &["complete", "incomplete", "failed"];

/// `observations.csv` and the sheet 観測値.
#[rustfmt::skip]
pub const OBSERVATIONS: [Column; 30] = [
    column("observation_id", Text, 18, "観測値ID", "観測値の識別子。同じ文書の同じ事実は、再実行しても、文書の他の箇所が変わっても同じ値になる", "Stable identifier: the same fact in the same document keeps it from run to run"),
    column("document_id", Text, 18, "文書ID", "文書の識別子。内容のハッシュ値（SHA-256）の先頭16桁", "Document: first 16 digits of the SHA-256 of its content"),
    column("source", Text, 36, "ファイル", "入力フォルダからの相対パス", "Path of the document relative to the input root"),
    column("issuer", Text, 12, "発行団体", "文書を発行した団体（例：杉並区）。不明なら空欄", "Body that issued the document; empty if not found"),
    column("issuer_code", Text, 10, "団体コード", "全国地方公共団体コード（6桁）", "Its local-government code, 6 digits"),
    column("document_date", Date, 12, "文書日付", "文書の日付", "Date of the document"),
    column("page", Integer, 6, "ページ", "PDFのページ番号（1から）。テキスト入力では空欄", "1-based page; empty for text input"),
    column("line", Integer, 6, "行", "テキスト入力の行番号（1から）。PDFでは空欄", "1-based line in text input; empty for PDF"),
    column("subject", Text, 36, "対象", "測られているもの（事業、手続、業務、システム、施設など）。文書の表記による", "What is measured (programme, procedure group, task, system, facility), as the document names it"),
    column("measure", Text, 20, "指標ID", "指標カタログの識別子。該当がなければ空欄", "Id in the measure catalogue; empty if none applies"),
    column("measure_label", Text, 24, "指標名", "文書の言葉による指標名（見出しまたは名詞）", "The quantity in the document's own words (column header or noun)"),
    column("value", Decimal, 14, "値", "基本単位での値（約16億円 → 1600000000、53.1％ → 53.1）", "Value in the base unit"),
    column("value_upper", Decimal, 14, "上限値", "範囲の上端", "Upper end of a range"),
    column("unit", Text, 8, "単位", "正規化した単位（件、人、円、% など）", "Normalised unit"),
    column("bound", Enum(BOUND), 10, "限定", "exact＝ちょうど、approx＝約・程度、at_least＝以上、at_most＝以下、more_than＝超、less_than＝未満、range＝範囲", "How the value bounds the quantity"),
    column("status", Enum(STATUS), 10, "状態", "actual＝実績、plan＝計画・予定、target＝目標、forecast＝見込み、unknown＝記載なし", "Whether it happened (actual), is planned, aimed at or forecast"),
    column("aggregation", Enum(AGGREGATION), 12, "集計", "point＝単独の値、cumulative＝累計・延べ・合計、change＝増減、ratio＝率・割合・倍", "Point value, running total, change or ratio"),
    column("period_start", Date, 12, "期間開始", "値が指す期間の初日（令和5年度 → 2023-04-01）", "First day of the period the value refers to"),
    column("period_end", Date, 12, "期間終了", "値が指す期間の末日（令和5年度 → 2024-03-31）", "Last day of the period the value refers to"),
    column("period_label", Text, 16, "期間の表記", "期間を読み取った言葉", "The words the period came from"),
    column("department", Text, 16, "所管", "所管の課・室・部（記載があるとき）", "The unit in charge, where stated"),
    column("dimensions", Labels, 28, "その他の区分", "隣り合う値と区別するための見出し（コース、版、区分など）。JSON形式", "Other labels that tell this number from its neighbours, as a JSON object"),
    column("context", Enum(CONTEXT), 8, "出所", "table＝表、prose＝文章、figure＝図", "Table, prose or figure"),
    column("table_id", Text, 22, "表ID", "値が載っている表の識別子", "Table it stands in"),
    column("row", Integer, 6, "表の行", "表の中の行（0から）", "Row in that table, from 0"),
    column("col", Integer, 6, "表の列", "表の中の列（0から）", "Column in that table, from 0"),
    column("evidence", Text, 36, "根拠", "読み取った言葉そのもの（原文のまま）", "The words it was read from, verbatim"),
    column("bbox", Place, 24, "位置", "根拠の枠「x0 y0 x1 y1」（ポイント、原点はページ左上）", "Box of the evidence: x0 y0 x1 y1 in points, origin top left"),
    column("confidence", Share, 8, "確度", "0から1までの確からしさ", "Confidence, 0 to 1"),
    column("rule", Text, 20, "規則", "値を生んだ規則の名前", "What produced it, so that a wrong row can be traced"),
];

/// `cells.csv`.
#[rustfmt::skip]
pub const CELLS: [Column; 11] = [
    column("document_id", Text, 18, "文書ID", "文書の識別子", "Document"),
    column("table_id", Text, 22, "表ID", "表の識別子", "Table"),
    column("page", Integer, 6, "ページ", "セルのあるページ（1から）", "1-based page; empty for text input"),
    column("row", Integer, 6, "行", "セルの最上行（0から）", "Top row, from 0"),
    column("col", Integer, 6, "列", "セルの最左列（0から）", "Left column, from 0"),
    column("row_span", Integer, 6, "行数", "結合している行数", "Rows covered"),
    column("col_span", Integer, 6, "列数", "結合している列数", "Columns covered"),
    column("is_header", Boolean, 8, "見出し", "見出しセルかどうか", "Whether it is a header or a row label"),
    column("text", Text, 36, "文字列", "セルの文字列（正規化済み）", "Normalised words of the cell"),
    column("value", Decimal, 14, "値", "セル全体が数値のときの値", "Value, where the whole cell is one number"),
    column("unit", Text, 8, "単位", "その単位", "Unit of that value"),
];

/// The sheet 文書.
#[rustfmt::skip]
pub const DOCUMENTS: [Column; 17] = [
    column("document_id", Text, 18, "文書ID", "文書の識別子", "Document"),
    column("source", Text, 40, "ファイル", "入力フォルダからの相対パス", "Path relative to the input root"),
    column("status", Enum(DOCUMENT_STATUS), 12, "読取状態", "complete＝すべて読めた、incomplete＝一部欠けている、failed＝読めなかった", "How reading it ended"),
    column("title", Text, 40, "題名", "文書の題名", "Title"),
    column("issuer", Text, 12, "発行団体", "文書を発行した団体", "Body that issued it"),
    column("issuer_code", Text, 10, "団体コード", "全国地方公共団体コード（6桁）", "Its local-government code"),
    column("committee", Text, 24, "会議", "提出された会議・委員会", "Committee it was laid before"),
    column("document_date", Date, 12, "文書日付", "文書の日付", "Date of the document"),
    column("fiscal_year", Integer, 8, "年度", "文書が扱う年度（西暦）", "Fiscal year it speaks of (its first calendar year)"),
    column("department", Text, 16, "所管", "作成した課・室・部", "Department that signs"),
    column("media_type", Text, 10, "種類", "pdf、text、markdown、html", "What it is"),
    column("encoding", Text, 10, "文字コード", "テキスト入力の文字コード", "Encoding of a text source"),
    column("pages", Integer, 8, "ページ数", "読んだページ数", "Pages read"),
    column("tables", Integer, 8, "表の数", "表の数", "Tables found"),
    column("observations", Integer, 10, "観測値の数", "観測値の数", "Observations found"),
    column("problems", Text, 50, "注意", "読み取りで欠けたもの、疑わしいもの", "What was lost, rebuilt or doubtful"),
    column("sha256", Text, 20, "SHA-256", "内容のハッシュ値", "SHA-256 of the content"),
];

/// The sheet 表一覧.
#[rustfmt::skip]
pub const TABLES: [Column; 9] = [
    column("table_id", Text, 22, "表ID", "表の識別子。表のシートへのリンク", "Table, with a link to its sheet"),
    column("document_id", Text, 18, "文書ID", "文書の識別子", "Document"),
    column("source", Text, 36, "ファイル", "入力フォルダからの相対パス", "Path relative to the input root"),
    column("pages", Text, 10, "ページ", "表のあるページ", "Pages it stands on"),
    column("caption", Text, 40, "表題", "表の題名", "Caption"),
    column("rows", Integer, 6, "行数", "行の数", "Rows"),
    column("columns", Integer, 8, "列数", "列の数", "Columns"),
    column("method", Text, 10, "検出方法", "ruled＝罫線、aligned＝配置、delimited＝タブ区切り、html＝HTML/Markdown", "What told the cells apart"),
    column("confidence", Share, 8, "確度", "構造の確からしさ（0から1）", "How likely the structure is right"),
];

/// What `shiryo diff` writes as CSV and into the sheet 変更点.
#[rustfmt::skip]
pub const DIFFERENCES: [Column; 23] = [
    column("kind", Enum(DIFFERENCE), 10, "種別", "added＝加わった、gone＝なくなった、changed＝変わった", "Added, gone or changed"),
    column("field", Text, 16, "項目", "変わった項目の列名。added と gone では value", "Column that changed; value where the observation was added or is gone"),
    column("was", Text, 16, "旧", "変わる前の値", "What it was"),
    column("is", Text, 16, "新", "変わった後の値", "What it is"),
    column("difference", Decimal, 14, "差", "値の差（新－旧）", "New value less the old one"),
    column("subject", Text, 36, "対象", "測られているもの", "What is measured"),
    column("measure_label", Text, 24, "指標名", "文書の言葉による指標名", "The quantity in the document's own words"),
    column("unit", Text, 8, "単位", "単位", "Unit"),
    column("status", Enum(STATUS), 10, "状態", "実績・計画・目標・見込みの別", "Actual, plan, target, forecast or unknown"),
    column("period_start", Date, 12, "期間開始", "期間の初日", "First day of the period"),
    column("period_end", Date, 12, "期間終了", "期間の末日", "Last day of the period"),
    column("department", Text, 16, "所管", "所管の課・室・部", "The unit in charge"),
    column("dimensions", Text, 28, "その他の区分", "その他の見出し（JSON形式）", "Other labels, as a JSON object"),
    column("old_source", Text, 36, "旧ファイル", "変わる前の文書", "Paper it was in"),
    column("old_page", Integer, 8, "旧ページ", "そのページ", "Its page"),
    column("old_line", Integer, 8, "旧行", "その行（テキスト入力）", "Its line, for text"),
    column("old_evidence", Text, 30, "旧根拠", "読み取った言葉", "The words it was read from"),
    column("new_source", Text, 36, "新ファイル", "変わった後の文書", "Paper it is in"),
    column("new_page", Integer, 8, "新ページ", "そのページ", "Its page"),
    column("new_line", Integer, 8, "新行", "その行（テキスト入力）", "Its line, for text"),
    column("new_evidence", Text, 30, "新根拠", "読み取った言葉", "The words it is read from"),
    column("old_id", Text, 18, "旧観測値ID", "変わる前の観測値の識別子", "Id of the old observation"),
    column("new_id", Text, 18, "新観測値ID", "変わった後の観測値の識別子", "Id of the new observation"),
];
