//! Where a chart is published, read from what somebody wrote.
//!
//! Comes in: the address of a repository and the name of a chart. Goes out: a Helm repository (`https://…`)
//! or a chart's place in an OCI registry (`oci://host/path`, or Argo CD's spelling `host/path`).

use crate::address::{Address, AddressError, HttpAddress, redact, refuse_suspicious};
use reqwest::Url;
use std::fmt;

/// One wish for a chart.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ChartAddress {
    /// `https://host/path`, `oci://host/path`, or `host/path` for a registry.
    pub repository: String,
    /// The chart's name. In a registry it may be part of the repository's path, and be empty here.
    pub chart: String,
    /// A version, a range, nothing for the newest release; in a registry also a tag or a digest.
    pub version: String,
}

/// Why an address leads to no chart.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChartAddressError {
    /// Refused as every repository's URL would be.
    #[error(transparent)]
    Url(#[from] AddressError),
    /// Neither a Helm repository nor a registry.
    #[error("{0:?} is no chart repository: write https://host/path or oci://host/path")]
    Kind(String),
    /// A name from the list of repositories on somebody's machine.
    #[error(
        "{0:?} is a name from Helm's own list of repositories, which is not here: write the repository's address in its place"
    )]
    Alias(String),
    /// A path that no registry has.
    #[error(
        "{0:?} is no place in a registry: {1}; it is a host and a path of lower-case letters, digits and . _ - /, the version apart"
    )]
    Place(String, &'static str),
    /// No name.
    #[error("no chart is named for {0}: a Helm repository holds many")]
    NoChart(String),
}

/// The two kinds of home a chart has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Home {
    Http(HttpAddress),
    Registry(Place),
}

/// A chart in a registry.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Place {
    /// Host, and port if it is not the usual one.
    pub host: String,
    /// The repository below it, the chart's name included.
    pub path: String,
}

impl Home {
    /// Reads an address.
    pub fn parse(repository: &str, chart: &str) -> Result<Self, ChartAddressError> {
        let text = repository.trim();
        refuse_suspicious(text)?;
        match text.split_once("://") {
            Some(("oci", rest)) => Place::parse(rest, chart).map(Self::Registry),
            Some(("http" | "https", _)) => http(text, chart).map(Self::Http),
            Some((_, _)) => Err(ChartAddressError::Kind(redact(text))),
            None if text.starts_with('@') || text.starts_with("alias:") => {
                Err(ChartAddressError::Alias(text.to_owned()))
            }
            None if text.starts_with(['/', '.']) || text.contains('@') => {
                Err(ChartAddressError::Kind(redact(text)))
            }
            None => Place::parse(text, chart).map(Self::Registry),
        }
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Registry(place) => place.fmt(f),
            Self::Http(address) => f.write_str(&printable(&address.url)),
        }
    }
}

/// A URL without what may be secret in it.
pub(crate) fn printable(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    // Neither can fail where there is a host, and without one there is nobody to name.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.to_string()
}

impl Place {
    /// Reads `host/path`, and appends the chart's name.
    pub fn parse(text: &str, chart: &str) -> Result<Self, ChartAddressError> {
        let refused = |why| Err(ChartAddressError::Place(redact(text), why));
        let (host, path) = text.split_once('/').unwrap_or((text, ""));
        let parts = path
            .split('/')
            .chain([chart])
            .filter(|part| !part.is_empty());
        let path = parts.collect::<Vec<_>>().join("/");
        if host.contains('@') {
            return refused("it has user information, which belongs into the credentials");
        }
        let url = Url::parse(&format!("https://{host}/"));
        if !url.is_ok_and(|url| url.host_str().is_some_and(|found| host.starts_with(found))) {
            return refused("its host cannot be read");
        }
        if path.is_empty() || !path.split('/').all(is_path_part) {
            return refused("its path is not one of a registry");
        }
        let host = host.to_owned();
        Ok(Self { host, path })
    }

    /// The registry's own address: Docker Hub answers at another host than it is named after.
    pub fn registry(&self, plain_http: bool) -> Option<Url> {
        let scheme = if plain_http { "http" } else { "https" };
        let host = match self.host.as_str() {
            "docker.io" | "index.docker.io" => "registry-1.docker.io",
            host => host,
        };
        Url::parse(&format!("{scheme}://{host}/")).ok()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "oci://{}/{}", self.host, self.path)
    }
}

/// Letters and digits with single separators between them.
fn is_path_part(part: &str) -> bool {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let runs = part.split(|c: char| c.is_ascii() && letter(c as u8));
    let separator =
        |run: &str| matches!(run, "" | "." | "_" | "__") || run.bytes().all(|b| b == b'-');
    let ends = |b: Option<u8>| b.is_some_and(letter);
    runs.clone().all(separator) && ends(part.bytes().next()) && ends(part.bytes().last())
}

fn http(text: &str, chart: &str) -> Result<HttpAddress, ChartAddressError> {
    let (text, query) = match text.split_once('?') {
        Some((text, query)) => (text, Some(query)),
        None => (text, None),
    };
    let Address::Http(mut address) = Address::parse(text)? else {
        return Err(ChartAddressError::Kind(redact(text)));
    };
    address.url.set_query(query);
    match chart.is_empty() {
        true => Err(ChartAddressError::NoChart(printable(&address.url))),
        false => Ok(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_one_of_two_kinds_of_home() {
        for (repository, chart, expected) in [
            (
                "https://charts.example/stable",
                "a",
                "https://charts.example/stable",
            ),
            (
                "https://ann:pw@charts.example/x?token=t",
                "a",
                "https://charts.example/x",
            ),
            (
                "oci://ghcr.io/org/charts",
                "nginx",
                "oci://ghcr.io/org/charts/nginx",
            ),
            (
                "oci://ghcr.io/org/charts/",
                "nginx",
                "oci://ghcr.io/org/charts/nginx",
            ),
            (
                "ghcr.io/org/charts",
                "nginx",
                "oci://ghcr.io/org/charts/nginx",
            ),
            (
                "oci://localhost:5000",
                "a/b__c-d.e",
                "oci://localhost:5000/a/b__c-d.e",
            ),
            ("oci://ghcr.io/org/app", "", "oci://ghcr.io/org/app"),
            ("[::1]:5000/x", "y", "oci://[::1]:5000/x/y"),
        ] {
            let home = Home::parse(repository, chart).unwrap();
            assert_eq!(home.to_string(), expected);
        }
    }

    #[test]
    fn what_leads_nowhere_says_why() {
        for (repository, chart, expected) in [
            ("", "a", "the repository URL is empty"),
            ("https://h/x", "", "no chart is named for https://h/x"),
            (
                "ssh://git@h/x",
                "a",
                "write https://host/path or oci://host/path",
            ),
            (
                "file:///srv/charts",
                "a",
                "write https://host/path or oci://host/path",
            ),
            (
                "./charts",
                "a",
                "write https://host/path or oci://host/path",
            ),
            ("@stable", "a", "is a name from Helm's own list"),
            ("alias:stable", "a", "is a name from Helm's own list"),
            ("git@h:x", "a", "write https://host/path or oci://host/path"),
            (
                "oci://ghcr.io/Org",
                "a",
                "its path is not one of a registry",
            ),
            ("oci://ghcr.io/org:1.2", "", "the version apart"),
            (
                "oci://ghcr.io/a..b",
                "c",
                "its path is not one of a registry",
            ),
            ("oci://ghcr.io", "", "its path is not one of a registry"),
            ("oci://ann:hunter2@ghcr.io/x", "a", "user information"),
            ("oci://h%20h/x", "a", "its host cannot be read"),
            ("-x", "a", "starts with a dash"),
        ] {
            let error = Home::parse(repository, chart).unwrap_err().to_string();
            assert!(error.contains(expected), "{repository}: {error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn docker_hub_answers_elsewhere() {
        let place = Place::parse("docker.io/org", "app").unwrap();
        assert_eq!(
            place.registry(false).unwrap().as_str(),
            "https://registry-1.docker.io/"
        );
        let place = Place::parse("localhost:5000/org", "app").unwrap();
        assert_eq!(
            place.registry(true).unwrap().as_str(),
            "http://localhost:5000/"
        );
    }
}
