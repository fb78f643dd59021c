//! Strategies that carry a change through all environments.
//!
//! Comes in: a strategy that is ready. Goes out: in which environment the change stands, or that it
//! is in all of them, and what the checks say.

use super::commit_statuses::Tally;
use super::sha;
use crate::rules::field::{Field, Stumble};
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn judge(object: Field<'_>) -> Verdict {
    let environments = object.get("status")?.get("environments")?;
    if !environments.is_truthy() || environments.length()? == 0 {
        return Degraded.says("Promotion strategy has no environments configured");
    }
    let environments: Vec<_> = environments.items()?.collect();
    for step in [
        commit_is_missing,
        commits_differ,
        is_on_its_way,
        is_unchecked,
    ] {
        let health = step(&environments)?;
        if health.is_some() {
            return Ok(health);
        }
    }
    up_to_date(&environments)
}

/// The commit that is to be carried on: what the hydrator has noted, else what is proposed.
fn proposed(environment: Field<'_>) -> Result<Field<'_>, Stumble> {
    let noted = sha::at(environment, "proposed.note.drySha")?;
    if noted.is_set() {
        return Ok(noted);
    }
    sha::at(environment, "proposed.dry.sha")
}

fn commit_is_missing(environments: &[Field<'_>]) -> Verdict {
    for environment in environments {
        let missing = if !sha::at(*environment, "active.dry.sha")?.is_set() {
            "The active commit DRY SHA is missing or empty in environment '"
        } else if !proposed(*environment)?.is_set() {
            "The proposed commit DRY SHA is missing or empty in environment '"
        } else {
            continue;
        };
        let branch = environment.get("branch")?;
        return Progressing.says_all(&[missing.into(), branch, "'.".into()]);
    }
    Ok(None)
}

fn commits_differ(environments: &[Field<'_>]) -> Verdict {
    for pair in environments.windows(2) {
        if proposed(pair[0])? != proposed(pair[1])? {
            return Progressing.says(
                "Not all environments have the same proposed commit SHA. This likely means the \
                 hydrator has not run for all environments yet.",
            );
        }
    }
    Ok(None)
}

/// The first environment that has not got what is proposed. The note does not count here: it moves
/// on with commits that change nothing.
fn is_on_its_way(environments: &[Field<'_>]) -> Verdict {
    for environment in environments {
        let active = environment.get("active")?.get("dry")?.get("sha")?;
        let to_come = environment.get("proposed")?.get("dry")?.get("sha")?;
        if to_come == active {
            continue;
        }
        let checks = Tally::of(environment.get("proposed")?.get("commitStatuses")?)?.told()?;
        let branch = environment.get("branch")?.piece()?;
        let (from, to) = (sha::short(active)?, sha::short(to_come)?);
        let hydrated = sha::short(proposed(*environment)?)?;
        return Ok(Some(Progressing.because(format!(
            "Promotion in progress for environment '{branch}' from '{from}' to '{to}': {checks}\
             Hydrator has processed dry commit '{hydrated}'. "
        ))));
    }
    Ok(None)
}

/// Environments that have the commit while not all its checks have passed.
fn is_unchecked(environments: &[Field<'_>]) -> Verdict {
    let mut counts = Vec::new();
    for (branch, checks) in unchecked(environments)? {
        let (failed, pending) = (checks.failed.len(), checks.pending.len());
        let branch = branch.piece()?;
        counts.push(format!("{branch} ({failed} failed, {pending} pending)"));
    }
    if counts.is_empty() {
        return Ok(None);
    }
    let counts = counts.join(", ");
    Ok(Some(Healthy.because(format!(
        "Environments are up-to-date, but some environments have non-successful commit statuses: \
         {counts}."
    ))))
}

type Unchecked<'a> = Vec<(Field<'a>, Tally<'a>)>;

/// Their checks by branch; of two environments of one branch the last counts.
fn unchecked<'a>(environments: &[Field<'a>]) -> Result<Unchecked<'a>, Stumble> {
    let mut unchecked: Unchecked<'a> = Vec::new();
    for environment in environments {
        let checks = Tally::of(environment.get("active")?.get("commitStatuses")?)?;
        if checks.all_passed() {
            continue;
        }
        let branch = environment.get("branch")?;
        match unchecked.iter_mut().find(|(known, _)| *known == branch) {
            Some((_, known)) => *known = checks,
            None => unchecked.push((branch, checks)),
        }
    }
    Ok(unchecked)
}

fn up_to_date(environments: &[Field<'_>]) -> Verdict {
    let Some(first) = environments.first() else {
        return Ok(None);
    };
    let commit = sha::short(sha::at(*first, "active.dry.sha")?)?;
    let hydrated = sha::short(proposed(*first)?)?;
    let message = format!(
        "All environments are up-to-date on commit '{commit}'. \
         Hydrator has processed dry commit '{hydrated}'."
    );
    Ok(Some(Healthy.because(message)))
}
