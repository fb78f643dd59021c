//! Block scalars.
//!
//! Comes in: text from a `|` or `>` on. Goes out: its token, the lines without their indentation.

use super::mark::{Fault, Mark};
use super::{Scanner, TokenKind};
use crate::Form;

/// What is to be done with the line breaks at the end.
#[derive(Clone, Copy, PartialEq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

/// A block scalar in the making.
struct Block {
    mark: Mark,
    /// Columns its lines are indented by; 0 until that is known.
    indent: u32,
    /// Line breaks since the last line, but for the first of them.
    breaks: String,
}

impl<'t> Scanner<'t> {
    pub(super) fn fetch_block_scalar(&mut self, form: Form) -> Result<(), Fault> {
        self.remove_simple_key()?;
        self.is_simple_key_allowed = true;
        let mark = self.cursor.mark();
        self.cursor.advance(1);
        let (chomping, increment) = self.block_hints(mark)?;
        self.end_of_first_line(mark)?;
        let mut block = Block {
            mark,
            indent: match increment {
                0 => 0,
                increment => self.indent.max(0) as u32 + increment,
            },
            breaks: String::new(),
        };
        self.block_breaks(&mut block)?;
        let text = self.block_lines(&mut block, form, chomping)?.into();
        self.push(TokenKind::Scalar { text, form }, mark);
        Ok(())
    }

    /// What to do with the end, and the indentation if it is given, in any order.
    fn block_hints(&mut self, mark: Mark) -> Result<(Chomping, u32), Fault> {
        let mut chomping = self.chomping();
        let increment = match self.cursor.byte() {
            b'0' => {
                let problem = "found an indentation indicator equal to 0";
                return Err(self.scan_fault(("while scanning a block scalar", mark), problem));
            }
            digit @ b'1'..=b'9' => {
                self.cursor.advance(1);
                chomping = chomping.or_else(|| self.chomping());
                u32::from(digit - b'0')
            }
            _ => 0,
        };
        Ok((chomping.unwrap_or(Chomping::Clip), increment))
    }

    fn chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.cursor.byte() {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return None,
        };
        self.cursor.advance(1);
        Some(chomping)
    }

    fn end_of_first_line(&mut self, mark: Mark) -> Result<(), Fault> {
        self.cursor.skip_blanks();
        if self.cursor.byte() == b'#' {
            self.scan_line_comment(mark);
            self.cursor.skip_line();
        }
        if !self.cursor.is_break_or_end(0) {
            let problem = "did not find expected comment or line break";
            return Err(self.scan_fault(("while scanning a block scalar", mark), problem));
        }
        self.cursor.take_break();
        Ok(())
    }

    fn block_lines(
        &mut self,
        block: &mut Block,
        form: Form,
        chomping: Chomping,
    ) -> Result<String, Fault> {
        let mut text = String::new();
        let mut line_end = "";
        let mut was_indented = false;
        while self.cursor.column() == block.indent && !self.cursor.is_end() {
            let is_indented = self.cursor.is_blank(0);
            let folds = form == Form::Folded && !was_indented && !is_indented && line_end == "\n";
            match folds {
                true if block.breaks.is_empty() => text.push(' '),
                true => {}
                false => text.push_str(line_end),
            }
            text.push_str(&block.breaks);
            block.breaks.clear();
            was_indented = is_indented;
            text.push_str(self.rest_of_line());
            line_end = self.cursor.take_break();
            self.block_breaks(block)?;
        }
        if chomping != Chomping::Strip {
            text.push_str(line_end);
        }
        if chomping == Chomping::Keep {
            text.push_str(&block.breaks);
        }
        Ok(text)
    }

    fn rest_of_line(&mut self) -> &'t str {
        let length = self.cursor.line_length();
        let line = self
            .cursor
            .slice(self.cursor.at(), self.cursor.at() + length);
        match line.trim_start_matches([' ', '\t']).is_empty() {
            true => self.cursor.advance_blanks(length),
            false => self.cursor.advance(length),
        }
        line
    }

    /// Eats indentation and empty lines; finds out about the indentation if need be.
    fn block_breaks(&mut self, block: &mut Block) -> Result<(), Fault> {
        let mut deepest = 0;
        loop {
            let is_within = |column| block.indent == 0 || column < block.indent;
            match block.indent.checked_sub(self.cursor.column()) {
                _ if block.indent == 0 => self.cursor.skip_spaces(),
                Some(spaces) => self.cursor.skip_spaces_up_to(spaces as usize),
                None => {}
            }
            deepest = deepest.max(self.cursor.column());
            if is_within(self.cursor.column()) && self.cursor.byte() == b'\t' {
                let problem = "found a tab character where an indentation space is expected";
                return Err(self.scan_fault(("while scanning a block scalar", block.mark), problem));
            }
            match self.cursor.take_break() {
                "" => break,
                text => block.breaks.push_str(text),
            }
        }
        if block.indent == 0 {
            // The indentation is never below -1.
            let least = u32::try_from(self.indent + 1).unwrap_or(0).max(1);
            block.indent = deepest.max(least);
        }
        Ok(())
    }
}
