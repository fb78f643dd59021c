//! The local proof: does the live object already say what is wanted?
//!
//! In: both objects, our field manager, what does not count. Out: a [`Comparison`]. Sameness is
//! claimed only if every declared field equals the live one and nothing is ours that is no longer
//! declared; a difference only if applying would certainly change something. All else is doubtful
//! and left to the server's dry run.

use crate::fields::{Applied, applied_by, writer};
use crate::walk::{Finding, Findings, walk};
use crate::{Change, Ignore, IgnoreError, endpoints, forgotten, limit_range, path, secret};
use model::ObjectKey;
use serde_json::Value;
use std::borrow::Cow;

/// What a local comparison proved.
#[derive(Clone, PartialEq, Debug)]
pub enum Comparison {
    /// Applying would change nothing.
    Same,
    /// Applying would change something. What differs, also where that alone would be doubtful.
    Different(Vec<Change>),
    /// Not provable from here; the server's dry run decides. What differs as far as can be seen.
    Doubtful(Vec<Change>),
}

/// Why two objects could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// A rule of what does not count could not be carried out.
    #[error("rules of ignored differences could not be carried out")]
    Ignore(#[from] IgnoreError),
    /// One of the two is no object.
    #[error("the {0} object is not a map of fields")]
    NotAnObject(&'static str),
}

/// Compares what is wanted with what is there, as `manager` would apply it.
///
/// Both must be of one API version; if they are not, the answer is [`Comparison::Doubtful`].
pub fn compare(
    desired: &Value,
    live: &Value,
    manager: &str,
    ignore: &Ignore,
    key: &ObjectKey,
) -> Result<Comparison, CompareError> {
    if !desired.is_object() {
        return Err(CompareError::NotAnObject("desired"));
    }
    if !live.is_object() {
        return Err(CompareError::NotAnObject("live"));
    }
    let facts = ignore.facts(key);
    let (want, have) = counted(desired, live, ignore, key)?;
    let want = match facts.is_secret() {
        true => secret::folded(want),
        false => want,
    };
    let want = endpoints::sorted(want, &key.group_kind);
    let want = limit_range::completed(want, &key.group_kind);
    let have = endpoints::sorted(have, &key.group_kind);
    let applied = applied_by(live, manager);
    let tree = match applied {
        Applied::Tree(tree) => Some(tree),
        Applied::Nothing | Applied::Unclear => None,
    };
    let mut findings = walk(&want, &have, tree, facts);
    if tree.is_none() {
        forgotten::find(&want, &have, &mut findings);
    }
    findings
        .list
        .retain(|finding| !stays_ignored(finding, desired));
    let distrust = findings.distrust
        || matches!(applied, Applied::Unclear)
        || desired.get("apiVersion") != live.get("apiVersion");
    let change = |finding: &Finding<'_>| {
        let hidden = ignore.masks(&finding.path, key);
        change(finding, live, manager).hidden(hidden)
    };
    let changes = findings.list.iter().map(change).collect();
    Ok(verdict(&findings, changes, distrust, tree.is_some()))
}

fn verdict(
    findings: &Findings<'_>,
    changes: Vec<Change>,
    distrust: bool,
    applied: bool,
) -> Comparison {
    let certain = applied && !distrust && findings.list.iter().any(|finding| finding.certain);
    if certain {
        Comparison::Different(changes)
    } else if changes.is_empty() && !distrust {
        Comparison::Same
    } else {
        Comparison::Doubtful(changes)
    }
}

fn change(finding: &Finding<'_>, live: &Value, manager: &str) -> Change {
    let writer = finding
        .have
        .and_then(|_| writer(live, &finding.path, manager));
    Change::new(
        path::text(&finding.path),
        finding.want.cloned(),
        finding.have.cloned(),
        writer,
    )
}

/// Both objects without what does not count; clones only where a rule concerns them.
fn counted<'a>(
    desired: &'a Value,
    live: &'a Value,
    ignore: &Ignore,
    key: &ObjectKey,
) -> Result<(Cow<'a, Value>, Cow<'a, Value>), IgnoreError> {
    if ignore.is_empty_for(key) {
        return Ok((Cow::Borrowed(desired), Cow::Borrowed(live)));
    }
    let (mut want, mut have) = (desired.clone(), live.clone());
    ignore.strip_pair(key, &mut want, &mut have)?;
    Ok((Cow::Owned(want), Cow::Owned(have)))
}

/// A field that is ours and seems undeclared, only because a rule took it out of the desired
/// object, which still declares it.
fn stays_ignored(finding: &Finding<'_>, desired: &Value) -> bool {
    finding.want.is_none() && declares(desired, &finding.path)
}

fn declares(value: &Value, steps: &[path::Step<'_>]) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return true;
    };
    match (step, value) {
        (path::Step::Field(name), Value::Object(fields)) => {
            fields.get(*name).is_some_and(|below| declares(below, rest))
        }
        (path::Step::Keyed(keys), Value::Array(items)) => {
            let fits = |item: &Value| {
                keys.iter()
                    .all(|(name, key)| item.get(name).is_none_or(|own| own == key))
                    && keys.keys().any(|name| item.get(name).is_some())
            };
            items.iter().any(|item| fits(item) && declares(item, rest))
        }
        (path::Step::Element(member), Value::Array(items)) => items.contains(member),
        (path::Step::Index(index), Value::Array(items)) => {
            items.get(*index).is_some_and(|below| declares(below, rest))
        }
        _ => false,
    }
}
