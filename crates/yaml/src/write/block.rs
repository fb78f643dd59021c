//! Literal blocks.
//!
//! Comes in: text with lines. Goes out: `|`, the hints a reader needs, and the lines indented.

use super::analysis::is_break;
use super::sheet::Sheet;

/// Text as a literal block.
pub fn literal(sheet: &mut Sheet, text: &str, indent: usize) {
    sheet.put("|");
    if text.starts_with(|char| char == ' ' || is_break(char)) {
        sheet.put("2");
    }
    sheet.put(chomping(text));
    sheet.put_break('\n');
    let mut starts_line = true;
    for char in text.chars() {
        if is_break(char) {
            sheet.put_break(char);
        } else {
            if starts_line {
                sheet.line(indent);
            }
            sheet.put_char(char);
        }
        starts_line = is_break(char);
    }
}

/// What is to be done with the line breaks at the end.
fn chomping(text: &str) -> &'static str {
    let mut backwards = text.chars().rev();
    if !backwards.next().is_some_and(is_break) {
        return "-";
    }
    if backwards.next().is_none_or(is_break) {
        "+"
    } else {
        ""
    }
}
