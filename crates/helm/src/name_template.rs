//! Names of releases that are templates: `helm template --name-template`.
//!
//! Comes in: a template. Goes out: what it prints, which is only a name once it was checked. What it
//! draws at random comes of a seed. Source: Helm 4.2, pkg/action/install.go (TemplateName).

use gotemplate::{Cycles, Functions, Host, ParseError, TemplateSet, Value};
use std::sync::LazyLock;

/// Why a template gives no name.
#[derive(Debug, thiserror::Error)]
pub enum NameTemplateError {
    /// It does not parse.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// It fails.
    #[error("{0}")]
    Run(String),
}

static FUNCTIONS: LazyLock<Functions> = LazyLock::new(sprig::functions);

/// What the template prints.
pub fn name_from(
    template: &str,
    clock: sprig::Clock,
    seed: &[u8],
) -> Result<String, NameTemplateError> {
    const NAME: &str = "name-template";
    let _cycles = Cycles::watch();
    let mut set = TemplateSet::new(NAME);
    set.parse(NAME, template.as_bytes(), &FUNCTIONS)?;
    let drawn = sprig::Host::new(clock, seed);
    let printed = set.execute(NAME, Value::Nil, &Host::new(&FUNCTIONS, &drawn));
    let printed = printed.map_err(|error| NameTemplateError::Run(error.to_string()))?;
    Ok(printed.as_str().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_print_names() {
        let name = |template: &str| {
            let name = name_from(template, sprig::Clock::default(), b"seed");
            name.map_err(|error| error.to_string())
        };
        let rows = [
            ("name-template", "name-template"),
            (r#"{{ printf "a-%s" ("B" | lower) }}"#, "a-b"),
            ("{{ .x }}", "<no value>"),
        ];
        for (template, expected) in rows {
            assert_eq!(name(template).unwrap(), expected, "{template}");
        }
        let random = name("{{ randAlphaNum 5 | lower }}").unwrap();
        assert_eq!(
            (random.len(), name("{{ randAlphaNum 5 | lower }}")),
            (5, Ok(random))
        );
        for (template, expected) in [
            ("{{ .x", "template: name-template:1: unclosed action"),
            (r#"{{ fail "no" }}"#, "error calling fail: no"),
        ] {
            let error = name(template).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}
