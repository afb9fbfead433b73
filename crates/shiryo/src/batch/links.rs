//! Relative paths from the output folder to source files, for hyperlinks.

use std::path::{Component, Path};

/// Path from the folder `from` to `to` with `/` between its parts; both absolute. Empty when there is none
/// (different drives).
pub(super) fn relative(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return String::new();
    }
    let up = from.iter().skip(common).map(|_| "..".to_owned());
    let down = to.iter().skip(common).filter_map(|c| match c {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_up_and_down() {
        assert_eq!(relative(Path::new("/a/out"), Path::new("/a/in/資料.pdf")), "../in/資料.pdf");
        assert_eq!(relative(Path::new("/a"), Path::new("/a/x.pdf")), "x.pdf");
    }
}
