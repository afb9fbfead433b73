//! Header words that tell what a column is for. Lists that an expert can extend.

use super::shape::Role;
use super::tally::Tally;
use super::words;

/// Headers of columns that number, date, remark on or locate the rows.
const IGNORED: [&str; 46] = [
    "#",
    "No",
    "NO",
    "No.",
    "NO.",
    "№",
    "番号",
    "項番",
    "通番",
    "連番",
    "整理番号",
    "順位",
    "番",
    "ID",
    "コード",
    "備考",
    "摘要",
    "補足",
    "注",
    "説明",
    "出典",
    "参照",
    "電話",
    "電話番号",
    "TEL",
    "FAX",
    "内線",
    "住所",
    "所在地",
    "郵便番号",
    "URL",
    "連絡先",
    "曜日",
    "時間帯",
    "開館時間",
    "受付時間",
    "重要度",
    "優先度",
    "評価",
    "ランク",
    "築年",
    "建築年",
    "建築年度",
    "ページ",
    "頁",
    "条例番号",
];

/// Headers of columns that say when the row's numbers hold.
const TIMES: [&str; 17] = [
    "期間",
    "実施期間",
    "開催期間",
    "年度",
    "年",
    "月",
    "年月",
    "年次",
    "時点",
    "基準日",
    "調査時点",
    "年月日",
    "日付",
    "開催日",
    "実施日",
    "開催年月日",
    "調査日",
];

/// Endings of headers of columns that hold identifiers (主要施策コード, 整理番号).
const IDENTIFIERS: [&str; 6] = ["コード", "番号", "ID", "No", "No.", "NO"];

/// Headers of columns that name what the rows measure, even where the names hold numbers (週1回以上の実施率).
const NAMES: [&str; 22] = [
    "指標",
    "指標名",
    "成果指標",
    "成果指標名",
    "活動指標",
    "活動指標名",
    "評価指標",
    "管理指標",
    "KPI",
    "KPI名",
    "重要業績評価指標",
    "重要業績評価指標(KPI)",
    "数値目標項目",
    "指標項目",
    "項目",
    "項目名",
    "区分",
    "種別",
    "名称",
    "事業名",
    "施設名",
    "手続名",
];

/// Headers of columns of attributes that sort the rows.
const ATTRIBUTES: [&str; 9] =
    ["年齢", "年代", "年齢層", "年齢区分", "年齢階級", "年齢別", "学年", "性別", "世代"];

/// Parts of headers of columns that date something else: how long a contract runs, when a house was built.
const ELSEWHERE: [&str; 20] = [
    "指定期間",
    "契約期間",
    "協定期間",
    "委託期間",
    "計画期間",
    "事業期間",
    "有効期間",
    "任期",
    "建設年",
    "建築年",
    "取得年",
    "購入年",
    "着工",
    "開園",
    "終了",
    "募集期間",
    "公表日",
    "締切",
    "設立",
    "施行",
];

/// Parts of headers of columns that tell when what the row names is done: its figures are of that time.
const DONE: [&str; 8] = ["時期", "日程", "日時", "期日", "スケジュール", "予定", "実施年", "実施月"];

/// Parts of headers of columns that tell when something begins: what is brought in then is of that time, what it is
/// used for later is not.
const BEGUN: [&str; 15] = [
    "導入", "開始", "稼働", "移行", "供用", "開設", "設置", "対応", "整備", "運用", "完了", "竣工", "公開",
    "拡大", "構築",
];

/// What a column of times says of the figures beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// When they come about.
    Done,
    /// When that begins which they are told of.
    Begun,
    /// Nothing.
    Elsewhere,
}

/// What a header of times dates; none: it is no such header.
pub(super) fn event(plain: &str) -> Option<Event> {
    let has = |list: &[&str]| list.iter().any(|w| plain.contains(w));
    if has(&ELSEWHERE) {
        return Some(Event::Elsewhere);
    }
    let begun = has(&BEGUN);
    if begun
        && (has(&DONE)
            || ["年", "年度", "年月", "年月日", "日", "月"].iter().any(|e| plain.ends_with(e))
            || BEGUN.iter().any(|w| plain.ends_with(w)))
    {
        return Some(Event::Begun);
    }
    has(&DONE).then_some(Event::Done)
}

/// Parts of headers of figures that hold from year to year, or before anything was changed.
const STANDING: [&str; 13] = [
    "年間",
    "年額",
    "月額",
    "月平均",
    "従来",
    "現在",
    "現状",
    "導入前",
    "実施前",
    "導入後",
    "実施後",
    "見直し後",
    "改善後",
];

/// Parts of headers of what is brought in when something begins.
const BROUGHT: [&str; 16] = [
    "導入", "設置", "整備", "台数", "か所", "箇所", "窓口", "施設", "手続", "業務", "拠点", "校", "定員",
    "対象", "初期", "追加",
];

/// Whether the figures under a header come about at the time of such an event.
pub(super) fn comes_about(header: &str, event: Event) -> bool {
    let has = |list: &[&str]| list.iter().any(|w| header.contains(w));
    let generic = super::words::is_generic(header) || matches!(header, "件数" | "規模" | "数量");
    // What a year's budget has for it is of that year, whenever it comes about.
    !has(&STANDING)
        && !header.contains("予算")
        && match event {
            Event::Done => true,
            Event::Begun => generic || has(&BROUGHT),
            Event::Elsewhere => false,
        }
}

/// Headers of columns that name the unit in charge.
const DEPARTMENTS: [&str; 22] = [
    "所管",
    "所管課",
    "所管部署",
    "所管部",
    "所管課名",
    "担当課",
    "担当部",
    "担当部署",
    "担当係",
    "担当課名",
    "担当",
    "主管課",
    "主管",
    "所属",
    "部署",
    "部局",
    "部課名",
    "課名",
    "関係課",
    "課",
    "部",
    "担当所属",
];

/// Whether words head the names of units in charge.
pub(super) fn is_department(plain: &str) -> bool {
    // 施設所管課, 事業担当課.
    let ends = ["所管課", "担当課", "主管課", "所管部署", "担当部署"].iter().any(|e| plain.ends_with(e));
    ends || DEPARTMENTS.contains(&plain)
}

/// Remarks are no longer, on the average (characters).
const LONGEST_REMARK: usize = 25;

/// Whether words head numbers, places, contacts or remarks: no measure.
pub(super) fn is_ignored(plain: &str) -> bool {
    IGNORED.contains(&plain)
}

/// Whether words head what the rows are about: names, or the numbers of them.
pub(super) fn heads_names(plain: &str) -> bool {
    NAMES.contains(&plain) || ["施策", "取組", "取組項目", "分野", "基本目標", "目標"].contains(&plain)
}

/// The role that a column's innermost header gives it by itself.
pub(super) fn role_by_header(inner: &str, body: &Tally) -> Option<Role> {
    let plain = words::closed_up(inner);
    let is = |list: &[&str]| list.iter().any(|w| *w == plain);
    if is_department(&plain) && body.numbers + body.quantities == 0 {
        return Some(Role::Department);
    }
    if plain == "単位" {
        return Some(Role::Unit);
    }
    // 年度 over row labels that are words names the row of years beside it, not the column under it.
    if is(&TIMES) && body.quantities == 0 && body.words <= body.times + body.numbers {
        return Some(Role::Time);
    }
    // Shares among the names of indicators: rows that lost a cell, told by what stands in this column.
    let indicators = plain.starts_with("指標") || plain.ends_with("指標") || plain.starts_with("KPI");
    let slipped = indicators && body.numbers == 0 && body.words > 0;
    // (1), (2) between the names of the rows.
    let among = body.quantities == 0 && body.words > 0 && body.words + body.running >= body.numbers;
    let named = is(&NAMES) && (body.numbers + body.quantities == 0 || slipped || among);
    if is(&ATTRIBUTES) || named {
        return Some(Role::Label);
    }
    if IDENTIFIERS.iter().any(|e| plain.ends_with(e)) && body.quantities == 0 {
        return Some(Role::Ignored);
    }
    let event = event(&plain);
    // 建設年度 over S54, H8 or 1979: no time of the other figures, however it is written.
    let year = event == Some(Event::Elsewhere)
        && ["年", "年度", "年月", "年月日"].iter().any(|e| plain.ends_with(e));
    if let Some(event) = event.filter(|_| body.times * 2 > body.filled) {
        return Some(if event == Event::Elsewhere { Role::Ignored } else { Role::Event(event) });
    }
    // 評価 or 説明 over sentences: what they tell counts.
    let told = body.running * 2 > body.filled && body.length > LONGEST_REMARK;
    if is_ignored(&plain) && !told || year {
        return Some(Role::Ignored);
    }
    None
}
