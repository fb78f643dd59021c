//! The text being written, and where the pen stands.
//!
//! Comes in: pieces of text and requests for a new line. Goes out: the text. What the last piece
//! was decides whether the next needs a space or a line of its own.

/// Columns a level is indented by.
pub const INDENT: usize = 2;

/// The text so far.
pub struct Pen {
    text: String,
    line_start: usize,
    /// Blanks a line starts with, one per open level; `None` outside of the document.
    indent: Option<usize>,
    /// The last thing written was a blank, or as good as one.
    whitespace: bool,
    /// Only blanks and indicators stand on this line.
    indention: bool,
    /// Where the last foot comment was indented to, while nothing follows it.
    foot_indent: Option<usize>,
}

impl Default for Pen {
    fn default() -> Self {
        Self {
            text: String::new(),
            line_start: 0,
            indent: None,
            whitespace: true,
            indention: true,
            foot_indent: None,
        }
    }
}

impl Pen {
    /// Text without line breaks.
    pub fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Text that is no blank and no indicator.
    pub fn word(&mut self, text: &str) {
        self.text.push_str(text);
        self.whitespace = false;
        self.indention = false;
    }

    /// The next thing does not start the line any more.
    pub fn in_text(&mut self) {
        self.indention = false;
    }

    /// What follows needs no blank before it.
    pub fn set_blank(&mut self) {
        self.whitespace = true;
    }

    /// Whether only blanks and indicators stand on this line.
    pub fn at_indention(&self) -> bool {
        self.indention
    }

    /// How far into the line the pen is, in bytes; only what is no more than the indentation is
    /// ever told apart, and that is blanks.
    pub fn column(&self) -> usize {
        self.text.len() - self.line_start
    }

    /// A blank, if there is none.
    pub fn space(&mut self) {
        if !self.whitespace {
            self.text.push(' ');
        }
    }

    /// Punctuation that keeps what follows apart by itself.
    pub fn indicator(&mut self, text: &str, after: After) {
        self.text.push_str(text);
        self.whitespace = after == After::Blank;
        self.indention = self.indention && after == After::Indention;
    }

    /// A line break.
    pub fn line_break(&mut self) {
        self.break_with("\n");
    }

    /// A line break of any kind.
    pub fn break_with(&mut self, text: &str) {
        self.text.push_str(text);
        self.line_start = self.text.len();
        self.indention = true;
    }

    /// Goes to where a new line of this level starts, unless there already.
    pub fn indent(&mut self) {
        let indent = self.indent.unwrap_or(0);
        let column = self.column();
        if !self.indention || column > indent || (column == indent && !self.whitespace) {
            self.line_break();
        }
        if self.foot_indent == Some(indent) {
            self.line_break();
        }
        let blanks = indent.saturating_sub(self.column());
        self.text.extend(std::iter::repeat_n(' ', blanks));
        self.whitespace = true;
        self.foot_indent = None;
    }

    /// A foot comment was written at this level.
    pub fn foot_here(&mut self) {
        self.foot_indent = Some(self.indent.unwrap_or(0));
    }

    /// What follows at this indentation stands apart.
    pub fn foot_at(&mut self, indent: usize) {
        self.foot_indent = Some(indent);
    }

    /// Nothing has to stand apart.
    pub fn no_foot(&mut self) {
        self.foot_indent = None;
    }

    /// The level outside, to come back to.
    pub fn level(&self) -> Option<usize> {
        self.indent
    }

    /// Comes back to a level.
    pub fn back_to(&mut self, level: Option<usize>) {
        self.indent = level;
    }

    /// Goes one level in.
    pub fn deeper(&mut self, step: Step) {
        self.indent = Some(match (self.indent, step) {
            (None, Step::FlowOrText) => INDENT,
            (None, _) => 0,
            (Some(indent), Step::InSequence) => indent + 2,
            (Some(indent), Step::Compact) => next_stop(indent) - 2,
            (Some(indent), _) => next_stop(indent),
        });
    }

    /// The finished text.
    pub fn end(self) -> String {
        self.text
    }
}

fn next_stop(indent: usize) -> usize {
    INDENT * ((indent + INDENT) / INDENT)
}

/// What follows an indicator.
#[derive(Clone, Copy, PartialEq)]
pub enum After {
    /// Something with a blank before it.
    Text,
    /// Something without one.
    Blank,
    /// Something with a blank before it, which still starts the line.
    Indention,
}

/// How far in the next level is.
#[derive(Clone, Copy, PartialEq)]
pub enum Step {
    /// A block collection.
    Block,
    /// A list in a mapping, whose dashes stand where the keys do.
    Compact,
    /// What stands behind a dash.
    InSequence,
    /// Brackets, braces or a scalar.
    FlowOrText,
}
