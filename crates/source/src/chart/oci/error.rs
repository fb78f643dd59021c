//! What can go wrong between us and a registry.

use crate::chart::digest::ContentDigest;
use crate::remote::RemoteError;

/// Why a registry did not give what was asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegistryError {
    /// It could not be asked, or refused.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// It wants a kind of login we do not know.
    #[error("the registry asks for a login by {0:?}; only Basic and Bearer are known")]
    Challenge(String),
    /// It sends us to log in somewhere we do not go.
    #[error("the registry wants us to log in at {realm:?}, which is not done: {reason}")]
    Realm {
        /// Where.
        realm: String,
        /// Why not.
        reason: &'static str,
    },
    /// What the login gave is no token.
    #[error("the login at {realm} gave no token")]
    Token {
        /// Where.
        realm: String,
    },
    /// The login itself failed.
    #[error("the login at {realm} failed")]
    Login {
        /// Where.
        realm: String,
        /// The cause.
        source: RemoteError,
    },
    /// The answer to a question about tags makes no sense.
    #[error("the list of tags cannot be read")]
    Tags(#[source] serde_json::Error),
    /// Too many tags.
    #[error("the registry lists more than {0} tags")]
    TooManyTags(usize),
    /// The bytes are not what they were asked by.
    #[error(
        "the registry sent something with the digest {found} when asked for {expected}; something on the way or in the registry changes content"
    )]
    Digest {
        /// What was asked for.
        expected: ContentDigest,
        /// What came.
        found: ContentDigest,
    },
    /// No such manifest or layer.
    #[error("the registry has no {0}; was it removed?")]
    Gone(String),
    /// The manifest is not that of a chart.
    #[error("it is no Helm chart")]
    Manifest(#[from] ManifestError),
}

/// Why a manifest is not that of a chart.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// No manifest at all.
    #[error("its manifest cannot be read")]
    Malformed(#[source] serde_json::Error),
    /// An image, or something else.
    #[error("its configuration has the type {0:?}, and that of a chart {chart:?}; is it an image?", chart = super::manifest::CONFIG)]
    Kind(String),
    /// No layer with an archive.
    #[error("it has no layer of the type {layer:?}", layer = super::manifest::LAYER)]
    NoLayer,
    /// A digest that is none.
    #[error("its manifest names {0:?} as a digest")]
    Digest(String),
    /// A list of other manifests, none of them a chart's.
    #[error("it is a list of {0} manifests, none of which is that of a chart")]
    List(usize),
}

impl RegistryError {
    /// May the same question succeed later without anybody changing anything?
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Remote(source) | Self::Login { source, .. } => source.is_transient(),
            _ => false,
        }
    }
}
