//! Which repositories a project's apps may follow.
//!
//! Comes in: `spec.sourceRepos`, and a repository. Goes out: yes or no. `*` stands within one part
//! of the path, `**` across parts. `!x` denies what it matches whatever else is listed, and counts
//! as a yes for the rest: a list of one `!x` permits everything but `x`.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/app_project_types.go (IsSourcePermitted).

use crate::git_url::compared;
use model::glob::Glob;

/// May the repository be followed?
pub fn is_source_permitted(patterns: &[String], repository: &str) -> bool {
    let repository = compared(repository);
    let mut permitted = false;
    for pattern in patterns {
        match pattern.strip_prefix('!') {
            Some(denied) if matches(denied, &repository) => return false,
            Some(_) => permitted = true,
            None => permitted |= matches(pattern, &repository),
        }
    }
    permitted
}

fn matches(pattern: &str, repository: &str) -> bool {
    let pattern = compared(pattern);
    pattern == "*" || Glob::gobwas(&pattern, Some('/')).is_some_and(|glob| glob.matches(repository))
}
