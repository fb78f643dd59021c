//! The text being written, and where the pen stands.
//!
//! Comes in: pieces of text and requests for a new line. Goes out: the text. Knowing the column is
//! what folding needs; knowing whether a line has been begun is what block scalars need, which may
//! or may not have ended theirs.

/// Columns after which text is folded.
const WIDTH: usize = 80;

/// The text so far.
#[derive(Default)]
pub struct Sheet {
    text: String,
    column: usize,
    fresh_line: bool,
}

impl Sheet {
    /// Text without line breaks.
    pub fn put(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += text.chars().count();
        self.fresh_line = false;
    }

    /// One character that breaks no line.
    pub fn put_char(&mut self, char: char) {
        self.text.push(char);
        self.column += 1;
        self.fresh_line = false;
    }

    /// A line break that is part of what is written.
    pub fn put_break(&mut self, char: char) {
        self.text.push(char);
        self.column = 0;
        self.fresh_line = true;
    }

    /// Goes to a new line, unless already on one, and indents it.
    pub fn line(&mut self, indent: usize) {
        if !self.fresh_line {
            self.put_break('\n');
        }
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
        self.fresh_line = false;
    }

    /// Whether the line is long enough to be folded at the next space.
    pub fn is_full(&self) -> bool {
        self.column > WIDTH
    }

    /// The finished text.
    pub fn end(mut self) -> String {
        if !self.fresh_line {
            self.text.push('\n');
        }
        self.text
    }
}
