//! Scanning: text in, tokens out.
//!
//! Comes in: UTF-8 text. Goes out: [`Token`]s, each looked at before it is taken. Where a token
//! turns out to have been a key only at its colon, the tokens that say so are put before it, so
//! some are held back. Source of the rules: go-yaml's scannerc.go, which v2 and yaml.v3 share but
//! for comments; it takes a little more, and a little less, than YAML 1.1 and than libyaml do.

mod block_scalar;
mod bytes;
mod collections;
mod comments;
mod cursor;
mod directives;
mod fetch;
mod mark;
mod plain;
mod properties;
mod quoted;
mod simple_keys;
mod token;
mod validity;

use crate::read::Problem;
use comments::Comments;
use cursor::Cursor;
use simple_keys::SimpleKeys;
use std::collections::VecDeque;

pub use comments::Remarks;
pub use mark::{Fault, Mark, Place};
pub use token::{Token, TokenKind};

/// Who reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reader {
    /// go-yaml v2.
    V2,
    /// yaml.v3, which looks two tokens further ahead, and so finds errors earlier.
    V3,
    /// yaml.v3, and its comments are wanted.
    V3WithComments,
}

/// The tokens of one text.
pub struct Scanner<'t> {
    cursor: Cursor<'t>,
    /// The text up to its first character that no YAML may have, and whether there is one.
    is_cut: bool,
    tokens: VecDeque<Token<'t>>,
    /// The first of them is the next token beyond doubt.
    is_ready: bool,
    /// How many tokens were taken.
    taken: usize,
    /// Columns of the block collections that are open, from -1 for none.
    indent: i64,
    indents: Vec<i64>,
    simple_keys: SimpleKeys,
    is_simple_key_allowed: bool,
    /// How many tokens are held back.
    ahead: usize,
    /// The line of the last `---`, where files may have been put together behind it.
    last_start: Option<u32>,
    comments: Option<Comments>,
}

impl<'t> Scanner<'t> {
    /// The tokens of a text.
    pub fn new(text: &'t str, reader: Reader) -> Self {
        let valid = validity::valid_start(text);
        let mut scanner = Self {
            cursor: Cursor::new(valid),
            is_cut: valid.len() < text.len(),
            tokens: VecDeque::new(),
            is_ready: false,
            taken: 0,
            indent: -1,
            indents: Vec::new(),
            simple_keys: SimpleKeys::default(),
            is_simple_key_allowed: true,
            last_start: None,
            ahead: if reader == Reader::V2 { 0 } else { 2 },
            comments: (reader == Reader::V3WithComments).then(Comments::default),
        };
        scanner.push(TokenKind::StreamStart, Mark::default());
        scanner
    }

    /// The next token.
    pub fn peek(&mut self) -> Result<&Token<'t>, Fault> {
        if !self.is_ready {
            self.fetch()?;
            self.is_ready = true;
            if let (Some(comments), Some(token)) = (&mut self.comments, self.tokens.front()) {
                comments.unfold(token);
            }
        }
        // There is one, or fetching failed.
        self.tokens.front().ok_or_else(|| {
            let problem = Problem::syntax("unexpected end of tokens");
            (self.cursor.mark().place(self.cursor.text()), problem)
        })
    }

    /// Takes the token that was looked at.
    pub fn take(&mut self) -> Option<Token<'t>> {
        self.is_ready = false;
        self.taken += 1;
        self.tokens.pop_front()
    }

    /// The comments met so far that belong to what was looked at, if they are wanted.
    pub fn remarks(&mut self) -> Option<&mut Remarks> {
        self.comments.as_mut().map(|comments| &mut comments.remarks)
    }

    /// A problem of the grammar at a place.
    pub fn fault(&self, problem: &str, mark: Mark) -> Fault {
        self.fault_in(("", mark), problem, mark)
    }

    /// A problem of the grammar at a place, and what it is part of.
    pub fn fault_in(&self, context: (&str, Mark), problem: &str, mark: Mark) -> Fault {
        // go-yaml counts lines from 0 here, and has no line 0.
        let line = match mark.line {
            0 => context.1.line,
            line => line,
        };
        self.fault_on(line, context, problem, mark)
    }

    /// A problem where the scanner stands. At a character that no YAML may have, that is what is
    /// wrong.
    fn scan_fault(&self, context: (&str, Mark), problem: &str) -> Fault {
        let mark = self.cursor.mark();
        if self.is_cut && self.cursor.is_end() {
            let problem = "control characters are not allowed";
            return self.fault_on(0, ("", mark), problem, mark);
        }
        // Of the scanner go-yaml counts lines from 1, but for the first, which it does not name.
        let line = match mark.line {
            0 => context.1.line,
            line => line + 1,
        };
        self.fault_on(line, context, problem, mark)
    }

    fn fault_on(
        &self,
        reader_line: u32,
        (context, from): (&str, Mark),
        problem: &str,
        mark: Mark,
    ) -> Fault {
        let text = match from.line == mark.line {
            true => problem.to_owned(),
            false => format!("{problem} ({context} from line {})", from.line + 1),
        };
        let reader = match reader_line {
            0 => problem.to_owned(),
            line => format!("line {line}: {problem}"),
        };
        (
            mark.place(self.cursor.text()),
            Problem::Syntax { text, reader },
        )
    }

    fn in_flow(&self) -> bool {
        self.simple_keys.flow_level() > 0
    }

    fn push(&mut self, kind: TokenKind<'t>, mark: Mark) {
        self.tokens.push_back(Token { kind, mark });
    }

    /// The number the next token will have.
    fn next_number(&self) -> usize {
        self.taken + self.tokens.len()
    }
}
