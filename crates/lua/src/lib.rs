//! Users' own health checks and actions, written in Lua.
//!
//! Comes in: the scripts of `argocd-cm`, by group and kind; with each question an object and the
//! time. Goes out: its health, the actions it offers, what an action makes of it. Where users say
//! nothing, what is built in does ([`health`], [`actions`]).
//!
//! Scripts mean what they mean to Argo CD, which runs them in gopher-lua: Lua 5.1 with `goto`. Here
//! they run in Lua 5.2, whose C code knows `goto`, bounds its own stack and can be given a limit of
//! memory; the libraries are made to be those of gopher-lua (`globals/`). What stays different:
//! a fraction joined to text by `..` has 14 digits, where Go has all; `getfenv`, `setfenv`,
//! `module` and `debug` but for `traceback` are not there. Files, processes and the environment are
//! out of reach, whatever a script opens.
//!
//! A script is bounded in instructions, time and memory ([`Limits`]), and its answer in size. No
//! script sees what another left behind, nor what it left itself.
//!
//! ```
//! let rule = lua::Rule {
//!     kind: "example.com/Widget".to_owned(),
//!     health: "return {status = 'Healthy', message = obj.metadata.name}".to_owned(),
//!     ..lua::Rule::default()
//! };
//! let (scripts, broken) = lua::Scripts::compile(vec![rule], lua::Limits::default());
//! assert!(broken.is_empty());
//! let widget = serde_json::json!({
//!     "apiVersion": "example.com/v1",
//!     "kind": "Widget",
//!     "metadata": {"name": "first"},
//! });
//! let health = scripts.assess(&widget, model::Timestamp::default()).unwrap();
//! assert_eq!(health.message, "first");
//! ```

mod answer;
mod convert;
mod dialect;
mod error;
mod lend;
mod limits;
mod machine;
mod moment;
mod number;
mod pattern;
mod rules;
mod scripts;

pub use answer::Meaningless;
pub use convert::Unsayable;
pub use error::{Part, Problem, ScriptError, ScriptName};
pub use limits::{Clock, Limits};
pub use rules::{ActionScripts, Rule};
pub use scripts::{RunError, Scripts};
