//! Text cut at its line breaks.
//!
//! Comes in: text. Goes out: its lines and its breaks in turn, empty lines left out.

use crate::write::analysis::is_break;

/// A part of a text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Piece<'a> {
    /// Characters that break no line.
    Line(&'a str),
    /// One that does.
    Break(&'a str),
}

/// The pieces of a text.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (piece, length) = match is_break(first) {
            true => (Piece::Break as fn(_) -> _, first.len_utf8()),
            false => (
                Piece::Line as fn(_) -> _,
                rest.find(is_break).unwrap_or(rest.len()),
            ),
        };
        let (text, after) = rest.split_at(length);
        rest = after;
        Some(piece(text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_at_every_break() {
        let cut: Vec<_> = pieces("a b\n\r\u{2028}c").collect();
        let (line, end) = (Piece::Line, Piece::Break);
        let expected = [
            line("a b"),
            end("\n"),
            end("\r"),
            end("\u{2028}"),
            line("c"),
        ];
        assert_eq!(cut, expected);
        assert_eq!(pieces("").next(), None);
    }
}
