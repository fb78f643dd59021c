//! Tokens that may turn out to be keys.
//!
//! Comes in: every place where a key without a `?` may start. Goes out: which token that was, when
//! its colon is met. There is one such place at most in each pair of brackets.

use super::mark::{Fault, Mark};
use super::{Scanner, TokenKind};
use crate::Form;
use std::borrow::Cow;
use std::collections::VecDeque;

/// Characters within which the colon has to follow.
const LONGEST: usize = 1024;

/// A place where a key may have started.
#[derive(Clone, Copy)]
pub struct SimpleKey {
    /// Nothing but a key could stand there.
    pub is_required: bool,
    pub token_number: usize,
    pub mark: Mark,
}

/// The places, by brackets.
pub struct SimpleKeys {
    levels: Vec<Level>,
    /// The levels that have one which holds tokens back.
    held: VecDeque<usize>,
}

/// What is known of one pair of brackets, or of what is around all.
#[derive(Default)]
struct Level {
    key: Option<SimpleKey>,
    /// A key may have started in it, at some time.
    had_key: bool,
}

impl Default for SimpleKeys {
    fn default() -> Self {
        Self {
            levels: vec![Level::default()],
            held: VecDeque::new(),
        }
    }
}

impl SimpleKeys {
    /// How many brackets are open.
    pub fn flow_level(&self) -> usize {
        self.levels.len() - 1
    }

    pub fn open_bracket(&mut self) {
        self.levels.push(Level::default());
    }

    /// Brackets that were empty do not hold their own tokens back any more: a slip of go-yaml's, by
    /// which `{}: a` is not what it seems.
    pub fn close_bracket(&mut self) {
        if self.flow_level() == 0 {
            return;
        }
        self.forget();
        let closed = self.levels.pop();
        if closed.is_some_and(|level| !level.had_key) {
            self.release(self.flow_level());
        }
    }

    /// The place in the innermost brackets.
    pub fn current(&self) -> Option<SimpleKey> {
        self.levels.last().and_then(|level| level.key)
    }

    /// Forgets it.
    pub fn forget(&mut self) {
        let innermost = self.flow_level();
        if self.levels[innermost].key.take().is_some() {
            self.release(innermost);
        }
    }

    /// Only ever the last that is held, if it is.
    fn release(&mut self, level: usize) {
        self.held.pop_back_if(|last| *last == level);
    }

    fn remember(&mut self, key: SimpleKey) {
        let innermost = self.flow_level();
        self.levels[innermost] = Level {
            key: Some(key),
            had_key: true,
        };
        self.held.push_back(innermost);
    }

    /// The place of the first of all tokens that may be keys.
    pub fn first(&self) -> Option<SimpleKey> {
        self.levels[*self.held.front()?].key
    }

    /// Forgets that.
    pub fn forget_first(&mut self) {
        if let Some(level) = self.held.pop_front() {
            self.levels[level].key = None;
        }
    }
}

impl<'t> Scanner<'t> {
    /// Whether the next token to be taken may still turn out to be a key.
    pub(super) fn is_next_undecided(&mut self) -> Result<bool, Fault> {
        match self.simple_keys.first() {
            Some(key) if key.token_number == self.taken => {
                let is_alive = self.is_alive(key)?;
                if !is_alive {
                    self.simple_keys.forget_first();
                }
                Ok(is_alive)
            }
            _ => Ok(false),
        }
    }

    /// A key may start here.
    pub(super) fn save_simple_key(&mut self) -> Result<(), Fault> {
        if self.is_simple_key_allowed {
            self.remove_simple_key()?;
            self.remember_simple_key(self.cursor.mark());
        }
        Ok(())
    }

    /// The next token to be pushed may be a key.
    fn remember_simple_key(&mut self, mark: Mark) {
        let is_required = !self.in_flow() && self.indent == i64::from(mark.column);
        let token_number = self.next_number();
        self.simple_keys.remember(SimpleKey {
            is_required,
            token_number,
            mark,
        });
    }

    /// A scalar that may be a key. Most keys are told at once by the colon behind them.
    pub(super) fn fetch_inline(
        &mut self,
        form: Form,
        scan: fn(&mut Self, Mark) -> Result<Cow<'t, str>, Fault>,
    ) -> Result<(), Fault> {
        let mark = self.cursor.mark();
        let may_be_key = std::mem::replace(&mut self.is_simple_key_allowed, false);
        if may_be_key {
            self.remove_simple_key()?;
        }
        let text = scan(self, mark)?;
        let scalar = TokenKind::Scalar { text, form };
        if may_be_key && !self.in_flow() && self.comments.is_none() && self.is_key_from(mark) {
            self.roll_indent(mark, None, TokenKind::BlockMappingStart);
            self.push(TokenKind::Key, mark);
            self.push(scalar, mark);
            self.is_simple_key_allowed = false;
            self.indicator(1, TokenKind::Value);
            return Ok(());
        }
        if may_be_key {
            self.remember_simple_key(mark);
        }
        self.push(scalar, mark);
        Ok(())
    }

    /// Whether what stands since the mark is a key, and here is its colon.
    fn is_key_from(&self, mark: Mark) -> bool {
        self.cursor.byte() == b':'
            && self.cursor.is_gap(1)
            && self.cursor.line() == mark.line
            && !self.is_too_far_from(mark)
    }

    /// What may have been a key is none.
    pub(super) fn remove_simple_key(&mut self) -> Result<(), Fault> {
        match self.simple_keys.current() {
            Some(key) if key.is_required => Err(self.no_colon(key)),
            _ => {
                self.simple_keys.forget();
                Ok(())
            }
        }
    }

    /// Whether the colon may still follow.
    fn is_alive(&self, key: SimpleKey) -> Result<bool, Fault> {
        let is_alive = key.mark.line == self.cursor.line() && !self.is_too_far_from(key.mark);
        match !is_alive && key.is_required {
            true => Err(self.no_colon(key)),
            false => Ok(is_alive),
        }
    }

    fn is_too_far_from(&self, mark: Mark) -> bool {
        let at = self.cursor.at();
        at > mark.at + LONGEST && self.cursor.slice(mark.at, at).chars().count() > LONGEST
    }

    fn no_colon(&self, key: SimpleKey) -> Fault {
        let context = ("while scanning a simple key", key.mark);
        self.scan_fault(context, "could not find expected ':'")
    }

    /// A colon: what was before is its key, or an empty key is.
    pub(super) fn fetch_value(&mut self) -> Result<(), Fault> {
        let key = match self.simple_keys.current() {
            Some(key) if self.is_alive(key)? => Some(key),
            _ => None,
        };
        match key {
            Some(key) => {
                self.insert(key.token_number, TokenKind::Key, key.mark);
                let number = Some(key.token_number);
                self.roll_indent(key.mark, number, TokenKind::BlockMappingStart);
                self.is_simple_key_allowed = false;
            }
            None => self.start_value_of_complex_key()?,
        }
        self.simple_keys.forget();
        self.indicator(1, TokenKind::Value);
        Ok(())
    }

    fn start_value_of_complex_key(&mut self) -> Result<(), Fault> {
        let mark = self.cursor.mark();
        if !self.in_flow() {
            if !self.is_simple_key_allowed {
                let problem = "mapping values are not allowed in this context";
                return Err(self.scan_fault(("", mark), problem));
            }
            self.roll_indent(mark, None, TokenKind::BlockMappingStart);
        }
        self.is_simple_key_allowed = !self.in_flow();
        Ok(())
    }

    /// Puts a token before the one that has this number; behind all, if that is gone.
    pub(super) fn insert(&mut self, number: usize, kind: TokenKind<'t>, mark: Mark) {
        match number.checked_sub(self.taken) {
            Some(at) => self.tokens.insert(at, super::Token { kind, mark }),
            None => self.push(kind, mark),
        }
    }
}
