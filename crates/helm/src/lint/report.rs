//! What `helm lint` prints.

use super::{Message, Severity};

/// What was found about one chart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LintReport {
    /// The chart, as it was named.
    pub chart: String,
    /// What was found.
    pub messages: Vec<Message>,
    /// Why the chart could not be looked at, if it could not.
    pub error: Option<String>,
}

/// How messages are weighed and printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LintSettings {
    /// Warnings make a chart fail.
    pub strict: bool,
    /// Only warnings and errors are printed.
    pub quiet: bool,
}

impl LintReport {
    pub(super) fn new(chart: String, messages: Vec<Message>) -> Self {
        Self {
            chart,
            messages,
            error: None,
        }
    }

    pub(super) fn failed(chart: String, error: String) -> Self {
        Self {
            chart,
            messages: Vec::new(),
            error: Some(error),
        }
    }

    /// Does the chart fail?
    pub fn fails(&self, settings: LintSettings) -> bool {
        let tolerated = match settings.strict {
            true => Severity::Warning,
            false => Severity::Error,
        };
        self.error.is_some() || self.messages.iter().any(|it| it.severity >= tolerated)
    }

    fn is_silent(&self) -> bool {
        let worth_it = |message: &Message| message.severity > Severity::Info;
        self.error.is_none() && !self.messages.iter().any(worth_it)
    }

    fn print(&self, settings: LintSettings, text: &mut String) {
        text.push_str(&format!("==> Linting {}\n", self.chart));
        if let Some(error) = &self.error {
            text.push_str(&format!("Error {error}\n"));
        }
        for message in &self.messages {
            if !settings.quiet || message.severity > Severity::Info {
                text.push_str(&format!("{message}\n"));
            }
        }
        text.push('\n');
    }

    /// Standard output of several reports, and the error that makes the command fail.
    pub fn print_all(reports: &[Self], settings: LintSettings) -> (String, Option<String>) {
        let mut text = String::new();
        let printed = reports
            .iter()
            .filter(|it| !settings.quiet || !it.is_silent());
        printed.for_each(|report| report.print(settings, &mut text));
        let failed = reports.iter().filter(|it| it.fails(settings)).count();
        let summary = format!(
            "{} chart(s) linted, {failed} chart(s) failed",
            reports.len()
        );
        if failed > 0 {
            return (text, Some(summary));
        }
        if !settings.quiet || !reports.iter().all(Self::is_silent) {
            text.push_str(&format!("{summary}\n"));
        }
        (text, None)
    }
}
