//! SpinKube: applications.

use super::check::Check;
use super::field::{Field, Stumble};
use super::number;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};
use std::borrow::Cow;

pub fn check(kind: &str) -> Option<Check> {
    (kind == "SpinApp").then_some(Check::Code(app))
}

fn app(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if !status.is_truthy() {
        return Progressing.says("Waiting for status to be available");
    }
    let heard = match listen(status.get("conditions")?)? {
        Ok(heard) => heard,
        Err(failure) => return Degraded.says(failure),
    };
    let ready = status.get("readyReplicas")?.or(Field::Number(0.0));
    let desired = object.get("spec")?.get("replicas")?.or(Field::Number(1.0));
    if !heard.available {
        return Degraded.says(heard.availability);
    }
    let counts = format!("{}/{}", digits(ready), digits(desired));
    let counts = Field::from(counts.as_str());
    if ready.is_less_than(desired)? {
        return Progressing.says_all(&[
            "Waiting for replicas to be ready (".into(),
            counts,
            ")".into(),
        ]);
    }
    match heard.progress {
        Some(progress) => Progressing.says(progress),
        None => Healthy.says_all(&[
            "Application is healthy with ".into(),
            counts,
            " replicas ready".into(),
        ]),
    }
}

/// What the conditions say; the last word on availability counts.
struct Heard<'a> {
    available: bool,
    availability: Field<'a>,
    progress: Option<Field<'a>>,
}

/// Listens to the conditions; the message of one that tells of a failure is an error.
fn listen(conditions: Field<'_>) -> Result<Result<Heard<'_>, Field<'_>>, Stumble> {
    let mut heard = Heard {
        available: false,
        availability: "".into(),
        progress: None,
    };
    if !conditions.is_truthy() {
        return Ok(Ok(heard));
    }
    for condition in conditions.items()? {
        let (kind, message) = (condition.get("type")?, condition.get("message")?);
        let is_true = condition.get("status")?.is("True");
        if kind.is("Progressing") {
            if has_failed(condition)? {
                return Ok(Err(message.or("Application deployment has failed")));
            }
            if is_true {
                heard.progress = Some(message.or("Application progress status"));
            }
        } else if kind.is("Available") {
            heard.available = is_true;
            heard.availability = message.or(match is_true {
                true => "Application availability status",
                false => "Application is not available",
            });
        }
    }
    Ok(Ok(heard))
}

fn has_failed(condition: Field<'_>) -> Result<bool, Stumble> {
    if !condition.get("status")?.is("False") {
        return Ok(false);
    }
    if condition.get("reason")?.is("ProgressDeadlineExceeded") {
        return Ok(true);
    }
    let message = condition.get("message")?.or("").piece()?.to_lowercase();
    Ok(message.contains("timeout") || message.contains("failed"))
}

/// A count as a whole number. A text that spells no number counts as zero.
fn digits(count: Field<'_>) -> Cow<'_, str> {
    match count {
        Field::Number(number) => Cow::Owned((number as i64).to_string()),
        Field::Text(text) if number::coerced(text).is_some() => Cow::Borrowed(text),
        _ => Cow::Borrowed("0"),
    }
}
