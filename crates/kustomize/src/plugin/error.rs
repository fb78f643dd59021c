//! Why a plugin cannot be used.
//!
//! Comes in: the plugin and what is wrong with it. Goes out: an error that names the plugin and
//! says what to do. Source of the rules: Kustomize 5.8.1, api/internal/plugins/loader/loader.go.

use super::external::External;
use crate::file::Fault;

/// A plugin that is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PluginError {
    /// It is not built in and would have to be run.
    #[error(
        "external plugins disabled; unable to load external plugin '{kind}': it is {external}, and \
         Caretaker runs nothing that a repository names; use a built-in plugin (apiVersion: \
         builtin) or commit what the plugin makes"
    )]
    External {
        /// Its kind.
        kind: String,
        /// What would be run.
        external: External,
    },
    /// It claims to be built in and is not.
    #[error("unable to load builtin {kind}{hint}")]
    Unknown {
        /// Its kind.
        kind: String,
        /// What to do.
        hint: String,
    },
    /// A transformer where a generator is wanted, or the other way round.
    #[error("plugin {id} not a {wanted}; list it under `{field}`")]
    Misplaced {
        /// Which plugin.
        id: String,
        /// What is wanted.
        wanted: &'static str,
        /// Where it belongs.
        field: &'static str,
    },
    /// Its arguments are wrong.
    #[error("plugin {id} fails configuration")]
    Arguments {
        /// Which plugin.
        id: String,
        /// What is wrong.
        #[source]
        source: Fault,
    },
    /// It is not a value.
    #[error("plugin {id} does not read as a value")]
    Value {
        /// Which plugin.
        id: String,
        /// What is wrong.
        #[source]
        source: yaml::NodeValueError,
    },
}
