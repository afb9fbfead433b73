//! Whose a figure is: doings and people alone, clauses, spans, quantities with names of their own, items, places.

use super::tests::{drafts, rows, under};
use crate::Scope;

fn whose(scope: &Scope, words: &str) -> Vec<String> {
    drafts(scope, words).iter().map(|d| format!("{} | {}", d.subject, d.measure_label)).collect()
}

/// The same with what the section speaks of.
fn told_with(topic: &str, words: &str, expected: &[&str]) {
    let told: Vec<String> =
        drafts(&under(topic), words).iter().map(|d| format!("{} / {}", d.section, d.subject)).collect();
    assert_eq!(told, expected, "{words}");
}

fn reads(topic: &str, words: &str, expected: &[&str]) {
    assert_eq!(whose(&under(topic), words), expected, "{words}");
}

#[test]
fn a_doing_alone_is_of_what_it_was_done_with() {
    reads(
        "窓口の案内",
        "来場者アンケート（回答512人）では、「便利」が81.0％であった。",
        &["来場者アンケート | 回答者数", "「便利」 | 割合"],
    );
    reads("手話通訳の派遣", "利用　284件（４～９月）", &["手話通訳の派遣 | 利用件数"]);
    reads("体育館の予約", "申込は918件であった。", &["体育館の予約 | 申込件数"]);
    reads(
        "車両",
        "・水槽付消防車２台の更新　6,300万円",
        &["水槽付消防車 | 更新台数", "水槽付消防車の更新 | 更新額"],
    );
    reads(
        "電子化の取組",
        "飲食店の届出12種類を受け付け、９月末までの届出845件のうち310件が電子によるものである。",
        &["飲食店の届出 | 種類数", "飲食店の届出 | 届出件数", "飲食店の届出 | 届出件数"],
    );
}

#[test]
fn people_told_by_what_they_did_are_of_the_heading_however_far_the_year_stands_between() {
    reads(
        "認知症予防教室",
        "参加者　令和５年度　14人　令和６年度　19人",
        &["認知症予防教室 | 参加者数", "認知症予防教室 | 参加者数"],
    );
    reads(
        "講師の養成",
        "研修の修了者31人のうち実際に登録した者が12人にとどまっている。",
        &["研修 | 修了者数", "研修 | 実際に登録した人数"],
    );
}

#[test]
fn a_clause_tells_which_are_counted() {
    reads(
        "遠隔相談の実証",
        "同意が得られたのは96人、実際に相談できたのは71人であった。",
        &["遠隔相談の実証 | 同意が得られた人数", "遠隔相談の実証 | 実際に相談できた人数"],
    );
}

#[test]
fn spans_and_the_town_itself_are_no_subject() {
    reads(
        "図書の宅配",
        "年間の実績は1,240件で、開始前の想定（年間900件）を上回った。",
        &["図書の宅配 | 件数", "図書の宅配 | 件数"],
    );
    reads("端末の配備", "本市の持ち出せる端末は420台である。", &["持ち出せる端末 | 台数"]);
    reads("夏の学習室", "期間中（20日間）の利用は延べ1,650人であった。", &["夏の学習室 | 延べ利用者数"]);
    reads("出前講座", "令和６年度（10月末まで）　18回", &["出前講座 | 実施回数"]);
    reads("施設の使用料", "５年間の目標額は３億円である。", &["施設の使用料 | 目標額"]);
}

#[test]
fn a_rate_per_one_is_of_what_it_is_told_under() {
    reads(
        "会議録の作成",
        "１会議当たりの作成時間は280分から90分に短縮された。",
        &["会議録の作成 | 1会議当たりの作成時間", "会議録の作成 | 1会議当たりの作成時間"],
    );
}

#[test]
fn a_quantity_with_a_name_of_its_own_stands_for_itself_under_the_title() {
    let title = "健康づくり事業の状況";
    let scope = Scope { title: title.into(), ..under(title) };
    assert_eq!(whose(&scope, "乳児死亡率は0.2％である。"), ["乳児死亡率 | 乳児死亡率"]);
    assert_eq!(whose(&scope, "利用者数は620人である。"), ["健康づくり事業 | 利用者数"]);
    // Another quantity's heading does not own it either.
    reads("1人当たりの医療費", "透析患者数は18人である。", &["透析患者数 | 透析患者数"]);
    reads("がん検診", "受診者数は940人である。", &["がん検診 | 受診者数"]);
}

#[test]
fn the_name_that_an_item_begins_with_is_what_its_sentences_are_of() {
    reads(
        "主な訓練",
        "・避難誘導訓練　沿岸の12地区で実施。完了までの平均所要時間は14分で、参加者は860人であった。",
        &["避難誘導訓練 | 実施地区数", "避難誘導訓練 | 完了までの平均所要時間", "避難誘導訓練 | 参加者数"],
    );
    reads(
        "主な取組",
        "・古着の拠点回収　令和５年７月開始。下半期の申込240件のうち95件（39.6％）",
        &["古着の拠点回収 | 申込件数", "古着の拠点回収 | 申込件数", "古着の拠点回収 | 申込割合"],
    );
}

#[test]
fn the_last_of_a_list_is_an_entry_like_the_others() {
    reads(
        "移動支援",
        "内訳は、通院の付添いが640件、買物の手伝いが210件、その他が75件である。",
        &["通院の付添い | 件数", "買物の手伝い | 件数", "その他 | 件数"],
    );
}

#[test]
fn the_number_that_a_bracket_stands_behind_is_no_name() {
    let got = whose(&under("RPAの活用"), "令和５年度が4,120時間（21業務）であった。");
    assert!(got.iter().all(|row| row.starts_with("RPAの活用 | ")), "{got:?}");
}

#[test]
fn places_where_something_is_done_are_not_what_is_done() {
    reads("健康体操", "体操の教室を、公民館等９会場で開催した。", &["体操の教室 | 開催会場数"]);
    reads("暮らしの相談", "５月から、市立図書館７館において出張相談を開始した。", &["出張相談 | 相談館数"]);
    reads("窓口の電子決済", "本庁舎の６窓口で利用できる。", &["窓口の電子決済 | 利用窓口数"]);
}

#[test]
fn things_of_a_section_are_told_with_what_it_speaks_of() {
    told_with("申請書の電子化", "窓口の混雑率は15％である。", &["申請書の電子化 / 窓口"]);
    told_with("貸出用端末の整備", "職員は32人である。", &["貸出用端末の整備 / 職員"]);
    told_with("地域の交通", "停留所の標識は240本である。", &["地域の交通 / 停留所の標識"]);
    // What goes on from another figure is of the same; what the section's name holds stands alone.
    told_with(
        "施設の利用",
        "市民会館は12室、延べ3,100人である。",
        &["施設の利用 / 市民会館", "施設の利用 / 市民会館"],
    );
    told_with("学習用端末", "端末は420台である。", &[" / 学習用端末"]);
    // Short nouns are names: 火災, 市税.
    told_with("歳入の特徴", "市税は178億円である。", &[" / 市税"]);
    // A headline tells, it names nothing.
    told_with("ごみの量は過去最少", "家庭系可燃ごみは8,200トンである。", &[" / 家庭系可燃ごみ"]);
    let title = "公共交通の状況";
    let scope = Scope { title: title.into(), ..under(title) };
    assert_eq!(drafts(&scope, "停留所の標識は240本である。")[0].section, "");
}

#[test]
fn what_the_sentence_before_did_owns_a_quantity_that_names_nothing() {
    let title = "業務改革の状況";
    let scope = Scope { title: title.into(), ..under(title) };
    assert_eq!(
        whose(&scope, "例規の検索システムを６課で試行した。正答率は82.5％である。"),
        ["例規の検索システム | 試行課数", "例規の検索システム | 正答率"]
    );
}

#[test]
fn what_a_passage_begins_with_is_what_it_tells() {
    reads(
        "業務の改善",
        "・貸出し用端末を80台から150台に増やした。令和５年度の延べ利用日数は2,960日であった。",
        &["貸出し用端末 | 台数", "貸出し用端末 | 台数", "貸出し用端末 | 延べ利用日数"],
    );
    reads(
        "業務の改善",
        "・庁舎照明の交換620灯を終えた。年間の電力使用量は３万kWhである。",
        &["庁舎照明の交換 | 灯数", "電力使用量 | 電力使用量"],
    );
    // Aims are told before what is done.
    reads(
        "窓口の改革",
        "利便の向上を図り、端末を置いた。利用件数は310件である。",
        &["窓口の改革 | 利用件数"],
    );
}

#[test]
fn what_a_bracket_stands_behind_may_be_a_verb() {
    reads(
        "防災アプリ",
        "安否の登録機能を令和６年７月に追加（改修費240万円）。",
        &["安否の登録機能 | 改修費"],
    );
    reads(
        "今後の予定",
        "標準の基盤へ移行（対象18業務のうち15業務）",
        &["標準の基盤への移行 | 移行業務数", "標準の基盤への移行 | 移行業務数"],
    );
    reads("窓口", "受付件数ベースの電子申請率は41.0％である。", &["電子申請率 | 電子申請率"]);
}

#[test]
fn what_something_is_so_many_times_of_or_was_before_is_no_subject() {
    reads("窓口の予約", "冬の予約件数は夏の1.4倍に増えた。", &["冬 | 予約件数"]);
    reads("会館の使用", "使用料を従来の半額の200円とした。", &["会館の使用 | 使用料"]);
    reads(
        "講座の開催",
        "定員に対する充足率は82.0％で、前年度を5.2ポイント上回った。",
        &["講座の開催 | 定員に対する充足率", "講座の開催 | 開催ポイント差"],
    );
}

#[test]
fn what_a_clause_did_or_what_brings_it_about_is_told_of() {
    reads(
        "計画の位置付け",
        "４月に会員等1,500人を対象とする聞き取り調査を行い、812人から回答を得た。",
        &["会員等 | 人数", "聞き取り調査 | 回答人数"],
    );
    reads(
        "施設の費用",
        "契約方法の見直し等により年間2,800万円の縮減を図る。",
        &["契約方法の見直し等 | 縮減額"],
    );
    reads("バスの見直し", "これにより市の負担額は年間90万円減少する。", &["バスの見直し | 負担額"]);
}

#[test]
fn what_is_set_up_or_held_in_places_is_measured_not_the_places() {
    reads(
        "利用者の支援",
        "図書館等９会場に案内窓口を延べ30日設け、1,020人を案内した。",
        &["案内窓口 | 会場数", "案内窓口 | 延べ日数", "案内窓口 | 案内人数"],
    );
    reads(
        "暮らしの相談",
        "本庁のロビー及び支所３か所で、毎月第１金曜日に実施した。相談件数は640件である。",
        &["暮らしの相談 | 相談か所数", "暮らしの相談 | 相談件数"],
    );
    reads(
        "移動図書館",
        "「本の車」を導入し、公園や集会所など年間25か所を巡回する。",
        &["「本の車」 | 巡回か所数"],
    );
}

#[test]
fn the_name_that_a_line_begins_with_owns_its_named_quantities() {
    reads(
        "主な事業",
        "・古紙の集団回収　24団体が参加し、回収量は310トン",
        &["古紙の集団回収 | 参加団体数", "古紙の集団回収 | 回収量"],
    );
    reads(
        "主な事業",
        "・読み聞かせの会　80回　参加者1,240人",
        &["読み聞かせの会 | 実施回数", "読み聞かせの会 | 参加者数"],
    );
    reads("図書館", "・学級への貸出し　3,210冊", &["学級への貸出し | 冊数"]);
    reads("図書館", "用具の貸出しも15台用意した。", &["用具の貸出し | 用意台数"]);
}

#[test]
fn kinds_of_value_phases_and_sums_name_nothing() {
    reads("機器の調達", "前回（令和元年度）の単価12万円を下回った。", &["機器の調達 | 単価"]);
    reads("園の新設", "保育園を３か所（定員計140人）新設する。", &["保育園 | 新設か所数", "保育園 | 定員"]);
    reads("夏の学習室", "最も多かった日は８月２日の96人であった。", &["夏の学習室 | 人数"]);
    reads("証明書の請求", "初年度の利用件数は420件を見込む。", &["証明書の請求 | 利用件数"]);
    reads("紙の使用", "経費ベースでは約310万円の縮減となった。", &["紙の使用 | 縮減額"]);
    reads(
        "講座",
        "実施回数は合計で84回、受講者数は延べ1,020人であった。",
        &["講座 | 実施回数", "講座 | 延べ受講者数"],
    );
}

#[test]
fn a_clause_right_before_a_count_tells_which_are_counted() {
    told_with(
        "申請書の電子化",
        "年間500件以上の申請がある210手続のうち、180手続が対応済みである。",
        &["申請書の電子化 / 年間500件以上の申請がある手続", "申請書の電子化 / 年間500件以上の申請がある手続"],
    );
    reads(
        "事業の評価",
        "令和５年度に予算を執行した132事業を対象とした。",
        &["予算を執行した事業 | 対象事業数"],
    );
}

#[test]
fn a_quantity_with_a_modifier_of_its_own_is_one_of_the_section_s_things() {
    told_with("多言語の案内", "外国人人口は4,120人である。", &["多言語の案内 / 外国人人口"]);
    told_with("窓口の混雑", "電子申請率は38.0％である。", &["窓口の混雑 / 電子申請率"]);
    // What any figure may be called is of the heading.
    told_with(
        "移動の支援",
        "延べ利用者数は840人で、負担額は120万円である。",
        &[" / 移動の支援", " / 移動の支援"],
    );
}

#[test]
fn how_often_who_is_in_charge_and_running_name_nothing() {
    reads(
        "在宅の勤務",
        "登録者320人に対し、週１回以上の利用者は140人である。",
        &["在宅の勤務 | 登録者数", "在宅の勤務 | 利用者数"],
    );
    reads("申請の案内", "本庁の６窓口で運用を開始した。", &["申請の案内 | 運用窓口数"]);
    reads(
        "処理機の補助",
        "令和６年度は予算を900万円に増額し、500件の補助を見込んでいる。",
        &["処理機の補助 | 増額額", "処理機の補助 | 補助件数"],
    );
}

#[test]
fn entries_of_a_quantity_and_figures_beside_another_are_told_of_their_own() {
    reads(
        "窓口の改革",
        "１件当たりの処理時間は、転出届で平均18分、改印届で平均11分となった。",
        &["転出届 | 所要時間", "改印届 | 所要時間"],
    );
    reads(
        "保健事業",
        "歯科健診の受診者は420人、受診率12.4％である。",
        &["歯科健診 | 受診者数", "歯科健診 | 受診率"],
    );
    reads("通信の調査", "端末を持っていない方が22.5％であった。", &["端末を持っていない方 | 割合"]);
    reads("電子契約", "【Ｃ】契約までの日数は平均8.1日である。", &["電子契約 | 契約までの日数"]);
    let mut scope = under("図書の宅配");
    scope.topics.push("CHECK(評価)".into());
    assert_eq!(whose(&scope, "貸出点数は前年度の約1.8倍に伸びた。"), ["図書の宅配 | 貸出点数"]);
}

#[test]
fn a_rate_that_says_nothing_of_what_it_is_is_of_what_the_sentence_spoke_of() {
    reads(
        "窓口の状況",
        "地域カードの保有枚数は8,200枚、人口に対する割合は31.0％である。",
        &["地域カード | 保有枚数", "地域カード | 人口に対する割合"],
    );
}

#[test]
fn the_answer_to_a_question_in_the_sentence_is_what_its_figures_are_of() {
    reads(
        "町の公式アプリ",
        "機能のうち最もよく開かれているのは、バスの時刻の表示で、11月には延べ5,210回の閲覧があった。",
        &["バスの時刻の表示 | 延べ閲覧回数"],
    );
    reads(
        "相談の受付",
        "前年度より増えたのは、住まいの相談であり、今年度は312件を数えた。",
        &["住まいの相談 | 相談件数"],
    );
}

#[test]
fn what_money_is_spent_as_or_taken_from_is_what_it_is_of() {
    reads(
        "園舎の改築",
        "工事費の補助として令和６年度予算に2,150万円を計上している。",
        &["工事費の補助 | 計上額"],
    );
    reads("現金の取扱い", "振込手数料として下半期に84万円を支出しました。", &["振込手数料 | 支出額"]);
    reads("証明書の交付", "来年度予算では、窓口の委託に4,200万円を要求している。", &["窓口の委託 | 要求額"]);
    reads("歳入", "公共施設整備基金から1億2,000万円を取り崩す。", &["公共施設整備基金 | 金額"]);
}

#[test]
fn what_brings_something_about_is_not_what_it_happens_to() {
    reads("歳入", "町民税が賃上げにより320万円の増となった。", &["町民税 | 増加額"]);
    reads(
        "庁舎の費用",
        "電気の契約の見直しにより約180万円の軽減となった。",
        &["電気の契約の見直し | 軽減額"],
    );
}

#[test]
fn each_of_several_figures_is_of_its_own() {
    reads(
        "基金と町債",
        "積立基金の残高は12億円、町債の残高は48億円で、町民１人当たりでは、それぞれ約８万円、約32万円となる。",
        &["積立基金 | 残高", "町債 | 残高", "積立基金 | 金額", "町債 | 金額"],
    );
}

#[test]
fn some_of_what_there_is_and_what_stands_before_its_counter_are_what_is_counted() {
    reads("端末の再利用", "古い端末のうち傷みの少ない150台程度は、学童で使う。", &["古い端末 | 台数"]);
    reads(
        "図書館の利用",
        "市内小中学校14校の児童全員（6,210人）に利用者番号を配った。",
        &["市内小中学校 | 校数", "児童全員 | 人数"],
    );
    reads(
        "意見の募集",
        "令和６年６月に実施し、７名から18件の意見が寄せられた。",
        &["意見の募集 | 募集人数", "意見の募集 | 意見件数"],
    );
}

#[test]
fn a_note_in_the_line_is_a_statement_of_its_own() {
    let got = rows(&under("消防団"), "団員数 702人 ※令和７年４月に定数を740人へ改める予定");
    assert!(got[0].contains("702 人 | actual"), "{got:?}");
    assert!(got[1].contains("740 人 | plan"), "{got:?}");
}

#[test]
fn the_body_itself_and_periods_of_plans_are_no_subject() {
    let scope = Scope { issuer: "青葉区".into(), ..under("カードの交付") };
    assert_eq!(
        whose(&scope, "青葉区の９月末現在の交付枚数は累計31,200枚である。"),
        ["カードの交付 | 累計交付枚数"]
    );
    reads(
        "推進計画",
        "計画期間は令和３年度から令和５年度までの３年間で、48事業を掲げている。",
        &["推進計画 | 事業数"],
    );
}

#[test]
fn a_part_of_the_paper_that_its_title_lists_owns_its_quantities() {
    let title = "保育所の待機児童数及び学童クラブの利用状況";
    let mut scope = Scope { title: title.into(), ..under(title) };
    scope.topics.push("学童クラブ".into());
    let got = drafts(&scope, "登録児童数は2,214人である。");
    assert_eq!(got.first().map(|d| d.section.as_str()), Some("学童クラブ"));
}

#[test]
fn words_that_say_how_far_things_are_name_none_of_them() {
    let got = rows(&under("推進計画"), "完了 12取組、実施中 30取組、検討中 ４取組");
    assert!(got.iter().all(|r| r.starts_with("推進計画 | ") && r.contains("| actual |")), "{got:?}");
}

#[test]
fn what_was_begun_or_increased_owns_what_is_done_with_it() {
    reads(
        "納付の方法",
        "令和５年４月から電子納付を始め、年度内の利用は9,120件であった。",
        &["電子納付 | 利用件数"],
    );
    reads(
        "学校の支援",
        "支援員を８名から12名に増員し、１校当たりの訪問を月２回から月３回とする。",
        &["支援員 | 人数", "支援員 | 人数", "支援員 | 訪問回数", "支援員 | 訪問回数"],
    );
    reads("消防団", "団員数 定員460人に対し実員421人", &["団員数 | 定員", "団員数 | 実員"]);
    reads(
        "窓口",
        "４月から、証明書を自動で交付する端末を本庁に３台設置した。",
        &["証明書を自動で交付する端末 | 設置台数"],
    );
    reads(
        "窓口の運営",
        "運行委託料2,100万円に対し運賃収入は310万円である。",
        &["窓口の運営 | 運行委託料", "窓口の運営 | 運賃収入"],
    );
}

#[test]
fn the_topic_that_a_passage_begins_with_owns_what_the_next_sentence_tells() {
    reads(
        "窓口の改革",
        "手数料の電子決済は、取扱いの窓口を４か所増やした。令和５年度の決済件数は8,310件である。",
        &["取扱いの窓口 | 増加か所数", "手数料の電子決済 | 決済件数"],
    );
    // What was ended is not what the next sentence tells of.
    reads(
        "窓口の改革",
        "収入証紙は令和５年度で廃止した。決済件数は8,310件である。",
        &["窓口の改革 | 決済件数"],
    );
}

#[test]
fn shares_behind_a_verb_and_differences_are_of_what_stands_before() {
    reads(
        "子育て",
        "420組に絵本を配付（対象者の95.2％）",
        &["子育て | 絵本配付組数", "子育て | 絵本配付割合"],
    );
    let got = whose(
        &under("運行の経費"),
        "運行経費は4,100万円、運賃収入は980万円であり、差引3,120万円を市が負担している。",
    );
    assert_eq!(got.last().map(String::as_str), Some("運行の経費 | 差引額"));
    reads("消防団", "実員は410人（充足率82.0％）である。", &["消防団 | 実員", "消防団 | 充足率"]);
}
