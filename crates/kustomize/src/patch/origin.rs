//! Where a patch comes from, for messages.

use std::fmt;

/// As much of a patch as a message shows.
const SHOWN: usize = 80;

/// Where a patch comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A file.
    Path(String),
    /// The kustomization itself; its text.
    Inline(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => write!(f, "[path: {path:?}]"),
            Self::Inline(text) => match text.char_indices().nth(SHOWN) {
                Some((end, _)) => write!(f, "[patch: {:?}...]", &text[..end]),
                None => write!(f, "[patch: {text:?}]"),
            },
        }
    }
}

/// One of the objects of a patch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PatchPlace {
    /// Where the patch comes from.
    pub origin: Origin,
    /// Which of its objects, from 1.
    pub object: usize,
    /// The line it starts on, 0 if that is not known.
    pub line: u32,
}

impl PatchPlace {
    /// A patch that is one object, or none.
    pub fn whole(origin: Origin) -> Self {
        Self {
            origin,
            object: 1,
            line: 0,
        }
    }
}

impl fmt::Display for PatchPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.origin)?;
        match (self.object, self.line) {
            (_, 0) => Ok(()),
            (1, line) => write!(f, " line {line}"),
            (object, line) => write!(f, " object {object}, line {line}"),
        }
    }
}
