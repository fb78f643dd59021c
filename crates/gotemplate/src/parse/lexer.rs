//! Cuts a template's text into items.
//!
//! Comes in: the text. Goes out: items, one at a time, each with its place and line. A `-` beside a
//! delimiter takes the blanks around the action away; comments vanish.
//! Source: Go 1.26, text/template/parse/lex.go.

use super::cursor::Cursor;
use super::item::{Item, ItemKind};
use super::word::is_space;

const LEFT: &[u8; 2] = b"{{";
pub(super) const RIGHT: &[u8] = b"}}";
const LEFT_COMMENT: &[u8] = b"/*";
const RIGHT_COMMENT: &[u8; 2] = b"*/";
/// A `-`, and the blank beside it.
pub(super) const TRIM_MARKER: usize = 2;

/// Cuts a text into items.
pub(super) struct Lexer<'t> {
    pub(super) cursor: Cursor<'t>,
    /// How many are open.
    pub(super) parentheses: usize,
    inside_action: bool,
    /// Is `break` a keyword? Not where there is a function of that name.
    pub break_is_keyword: bool,
    /// Is `continue` a keyword?
    pub continue_is_keyword: bool,
    /// What is wrong with the item that is none.
    pub complaint: String,
}

/// An item, or a message in its place.
pub(super) type Lexed<'t> = Result<Item<'t>, String>;

impl<'t> Lexer<'t> {
    pub fn new(text: &'t [u8]) -> Self {
        Self {
            cursor: Cursor::new(text),
            parentheses: 0,
            inside_action: false,
            break_is_keyword: true,
            continue_is_keyword: true,
            complaint: String::new(),
        }
    }

    /// The next item. After an error there is nothing sensible left.
    pub fn next_item(&mut self) -> Item<'t> {
        let item = match self.inside_action {
            true => self.action(),
            false => self.text(),
        };
        item.unwrap_or_else(|message| {
            self.complaint = message;
            Item {
                kind: ItemKind::Error,
                position: self.cursor.start,
                text: b"",
                line: self.cursor.start_line,
            }
        })
    }

    /// Text up to the next action; comments are passed over.
    fn text(&mut self) -> Lexed<'t> {
        loop {
            let Some(length) = self.cursor.find(*LEFT) else {
                self.cursor.skip_to_end();
                return Ok(match self.cursor.is_item_empty() {
                    true => self.cursor.item(ItemKind::Eof),
                    false => self.cursor.item(ItemKind::Text),
                });
            };
            if let Some(item) = self.text_before(length) {
                return Ok(item);
            }
            if let Some(item) = self.left_delimiter()? {
                return Ok(item);
            }
        }
    }

    /// The text before a delimiter, without the blanks the delimiter takes away.
    fn text_before(&mut self, length: usize) -> Option<Item<'t>> {
        let rest = self.cursor.rest();
        let trimmed = match trims_left(&rest[length + LEFT.len()..]) {
            true => trim_end(&rest[..length]).len(),
            false => length,
        };
        self.cursor.skip(trimmed);
        let item = self.cursor.item(ItemKind::Text);
        self.cursor.skip(length - trimmed);
        self.cursor.ignore();
        (!item.text.is_empty()).then_some(item)
    }

    /// The delimiter; none if a comment was there instead.
    fn left_delimiter(&mut self) -> Result<Option<Item<'t>>, String> {
        self.cursor.skip(LEFT.len());
        let marker = match trims_left(self.cursor.rest()) {
            true => TRIM_MARKER,
            false => 0,
        };
        if self.cursor.rest()[marker..].starts_with(LEFT_COMMENT) {
            self.cursor.skip(marker);
            self.cursor.ignore();
            return self.comment().map(|()| None);
        }
        let item = self.cursor.item(ItemKind::LeftDelimiter);
        self.inside_action = true;
        self.cursor.skip(marker);
        self.cursor.ignore();
        self.parentheses = 0;
        Ok(Some(item))
    }

    fn comment(&mut self) -> Result<(), String> {
        self.cursor.skip(LEFT_COMMENT.len());
        let length = self.cursor.find(*RIGHT_COMMENT).ok_or("unclosed comment")?;
        self.cursor.skip(length + RIGHT_COMMENT.len());
        let trims = self.right_delimiter_here();
        let trims = trims.ok_or("comment ends before closing delimiter")?;
        self.skip_right_delimiter(trims);
        self.cursor.ignore();
        Ok(())
    }

    /// Is a right delimiter here, and does it take blanks away?
    pub(super) fn right_delimiter_here(&self) -> Option<bool> {
        let rest = self.cursor.rest();
        if trims_right(rest) && rest[TRIM_MARKER..].starts_with(RIGHT) {
            return Some(true);
        }
        rest.starts_with(RIGHT).then_some(false)
    }

    fn skip_right_delimiter(&mut self, trims: bool) {
        if trims {
            self.cursor.skip(TRIM_MARKER + RIGHT.len());
            let rest = self.cursor.rest();
            self.cursor.skip(rest.len() - trim_start(rest).len());
        } else {
            self.cursor.skip(RIGHT.len());
        }
    }

    pub(super) fn right_delimiter(&mut self, trims: bool) -> Item<'t> {
        if trims {
            self.cursor.skip(TRIM_MARKER);
            self.cursor.ignore();
        }
        self.cursor.skip(RIGHT.len());
        let item = self.cursor.item(ItemKind::RightDelimiter);
        if trims {
            let rest = self.cursor.rest();
            self.cursor.skip(rest.len() - trim_start(rest).len());
            self.cursor.ignore();
        }
        self.inside_action = false;
        item
    }
}

fn trims_left(text: &[u8]) -> bool {
    matches!(text, [b'-', blank, ..] if is_space(char::from(*blank)))
}

pub(super) fn trims_right(text: &[u8]) -> bool {
    matches!(text, [blank, b'-', ..] if is_space(char::from(*blank)))
}

fn trim_end(text: &[u8]) -> &[u8] {
    let is_ink = |byte: &u8| !is_space(char::from(*byte));
    let end = text.iter().rposition(is_ink).map_or(0, |last| last + 1);
    &text[..end]
}

fn trim_start(text: &[u8]) -> &[u8] {
    let is_ink = |byte: &u8| !is_space(char::from(*byte));
    let start = text.iter().position(is_ink).unwrap_or(text.len());
    &text[start..]
}
