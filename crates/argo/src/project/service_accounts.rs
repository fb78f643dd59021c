//! Accounts by which a project's syncs may write.
//!
//! Comes in: an entry of `spec.destinationServiceAccounts`. Goes out: whether it can be one, in
//! Argo CD's words. That syncs do not use them yet is told elsewhere.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/app_project_types.go (ValidateProject).

use model::glob::Glob;

/// What is wrong with an entry.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{field} has an invalid format, '{found}'")]
pub struct ServiceAccountError {
    /// The field.
    pub field: &'static str,
    /// What stands there.
    pub found: String,
}

/// Can a project name this account for these destinations? Those are globs, and nothing denies.
pub fn check_service_account(
    server: &str,
    namespace: &str,
    account: &str,
) -> Result<(), ServiceAccountError> {
    let is_pattern = |text: &str| !text.contains('!') && Glob::gobwas(text, None).is_some();
    let fits_account =
        |text: &str| !text.trim_matches(' ').is_empty() && !text.contains(is_disallowed);
    let wrong = |field, found: &str| {
        let found = found.to_owned();
        Err(ServiceAccountError { field, found })
    };
    if !is_pattern(server) {
        return wrong("server", server);
    }
    if !is_pattern(namespace) {
        return wrong("namespace", namespace);
    }
    if !fits_account(account) {
        return wrong("defaultServiceAccount", account);
    }
    Ok(())
}

fn is_disallowed(character: char) -> bool {
    "!*[]{}\\/".contains(character)
}
