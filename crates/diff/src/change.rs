//! One difference between what is wanted and what is there.

use crate::fields::Writer;
use serde_json::Value;

/// A field whose live value is not the wanted one.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// Where, as in `spec.template.spec.containers[name=web].image`.
    pub path: String,
    /// The wanted value; none when the field is ours and no longer wanted.
    pub want: Option<Value>,
    /// The live value; none when the field is absent.
    pub have: Option<Value>,
    /// The manager that owns the live value, unless it is ours.
    pub written_by: Option<String>,
    /// When that manager last wrote, as the server tells it.
    pub written_at: Option<String>,
    /// Its values are nobody's business, by the installation's settings.
    pub hidden: bool,
}

impl Change {
    /// The same change, its values to be masked wherever it is told.
    pub(crate) fn hidden(self, hidden: bool) -> Self {
        Self { hidden, ..self }
    }

    pub(crate) fn new(
        path: String,
        want: Option<Value>,
        have: Option<Value>,
        writer: Option<Writer>,
    ) -> Self {
        let (written_by, written_at) = match writer {
            Some(writer) => (Some(writer.manager), writer.at),
            None => (None, None),
        };
        Self {
            path,
            want,
            have,
            written_by,
            written_at,
            hidden: false,
        }
    }
}
