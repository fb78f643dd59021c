//! Applications as members of an application: the waves of an app of apps wait for its children.
//!
//! Argo CD ships no such rule (its users paste one), and the one its manual shows believes a verdict
//! that may be about an older spec. This one is ours: the child's own health counts, but only once it
//! was judged by what its spec says now, and not while the objects of its running operation are
//! still being made. A child that is missing or of unknown health says so itself; waves wait for it,
//! and it does not count for the health of its parent. An application that manages itself has no say
//! in its own health, or it would wait for itself for ever.

use super::same::mean_the_same;
use crate::rules::field::{Field, Stumble};
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{self, Missing, Progressing, Unknown};

const TRACKING_ID: &str = "argocd.argoproj.io/tracking-id";

pub fn application(app: Field<'_>) -> Verdict {
    if manages_itself(app)? {
        return Ok(None);
    }
    let health = app.find("status.health.status")?;
    let message = app.find("status.health.message")?;
    let Field::Text(word) = health else {
        return Progressing.says("Waiting for the application to be assessed");
    };
    match word.parse::<HealthStatus>() {
        Err(_) => Unknown.says_all(&["The application is of no known health: ".into(), health]),
        Ok(status @ (Missing | Unknown)) => status.says(message),
        Ok(_) if !is_about_present_spec(app)? => {
            Progressing.says("Waiting for the application to be compared with its present spec")
        }
        Ok(HealthStatus::Healthy) if is_being_synced(app)? => {
            Progressing.says("Waiting for the application to be synced")
        }
        Ok(status) => status.says(message),
    }
}

/// Whether it carries its own mark: its name, maybe after that of its namespace, stands first.
fn manages_itself(app: Field<'_>) -> Result<bool, Stumble> {
    let metadata = app.get("metadata")?;
    let annotations = metadata.find("annotations")?;
    let mark = match annotations.is_set() {
        true => annotations.get(TRACKING_ID)?,
        false => annotations,
    };
    let Field::Text(mark) = mark else {
        return Ok(false);
    };
    let owner = mark.split(':').next().unwrap_or_default();
    let (namespace, name) = (metadata.get("namespace")?, metadata.get("name")?);
    let without_namespace = match namespace {
        Field::Text(namespace) => owner.strip_prefix(namespace),
        _ => None,
    };
    let without_namespace = without_namespace.and_then(|rest| rest.strip_prefix('_'));
    Ok(name.is(owner) || without_namespace.is_some_and(|rest| name.is(rest)))
}

fn is_about_present_spec(app: Field<'_>) -> Result<bool, Stumble> {
    let (spec, compared) = (app.get("spec")?, app.find("status.sync.comparedTo")?);
    if !compared.is_set() {
        return Ok(false);
    }
    let destination = mean_the_same(spec.find("destination")?, compared.get("destination")?);
    Ok(destination && are_sources_compared(spec, compared)?)
}

/// Sources win over the one source, as they do when an application is rendered.
fn are_sources_compared(spec: Field<'_>, compared: Field<'_>) -> Result<bool, Stumble> {
    let (hydrator, sources) = (spec.find("sourceHydrator")?, spec.find("sources")?);
    let source = compared.get("source")?;
    if hydrator.is_set() {
        return is_hydrated_source(hydrator, source);
    }
    match sources {
        Field::List(several) if !several.is_empty() => {
            Ok(mean_the_same(sources, compared.get("sources")?))
        }
        _ => Ok(mean_the_same(spec.find("source")?, source)),
    }
}

/// What a hydrator writes is what is compared.
fn is_hydrated_source(hydrator: Field<'_>, source: Field<'_>) -> Result<bool, Stumble> {
    let same =
        |wanted: &str, found: &str| Ok(mean_the_same(hydrator.find(wanted)?, source.find(found)?));
    Ok(same("drySource.repoURL", "repoURL")?
        && same("syncSource.path", "path")?
        && same("syncSource.targetBranch", "targetRevision")?)
}

/// Whether an operation runs that has not brought everything about yet: what is missing does not
/// count for the child's health.
fn is_being_synced(app: Field<'_>) -> Result<bool, Stumble> {
    let running =
        app.find("operation")?.is_set() || app.find("status.operationState.phase")?.is("Running");
    Ok(running && app.find("status.sync.status")?.is("OutOfSync"))
}
