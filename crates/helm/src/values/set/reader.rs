//! The characters of an argument, one after another.

/// Where the parser stands in an argument.
pub(super) struct Reader<'a> {
    rest: &'a str,
    escapes: bool,
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str, escapes: bool) -> Self {
        Self {
            rest: text,
            escapes,
        }
    }

    pub fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    pub fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub fn rest(&self) -> &'a str {
        self.rest
    }

    pub fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Everything up to one of the stops, which is taken too; none where the argument ends first.
    pub fn until(&mut self, stops: &[char]) -> (String, Option<char>) {
        let mut text = String::new();
        while let Some(c) = self.next() {
            if stops.contains(&c) {
                return (text, Some(c));
            }
            match c {
                '\\' if self.escapes => match self.next() {
                    Some(escaped) => text.push(escaped),
                    None => break,
                },
                c => text.push(c),
            }
        }
        (text, None)
    }

    /// Skips blanks. True if a comma, which is taken, or the end comes next.
    pub fn ends_value(&mut self) -> bool {
        loop {
            match self.peek() {
                None => return true,
                Some(',') => {
                    self.next();
                    return true;
                }
                Some(c) if c.is_whitespace() => {
                    self.next();
                }
                Some(_) => return false,
            }
        }
    }
}
