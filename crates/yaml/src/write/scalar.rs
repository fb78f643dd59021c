//! Which style a text is written in.
//!
//! Comes in: text, as a value or as a key. Goes out: that text in the style go-yaml would choose:
//! plain if it reads back as text, a block if it has lines, quotes otherwise.

use super::analysis::{self, Analysis};
use super::quoted::Folding;
use super::sheet::Sheet;
use super::{base60, block, quoted};
use crate::resolve;

/// How a text is written.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Plain,
    Single,
    Double,
    Literal,
}

/// A text that stands as a value.
pub fn text(sheet: &mut Sheet, text: &str, indent: usize) {
    let style = style(text, analysis::of(text));
    put(sheet, text, style, indent, Folding::At(indent));
}

/// Whether a key fits before its colon on one line; the rest need a `?`.
pub fn is_simple_key(key: &str) -> bool {
    key.len() <= 128 && !key.contains(analysis::is_break)
}

/// A key on one line.
pub fn simple_key(sheet: &mut Sheet, key: &str, indent: usize) {
    let style = match style(key, analysis::of(key)) {
        // Plain, it would merge instead of being a key.
        Style::Plain if key == "<<" => Style::Double,
        style => style,
    };
    put(sheet, key, style, indent, Folding::Never);
}

/// A key behind a `?`.
pub fn complex_key(sheet: &mut Sheet, key: &str, indent: usize) {
    text(sheet, key, indent);
}

fn style(text: &str, allowed: Analysis) -> Style {
    let wanted = if text.contains('\n') {
        Style::Literal
    } else if resolve::stays_text(text) && !base60::is(text) {
        Style::Plain
    } else {
        Style::Double
    };
    match wanted {
        Style::Literal if allowed.block && !allowed.tabs => Style::Literal,
        Style::Plain if allowed.plain => Style::Plain,
        Style::Plain if allowed.single_quoted => Style::Single,
        _ => Style::Double,
    }
}

fn put(sheet: &mut Sheet, text: &str, style: Style, indent: usize, folding: Folding) {
    match style {
        Style::Plain => quoted::plain(sheet, text, folding),
        Style::Single => quoted::single(sheet, text, indent, folding),
        Style::Double => quoted::double(sheet, text, folding),
        Style::Literal => block::literal(sheet, text, indent),
    }
}
