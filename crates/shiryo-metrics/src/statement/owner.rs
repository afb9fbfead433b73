//! Whose a figure is where the noun before it only says what was done (回答418人, 申込412件, 登録者は130人).

use super::bind::{Binder, Binding, split_label};
use super::chars::{ends_any, string};
use super::left::Found;
use super::named::is_rate;
use super::topic;
use super::words::{self, counter_noun, is_generic, is_generic_heading, names_quantity};
use crate::Draft;
use shiryo_ja::Mention;
use shiryo_model::Context;
use std::ops::Range;

/// Doings that are counted: alone, they name the quantity, not what it is measured of.
const DOINGS: [&str; 72] = [
    "完了",
    "着手",
    "未着手",
    "実施中",
    "検討中",
    "継続中",
    "未実施",
    "未達成",
    "着手済",
    "入電",
    "受電",
    "架電",
    "保有",
    "所有",
    "普及",
    "回答",
    "回収",
    "配布",
    "送付",
    "発送",
    "登録",
    "申込",
    "申込み",
    "申し込み",
    "応募",
    "利用",
    "参加",
    "来場",
    "来館",
    "受講",
    "受診",
    "受付",
    "申請",
    "届出",
    "交付",
    "発行",
    "貸出",
    "予約",
    "相談",
    "閲覧",
    "決済",
    "開催",
    "実施",
    "移行",
    "更新",
    "協力",
    "到達",
    "達成",
    "導入",
    "設置",
    "整備",
    "配備",
    "配置",
    "拡大",
    "新設",
    "追加",
    "訪問",
    "巡回",
    "活動",
    "視聴",
    "検証",
    "通報",
    "搬送",
    "出動",
    "支給",
    "助成",
    "派遣",
    "点検",
    "調査",
    "試行",
    "投稿",
    "開封",
];

/// What may stand before such a doing without naming anything.
const LEADS: [&str; 8] = ["有効", "新規", "延べ", "総", "累計", "うち", "実", "全"];

/// Whether words only say what was done (回答, 有効回答, 新規登録).
pub(super) fn is_bare_doing(noun: &str) -> bool {
    let bare = |w: &str| DOINGS.contains(&w);
    bare(noun) || LEADS.iter().any(|l| noun.strip_prefix(l).is_some_and(bare))
}

impl Binder<'_, '_> {
    /// アンケート(回答418人), 利用 1,742件 under a heading: the doing names the quantity; what it is of stands before
    /// its bracket, in the topic or above.
    pub(super) fn doing(
        &self,
        noun: &str,
        start: usize,
        joint: usize,
        region: &Range<usize>,
    ) -> Option<Found> {
        if !is_bare_doing(noun) {
            return None;
        }
        let (_, m, q) = self.s.quantities().find(|(_, m, _)| m.chars.start >= joint)?;
        // 届出 51分 below 平均待ち時間: the line above names the quantity.
        let told = &self.scope.measure_label;
        if start == 0 && self.s.at == 0 && names_quantity(told) && words::fits(told, &q.unit) {
            return Some(Found::Settled(Some(noun.to_owned()), Some(told.clone())));
        }
        // 消防車2台の更新 7,700万円: what was counted before is what is done something with.
        let counted = self
            .prior
            .last()
            .filter(|d| d.chars.end + 1 == start && self.s.chars.get(d.chars.end) == Some(&'の'));
        if let Some(prior) = counted {
            return Some(Found::Settled(Some(format!("{}の{noun}", prior.subject)), None));
        }
        // 設備の届出3種類を受け付け、…届出204件: named more fully before.
        let named = |d: &&Draft| d.subject.ends_with(noun) && d.subject != noun;
        let before = || self.prior.iter().rfind(named).map(|d| d.subject.clone());
        let of = self.bracket_owner(region).filter(|o| !is_bare_doing(o)).or_else(before);
        let of = of.or_else(|| topic::of_open(self.s, start, self.kept)).or_else(|| self.entry(""));
        // スマートフォンでの納付を始め、年度内の利用は…: of what was begun.
        let of = of.or_else(|| self.chained_object(start, region)).unwrap_or_else(|| self.owner_above());
        if of.is_empty() || of == noun || is_generic(&of) {
            return None;
        }
        let unit = if q.unit.is_empty() { self.scope.unit.as_str() } else { q.unit.as_str() };
        let label = match unit {
            "%" | "割" if self.prior.iter().any(|d| d.chars.end < m.chars.start) => format!("{noun}割合"),
            "%" | "割" => format!("{noun}率"),
            "円" => format!("{noun}額"),
            "人" | "名" => format!("{noun}者数"),
            _ => format!("{noun}{}", counter_noun(unit)),
        };
        Some(Found::Settled(Some(of), Some(label)))
    }

    /// 回答者168名, 講座の受講者は45人: people told by what they did name the quantity; what it is measured of
    /// stands before them or in the topic.
    pub(super) fn role(
        &self,
        words: &str,
        start: usize,
        joint: usize,
        region: &Range<usize>,
    ) -> Option<Found> {
        /// Between people and their number stand at most so many characters, times apart.
        const GAP: usize = 6;
        let (of, role) = split_label(words);
        let (_, m, q) = self.s.quantities().find(|(_, m, _)| m.chars.start >= joint)?;
        let dated = self.s.times().filter(|(t, _)| t.chars.start >= joint && t.chars.end <= m.chars.start);
        let dated: usize = dated.map(|(t, _)| t.chars.len() + 1).sum();
        let near = m.chars.start <= joint + dated + GAP;
        if !near || !matches!(q.unit.as_str(), "人" | "名" | "組") || !words::is_role(&role) {
            return None;
        }
        // 月1回以上の利用者: how often, not of what.
        let often = |o: &str| ["以上", "以下", "未満", "以内"].iter().any(|w| o.ends_with(w));
        let of =
            of.filter(|o| !is_generic(o) && !is_rate(o) && !often(o)).or_else(|| self.bracket_owner(region));
        let of = of.or_else(|| topic::of_open(self.s, start, self.kept));
        let of = of.or_else(|| self.entry("")).unwrap_or_else(|| self.owner_above());
        Some(Found::Settled(Some(if of.is_empty() { role.clone() } else { of }), Some(format!("{role}数"))))
    }

    /// 実際に閲覧できたのは121人, 移行が完了する見込みのものは568システム: the clause tells which are counted, not of what.
    pub(super) fn clause(&self, words: &str, start: usize, joint: usize) -> Option<Found> {
        let told = words.strip_suffix("のもの").or_else(|| words.strip_suffix("もの"));
        let told = told.or_else(|| words.strip_suffix('の'))?;
        // 電子申請によるもの names what is counted itself.
        let clause =
            told.ends_with(['た', 'る', 'い', 'う', '見', '込', 'み', '定']) && !told.ends_with("による");
        if told.chars().count() < 2 || !clause {
            return None;
        }
        let (_, _, q) = self.s.quantities().find(|(_, m, _)| m.chars.start >= joint)?;
        let of = topic::of_open(self.s, start, self.kept).unwrap_or_else(|| self.owner_above());
        let noun = counter_noun(&q.unit);
        let verb = told.ends_with(['た', 'る', 'い', 'う']);
        let label = if verb { format!("{told}{noun}") } else { format!("{told}の{noun}") };
        (!of.is_empty()).then_some(Found::Settled(Some(of), Some(label)))
    }

    /// 修了者24人のうち実際に登録した者が11人: those of the number before.
    pub(super) fn some_of(&self, words: &str, joint: usize) -> Option<Found> {
        let told = ["者", "人", "方", "もの"].iter().find_map(|w| words.strip_suffix(w))?;
        let clause = told.is_empty() || told.ends_with(['た', 'る', 'い']);
        let prior = self.prior.last().filter(|_| clause)?;
        let between = string(self.s.chars, prior.chars.end..joint);
        let of = between.contains("うち") && !between.contains(['。', 'は']);
        let label = (!told.is_empty()).then(|| format!("{told}人数"));
        of.then(|| Found::Settled(Some(prior.subject.clone()), label))
    }

    /// What a quantity with a name of its own is of: the heading; under the title alone, or under a heading that names
    /// another quantity, its own name where that says of what (被保険者数, リサイクル率).
    pub(super) fn above_for(&self, name: &str) -> String {
        // 避難者数(最大): the bracket says which of them.
        let name = name.split('(').next().unwrap_or(name);
        let above = self.carried_topic();
        let titled = self.is_titled(&above);
        let quantity = above.split_once('の').map_or(above.as_str(), |(_, quantity)| quantity);
        // 当初予算, 決算: an account, whose sums are its own.
        let account =
            ["予算", "決算"].iter().any(|w| quantity.split('(').next().is_some_and(|q| q.ends_with(w)));
        let sum = ["額", "費", "料", "収入", "支出", "残高", "収支"].iter().any(|w| name.ends_with(w));
        // 歳出の主なもの: its entries are told by their names.
        let listed = ["の主なもの", "の内訳", "の主な内容"].iter().any(|w| above.ends_with(w)) && sum;
        let other = listed || names_quantity(quantity) && !name.contains(quantity) && !(account && sum);
        if (above.is_empty() || titled || other) && is_own_name(name) {
            return name.to_owned();
        }
        // 外国人人口, 電子申請率 under a heading: what the name tells beyond the quantity is one of the section's things; under a
        // heading over several things any name that says of what.
        let wide = ["及び", "並びに", "・", "、", "収支", "歳入", "歳出", "指標", "財政"]
            .iter()
            .any(|w| above.contains(w))
            || above.ends_with("状況")
            || above.ends_with("概要");
        if is_own_name(name) && (tells_more(name) || wide) && !above.contains(name) {
            return name.to_owned();
        }
        self.owner_above()
    }

    /// 地域カードの枚数は8,200枚、人口に対する割合は31%: what the figure before it in the sentence is of, for a quantity whose
    /// name says nothing of that.
    pub(super) fn spoken_of(&self, name: &str) -> Option<String> {
        const SHORTEST: usize = 4;
        let prior = self.prior.last().filter(|d| d.rule.contains(".topic."))?;
        let of = prior.subject.as_str();
        let named = of.chars().count() >= SHORTEST && of != prior.measure_label && of != self.carried_topic();
        let weak = of.ends_with(['価', '額', '費', '料', '税'])
            || is_common(of)
            || names_quantity(of)
            || words::is_action(of)
            || of.starts_with('「');
        (named && !weak && !is_own_name(name)).then(|| of.to_owned())
    }

    /// Whether the dictionary knows a noun of the sentence as a doing.
    pub(super) fn does(&self, noun: &str) -> bool {
        let at = self.s.text.match_indices(noun).map(|(at, _)| self.s.text.get(..at).unwrap_or_default());
        let length = noun.chars().count();
        at.map(|before| before.chars().count() + length).any(|end| self.s.is_doing(end))
    }

    /// 20業務のうち17業務は…、残る3業務は…: those that were counted before.
    pub(super) fn remaining(&self, m: &Mention, unit: &str) -> Option<String> {
        ends_any(self.s.chars, m.chars.start, &["残る", "残りの", "残り"])?;
        self.prior.iter().rfind(|d| d.unit == unit).map(|d| d.subject.clone())
    }

    /// Whether nothing but the paper's title stands above; a heading of a part of the paper that the title lists (保育所及び学童クラブの
    /// 状況) names its own.
    pub(super) fn is_titled(&self, above: &str) -> bool {
        const SHORTEST: usize = 4;
        let title = self.scope.title.as_str();
        let part = self.scope.topics.len() > 1
            && above.chars().count() >= SHORTEST
            && ["及び", "並びに", "・", "、"].iter().any(|w| title.contains(w))
            && 2 * above.chars().count() < title.chars().count();
        !title.is_empty() && title.contains(above) && !part
    }

    /// What the passage is about: its heading, else what the sentence before spoke of, else the paper's title.
    pub(super) fn owner_above(&self) -> String {
        let above = self.carried_topic();
        let titled = above.is_empty() || self.is_titled(&above);
        if !titled {
            return above;
        }
        // 庁内の検索を6課で試行。正答率は…: what the sentence before did.
        let done = self.earlier.last().filter(|d| d.rule.contains(".object.")).map(|d| &d.subject);
        match Some(&self.scope.said).filter(|said| !said.is_empty()).or(done) {
            Some(told) => told.clone(),
            None => above,
        }
    }

    /// 手数料の電子決済 over 窓口の混雑率は…: what the section speaks of, for a subject that is one of its things, as a table's
    /// caption for its rows. Under the paper's title, and where it is short, only a common noun needs it: others are names.
    pub(super) fn section(&self, b: &Binding) -> String {
        const LONGEST: usize = 24;
        const SHORTEST: usize = 3;
        // What takes more words to tell stands for itself.
        const LONGEST_THING: usize = 12;
        let subject = b.subject.as_str();
        let above = self.owner_above();
        let titled = self.is_titled(&above);
        let long = above.chars().count() > LONGEST;
        // 国民健康保険特別会計の決算: an account's sums are told with it.
        const SUMS: [&str; 6] = ["歳入", "歳出", "収支", "差引", "繰越", "実質"];
        let account = above.contains("会計") && SUMS.iter().any(|w| subject.starts_with(w));
        let titled = titled && !account;
        let own = !matches!(b.how, "heading" | "before" | "follows" | "alias" | "bracket");
        let same = |d: &&Draft| d.subject == subject;
        if let Some(d) = self.prior.iter().rfind(same).filter(|_| !own) {
            return d.section.clone();
        }
        let told = if own && is_common(subject) || b.how == "clause" {
            !(long && self.scope.title == above)
        } else {
            let named = topic::is_name(subject) && !subject.contains(" / ");
            self.scope.context == Context::Prose
                && !(titled || long)
                && named
                && (SHORTEST..=LONGEST_THING).contains(&subject.chars().count())
                && !above.contains('は')
        };
        let apart = !above.contains(subject) && !subject.contains(&above);
        if told && apart && !is_generic_heading(&above) { above } else { String::new() }
    }
}

/// Whether a noun is so common that it names nothing without the heading above it: who, where, when or with what.
pub(super) fn is_common(noun: &str) -> bool {
    const COMMON: [&str; 62] = [
        "個人",
        "窓口",
        "地区",
        "会場",
        "庁舎",
        "本庁",
        "本庁舎",
        "支所",
        "学校",
        "家庭",
        "公立",
        "私立",
        "園",
        "校",
        "館",
        "課",
        "所属",
        "部署",
        "施設",
        "区全体",
        "市全体",
        "町全体",
        "村全体",
        "県全体",
        "職員",
        "住民",
        "市民",
        "区民",
        "町民",
        "村民",
        "県民",
        "児童",
        "生徒",
        "保護者",
        "高齢者",
        "世帯",
        "企業",
        "事業者",
        "団体",
        "従業員",
        "住居",
        "昼間",
        "朝",
        "夕方",
        "日中",
        "夜間",
        "月額",
        "年額",
        "郵送",
        "紙",
        "電話",
        "オンライン",
        "機器",
        "端末",
        "車両",
        "在籍",
        "目標",
        "日程",
        "手続",
        "事業費",
        "経費",
        "委員",
    ];
    let bare = noun.split('(').next().unwrap_or(noun);
    let bare = bare.strip_suffix('等').unwrap_or(bare);
    let whole = ["各", "全", "両", "同", "区", "市", "町", "村", "県", "本"];
    let part = whole.iter().find_map(|w| bare.strip_prefix(w)).filter(|p| !p.is_empty());
    let listed = |w: &str| COMMON.contains(&w) || words::is_role(w) || is_bare_doing(w);
    // 10人乗り, 18歳以上の市民
    let last = bare.rsplit('の').next().unwrap_or(bare);
    let sized =
        bare.starts_with(|c: char| c.is_ascii_digit()) && (last == bare || listed(last) && last != "手続");
    bare.chars().count() == 1 && !matches!(bare, "男" | "女")
        || listed(bare)
        || part.is_some_and(listed)
        || sized
}

/// Whether the name of a quantity has a modifier of its own, more than the one word that any figure has (外国人人口,
/// 電子申請率; not 負担額, 入力時間).
fn tells_more(name: &str) -> bool {
    const SHORTEST: usize = 3;
    const ENDS: [&str; 18] = [
        "者数", "件数", "人数", "枚数", "台数", "回数", "点数", "日数", "数", "割合", "率", "総額", "額",
        "経費", "費", "量", "人口", "残高",
    ];
    let leads = ["年間", "延べ", "総", "平均", "累計", "月平均"];
    let name = leads.iter().find_map(|w| name.strip_prefix(w)).unwrap_or(name);
    let stem = ENDS.iter().find_map(|w| name.strip_suffix(w));
    stem.is_some_and(|s| s.chars().count() >= SHORTEST && !is_bare_doing(s) && !s.contains('の'))
}

/// Whether the name of a quantity says what it is of (火災件数, 被保険者数; not 利用者数, 予算額, 平均時間).
pub(super) fn is_own_name(name: &str) -> bool {
    // Longest first where one ends another.
    const SUFFIXES: [&str; 30] = [
        "日数", "収益", "利益", "支出", "件数", "者数", "人数", "枚数", "台数", "回数", "点数", "校数", "数",
        "割合", "率", "総額", "金額", "額", "費用", "経費", "費", "量", "時間", "人口", "残高", "料", "収入",
        "人員", "面積", "延長",
    ];
    const LEADS: [&str; 8] = ["年間", "延べ", "総", "平均", "累計", "新規", "月平均", "実"];
    // What is counted, spent or taken: of anything.
    const WEAK: [&str; 46] = [
        "収入",
        "予算",
        "決算",
        "見込",
        "事業",
        "執行",
        "概算",
        "初期",
        "維持",
        "経費",
        "費用",
        "目標",
        "待ち",
        "作業",
        "所要",
        "業務",
        "搬送",
        "出動",
        "勤務",
        "使用",
        "手数",
        "参加者",
        "交付枚",
        "世帯",
        "施設",
        "団体",
        "事業所",
        "対象",
        "ログイン",
        "アクセス",
        "ダウンロード",
        "検索",
        "維持管理",
        "正答",
        "満足",
        "充足",
        "成立",
        "人件",
        "効果",
        "窓口",
        "会場",
        "支所",
        "端末",
        "機器",
        "車両",
        "電話",
    ];
    // What it is set against or how far it goes says nothing of whose it is.
    let set = ["に占める", "に対する", "的な", "まで"].iter().any(|w| name.contains(w));
    if set || name.contains(['(', '「']) {
        return false;
    }
    // 1日当たりの貸出点数: for how many.
    let name = ["当たりの", "あたりの"].iter().find_map(|w| name.split_once(w)).map_or(name, |(_, n)| n);
    let Some(stem) = SUFFIXES.iter().find_map(|w| name.strip_suffix(w)) else { return false };
    let stem = LEADS.iter().find_map(|w| stem.strip_prefix(w)).unwrap_or(stem);
    // 利用者登録, オンライン申請: a doing is of its own only where a name stands before it.
    let done = DOINGS.iter().chain(&WEAK).find_map(|d| stem.strip_suffix(d));
    let done = done.or_else(|| words::action_ending(stem).and_then(|a| stem.strip_suffix(a)));
    let thin = done.is_some_and(|of| {
        let weak = words::is_role(of) || is_generic(of) || is_bare_doing(of) || WEAK.contains(&of);
        of.chars().count() < 2 || weak
    });
    let people = ["者", "人"].iter().any(|w| words::is_role(&format!("{stem}{w}")));
    stem.chars().count() >= 2
        && !thin
        && !is_generic(stem)
        && !people
        && !words::is_role(stem)
        && topic::is_name(stem)
}
