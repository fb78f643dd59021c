//! What Chart.yaml may say.
//!
//! Comes in: its fields as read. Goes out: the fields with blanks and invisible characters made
//! harmless, or Helm's complaint. Source: Validate in pkg/chart/v2/metadata.go and dependency.go.

use super::decode::Draft;
use super::{Dependency, LoadError, Maintainer, Metadata};
use crate::quote::quote;
use model::Version;
use std::collections::BTreeSet;

/// Checks all of it.
pub(super) fn validate(draft: Draft) -> Result<Metadata, LoadError> {
    let mut metadata = draft.fields;
    sanitize(&mut metadata);
    check(&metadata)?;
    for maintainer in draft.maintainers {
        metadata.maintainers.push(checked_maintainer(maintainer)?);
    }
    let mut names = BTreeSet::new();
    metadata.dependencies = match draft.dependencies {
        None => None,
        Some(named) => {
            let checked = named
                .into_iter()
                .map(|it| checked_dependency(it, &mut names));
            Some(checked.collect::<Result<_, _>>()?)
        }
    };
    Ok(metadata)
}

fn sanitize(metadata: &mut Metadata) {
    let texts = [
        &mut metadata.name,
        &mut metadata.description,
        &mut metadata.home,
        &mut metadata.icon,
        &mut metadata.condition,
        &mut metadata.tags,
        &mut metadata.app_version,
        &mut metadata.kube_version,
    ];
    let texts = texts.into_iter().chain(&mut metadata.sources);
    texts.chain(&mut metadata.keywords).for_each(clean);
}

fn check(metadata: &Metadata) -> Result<(), LoadError> {
    let (name, version) = (&metadata.name, &metadata.version);
    let problem = if metadata.api_version.is_empty() {
        "chart.metadata.apiVersion is required".to_owned()
    } else if name.is_empty() {
        "chart.metadata.name is required".to_owned()
    } else if matches!(name.as_str(), "." | "..") {
        format!("chart.metadata.name {} is not allowed", quote(name))
    } else if name.contains('/') && name != "/" {
        format!("chart.metadata.name {} is invalid", quote(name))
    } else if version.is_empty() {
        "chart.metadata.version is required".to_owned()
    } else if Version::parse(version).is_err() {
        format!("chart.metadata.version {} is invalid", quote(version))
    } else if !matches!(metadata.kind.as_str(), "" | "application" | "library") {
        "chart.metadata.type must be application or library".to_owned()
    } else {
        return Ok(());
    };
    Err(LoadError::Invalid(problem))
}

fn checked_maintainer(maintainer: Option<Maintainer>) -> Result<Maintainer, LoadError> {
    let hole = || invalid("maintainers must not contain empty or null nodes");
    let mut maintainer = maintainer.ok_or_else(hole)?;
    clean(&mut maintainer.name);
    clean(&mut maintainer.email);
    clean(&mut maintainer.url);
    Ok(maintainer)
}

fn checked_dependency(
    dependency: Option<Dependency>,
    names: &mut BTreeSet<String>,
) -> Result<Dependency, LoadError> {
    let hole = || invalid("dependencies must not contain empty or null nodes");
    let mut it = dependency.ok_or_else(hole)?;
    let texts = [
        &mut it.name,
        &mut it.version,
        &mut it.repository,
        &mut it.condition,
    ];
    texts.into_iter().chain(&mut it.tags).for_each(clean);
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !it.alias.chars().all(fits) {
        let name = quote(&it.name);
        let problem = format!("dependency {name} has disallowed characters in the alias");
        return Err(LoadError::Invalid(problem));
    }
    let name = match it.alias.is_empty() {
        true => &it.name,
        false => &it.alias,
    };
    match names.insert(name.clone()) {
        true => Ok(it),
        false => Err(LoadError::Invalid(format!(
            "more than one dependency with name or alias {}",
            quote(name)
        ))),
    }
}

fn invalid(problem: &str) -> LoadError {
    LoadError::Invalid(problem.to_owned())
}

/// Blanks become spaces, what cannot be printed goes.
fn clean(text: &mut String) {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return;
    }
    let chars = text.chars().filter_map(|c| match c {
        c if c.is_whitespace() => Some(' '),
        c => gotemplate::fmt::is_printable(c).then_some(c),
    });
    *text = chars.collect();
}
