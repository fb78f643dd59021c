//! What a person sees: colours where they help, tables, ages, and no byte that a terminal acts on.

mod age;
mod paint;
mod printable;
mod table;

pub use age::{age, ago, span};
pub use paint::{ColorChoice, Paint};
pub use printable::{is_risky, one_line, printable};
pub use table::{Cell, Table, shortened};

use std::io::{self, IsTerminal, Write};

/// Standard output and error, and whether each is to be coloured.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    output: Paint,
    errors: Paint,
}

impl Screen {
    /// The process's own.
    pub fn new(choice: ColorChoice) -> Self {
        Self {
            output: Paint::new(choice, io::stdout().is_terminal()),
            errors: Paint::new(choice, io::stderr().is_terminal()),
        }
    }

    /// One without colours.
    #[cfg(test)]
    pub fn plain() -> Self {
        let paint = Paint::new(ColorChoice::Never, false);
        Self {
            output: paint,
            errors: paint,
        }
    }

    /// Colours for what is printed.
    pub fn paint(&self) -> &Paint {
        &self.output
    }

    /// Colours for what goes to standard error.
    pub fn errors(&self) -> &Paint {
        &self.errors
    }

    /// Prints. Who stopped reading wants no more: then the process ends in peace.
    pub fn print(&self, text: &str) {
        let mut output = io::stdout().lock();
        let written = output
            .write_all(text.as_bytes())
            .and_then(|()| output.flush());
        if written.is_err() {
            std::process::exit(0);
        }
    }

    /// Prints a document meant for programs; a terminal gets it without what it would act on.
    pub fn print_document(&self, text: &str) {
        match io::stdout().is_terminal() {
            true => self.print(&printable(text)),
            false => self.print(text),
        }
    }

    /// A remark beside the result, on standard error.
    pub fn remark(&self, kind: &str, text: &str) {
        let line = format!(
            "{} {}\n",
            self.errors.yellow(&format!("{kind}:")),
            printable(text)
        );
        // A remark that cannot be made is not worth an error.
        let _ = io::stderr().lock().write_all(line.as_bytes());
    }
}
