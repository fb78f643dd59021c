//! The operation of an Application: the one asked for, the one under way, or the last one.

use serde_json::Value;

use super::ApplicationView;

/// A look at `status.operationState`.
#[derive(Clone, Copy, Debug)]
pub struct OperationView<'a>(ApplicationView<'a>);

impl<'a> OperationView<'a> {
    /// Of an Application; none if there never was an operation.
    pub fn of(app: ApplicationView<'a>) -> Option<Self> {
        app.0
            .pointer("/status/operationState")
            .filter(|state| state.is_object())?;
        Some(Self(app))
    }

    fn text(self, field: &str) -> &'a str {
        self.0.text(&format!("/status/operationState/{field}"))
    }

    /// As in `Succeeded`.
    pub fn phase(self) -> &'a str {
        self.text("phase")
    }

    /// In words.
    pub fn message(self) -> &'a str {
        self.text("message")
    }

    /// When it began.
    pub fn started_at(self) -> &'a str {
        self.text("startedAt")
    }

    /// When it ended; empty while it is under way.
    pub fn finished_at(self) -> &'a str {
        self.text("finishedAt")
    }

    /// Who asked for it.
    pub fn initiator(self) -> &'a str {
        let automated = "/status/operationState/operation/initiatedBy/automated";
        match self.0.0.pointer(automated).and_then(Value::as_bool) {
            Some(true) => "automatic sync",
            _ => self.text("operation/initiatedBy/username"),
        }
    }

    /// The revision it syncs to.
    pub fn revision(self) -> &'a str {
        self.text("syncResult/revision")
    }

    /// Retries so far.
    pub fn retries(self) -> u64 {
        let count = self.0.0.pointer("/status/operationState/retryCount");
        count.and_then(Value::as_u64).unwrap_or_default()
    }

    /// Is it over?
    pub fn is_finished(self) -> bool {
        matches!(self.phase(), "Succeeded" | "Failed" | "Error")
    }
}

/// An operation that was asked for and not taken up yet, or not finished yet.
pub fn pending(app: ApplicationView<'_>) -> bool {
    app.0
        .get("operation")
        .is_some_and(|operation| !operation.is_null())
}

/// What stands in the way of a new operation, in words.
pub fn is_busy(app: ApplicationView<'_>) -> Option<String> {
    let running = OperationView::of(app).filter(|operation| !operation.is_finished());
    match running {
        Some(operation) => {
            let by = match operation.initiator() {
                "" => String::new(),
                who => format!(", asked for by {who}"),
            };
            Some(format!("an operation is {}{by}", operation.phase()))
        }
        None => pending(app).then(|| "an operation was asked for and has not begun".to_owned()),
    }
}
