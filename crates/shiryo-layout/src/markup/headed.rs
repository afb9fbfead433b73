//! Names behind a sign with what is told of them on the same line, above items of their own (slides).
//!
//! ```text
//! ◆ 電子契約　　令和６年度　312件／全契約1,940件
//! 　・令和７年度　500件（目標）
//! ```
//!
//! The name heads the items; what stands behind it is a line of its own.

use super::flow::{Flow, FlowLine};
use crate::prose::joining::Gap;
use crate::prose::marker::{MarkerKind, leading_marker};
use crate::prose::outline::Hint;
use crate::prose::words::{ends_with_particle, is_digit, width};
use shiryo_model::{BlockKind, SourceLine};

/// Names are no wider (half-width cells).
const WIDEST_NAME: u32 = 24;
/// How names of quantities end: these say what the figure behind them is.
const QUANTITIES: [&str; 16] = [
    "数", "率", "額", "費", "量", "時間", "割合", "人口", "残高", "単価", "実績", "目標", "効果", "期間",
    "計画", "予定",
];

/// Parts such names from what is told of them.
pub(crate) fn part_names(flow: Vec<Flow>) -> Vec<Flow> {
    let items: Vec<bool> = flow.iter().map(is_item).collect();
    let mut out = Vec::with_capacity(flow.len());
    for (i, element) in flow.into_iter().enumerate() {
        match element {
            Flow::Line(l) if items.get(i + 1) == Some(&true) => match parted(&l) {
                Some(parts) => out.extend(parts.map(Flow::Line)),
                None => out.push(Flow::Line(l)),
            },
            other => out.push(other),
        }
    }
    out
}

/// Whether an element is an item with a dot, near the line before it.
fn is_item(element: &Flow) -> bool {
    let Flow::Line(l) = element else { return false };
    l.gap < Gap::Break && leading_marker(&l.source.text).is_some_and(|m| m.kind == MarkerKind::Bullet)
}

/// The line of the name and that of the rest.
fn parted(l: &FlowLine) -> Option<[FlowLine; 2]> {
    let text = l.source.text.as_str();
    let marker = leading_marker(text)
        .filter(|m| l.hint == Hint::Auto && matches!(m.kind, MarkerKind::Square | MarkerKind::Circle))?;
    let told = text.get(marker.len..)?;
    let wide = |s: &str| s.starts_with("\u{3000}") || s.starts_with("  ");
    let at = told.char_indices().find(|(i, _)| told.get(*i..).is_some_and(wide))?.0;
    let (name, rest) = (told.get(..at)?.trim(), told.get(at..)?.trim());
    let named = (4..=WIDEST_NAME).contains(&width(name))
        && !name.contains(|c: char| is_digit(c) || "、。：".contains(c))
        && !ends_with_particle(name)
        && !QUANTITIES.iter().any(|q| name.ends_with(q));
    if !named || !rest.contains(is_digit) {
        return None;
    }
    let line = |text: &str, hint: Hint, gap: Gap| FlowLine {
        source: SourceLine { text: text.to_owned(), ..l.source.clone() },
        hint,
        gap,
        width: width(text),
    };
    let name = line(text.get(..marker.len + at)?, Hint::Auto, l.gap);
    Some([name, line(rest, Hint::Fixed(BlockKind::Paragraph), Gap::None)])
}

#[cfg(test)]
mod tests {
    use crate::markup::tests::blocks;
    use shiryo_model::BlockKind;

    #[test]
    fn names_head_the_items_below_them() {
        let got = blocks(
            "４　業務\n\n◆ 電子契約　　６年度　312件\n\n　・７年度　500件（目標）\n\n● 生成AI　　令和６年６月から全庁で利用\n　・登録　1,120人\n",
        );
        let want = [
            (BlockKind::Heading, "電子契約"),
            (BlockKind::Paragraph, "6年度 312件"),
            (BlockKind::ListItem, "7年度 500件(目標)"),
            (BlockKind::Heading, "生成AI"),
            (BlockKind::Paragraph, "令和6年6月から全庁で利用"),
        ];
        assert_eq!(got[1..6], want.map(|(kind, words)| (kind, words.to_owned())));
    }

    #[test]
    fn quantities_and_names_without_items_stay_whole() {
        for text in [
            "４　業務\n\n◆ 利用者数　　312人\n　・うち市外　50人\n",
            "４　業務\n\n◆ 電子契約　　312件\n◆ 電子決裁　　81％\n",
        ] {
            assert!(blocks(text).iter().all(|b| !b.1.starts_with("312")), "{text}");
        }
    }
}
