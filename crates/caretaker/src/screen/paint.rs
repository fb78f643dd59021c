//! Colours: whether, and which word gets which.

/// When to colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Colours text, or leaves it alone.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Decides by the user's choice, the environment, and where the text goes.
    pub fn new(choice: ColorChoice, terminal: bool) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let on = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => terminal && !dumb && !set("NO_COLOR"),
        };
        Self { on }
    }

    /// Whether anything is coloured.
    pub fn is_on(&self) -> bool {
        self.on
    }

    /// For what is well.
    pub fn green(&self, text: &str) -> String {
        self.code("32", text)
    }

    /// For what wants a look.
    pub fn yellow(&self, text: &str) -> String {
        self.code("33", text)
    }

    /// For what is wrong.
    pub fn red(&self, text: &str) -> String {
        self.code("31", text)
    }

    /// For advice.
    pub fn cyan(&self, text: &str) -> String {
        self.code("36", text)
    }

    /// For headings.
    pub fn bold(&self, text: &str) -> String {
        self.code("1", text)
    }

    /// A status word in its colour: sync, health, phase or result.
    pub fn word(&self, word: &str) -> String {
        match word {
            "Synced" | "Healthy" | "Succeeded" | "Pruned" => self.green(word),
            "Degraded" | "Missing" | "Failed" | "Error" | "SyncFailed" => self.red(word),
            "OutOfSync" | "Progressing" | "Suspended" | "Running" | "Terminating"
            | "PruneSkipped" => self.yellow(word),
            word => word.to_owned(),
        }
    }

    /// A line of a diff in its colour.
    pub fn diff_line(&self, line: &str) -> String {
        match line.as_bytes().first() {
            _ if line.starts_with("+++") || line.starts_with("---") => self.bold(line),
            Some(b'+') => self.green(line),
            Some(b'-') => self.red(line),
            Some(b'@') => self.cyan(line),
            _ => line.to_owned(),
        }
    }

    fn code(&self, code: &str, text: &str) -> String {
        match self.on && !text.is_empty() {
            true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            false => text.to_owned(),
        }
    }
}
