//! What is wrong with a value: a tree, as the validator reports it.
//!
//! Source: `display` in output.go of santhosh-tekuri/jsonschema.

/// One thing that is wrong, and what is wrong below it.
#[derive(Debug)]
pub(super) struct Failure {
    /// JSON pointer of the value.
    pub place: String,
    pub message: String,
    pub kind: Kind,
    pub causes: Vec<Failure>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    /// Several things at once.
    Group,
    /// What a `$ref` leads to; not worth a line if it has one cause.
    Reference,
}

impl Failure {
    /// The text Helm prints: a line for each, those below further in.
    pub fn text(self) -> String {
        let causes = match self.kind {
            Kind::Group => self.causes,
            _ => vec![self],
        };
        let mut text = String::new();
        for cause in &causes {
            cause.write(0, &mut text);
        }
        text
    }

    fn write(&self, indent: usize, text: &mut String) {
        let hidden = self.kind == Kind::Reference && self.causes.len() == 1;
        let below = if hidden { indent } else { indent + 1 };
        if !hidden {
            let (blanks, place) = ("  ".repeat(indent), quote(&self.place));
            *text += &format!("{blanks}- at {place}: {}\n", self.message);
        }
        for cause in &self.causes {
            cause.write(below, text);
        }
    }
}

/// Text in single quotes.
pub(super) fn quote(text: &str) -> String {
    let quoted = crate::quote::quote(text);
    let inner = &quoted[1..quoted.len() - 1];
    format!("'{}'", inner.replace("\\\"", "\"").replace('\'', "\\'"))
}

/// Texts in single quotes, with commas.
pub(super) fn quote_all(texts: &[impl AsRef<str>]) -> String {
    let quoted: Vec<_> = texts.iter().map(|text| quote(text.as_ref())).collect();
    quoted.join(", ")
}
