//! The globs of `directory.include` and `directory.exclude`.
//!
//! In: a pattern of gobwas, where no character separates: `*` matches `/` too. Out: a glob. A
//! broken pattern is an error here; Argo CD lets it match nothing, which with `include` empties the
//! app.

use crate::OptionsError;
use model::glob::Glob;

/// Reads a pattern; an empty one is none.
pub(crate) fn read(field: &'static str, pattern: &str) -> Result<Option<Glob>, OptionsError> {
    if pattern.is_empty() {
        return Ok(None);
    }
    let glob = Glob::gobwas(pattern, None);
    let wrong = || OptionsError::Pattern {
        field,
        pattern: pattern.to_owned(),
    };
    glob.map(Some).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_argo_cd() {
        for (pattern, path, expected) in [
            ("*.yaml", "a.yaml", true),
            ("*.yaml", "sub/a.yaml", true),
            ("**/*.yaml", "a.yaml", false),
            ("**/*.yaml", "sub/a.yaml", true),
            ("{a,b*}.yaml", "b1.yaml", true),
            ("{a,b*}.yaml", "c.yaml", false),
            ("{*.yml,*.yaml}", "sub/a.yml", true),
            ("config.json", "sub/config.json", false),
            ("[!a]*.yaml", "b.yaml", true),
            ("[!a]*.yaml", "a.yaml", false),
            ("env-usw2/**", "env-usw2/a/b.yaml", true),
            ("?.yaml", "a.yaml", true),
            ("\\*.yaml", "*.yaml", true),
        ] {
            let glob = read("include", pattern).unwrap().unwrap();
            assert_eq!(glob.matches(path), expected, "{pattern} on {path}");
        }
        assert!(read("include", "").unwrap().is_none());
        let error = read("directory.include", "[a").unwrap_err();
        assert_eq!(
            error.to_string(),
            "directory.include: \"[a\" is not a pattern"
        );
    }
}
