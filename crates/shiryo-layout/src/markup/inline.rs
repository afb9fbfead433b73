//! Inline markup inside lines of text: HTML tags, `^{※1}` marks, Markdown emphasis, character references.

/// What a piece of marked-up text consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Words, references not yet resolved.
    Text(&'a str),
    /// An opening (or empty) tag with its lower-case name and its attributes as written.
    Open(String, &'a str),
    /// A closing tag.
    Close(String),
}

/// Elements that are tags; anything else between angle brackets is text (`<研修の予定>`).
const TAGS: [&str; 62] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "img",
    "ins",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "rt",
    "ruby",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
];
const MORE_TAGS: [&str; 8] = ["tr", "u", "ul", "title", "rp", "rb", "noscript", "template"];
/// A tag longer than this is text with a stray bracket.
const LONGEST_TAG: usize = 2000;

fn is_tag(name: &str) -> bool {
    TAGS.contains(&name) || MORE_TAGS.contains(&name)
}

/// Whether a line holds something that looks like a known tag.
pub(crate) fn has_tag(s: &str) -> bool {
    s.contains('<') && Tokens::new(s).any(|t| !matches!(t, Token::Text(_)))
}

/// Tokens of marked-up text, in order. Comments are dropped.
pub(crate) struct Tokens<'a> {
    rest: &'a str,
    /// No `>` and no `-->` follows any more (so that a run of `<` is not searched over and over).
    no_close: bool,
    no_comment_end: bool,
}

impl<'a> Tokens<'a> {
    /// Tokens of `s`.
    pub(crate) fn new(s: &'a str) -> Self {
        Self { rest: s, no_close: false, no_comment_end: false }
    }

    /// A comment or tag at the beginning of `rest`: the token (none for a comment) and its length.
    fn markup(&mut self) -> Option<(Option<Token<'a>>, usize)> {
        if let Some(inner) = self.rest.strip_prefix("<!--") {
            if self.no_comment_end {
                return None;
            }
            let end = inner.find("-->");
            self.no_comment_end = end.is_none();
            return end.map(|e| (None, e + 7));
        }
        if self.no_close {
            return None;
        }
        let limit = floor_boundary(self.rest, LONGEST_TAG);
        let window = self.rest.get(..limit)?;
        let end = window.find('>')?;
        let inner = window.get(1..end)?;
        let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |i| (true, i));
        if inner.starts_with(['!', '?']) {
            return Some((None, end + 1));
        }
        let name_len = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let name = inner.get(..name_len)?.to_ascii_lowercase();
        if !is_tag(&name) {
            return None;
        }
        let attributes = inner.get(name_len..)?;
        let token = if closing { Token::Close(name) } else { Token::Open(name, attributes) };
        Some((Some(token), end + 1))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with('<')
                && let Some((token, len)) = self.markup()
            {
                self.rest = self.rest.get(len..).unwrap_or("");
                match token {
                    Some(t) => return Some(t),
                    None => continue,
                }
            }
            let first = self.rest.chars().next().map_or(0, char::len_utf8);
            let len = self.rest.get(first..).and_then(|r| r.find('<')).map_or(self.rest.len(), |i| first + i);
            let (text, rest) = self.rest.split_at_checked(len)?;
            self.rest = rest;
            return Some(Token::Text(text));
        }
    }
}

fn floor_boundary(s: &str, at: usize) -> usize {
    let mut at = at.min(s.len());
    while !s.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Character references that papers use; all others stay as written.
const REFERENCES: [(&str, &str); 20] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("yen", "¥"),
    ("times", "×"),
    ("middot", "・"),
    ("hellip", "…"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("copy", "©"),
    ("plusmn", "±"),
    ("deg", "°"),
    ("rarr", "→"),
    ("larr", "←"),
    ("ensp", " "),
    ("emsp", "　"),
    ("bull", "•"),
];

/// Text with its character references resolved.
pub(crate) fn resolve_references(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut rest = s;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let window = from.get(..floor_boundary(from, 12)).unwrap_or(from);
        let found = window.find(';').and_then(|end| {
            let name = window.get(1..end)?;
            Some((reference(name)?, end + 1))
        });
        match found {
            Some((c, len)) => {
                out.push_str(&c);
                rest = from.get(len..).unwrap_or("");
            }
            None => {
                out.push('&');
                rest = from.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |h| u32::from_str_radix(h, 16).ok())?;
        return char::from_u32(code).filter(|c| !c.is_control()).map(String::from);
    }
    REFERENCES.iter().find(|(n, _)| *n == name).map(|(_, c)| (*c).to_string())
}

/// A line without inline markup: `^{※1}` → ※1, `**bold**` → bold, stray `**`, backslash escapes.
pub(crate) fn without_emphasis(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut chars = s.chars().peekable();
    let mut raised = 0u32; // open `^{` braces
    while let Some(c) = chars.next() {
        match c {
            '^' if chars.peek() == Some(&'{') => {
                chars.next();
                raised += 1;
            }
            '}' if raised > 0 => raised -= 1,
            '*' | '_' if chars.peek() == Some(&c) => {
                // `____` is a blank to fill in, `**` is emphasis.
                let mut run = 1;
                while chars.peek() == Some(&c) {
                    chars.next();
                    run += 1;
                }
                if c == '_' || run > 3 {
                    out.extend(std::iter::repeat_n(c, run));
                }
            }
            '\\' if chars.peek().is_some_and(|n| "*_#|<>[]()-.!`\\".contains(*n)) => {
                out.extend(chars.next());
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_elements_are_tags() {
        let text: String = Tokens::new("a<br>b <u class='x'>c</u> <研修の予定> 1<2 & 3>2 <!-- x -->d")
            .filter_map(|t| if let Token::Text(s) = t { Some(s) } else { None })
            .collect();
        assert_eq!(text, "ab c <研修の予定> 1<2 & 3>2 d");
    }

    #[test]
    fn marks_emphasis_and_references() {
        assert_eq!(without_emphasis("申請^{※1}は**1.8倍**に**"), "申請※1は1.8倍に");
        assert_eq!(without_emphasis("____年"), "____年");
        assert_eq!(resolve_references("A&amp;B &#x33; &unknown; &"), "A&B 3 &unknown; &");
    }
}
