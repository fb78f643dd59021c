//! All tags of a chart, page by page.

use super::error::RegistryError;
use super::registry::Registry;
use crate::address::same_origin;
use crate::remote::Reply;
use reqwest::header::LINK;
use reqwest::{Method, StatusCode, Url};

/// The longest page that is taken.
const MAX_PAGE: u64 = 16 << 20;
/// Registries give at least tens of tags a page.
const MAX_PAGES: usize = 10_000;

#[derive(serde::Deserialize)]
struct Page {
    #[serde(default)]
    tags: Option<Vec<String>>,
}

impl Registry<'_> {
    /// The tags, in the registry's order; none if the registry knows no such chart.
    pub fn tags(&self) -> Result<Option<Vec<String>>, RegistryError> {
        let limit = self.limits.max_tags;
        let mut tags = Vec::new();
        let mut next = Some(self.url("tags/list"));
        for _ in 0..MAX_PAGES {
            let Some(url) = next else {
                return Ok(Some(tags));
            };
            let mut bytes = Vec::new();
            let reply = self.ask(Method::GET, url.clone(), None, MAX_PAGE, &mut bytes)?;
            if reply.status == StatusCode::NOT_FOUND {
                return Ok(None);
            }
            self.check(&reply)?;
            let page: Page = serde_json::from_slice(&bytes).map_err(RegistryError::Tags)?;
            tags.extend(page.tags.unwrap_or_default());
            if tags.len() > limit {
                break;
            }
            next = following(&reply, &url);
        }
        Err(RegistryError::TooManyTags(limit))
    }
}

/// The page that a `Link: <…>; rel="next"` names, if it is one of the same registry.
fn following(reply: &Reply, from: &Url) -> Option<Url> {
    let links = reply.headers.get_all(LINK).iter();
    let target = links
        .filter_map(|link| link.to_str().ok())
        .find_map(next_target)?;
    let url = from.join(target).ok()?;
    (same_origin(&url, from) && url != *from).then_some(url)
}

/// The target of the link to the next page among those of a header.
fn next_target(header: &str) -> Option<&str> {
    let is_next = |parameter: &str| {
        let (name, value) = parameter.split_once('=').unwrap_or_default();
        let value = value.trim_matches([' ', ',', '"']);
        name.trim().eq_ignore_ascii_case("rel") && value == "next"
    };
    let mut rest = header;
    loop {
        let (target, after) = rest.split_once('<')?.1.split_once('>')?;
        let (parameters, following) = after.split_at(after.find('<').unwrap_or(after.len()));
        if parameters.split(';').any(is_next) {
            return Some(target);
        }
        rest = following;
    }
}

#[cfg(test)]
mod tests {
    use super::next_target;

    #[test]
    fn the_next_page_is_found_among_links() {
        for (header, expected) in [
            (
                "</v2/a/tags/list?last=b&n=2>; rel=\"next\"",
                Some("/v2/a/tags/list?last=b&n=2"),
            ),
            (
                "<p>; rel=prev, <n,1>; title=\"x\"; REL = next , <l>; rel=last",
                Some("n,1"),
            ),
            ("<p>;rel=\"prev\",<n>;rel=\"next\"", Some("n")),
            ("<p>; rel=prev", None),
            ("<p; rel=next", None),
            ("", None),
        ] {
            assert_eq!(next_target(header), expected, "{header}");
        }
    }
}
