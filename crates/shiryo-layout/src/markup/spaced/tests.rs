use super::super::layout_text;
use shiryo_model::{MediaType, Table};

fn table(text: &str) -> Table {
    layout_text(text, MediaType::Text).tables.into_iter().next().expect("a table")
}

fn tables(text: &str) -> Vec<Table> {
    layout_text(text, MediaType::Text).tables
}

fn text(t: &Table, r: u32, c: u32) -> &str {
    t.cell_at(r, c).map_or("", |c| c.text.text.as_str())
}

/// The rows of a table, cells parted by `|`, those that span several repeated.
fn rows(t: &Table) -> Vec<String> {
    (0..t.n_rows).map(|r| (0..t.n_cols).map(|c| text(t, r, c)).collect::<Vec<_>>().join("|")).collect()
}

/// The rows of the only table of a text.
pub(super) fn only_rows(text: &str) -> Vec<String> {
    let found = tables(text);
    let [t] = found.as_slice() else { panic!("{found:?}") };
    rows(t)
}

#[test]
fn one_blank_between_cells() {
    let t = table(
        "次の表のとおり。\n区分 令和３年度 令和４年度 令和５年度\n貸出冊数（冊） 4,215 4,330 4,412\n予約 件数（件） 24 11 3\n\n２ 次の項目\n",
    );
    assert_eq!(
        rows(&t),
        ["区分|令和3年度|令和4年度|令和5年度", "貸出冊数(冊)|4,215|4,330|4,412", "予約 件数(件)|24|11|3"]
    );
}

#[test]
fn blank_cells_are_known_by_the_places_of_the_others() {
    let t = table(
        "区 分      令和４年度   令和５年度   増減\n貸出          120          140     20\n返却                       95\n計            120          235    115\n",
    );
    assert_eq!(rows(&t), ["区分|令和4年度|令和5年度|増減", "貸出|120|140|20", "返却||95|", "計|120|235|115"]);
}

#[test]
fn heads_in_two_levels() {
    let t = table(
        "施設名 令和４年度 令和５年度\n件数 利用率 件数 利用率\n東館 1,204 31.2 1,688 44.7\n西館 215 18.6 402 35.1\n",
    );
    assert_eq!((t.header_rows, rows(&t)[1].as_str()), (2, "施設名|件数|利用率|件数|利用率"));
    assert_eq!(t.cell_at(0, 3).unwrap().text.text, "令和5年度");
    let t = table(
        " 指標名        単位   ４年度   ５年度         ６年度\n               実績     目標   実績   目標\n 会員数        人     812      860    848    870\n 講習会        回     2        3      3      4\n",
    );
    assert_eq!((t.header_rows, t.n_cols), (2, 6));
    assert_eq!(
        (t.cell_at(0, 4).unwrap().text.text.as_str(), t.cell_at(1, 4).unwrap().text.text.as_str()),
        ("5年度", "実績")
    );
    assert_eq!(t.cell_at(0, 5).unwrap().text.text, "6年度");
}

#[test]
fn figures_that_belong_to_one_cell() {
    let t = table(
        "講座名 令和５年度実績 令和６年度計画\n入門 18回 243人 20回 300人\n応用 12回 166人 16回 240人\n",
    );
    assert_eq!(
        rows(&t),
        ["講座名|令和5年度実績|令和6年度計画", "入門|18回 243人|20回 300人", "応用|12回 166人|16回 240人"]
    );
}

#[test]
fn a_series_of_ages_names_columns() {
    let t = table(
        "　　　　　０歳　　１歳　　２歳　　計\n５年　　　６　　　９　　　５　　　20\n６年　　　１　　　11　　　２　　　14\n",
    );
    assert_eq!(rows(&t), ["|0歳|1歳|2歳|計", "5年|6|9|5|20", "6年|1|11|2|14"]);
}

#[test]
fn labels_over_two_lines_and_titles_between_rows() {
    let t = table("事業名 計画値 実績値\n放課後等の居場所づくり（夏休みの\nみ） 120 118\n相談 30 28\n");
    assert_eq!(rows(&t)[1], "放課後等の居場所づくり(夏休みのみ)|120|118");
    let t = table(
        "  項目        計画   実績\n  〔窓口〕\n  相談件数    120    118\n  交付件数    30     28\n  〔訪問〕\n  相談件数    12     11\n",
    );
    assert_eq!((t.n_rows, t.cell_at(4, 0).unwrap().col_span), (6, 3));
}

#[test]
fn a_unit_below_the_heads() {
    let t = table(
        " 業務名      導入前    導入後   削減率\n            （年間処理時間）\n 申込入力     480時間   122時間  74.6％\n 調査票読取   310時間   136時間  56.1％\n",
    );
    assert_eq!(rows(&t)[0], "業務名|導入前(年間処理時間)|導入後(年間処理時間)|削減率");
}

#[test]
fn running_text_and_lists_with_figures_are_no_tables() {
    for text in [
        "の 46 手続（以下「重点」という。）の\n状況は 12 件で、 5 件が済んだ\n",
        "・会場 15 か所\n・定員 960 人\n・参加者 912 人\n",
        "令和６年７月 募集開始 15 コース\n令和６年９月 養成講座 5 回\n",
        "本文がここにある。\n窓口 3 5\n電話 2 4\n",
    ] {
        assert!(layout_text(text, MediaType::Text).tables.is_empty(), "{text}");
    }
}

#[test]
fn heads_over_some_of_the_columns() {
    let t = table(
        "                令和５年度         令和６年度\n              （7月～3月）       （4月～12月）     前年同期比\n     東館        106件             134件\n     西館         82件             90件\n      計         188件             224件             －\n     使用料  944,000円        1,236,000円\n",
    );
    assert_eq!(
        rows(&t),
        [
            "|令和5年度|令和6年度|前年同期比",
            "|(7月～3月)|(4月～12月)|前年同期比",
            "東館|106件|134件|",
            "西館|82件|90件|",
            "計|188件|224件|-",
            "使用料|944,000円|1,236,000円|"
        ]
    );
}

#[test]
fn ages_and_enumerators_are_labels() {
    let t = table(
        "年齢区分      対象者数(人)    接種率(%)\n65～69歳          7,940           37.6\n80歳以上         12,969           64.0\n",
    );
    assert_eq!(rows(&t)[1], "65～69歳|7,940|37.6");
    let t = table(
        "指標名        単位   ４年度   ５年度\n② 講習会の開催回数 回  2     3\n① 会員数      人     812      860\n",
    );
    assert_eq!(rows(&t)[1], "② 講習会の開催回数|回|2|3");
}

#[test]
fn remarks_and_broken_words_in_heads() {
    let t = table(
        "項目 単位 平成30年度\n（基準） 令和元年度 令和２年度\n（目標）\n総排出量 t 52,318 52,004 51,120\n再生利用率 % 21.4 21.2 22.0\n",
    );
    assert_eq!(rows(&t)[0], "項目|単位|平成30年度(基準)|令和元年度|令和2年度(目標)");
    assert_eq!(rows(&t)[1], "総排出量|t|52,318|52,004|51,120");
    let t = table("対象業務 処理\n件数 削減時\n間\n申告書の入力 480件 358時間\n通知書の作成 720件 479時間\n");
    assert_eq!(rows(&t)[0], "対象業務|処理件数|削減時間");
}

#[test]
fn header_words_over_many_lines() {
    let t = table(
        "取組は次のとおりである。\n\n条 件\n対 象\n\n手続数\n\n令和４年度\n\nオンライン化\n\n済手続数\n\n令和５年度\n\nオンライン化\n\n見込手続数\n\n\
         対象外\n\n予 定\n\n手続数\n\n年間申請数 1,000 件以上 20 2 3 2\n\nその他の手続 18 18   \n",
    );
    assert_eq!((t.n_rows, t.n_cols, t.header_rows, t.label_cols), (3, 5, 1, 1));
    assert_eq!(text(&t, 0, 1), "対象手続数");
    assert_eq!(text(&t, 0, 4), "対象外予定手続数");
    assert_eq!(text(&t, 1, 0), "年間申請数1,000件以上");
    assert_eq!((text(&t, 1, 3), text(&t, 2, 2), text(&t, 2, 3)), ("3", "18", ""));
}

#[test]
fn groups_on_lines_of_their_own() {
    let t = table(
        "●検証業務\n\n所管課 業務概要\n年間\n\n処理時間\n\n年間\n\n処理件数\n\n税 務 課\n番号の調査 539 時間 10,000 件\n\n還付の処理 177 時間 3,000 件\n\n\
         福祉課 申請の登録 350 時間 900 件\n",
    );
    assert_eq!((t.n_rows, t.n_cols, t.label_cols), (4, 4, 2));
    assert_eq!((text(&t, 0, 3), text(&t, 1, 0), text(&t, 2, 0)), ("年間処理件数", "税務課", "税務課"));
    assert_eq!((text(&t, 3, 0), text(&t, 3, 1), text(&t, 3, 2)), ("福祉課", "申請の登録", "350時間"));
    assert_eq!(t.caption.text, "検証業務");
}

#[test]
fn groups_before_the_label_on_the_same_line() {
    let t = table(
        "■業務一覧\n所管課 業務概要 年間\n処理時間\n年間\n処理件数\n収 納 課 依頼書の入力 620 時間 12,500 件\n通知の作成 148 時間 2,800 件\n\
         介護課 結果の登録 405 時間 9,600 件\n",
    );
    assert_eq!((t.n_cols, t.label_cols), (4, 2));
    assert_eq!((text(&t, 1, 0), text(&t, 1, 1), text(&t, 2, 0)), ("収納課", "依頼書の入力", "収納課"));
}

#[test]
fn figures_at_line_ends_without_heads_stay_prose() {
    let c = layout_text("本文がここにある。\n窓口 3 5\n電話 2 4\n", MediaType::Text);
    assert!(c.tables.is_empty());
}

#[test]
fn every_cell_on_a_line_of_its_own() {
    let t = table(
        "利用率は下表のとおり。\n\n届出名\n令和４年度\n件数\n利用率\n令和５年度\n件数\n利用率\n\n転居届\n18,540\n61.2%\n19,022\n72.8%\n\n証明書の請求\n－\n－\n11,306\n100.0%\n\n　※書面を含む。\n",
    );
    assert_eq!(
        rows(&t),
        [
            "届出名|令和4年度|令和4年度|令和5年度|令和5年度",
            "届出名|件数|利用率|件数|利用率",
            "転居届|18,540|61.2%|19,022|72.8%",
            "証明書の請求|-|-|11,306|100.0%"
        ]
    );
    let t = table("会場 別の内訳\n\n会場\n開催回数\n参加者数\n東会館\n12回\n147人\n西会館\n6回\n82人\n");
    assert_eq!(rows(&t), ["会場|開催回数|参加者数", "東会館|12回|147人", "西会館|6回|82人"]);
}

#[test]
fn indented_tabs_make_no_column() {
    let t = table("\t区分\t開設時\t現在\n\t一般\t2,480点\t3,122点\n\t児童\t905点\t1,648点\n");
    assert_eq!(rows(&t)[1], "一般|2,480点|3,122点");
}

#[test]
fn cells_one_a_line() {
    let t = tables(
        "◆相談件数\n\n区分\n\n令和５年度\n\n令和６年度\n\n窓口\n1,234件\n1,300件\n\n電話\n870件\n912件\n\n合計\n2,104件\n2,212件\n\n※速報値\n",
    );
    let [t] = t.as_slice() else { panic!("{t:?}") };
    assert_eq!((t.n_rows, t.n_cols, t.header_rows, t.label_cols), (4, 3, 1, 1));
    assert_eq!((text(t, 0, 2), text(t, 1, 0), text(t, 3, 2)), ("令和6年度", "窓口", "2,212件"));
    assert_eq!(t.cell_at(2, 1).and_then(|c| c.text.place().line), Some(14));
}

#[test]
fn headers_of_two_levels() {
    for header in [
        "施設\n令和４年度\n利用者\n割合\n令和５年度\n利用者\n割合",
        "施設\n令和４年度\n令和５年度\n利用者\n割合\n利用者\n割合",
    ] {
        let t = tables(&format!("{header}\n\n東会館\n120\n12%\n140\n13%\n\n西会館\n－\n－\n20\n5%\n"));
        let [t] = t.as_slice() else { panic!("{t:?}") };
        assert_eq!((t.n_rows, t.n_cols, t.header_rows), (4, 5, 2));
        assert_eq!((text(t, 0, 3), text(t, 1, 3), text(t, 3, 3)), ("令和5年度", "利用者", "20"));
    }
}

#[test]
fn cells_one_a_line_without_blank_lines() {
    let t = tables("方式\n件数\n割合\n電子\n120件\n60%\n書面\n80件\n40%\n");
    assert_eq!((t[0].n_rows, text(&t[0], 2, 0), text(&t[0], 2, 2)), (3, "書面", "40%"));
}

#[test]
fn figures_that_no_header_accounts_for_are_no_table() {
    assert!(tables("利用の状況\n\n電子申請\n120件\n（60.0％）\n\n窓口\n80件\n（40.0％）\n").is_empty());
    assert!(tables("区分\n前年度\n本年度\n\n窓口\n12件\n13件\n\n電話\n8件\n").is_empty());
}

#[test]
fn labels_that_go_on_below() {
    let t = table(
        " 所管課       対象業務          処理件数    削減時間\n 税務課       申告書の入力       480件      358時間\n 福祉課       医療費助成申請書の   310件      174時間\n            入力\n 子育て課      入所結果の通知      205件      135時間\n",
    );
    assert_eq!(
        rows(&t)[2..],
        ["福祉課|医療費助成申請書の入力|310件|174時間", "子育て課|入所結果の通知|205件|135時間"]
    );
}

#[test]
fn captions_stand_off_and_rates_name_columns() {
    let t = table(
        "届出１件当たりの処理時間（転入の場合）\n\n          導入前    導入後    差\n記入        15分    4分    ▲11分\n受付        18分    14分    ▲4分\n",
    );
    assert_eq!((t.header_rows, rows(&t)[0].as_str()), (1, "|導入前|導入後|差"));
    let t = table("月 利用者数 利用回数 １人当たり\n８月 214人 3,638回 17.0回\n９月 243人 4,374回 18.0回\n");
    assert_eq!(rows(&t)[0], "月|利用者数|利用回数|1人当たり");
    let t = table("条 件 対 象\n手続数\n令和５年度\n済手続数\n年間申請数 500 件以上 25 2\nその他\n21 20\n");
    assert_eq!(rows(&t)[0], "条件|対象手続数|令和5年度済手続数");
    let t = table(
        " 区分    処理の     削減\n         時間      時間\n 東      12時間    3時間\n 西      14時間    4時間\n",
    );
    assert_eq!(rows(&t)[0], "区分|処理の時間|削減時間");
}

#[test]
fn labels_set_with_wide_spacing() {
    let t = table(
        "　区　　分　　　　　　本年度額　　構成比　　比　較\n　町　税　　　　　　　　298,540　　　9.2　　　△2,580\n　地方交付税　　　　　1,610,000　　49.6　　　　38,000\n　合　計　　　　　　　1,908,540　　58.8　　　　35,420\n",
    );
    assert_eq!(rows(&t)[..2], ["区分|本年度額|構成比|比較", "町税|298,540|9.2|△2,580"]);
}

#[test]
fn heads_in_two_lines_of_which_none_names_all_columns() {
    let t = table(
        " 組     主な業務          業務数  移行費       運用費\n                                  （総額）  R6決算 R8見込\n  Ａ     印鑑、選挙           6      612       148      265\n  Ｂ     年金、介護           4      845       187      341\n  計                         10    1,457       335      606\n",
    );
    assert_eq!(
        rows(&t),
        [
            "組|主な業務|業務数|移行費(総額)|運用費|運用費",
            "組|主な業務|業務数|移行費(総額)|R6決算|R8見込",
            "A|印鑑、選挙|6|612|148|265",
            "B|年金、介護|4|845|187|341",
            "計||10|1,457|335|606"
        ]
    );
}

#[test]
fn figures_with_counters_of_any_kind() {
    let t = table(
        "　　　　　　　　　新たな想定　　　前回想定\n　死者数　　　　　　　213 人　　　　　361 人\n　全壊数　　　　　　4,120 棟　　　　5,876 棟\n",
    );
    assert_eq!(rows(&t)[2], "全壊数|4,120棟|5,876棟");
    let t = table(
        "品　目\n目標数量\n現在数量\n充足率\n\n食料\n412,000 食\n395,200 食\n95.9％\n\n土のう\n6,100 体\n4,880 体\n80.0％\n",
    );
    assert_eq!(rows(&t)[..2], ["品目|目標数量|現在数量|充足率", "食料|412,000食|395,200食|95.9%"]);
}

#[test]
fn marks_stand_in_cells() {
    let t = table(
        "施設名\n令和３年度\n令和４年度\n定員\nネット\n予約\n東室\n612\n934\n6\n○\n西室\n97\n103\n3\n－\n合　　計\n709\n1,037\n9\n\n　以上。\n",
    );
    assert_eq!(
        rows(&t),
        [
            "施設名|令和3年度|令和4年度|定員|ネット予約",
            "東室|612|934|6|○",
            "西室|97|103|3|-",
            "合計|709|1,037|9|"
        ]
    );
}

#[test]
fn heads_whose_words_stand_below_each_other() {
    let t = table(
        "     項目     単位 平成30年度\n                （基準）     令和元年度   令和９年度\n                                  （目標）\n総排出量        t     52,318    52,004    45,000\n再生利用率       %       21.4      21.2      27.0\n",
    );
    assert_eq!(rows(&t)[0], "項目|単位|平成30年度(基準)|令和元年度|令和9年度(目標)");
}

#[test]
fn units_in_a_line_below_the_heads() {
    let t = table(
        "区分 調定額 収入済額 収入率\n(千円) (千円) (%)\n市民税 4,120,000 4,088,210 95.7\n固定資産税 980,000 978,440 99.6\n",
    );
    assert_eq!(rows(&t)[0], "区分|調定額(千円)|収入済額(千円)|収入率(%)");
}

#[test]
fn heads_whose_columns_nothing_tells_make_no_table() {
    let c = layout_text(
        "区分 ４年度 ５年度 対前年度\n増減 比率\n人口 88,410 88,022 △388 99.6\n戸数 38,905 39,210 305 100.8\n",
        MediaType::Text,
    );
    assert!(c.tables.iter().all(|t| text(t, 0, 1) != "区分"));
}

#[test]
fn a_second_table_behind_a_gap() {
    let c = layout_text(
        "部門     R2.4.1  R3.4.1  増減\n一般     412     415     3\n教育      88      86     △2\n\n年齢別の取得者\n         男性      女性\n20歳代     4人      11人\n30歳代    13人      27人\n",
        MediaType::Text,
    );
    assert_eq!((c.tables.len(), c.tables[0].n_rows, c.tables[1].n_rows), (2, 3, 3));
    let t = table(
        "順位  分野            件数     割合\n１    ごみ            5,112   33.4%\n２    戸籍            3,980   26.0%\n－    その他          2,463   16.1%\n",
    );
    assert_eq!(rows(&t)[1], "1|ごみ|5,112|33.4%");
}

#[test]
fn groups_and_heads_with_wide_spacing() {
    let t = table(
        "課　名　　　　業　務　名　　　　　　　　　処理件数　　導入前　　導入後\n税　務　課　　報告書の入力　　　　　　　4,800　　　320.0　　 118.4\n　　　　　　　申告書の登録　　　　　　　2,150　　　107.5　　　43.0\n健康福祉課　　問診票の入力　　　　　　　1,920　　　 96.0　　　21.1\n　　　　　　　合　　計　　　　　　　　　8,870　　　523.5　　 182.5\n",
    );
    assert_eq!(
        rows(&t),
        [
            "課名|業務名|処理件数|導入前|導入後",
            "税務課|報告書の入力|4,800|320.0|118.4",
            "税務課|申告書の登録|2,150|107.5|43.0",
            "健康福祉課|問診票の入力|1,920|96.0|21.1",
            "|合計|8,870|523.5|182.5"
        ]
    );
}

#[test]
fn what_follows_a_table_is_no_row() {
    let text = "指標            R3実績     R4目標     R4実績\n収納率           99.1%      99.2%      99.4%\n滞納分           28.6%      30.0%      33.1%\n\n効果額　4,120千円（目標 3,000千円）　　　評価　Ａ\n";
    let c = layout_text(text, MediaType::Text);
    assert_eq!((c.tables.len(), c.tables[0].n_rows, c.blocks.len()), (1, 3, 2));
    let list = "実施期間　　令和５年10月２日～29日\n運賃　　　　１乗車300円\n・登録者数　　1,204人\n・利用者数　　3,318人\n・待ち時間　　14.6分\n";
    assert!(layout_text(list, MediaType::Text).tables.is_empty());
}

#[test]
fn labels_that_begin_with_a_number_and_heads_with_one_between() {
    let t = table(
        "区　分　　　　利用定員　　入所児童数\n\n０　歳　児　　　1,056　　　　918\n１　歳　児　　　1,782　　　1,771\n３歳以上児　　　6,342　　　5,952\n",
    );
    assert_eq!((rows(&t)[1].as_str(), t.n_rows), ("0歳児|1,056|918", 4));
    let t = table(
        "              教室数       受入上限     在籍児童\n  地 区\n              （か所）     数（人）     数（人）\n\n  東 部          14          910          897\n\n  西 部          11          720          689\n",
    );
    assert_eq!(rows(&t)[..2], ["地区|教室数(か所)|受入上限数(人)|在籍児童数(人)", "東部|14|910|897"]);
    let t = table("月\n運行日数\n（日）\n利用者数\n（人）\n\n６月 22 318\n７月 20 402\n計 42 720\n");
    assert_eq!(rows(&t)[0], "月|運行日数(日)|利用者数(人)");
}

#[test]
fn indicators_with_plan_and_result_below_each_other() {
    let t = table(
        "　指標名　　　　　　　　　　　３年度　　４年度　　５年度\n　活動指標１　　　　　　計画　　　　20　　　　25　　　　32\n　講習会の回数（回）　　実績　　　　18　　　　25\n　成果指標１　　　　　　計画　　 3,000　　 4,500　　 6,000\n　削減した時間（時間）　実績　　 2,764　　 4,871\n",
    );
    assert_eq!(
        rows(&t)[..3],
        [
            "指標名||3年度|4年度|5年度",
            "活動指標1\n講習会の回数(回)|計画|20|25|32",
            "活動指標1\n講習会の回数(回)|実績|18|25|"
        ]
    );
}

#[test]
fn names_and_amounts_below_a_unit() {
    let t = table(
        "３　経費\n（単位：千円）\n　委託料　　　　12,340\n　使用料及び賃借料　 4,560\n　合　計　　　　16,900\n　※見込み\n",
    );
    assert_eq!((t.n_rows, t.n_cols, t.header_rows), (3, 2, 0));
    assert_eq!(rows(&t), ["委託料|12,340", "使用料及び賃借料|4,560", "合計|16,900"]);
    assert_eq!(t.unit.text, "(単位:千円)");
}

#[test]
fn lists_of_keys_and_values_are_no_tables() {
    let text = "実施期間　令和５年４月３日～９月29日\n車両　小型車２台\n\n・登録者数　　　1,204人\n・利用者数　　　3,318人\n・待ち時間　　　14.6分\n・乗合人数　　　1.7人\n";
    assert!(tables(text).is_empty());
}

#[test]
fn years_below_one_name() {
    let t = table(
        "館名　　　　　蔵書冊数　　　貸出冊数　　　　　　　　　　　予約件数\n　　　　　　　　　　　　　４年度　　　５年度　　　　　（５年度）\n中央館　　　　312,450　　　488,210　　501,334　　　　　　98,112\n北館　　　　　　88,902　　　121,004　　119,870　　　　　　24,556\n",
    );
    assert_eq!(
        rows(&t)[..2],
        ["館名|蔵書冊数|貸出冊数|貸出冊数|予約件数(5年度)", "館名|蔵書冊数|4年度|5年度|予約件数(5年度)"]
    );
}

#[test]
fn a_short_line_above_a_table_is_its_caption() {
    let t = table(
        "事業の状況\n\n認定者数の推移（各年９月末）\n（単位：人）\n          要支援    要介護   計\n ４年      1,204     1,388     2,592\n ５年      1,260     1,401     2,661\n",
    );
    assert!(t.caption.text.starts_with("認定者数の推移(各年9月末)"), "{}", t.caption.text);
}

#[test]
fn titles_behind_a_gap_and_numbers_cut_off_from_their_names() {
    let t = table(
        "             30年度       元年度       ２年度\n             実績         実績        見込み\n\n特定健診\n  対象者数     2,214        2,158       2,131\n  受診者数     1,018        1,025         782\n\n保健指導\n  対象者数       127          121          88\n  終了者数        66           69          36\n\n※速報値。\n",
    );
    assert_eq!((t.n_rows, t.header_rows, text(&t, 7, 1)), (8, 2, "66"));
    let t = table(
        "区 分 ２歳児 ３歳児 \n４・５ \n\n歳児 \n合 計 \n\n申込者数 358 297 109 764 \n\n決定者数 296 268 103 667 \n",
    );
    assert_eq!(rows(&t)[0], "区分|2歳児|3歳児|4・5歳児|合計");
}

#[test]
fn numbers_before_names() {
    let t = table(
        "款          予算額        構成比   増減率\n１ 議会費      182,310      0.9%     △0.9%\n２ 総務費    2,410,887     12.1%      6.9%\n歳出合計     2,593,197    100.0%      2.8%\n",
    );
    assert_eq!(
        (rows(&t)[1].as_str(), rows(&t)[3].as_str()),
        ("1 議会費|182,310|0.9%|△0.9%", "歳出合計|2,593,197|100.0%|2.8%")
    );
    let t = table("No. 会議名 回数 委員数\n1 環境審議会 2 15\n2 図書館協議会 3 10\n");
    assert_eq!(rows(&t)[1], "1|環境審議会|2|15");
}

#[test]
fn one_row_below_many_names_and_figures_below_a_name_with_its_unit() {
    let t = table(
        "次のとおり。\n\n（単位：件）\n\n年 度 ４月 ５月 ６月 計\n\n令和５年度 6,204 5,988 9,317 21,509\n\n※速報\n",
    );
    assert_eq!(rows(&t), ["年度|4月|5月|6月|計", "令和5年度|6,204|5,988|9,317|21,509"]);
    let t = table("相談の実績\n\n受付件数（件）\n７月　　21\n８月　　34\n合計　　55\n\n以上\n");
    assert_eq!(rows(&t), ["|受付件数(件)", "7月|21", "8月|34", "合計|55"]);
}

#[test]
fn a_column_of_labels_without_a_name_stands_before_the_units() {
    let t = table(
        "費用\n単位 R3決算 R4決算 R5予算\n事業費 千円 1,820 1,905 2,730\n従事者 人 0.6 0.6 0.5\n総コスト 千円 2,310 2,378 3,120\n",
    );
    assert_eq!(rows(&t)[..2], ["|単位|R3決算|R4決算|R5予算", "事業費|千円|1,820|1,905|2,730"]);
    let t = table(
        "指標\n指標名 単位 R3 R4 R5\n交付件数 計画 件 500 900 1,600\n実績 件 621 1,138\n交付率 計画 ％ 5.0 10.0 15.0\n実績 ％ 5.6 10.3\n",
    );
    assert_eq!(
        rows(&t)[..3],
        ["指標名||単位|R3|R4|R5", "交付件数|計画|件|500|900|1,600", "交付件数|実績|件|621|1,138|"]
    );
}

#[test]
fn numbered_rows_on_two_lines_below_heads_in_the_middle() {
    let t = table(
        "Ⅱ　指標の状況（令和５年度末）\n\n　指標                                基準値      令和５年度                令和７年度   評価\n                                     （Ｒ３）     目標        実績           目標\n\n　１　電子申請の利用率               21.4%      45.0%      48.7%          60.0%        ◎\n\n　２　電子決裁の率                   34.2%      80.0%      77.9%          95.0%        ○\n\n　３　コピー用紙の枚数\n　　　（各部局）                   9,860万枚   7,400万枚   6,915万枚      5,900万枚     ◎\n\n　４　在宅勤務の人数（延べ）     11,204人    20,000人    15,366人       30,000人      △\n\n　５　申請を受け付ける\n　　　町村数                         2団体      10団体       9団体         20団体       ○\n",
    );
    let rows = rows(&t);
    assert_eq!(rows[1], "指標|基準値(R3)|目標|実績|令和7年度目標|評価");
    assert_eq!(rows[2], "1 電子申請の利用率|21.4%|45.0%|48.7%|60.0%|◎");
    assert_eq!(rows[4], "3 コピー用紙の枚数(各部局)|9,860万枚|7,400万枚|6,915万枚|5,900万枚|◎");
    assert_eq!(rows[6], "5 申請を受け付ける町村数|2団体|10団体|9団体|20団体|○");
}

#[test]
fn units_behind_the_sign_of_a_note_go_with_their_names() {
    let t = table(
        "（３）地区別の状況\n\n地 区 \nクラブ数 \n（か所） \n定 員 \n（人） \n在籍児童数 \n※１（人） \n待機児童数 \n（人） \n\n東 部 12 720 781 34 \n\n西 部 11 640 662 21 \n\n合 計 23 1,360 1,443 55 \n\n※１ 短時間の児童を含む。\n",
    );
    let rows = rows(&t);
    assert_eq!(rows[0], "地区|クラブ数(か所)|定員(人)|在籍児童数\n※1(人)|待機児童数(人)");
    assert_eq!(rows[3], "合計|23|1,360|1,443|55");
}

#[test]
fn blanks_around_the_digits_of_dates_part_no_columns() {
    let t = table(
        "窓口の群　　　業務数　　進み具合　　移行の時期\n戸籍　　　　　6　　　　100％　　　令和 7 年 1 月（済）\n収納　　　　　4　　　　85％　　　　令和 8 年 1 月\n合計　　　　　10\n",
    );
    assert_eq!(
        rows(&t),
        [
            "窓口の群|業務数|進み具合|移行の時期",
            "戸籍|6|100%|令和7年1月(済)",
            "収納|4|85%|令和8年1月",
            "合計|10||"
        ]
    );
}

#[test]
fn a_column_of_units_among_cells_one_a_line() {
    let t = table(
        "１ 業務の実績\n\n項目\n\n単位\n\n４年度\n\n５年度\n\n給水人口\n\n人\n\n18,416\n\n18,032\n\n総配水量\n\nm3\n\n2,012,377\n\n1,958,120\n\n有収率\n\n%\n\n87.4\n\n87.1\n\n・漏水が少ないほど高くなります。\n",
    );
    assert_eq!(
        rows(&t),
        [
            "項目|単位|4年度|5年度",
            "給水人口|人|18,416|18,032",
            "総配水量|m3|2,012,377|1,958,120",
            "有収率|%|87.4|87.1"
        ]
    );
}

#[test]
fn days_are_figures_beside_other_figures() {
    let t = table(
        "２　実績\n\n                     令和５年度              令和６年度（１月末現在）\n\n出張の受付           １８回  ４１２人        ９回  １３７人\n\n休日の窓口           １２日  ２８９人        １０日  ２０４人\n\n施設への訪問         ６施設  ９５人          １１施設  １６２人\n",
    );
    assert_eq!(rows(&t)[2], "休日の窓口|12日 289人|10日 204人");
}

#[test]
fn what_stands_together_in_a_row_of_totals_is_one_cell() {
    let t = table(
        "４　教室\n\n    会　場            開催日            定員      申込者     参加者\n    東公民館          ５月16日、17日     30人       52人       29人\n    北センター        ６月11日           15人       15人       13人\n    西公民館          ７月９日、10日     30人       38人       27人\n    計                ３会場 ５回        75人      105人       69人\n\n５　予定\n",
    );
    assert_eq!(rows(&t)[4], "計|3会場 5回|75人|105人|69人");
}

#[test]
fn units_below_names_leave_the_years_above_them() {
    let t = table(
        "部 令和４年度 令和５年度\n 業務数 削減時間 業務数 削減時間\n （業務） （時間） （業務） （時間）\n総務部 4 310 6 528\n区民部 9 1,872 11 2,240\n",
    );
    assert_eq!((t.header_rows, text(&t, 0, 1), text(&t, 0, 3)), (2, "令和4年度", "令和5年度"));
    assert_eq!((text(&t, 1, 1), text(&t, 2, 1)), ("業務数(業務)", "4"));
}

#[test]
fn a_year_and_what_came_of_it_on_lines_of_their_own() {
    let t = table(
        "指標\n\n令和２年度\n実績\n\n令和３年度\n実績\n\n令和４年度\n予定\n\n手続数\n\n118手続\n\n164手続\n\n220手続\n\n園数\n\n０園\n\n12園\n\n24園\n",
    );
    assert_eq!(rows(&t)[0], "指標|令和2年度実績|令和3年度実績|令和4年度予定");
}
