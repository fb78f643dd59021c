//! How Helm words what goes wrong in templates.
//!
//! Comes in: the messages of an error and of all that caused it, outermost first, as Go's
//! `errors.Unwrap` would give them. Goes out: Helm's text. What `fail` and `required` say stands
//! alone behind the place of the outermost template; other errors become a trace of several lines,
//! unless one of them is none of `text/template`, for then Go's own text is left as it is. Source:
//! Helm 4.2, pkg/engine/engine.go.

use crate::Dialect;

/// What stands around the words of `fail` and `required`, so that they are found again.
const WARNING_START: &str = "HELM_ERR_START";
const WARNING_END: &str = "HELM_ERR_END";

/// One level of a trace.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Level {
    /// File, line and column.
    pub location: String,
    /// The template and the expression that was evaluated, as Helm prints them; may be empty.
    pub executing: String,
    /// What went wrong.
    pub message: String,
}

/// Marks words that the chart itself chose.
pub fn mark_warning(words: &str) -> String {
    format!("{WARNING_START}{words}{WARNING_END}")
}

/// Helm's text for a template that cannot be parsed.
pub fn of_parsing(file: &str, message: &str) -> String {
    let mut parts = message.split(": ");
    match (parts.next(), parts.next()) {
        (Some(_), Some(location)) => {
            let last = message.rsplit(": ").next().unwrap_or_default();
            format!("parse error at ({location}): {last}")
        }
        _ => format!("parse error in ({file}): {message}"),
    }
}

/// Helm's text for a template that fails.
pub fn of_execution(file: &str, chain: &[String], dialect: Dialect) -> String {
    let Some(message) = chain.first() else {
        return String::new();
    };
    let mut parts = message.splitn(3, ": ");
    let (Some(_), Some(location), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
        return format!("execution error in ({file}): {message}");
    };
    if let Some(words) = warning(rest) {
        return format!("execution error at ({location}): {words}");
    }
    match (dialect, levels(chain)) {
        (Dialect::V4, Some(levels)) => print(&levels),
        _ => message.clone(),
    }
}

/// The words of the chart in a message, if there are any.
pub fn warning(message: &str) -> Option<&str> {
    let start = message.find(WARNING_START)? + WARNING_START.len();
    let end = message.rfind(WARNING_END)?;
    message.get(start..end)
}

/// The levels of a chain, outermost first; none if one of them is no template's.
pub fn levels(chain: &[String]) -> Option<Vec<Level>> {
    let mut levels: Vec<Level> = Vec::new();
    for message in chain {
        let level = Level::read(message)?;
        if levels.last() != Some(&level) {
            levels.push(level);
        }
    }
    Some(levels)
}

fn print(levels: &[Level]) -> String {
    let mut text = String::new();
    for level in levels {
        for (part, end) in [
            (&level.location, "\n  "),
            (&level.executing, "\n    "),
            (&level.message, "\n"),
        ] {
            if !part.is_empty() {
                text.push_str(part);
                text.push_str(end);
            }
        }
    }
    text.trim().to_owned()
}

impl Level {
    /// Takes a message of `text/template` apart.
    fn read(message: &str) -> Option<Self> {
        let rest = message.strip_prefix("template: ")?;
        if rest.starts_with("no template ") {
            let message = message.to_owned();
            return Some(Self {
                message,
                ..Self::default()
            });
        }
        Self::read_executing(rest).or_else(|| Self::read_plain(rest))
    }

    /// `FILE:LINE:COLUMN: executing "NAME" at <EXPRESSION>: MESSAGE`
    fn read_executing(rest: &str) -> Option<Self> {
        let (location, rest) = rest.split_once(": executing ")?;
        let (template, rest) = rest.strip_prefix('"')?.split_once('"')?;
        let (expression, message) = rest.strip_prefix(" at <")?.split_once(">: ")?;
        Some(Self {
            location: location.to_owned(),
            executing: format!("executing \"{template}\" at <{expression}>:"),
            message: without_next(message),
        })
    }

    /// `PLACE: MESSAGE`
    fn read_plain(rest: &str) -> Option<Self> {
        let (location, message) = rest.rsplit_once(": ")?;
        Some(Self {
            location: location.to_owned(),
            executing: String::new(),
            message: without_next(message),
        })
    }
}

/// A message without that of the error that caused it.
fn without_next(message: &str) -> String {
    let own = message.split(" template:").next();
    own.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{mark_warning, of_execution, of_parsing};
    use crate::Dialect;

    #[test]
    fn a_trace_names_each_level_once() {
        let inner = "template: c/templates/_h.tpl:3:4: executing \"h\" at <.a.b>: nil pointer \
                     evaluating interface {}.b";
        let outer = format!(
            "template: c/templates/a.yaml:1:2: executing \"c/templates/a.yaml\" at <include \"h\" \
             .>: error calling include: {inner}"
        );
        let chain = [outer.clone(), outer.clone(), inner.to_owned()];
        let expected = "c/templates/a.yaml:1:2\n  executing \"c/templates/a.yaml\" at <include \
                        \"h\" .>:\n    error calling include:\nc/templates/_h.tpl:3:4\n  executing \
                        \"h\" at <.a.b>:\n    nil pointer evaluating interface {}.b";
        let file = "c/templates/a.yaml";
        assert_eq!(of_execution(file, &chain, Dialect::V4), expected);
        assert_eq!(of_execution(file, &chain, Dialect::V3), outer);

        let chain = [outer.clone(), "some reader's error".to_owned()];
        assert_eq!(of_execution(file, &chain, Dialect::V4), outer);
    }

    #[test]
    fn words_of_the_chart_stand_alone() {
        let words = mark_warning("set a: b\nplease");
        let chain = [format!(
            "template: c/t.yaml:1:2: executing \"x\" at <f>: error calling fail: {words}"
        )];
        let expected = "execution error at (c/t.yaml:1:2): set a: b\nplease";
        assert_eq!(of_execution("c/t.yaml", &chain, Dialect::V4), expected);
    }

    #[test]
    fn parse_errors_keep_their_place_and_last_words() {
        let message = "template: c/t.yaml:2: function \"x\" not defined";
        let expected = "parse error at (c/t.yaml:2): function \"x\" not defined";
        assert_eq!(of_parsing("c/t.yaml", message), expected);
        assert_eq!(
            of_parsing("c/t.yaml", "odd"),
            "parse error in (c/t.yaml): odd"
        );
    }
}
