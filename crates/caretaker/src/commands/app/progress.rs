//! A sync under way -> lines for people, each said once.
//!
//! Pure: comes in the Application as it is seen, goes out what is new to say, and in the end how
//! it ended.

use std::collections::HashMap;

use serde_json::Value;

use crate::application::{ApplicationView, OperationView, pending, result_lines, short};
use crate::screen::{Paint, one_line};

/// What is new since the last look.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Lines to print.
    pub lines: Vec<String>,
    /// How the operation ended, if it did: well or not.
    pub ended: Option<bool>,
    /// The operation was taken up.
    pub begun: bool,
}

/// What was said of one sync so far.
#[derive(Debug, Default)]
pub struct Progress {
    prefix: String,
    objects: HashMap<String, String>,
    phase: String,
}

impl Progress {
    /// Of the only Application, or of the named one among several.
    pub fn new(name: Option<&str>) -> Self {
        let prefix = name
            .map(|name| format!("{}: ", one_line(name)))
            .unwrap_or_default();
        Self {
            prefix,
            ..Self::default()
        }
    }

    /// Takes in the Application as it is now. An operation stays on the resource until it is taken
    /// up; before that, `operationState` is about an earlier one.
    pub fn look(&mut self, app: &Value, paint: &Paint) -> News {
        let app = ApplicationView(app);
        let state = OperationView::of(app);
        let waiting = state.is_none_or(OperationView::is_finished) && pending(app);
        let Some(operation) = state.filter(|_| !waiting) else {
            return News::default();
        };
        let mut lines = self.object_lines(app, paint);
        lines.extend(self.phase_line(operation, paint));
        let over = operation.is_finished() && !pending(app);
        let ended = over.then(|| operation.phase() == "Succeeded");
        News {
            lines,
            ended,
            begun: true,
        }
    }

    fn object_lines(&mut self, app: ApplicationView<'_>, paint: &Paint) -> Vec<String> {
        let mut lines = Vec::new();
        for result in result_lines(app)
            .into_iter()
            .filter(|result| !result.status.is_empty())
        {
            let object = one_line(&result.object());
            let words = format!("{} {}", result.status, result.message);
            if self.objects.get(&object) == Some(&words) {
                continue;
            }
            let status = paint.word(&one_line(&result.status));
            let padding = " ".repeat(12usize.saturating_sub(result.status.chars().count()));
            let line = format!(
                "{}{status}{padding} {object}  {}",
                self.prefix,
                one_line(&result.message)
            );
            lines.push(line.trim_end().to_owned());
            self.objects.insert(object, words);
        }
        lines
    }

    fn phase_line(&mut self, operation: OperationView<'_>, paint: &Paint) -> Option<String> {
        let words = format!("{} {}", operation.phase(), operation.message());
        if self.phase == words {
            return None;
        }
        self.phase = words;
        let phase = paint.word(&one_line(operation.phase()));
        let to = match operation.revision() {
            "" => String::new(),
            revision => format!(" to {}", one_line(short(revision))),
        };
        let message = match operation.message() {
            "" => String::new(),
            message => format!(": {}", one_line(message)),
        };
        Some(format!("{}{phase}{to}{message}", self.prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::ColorChoice;
    use serde_json::json;

    fn app(operation: Value, phase: &str, results: Value) -> Value {
        json!({
            "operation": operation,
            "status": {"operationState": {
                "phase": phase,
                "message": format!("message of {phase}"),
                "syncResult": {"revision": "a".repeat(40), "resources": results},
            }},
        })
    }

    #[test]
    fn each_thing_is_said_once_and_the_earlier_operation_not_at_all() {
        let (mut progress, paint) = (
            Progress::new(Some("web")),
            Paint::new(ColorChoice::Never, false),
        );
        let asked = json!({"sync": {}});
        let earlier = progress.look(&app(asked, "Failed", json!([])), &paint);
        assert_eq!(earlier, News::default());
        let results = json!([{"kind": "Service", "namespace": "shop", "name": "web",
            "status": "Synced", "message": "service/web\nserverside-applied"}]);
        let running = app(Value::Null, "Running", results.clone());
        assert_eq!(
            progress.look(&running, &paint).lines,
            [
                "web: Synced       Service shop/web  service/web serverside-applied",
                "web: Running to aaaaaaa: message of Running",
            ]
        );
        assert!(progress.look(&running, &paint).lines.is_empty());
        let done = progress.look(&app(Value::Null, "Succeeded", results), &paint);
        assert_eq!(
            done.lines,
            ["web: Succeeded to aaaaaaa: message of Succeeded"]
        );
        assert_eq!(done.ended, Some(true));
    }

    #[test]
    fn a_failed_operation_ended_badly() {
        let (mut progress, paint) = (Progress::new(None), Paint::new(ColorChoice::Never, false));
        let news = progress.look(&app(Value::Null, "Error", json!([])), &paint);
        assert_eq!(news.ended, Some(false));
    }
}
