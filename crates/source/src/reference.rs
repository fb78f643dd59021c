//! From what a target revision says to one commit.
//!
//! Comes in: a reference as a user wrote it, and what the server advertises. Goes out: the commit, by
//! Argo CD's rules: a version range means the highest matching tag, a name means a branch before a
//! tag, seven or more hexadecimal digits may be a short commit.

use crate::near;
use crate::remote::Advertised;
use gix::ObjectId;
use model::{Version, VersionRange};

/// What a target revision asks for.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    text: String,
    range: Option<VersionRange>,
}

impl Wish {
    /// Reads a reference; nothing means the default branch.
    pub fn of(reference: &str) -> Self {
        let text = match reference.trim() {
            "" => "HEAD".to_owned(),
            text => text.to_owned(),
        };
        let pinned = Version::parse(&text).is_ok();
        let range = (!pinned).then(|| VersionRange::parse(&text).ok()).flatten();
        Self { text, range }
    }

    /// The reference as asked for.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A whole commit id: nothing has to be asked.
    pub fn commit(&self) -> Option<ObjectId> {
        ObjectId::from_hex(self.text.to_ascii_lowercase().as_bytes()).ok()
    }

    /// The beginning of a commit id, in lower case.
    pub fn short_commit(&self) -> Option<String> {
        let hexadecimal = self.text.bytes().all(|b| b.is_ascii_hexdigit());
        (hexadecimal && (7..64).contains(&self.text.len())).then(|| self.text.to_ascii_lowercase())
    }

    /// Is it a version range?
    pub fn is_range(&self) -> bool {
        self.range.is_some()
    }

    /// What to ask the server for, so that it need not list everything.
    pub fn prefixes(&self) -> Vec<String> {
        let name = &self.text;
        let mut prefixes = match name.as_str() {
            "HEAD" => vec!["HEAD".to_owned()],
            name if name.starts_with("refs/") => vec![name.to_owned()],
            name => ["refs/heads/", "refs/tags/", "refs/"]
                .map(|at| format!("{at}{name}"))
                .into(),
        };
        if self.is_range() {
            prefixes.push("refs/tags/".to_owned());
        }
        prefixes
    }

    /// The commit among what is advertised.
    pub fn pick(&self, advertised: &[Advertised]) -> Option<ObjectId> {
        self.highest(advertised).or_else(|| self.named(advertised))
    }

    /// Advertised names like the one asked for, for an error.
    pub fn near(&self, advertised: &[Advertised]) -> Vec<String> {
        let names = advertised
            .iter()
            .filter_map(|reference| short_name(&reference.name));
        near::names_like(&self.text, names)
    }

    fn highest(&self, advertised: &[Advertised]) -> Option<ObjectId> {
        let range = self.range.as_ref()?;
        advertised
            .iter()
            .filter_map(|reference| {
                let version = Version::parse(reference.name.strip_prefix("refs/tags/")?).ok()?;
                range
                    .admits(&version)
                    .then_some((version, reference.commit))
            })
            .max_by(|(a, _), (b, _)| a.cmp(b))
            .map(|(_, commit)| commit)
    }

    fn named(&self, advertised: &[Advertised]) -> Option<ObjectId> {
        ["", "refs/heads/", "refs/tags/", "refs/"]
            .iter()
            .find_map(|at| {
                let name = format!("{at}{}", self.text);
                Some(
                    advertised
                        .iter()
                        .find(|reference| reference.name == name)?
                        .commit,
                )
            })
    }
}

fn short_name(name: &str) -> Option<&str> {
    name.strip_prefix("refs/heads/")
        .or_else(|| name.strip_prefix("refs/tags/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advertised(names: &[&str]) -> Vec<Advertised> {
        let commit = |at: usize| ObjectId::from_hex(format!("{at:040x}").as_bytes()).unwrap();
        let entry = |(at, name): (usize, &&str)| Advertised {
            name: (*name).to_owned(),
            commit: commit(at),
        };
        names.iter().enumerate().map(entry).collect()
    }

    fn pick<'a>(reference: &str, names: &[&'a str]) -> Option<&'a str> {
        let advertised = advertised(names);
        let commit = Wish::of(reference).pick(&advertised)?;
        Some(
            names[advertised
                .iter()
                .position(|entry| entry.commit == commit)
                .unwrap()],
        )
    }

    #[test]
    fn a_branch_comes_before_a_tag_of_the_same_name() {
        let names = [
            "HEAD",
            "refs/heads/main",
            "refs/tags/main",
            "refs/tags/v1",
            "refs/pull/1/head",
        ];
        assert_eq!(pick("", &names), Some("HEAD"));
        assert_eq!(pick("HEAD", &names), Some("HEAD"));
        assert_eq!(pick("main", &names), Some("refs/heads/main"));
        assert_eq!(pick("refs/tags/main", &names), Some("refs/tags/main"));
        assert_eq!(pick("v1", &names), Some("refs/tags/v1"));
        assert_eq!(pick("pull/1/head", &names), Some("refs/pull/1/head"));
        assert_eq!(pick("mai", &names), None);
    }

    #[test]
    fn a_range_means_the_highest_tag() {
        let names = [
            "refs/tags/v1.2.0",
            "refs/tags/1.10.1",
            "refs/tags/v1.11.0-rc.1",
            "refs/tags/v2.0.0",
            "refs/tags/latest",
            "refs/heads/1.x",
        ];
        assert_eq!(pick("1.*", &names), Some("refs/tags/1.10.1"));
        assert_eq!(pick("v1.2.x", &names), Some("refs/tags/v1.2.0"));
        assert_eq!(
            pick(">=1.11.0-0 <2", &names),
            Some("refs/tags/v1.11.0-rc.1")
        );
        assert_eq!(pick("*", &names), Some("refs/tags/v2.0.0"));
        assert_eq!(pick("3.x", &names), None);
        assert_eq!(pick("1.x", &names[4..]), Some("refs/heads/1.x"));
        assert_eq!(pick("v2.0", &names), None, "a pinned version is a name");
    }

    #[test]
    fn commits_are_told_from_names() {
        assert!(Wish::of(&"aB".repeat(20)).commit().is_some());
        assert_eq!(
            Wish::of("ABCDEF0").short_commit().as_deref(),
            Some("abcdef0")
        );
        assert!(Wish::of("abcdef").short_commit().is_none());
        assert!(Wish::of("release").short_commit().is_none());
    }

    #[test]
    fn errors_name_what_was_probably_meant() {
        let advertised = advertised(&[
            "HEAD",
            "refs/heads/main",
            "refs/heads/release-1.2",
            "refs/tags/v1",
        ]);
        assert_eq!(Wish::of("mian").near(&advertised), ["main"]);
        assert_eq!(Wish::of("Release-1.2").near(&advertised), ["release-1.2"]);
        assert!(Wish::of("production").near(&advertised).is_empty());
    }
}
