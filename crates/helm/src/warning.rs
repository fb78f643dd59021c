//! What Helm says on its way without failing: lines for standard error.

use std::fmt;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Worth knowing.
    Info,
    /// Probably a mistake.
    Warn,
    /// An error that was passed over.
    Error,
}

/// A line: a message, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// How much it matters.
    pub level: Level,
    /// The message.
    pub message: String,
    /// Names and values, in Helm's order.
    pub fields: Vec<(&'static str, String)>,
}

impl Warning {
    /// A line of level info, without fields.
    pub fn info(message: impl Into<String>) -> Self {
        Self::of(Level::Info, message)
    }

    /// A line of level warn, without fields.
    pub fn warn(message: impl Into<String>) -> Self {
        Self::of(Level::Warn, message)
    }

    /// A line of level error, without fields.
    pub fn error(message: impl Into<String>) -> Self {
        Self::of(Level::Error, message)
    }

    fn of(level: Level, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            level,
            message,
            fields: Vec::new(),
        }
    }

    /// With one more field.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }
}

/// As Helm prints it: `level=WARN msg="this chart is deprecated"`.
impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Info => "INFO",
            Level::Warn => "WARN",
            Level::Error => "ERROR",
        };
        write!(f, "level={level} msg={}", quoted(&self.message))?;
        for (name, value) in &self.fields {
            write!(f, " {name}={}", quoted(value))?;
        }
        Ok(())
    }
}

fn quoted(text: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '"' | '=');
    match !text.is_empty() && text.chars().all(plain) {
        true => text.to_owned(),
        false => crate::quote::quote(text),
    }
}
