//! Comments, and which token each belongs to.
//!
//! Comes in: every `#` that starts a comment. Goes out: its text, as the head of what follows, the
//! foot of what is before, or the end of a line. Which it is shows in indentation and empty lines;
//! the rules are yaml.v3's, down to where they look no further than 512 bytes. Without comments
//! wanted, they are only read over. Source of the rules: yaml.v3 3.0, scannerc.go and parserc.go.

use super::mark::Mark;
use super::{Scanner, Token, TokenKind};

/// How far ahead a comment is looked for.
const FURTHEST: usize = 512;

/// Comments that were met, and those that belong to the token looked at.
#[derive(Default)]
pub struct Comments {
    all: Vec<Comment>,
    unfolded: usize,
    pub remarks: Remarks,
}

/// One comment. Marks that say nothing are at 0.
#[derive(Default)]
struct Comment {
    /// Where the scanner was when it started to look.
    scan: Mark,
    /// The token it belongs to.
    token: Mark,
    start: Mark,
    end: Mark,
    head: String,
    line: String,
    foot: String,
}

/// Comments for the next node.
#[derive(Default)]
pub struct Remarks {
    pub head: String,
    pub line: String,
    pub foot: String,
    /// The head of a collection behind a dash.
    pub stem: Option<String>,
}

impl Comments {
    /// Adds what belongs to a token.
    pub fn unfold(&mut self, token: &Token<'_>) {
        while let Some(comment) = self.all.get_mut(self.unfolded) {
            let is_before_end = !comment.head.is_empty() && token.kind == TokenKind::BlockEnd;
            if token.mark.at < comment.token.at || is_before_end {
                return;
            }
            let comment = std::mem::take(comment);
            self.remarks.add(&comment);
            self.unfolded += 1;
        }
    }

    /// Where a block that ends belongs: before comments that are indented like what is around it.
    pub fn end_of_block(&self, scanned_from: Mark, indent: i64) -> Mark {
        let mut end = scanned_from;
        let mut stop = end.at;
        for comment in self.all.iter().rev() {
            if comment.end.at < stop {
                break;
            }
            if i64::from(comment.start.column) == indent + 1 {
                end = comment.start;
            }
            stop = comment.scan.at;
        }
        end
    }
}

impl Remarks {
    fn add(&mut self, comment: &Comment) {
        join(&mut self.head, &comment.head);
        join(&mut self.line, &comment.line);
        join(&mut self.foot, &comment.foot);
    }
}

fn join(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push('\n');
    }
    text.push_str(more);
}

impl<'t> Scanner<'t> {
    /// What a comment on this line will belong to: the token that comes next, or behind a colon
    /// or a comma the one before it.
    pub(super) fn line_comment_mark(&self) -> Mark {
        let divider = if self.in_flow() { b',' } else { b':' };
        match self.tokens.back() {
            Some(last) if self.cursor.byte() == divider => last.mark,
            _ => self.cursor.mark(),
        }
    }

    /// Takes up a comment behind the token that was fetched. A dash has none.
    pub(super) fn scan_line_comment_of(&mut self, token: Mark) {
        let last = self.tokens.back().map(|token| &token.kind);
        if last != Some(&TokenKind::BlockEntry) {
            self.scan_line_comment(token);
        }
    }

    /// Takes up a comment on this line.
    pub(super) fn scan_line_comment(&mut self, token: Mark) {
        if self.comments.is_none() || self.cursor.newlines > 0 {
            return;
        }
        let blanks = (0..FURTHEST).take_while(|ahead| self.cursor.is_blank(*ahead));
        let blanks = blanks.count();
        if blanks == FURTHEST || self.cursor.peek(blanks) != b'#' {
            return;
        }
        self.cursor.advance_blanks(blanks);
        let start = self.cursor.mark();
        let line = self.comment_line();
        if let Some(comments) = &mut self.comments {
            comments.all.push(Comment {
                token,
                start,
                line,
                ..Comment::default()
            });
        }
    }

    fn comment_line(&mut self) -> String {
        let from = self.cursor.at();
        self.cursor.skip_line();
        self.cursor.slice(from, self.cursor.at()).to_owned()
    }

    /// A comment behind the colon before a list becomes the head of what is in the list.
    pub(super) fn line_comment_to_head(&mut self) {
        let is_break = self.cursor.is_break(0);
        let here = self.cursor.mark();
        let last_two = self
            .tokens
            .len()
            .checked_sub(2)
            .map(|at| self.tokens.range(at..));
        let Some(comment) = self.comments.as_mut().and_then(|all| all.all.last_mut()) else {
            return;
        };
        let is_first_dash = last_two.is_some_and(|tokens| {
            tokens
                .map(|token| &token.kind)
                .eq([&TokenKind::BlockSequenceStart, &TokenKind::BlockEntry])
        });
        if is_first_dash && !comment.line.is_empty() && !is_break {
            comment.head = std::mem::take(&mut comment.line);
            if comment.start.line + 1 == here.line {
                comment.token = here;
            }
        }
    }

    /// Comments on lines of their own, or before anything is on this one.
    pub(super) fn scan_comments(&mut self, scanned_from: Mark) {
        if self.comments.is_none() {
            return self.skip_comments();
        }
        let found = Search::new(self, scanned_from).all();
        if let Some(comments) = &mut self.comments {
            comments.all.extend(found);
        }
    }

    /// Reads over comments. yaml.v3, looking for more of them, reads over tabs that would be wrong
    /// before anything else.
    fn skip_comments(&mut self) {
        loop {
            self.cursor.skip_line();
            let is_gap =
                |ahead: &usize| self.cursor.is_blank(*ahead) || self.cursor.is_break(*ahead);
            let gap = (1..FURTHEST).take_while(is_gap).count() + 1;
            if self.ahead == 0 || gap == FURTHEST || self.cursor.peek(gap) != b'#' {
                return;
            }
            self.read_over(gap);
        }
    }

    /// Reads over so many bytes of blanks and line breaks.
    fn read_over(&mut self, bytes: usize) {
        let end = self.cursor.at() + bytes;
        while self.cursor.at() < end {
            if self.cursor.take_break().is_empty() {
                self.cursor.advance_blanks(1);
            }
        }
    }

    /// The token a comment here comes behind.
    fn token_before_comment(&self) -> (Mark, bool) {
        let mut before = self.tokens.iter().rev();
        let last = before.next();
        let token = match last {
            Some(token) if token.kind == TokenKind::FlowEntry => before.next().or(last),
            _ => last,
        };
        token.map_or((Mark::default(), false), |token| {
            (token.mark, token.kind == TokenKind::Value)
        })
    }
}

/// Looks for comments up to the next token, and tells feet from heads.
struct Search<'s, 't> {
    scanner: &'s mut Scanner<'t>,
    found: Vec<Comment>,
    /// The comment in the making: its text and where it starts.
    text: String,
    start: Mark,
    scan: Mark,
    token: Mark,
    is_behind_colon: bool,
    /// The column what follows has at least.
    next_indent: u32,
    /// The line a comment has to start on to be the foot of what is before.
    foot_line: Option<u32>,
    /// No line was empty yet.
    is_first_empty: bool,
    was_empty: bool,
    /// The place looked at: bytes ahead of the scanner, its line and, from 1, its column.
    ahead: usize,
    line: u32,
    column: u32,
}

impl<'s, 't> Search<'s, 't> {
    fn new(scanner: &'s mut Scanner<'t>, scan: Mark) -> Self {
        let (token, is_behind_colon) = scanner.token_before_comment();
        let (mark, newlines) = (scanner.cursor.mark(), scanner.cursor.newlines);
        let foot_line = (mark.line + 1).saturating_sub(newlines as u32);
        let is_behind_text = newlines == 0 && mark.column > 1;
        Self {
            found: Vec::new(),
            text: String::new(),
            start: Mark::default(),
            scan,
            token,
            is_behind_colon,
            next_indent: next_indent(scanner),
            foot_line: (scan.line > 0).then_some(foot_line + u32::from(is_behind_text)),
            is_first_empty: newlines <= 1,
            was_empty: false,
            ahead: 0,
            line: mark.line,
            column: mark.column,
            scanner,
        }
    }

    fn all(mut self) -> Vec<Comment> {
        while self.ahead < FURTHEST && self.step() {
            self.ahead += 1;
        }
        if !self.text.is_empty() {
            let mut end = self.here();
            end.at = end.at.saturating_sub(1);
            self.token = self.start;
            self.split(end, |comment, text| comment.head = text);
        }
        self.found
    }

    fn here(&self) -> Mark {
        Mark {
            at: self.scanner.cursor.at() + self.ahead,
            line: self.line,
            column: self.column,
        }
    }

    /// Looks at one byte; tells whether there is more to look at.
    fn step(&mut self) -> bool {
        self.column += 1;
        let cursor = &self.scanner.cursor;
        if cursor.is_blank(self.ahead) {
            return true;
        }
        let byte = cursor.peek(self.ahead);
        let closes_flow = self.scanner.in_flow() && matches!(byte, b']' | b'}');
        if closes_flow || cursor.is_break_or_end(self.ahead) {
            return self.empty_line(closes_flow);
        }
        if !self.text.is_empty() && self.is_dedented() {
            self.split_foot();
        }
        if byte != b'#' {
            return false;
        }
        match self.text.is_empty() {
            true => self.start = self.here(),
            false => self.text.push('\n'),
        }
        self.take_line();
        true
    }

    /// Whether what stands here is less indented than the collection that is open, and the comment
    /// as well.
    fn is_dedented(&self) -> bool {
        self.column - 1 < self.next_indent && self.column != self.start.column
    }

    /// The end of a line on which there was no comment, or of the brackets around. Tells whether
    /// there is more to look at.
    fn empty_line(&mut self, closes_flow: bool) -> bool {
        let is_end = !self.scanner.cursor.is_break(self.ahead);
        if closes_flow || !self.was_empty {
            let starts_dedented = self.start.column <= self.next_indent;
            let is_foot = Some(self.start.line) == self.foot_line && !self.is_behind_colon;
            if closes_flow || self.is_first_empty && (is_foot || starts_dedented) {
                if !self.text.is_empty() {
                    if starts_dedented {
                        self.token = self.start;
                    }
                    self.split_foot();
                }
            } else if !self.text.is_empty() && self.scanner.cursor.peek(self.ahead) != 0 {
                self.text.push('\n');
            }
        }
        if is_end {
            return false;
        }
        self.is_first_empty = false;
        self.was_empty = true;
        self.column = 0;
        self.line += 1;
        true
    }

    /// What was read so far is the foot of what is before.
    fn split_foot(&mut self) {
        let here = self.here();
        self.split(here, |comment, text| comment.foot = text);
        self.scan = here;
        self.token = here;
    }

    fn split(&mut self, end: Mark, set: fn(&mut Comment, String)) {
        let mut comment = Comment {
            scan: self.scan,
            token: self.token,
            start: self.start,
            end,
            ..Comment::default()
        };
        set(&mut comment, std::mem::take(&mut self.text));
        self.found.push(comment);
    }

    /// Reads up to the end of the comment's line.
    fn take_line(&mut self) {
        self.was_empty = false;
        self.scanner.read_over(self.ahead);
        let line = self.scanner.comment_line();
        self.text.push_str(&line);
        self.ahead = 0;
        self.column = 0;
        self.line = self.scanner.cursor.line();
        self.next_indent = next_indent(self.scanner);
    }
}

fn next_indent(scanner: &Scanner<'_>) -> u32 {
    u32::try_from(scanner.indent).unwrap_or(0)
}
