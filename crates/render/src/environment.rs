//! What `${ARGOCD_APP_NAME}` and its like stand for in a source's options.
//!
//! In: texts with variables. Out: the texts with their values, and a note of which were used, since
//! a render that shows its revision is another one at the next. Source: Argo CD 3.5,
//! reposerver/repository (newEnv) and Go's os.Expand.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The app and its source, as options may name them. All may be empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Environment {
    /// The app's name.
    pub app_name: Arc<str>,
    /// The namespace its objects go to.
    pub namespace: Arc<str>,
    /// Its project.
    pub project: Arc<str>,
    /// The commit that is rendered.
    pub revision: Arc<str>,
    /// The repository, as the app has it.
    pub repository: Arc<str>,
    /// The app's folder, as it has it.
    pub path: Arc<str>,
    /// The branch, tag or commit the app follows.
    pub target_revision: Arc<str>,
}

/// The variables a render used, with their values.
pub type Used = BTreeMap<&'static str, Arc<str>>;

const REVISION: &str = "ARGOCD_APP_REVISION";
const REVISION_SHORT: &str = "ARGOCD_APP_REVISION_SHORT";
const REVISION_SHORT_8: &str = "ARGOCD_APP_REVISION_SHORT_8";

/// Does the value of this variable change with the commit?
pub(crate) fn follows_the_revision(variable: &str) -> bool {
    [REVISION, REVISION_SHORT, REVISION_SHORT_8].contains(&variable)
}

impl Environment {
    /// A variable's value, by its name.
    pub(crate) fn value(&self, name: &str) -> Option<(&'static str, Arc<str>)> {
        let short = |length: usize| self.revision.get(..length).unwrap_or(&self.revision).into();
        Some(match name {
            "ARGOCD_APP_NAME" => ("ARGOCD_APP_NAME", self.app_name.clone()),
            "ARGOCD_APP_NAMESPACE" => ("ARGOCD_APP_NAMESPACE", self.namespace.clone()),
            "ARGOCD_APP_PROJECT_NAME" => ("ARGOCD_APP_PROJECT_NAME", self.project.clone()),
            REVISION => (REVISION, self.revision.clone()),
            REVISION_SHORT => (REVISION_SHORT, short(7)),
            REVISION_SHORT_8 => (REVISION_SHORT_8, short(8)),
            "ARGOCD_APP_SOURCE_REPO_URL" => ("ARGOCD_APP_SOURCE_REPO_URL", self.repository.clone()),
            "ARGOCD_APP_SOURCE_PATH" => ("ARGOCD_APP_SOURCE_PATH", self.path.clone()),
            "ARGOCD_APP_SOURCE_TARGET_REVISION" => (
                "ARGOCD_APP_SOURCE_TARGET_REVISION",
                self.target_revision.clone(),
            ),
            _ => return None,
        })
    }
}

/// Replaces variables and notes which.
pub(crate) struct Expander<'a> {
    environment: &'a Environment,
    used: RefCell<Used>,
}

impl<'a> Expander<'a> {
    pub fn new(environment: &'a Environment) -> Self {
        Self {
            environment,
            used: RefCell::default(),
        }
    }

    /// The text with `$NAME` and `${NAME}` replaced; a name nobody knows is empty, `$$` is a dollar.
    pub fn expand(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            out.push_str(before);
            if after.is_empty() {
                out.push('$');
            }
            let (name, length) = name_of(after);
            match name {
                "" if length == 0 && !after.is_empty() => out.push('$'),
                "" => {}
                "$" => out.push('$'),
                name => self.push(name, &mut out),
            }
            rest = &after[length..];
        }
        out.push_str(rest);
        out
    }

    fn push(&self, name: &str, out: &mut String) {
        if let Some((name, value)) = self.environment.value(name) {
            out.push_str(&value);
            self.used.borrow_mut().insert(name, value);
        }
    }

    /// What was used so far.
    pub fn into_used(self) -> Used {
        self.used.into_inner()
    }
}

/// The name behind a dollar, and how many bytes it takes; broken braces are taken without a name.
fn name_of(text: &str) -> (&str, usize) {
    let special = |byte: u8| byte.is_ascii_digit() || b"*#$@!?-".contains(&byte);
    let bytes = text.as_bytes();
    match bytes.first() {
        None => ("", 0),
        Some(b'{') => match bytes {
            [_, b'}', ..] => ("", 2),
            _ => text
                .find('}')
                .map_or(("", 1), |end| (&text[1..end], end + 1)),
        },
        Some(&byte) if special(byte) => (&text[..1], 1),
        Some(_) => {
            let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
            let length = bytes.iter().take_while(|byte| word(byte)).count();
            (&text[..length], length)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_replaced_as_a_shell_would() {
        let environment = Environment {
            app_name: "guestbook".into(),
            revision: "0123456789abcdef".into(),
            ..Environment::default()
        };
        let rows = [
            ("plain", "plain"),
            ("$ARGOCD_APP_NAME-x", "guestbook-x"),
            ("a${ARGOCD_APP_NAME}b", "aguestbookb"),
            (
                "${ARGOCD_APP_REVISION_SHORT} ${ARGOCD_APP_REVISION_SHORT_8}",
                "0123456 01234567",
            ),
            ("$$x $UNKNOWN.", "$x ."),
            ("100% $", "100% $"),
            ("$ a", "$ a"),
            ("${}a ${a", "a a"),
            ("$1$-", ""),
        ];
        for (text, expected) in rows {
            assert_eq!(Expander::new(&environment).expand(text), expected, "{text}");
        }
    }

    #[test]
    fn what_was_used_is_noted() {
        let environment = Environment {
            revision: "abc".into(),
            ..Environment::default()
        };
        let expander = Expander::new(&environment);
        expander.expand("$ARGOCD_APP_REVISION $OTHER");
        let used: Vec<&str> = expander.into_used().into_keys().collect();
        assert_eq!(used, ["ARGOCD_APP_REVISION"]);
        assert!(used.iter().all(|name| follows_the_revision(name)));
    }
}
