//! The text templates were parsed from: messages point into it.

/// A text and its name.
#[derive(Debug)]
pub struct Source {
    /// The name it was parsed under.
    pub name: String,
    pub text: Vec<u8>,
}

impl Source {
    /// `NAME:LINE:COLUMN`; lines count from one, columns from zero, in bytes.
    pub fn place(&self, position: u32) -> String {
        let before = &self.text[..self.text.len().min(position as usize)];
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        format!("{}:{line}:{}", self.name, before.len() - line_start)
    }
}
