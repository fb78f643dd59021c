//! What may be asked of the server about objects: a file per verb.

mod apply;
mod create;
mod delete;
mod get;
mod list;
mod options;
mod patch;
mod replace;

pub use apply::{Applied, ApplyOptions};
pub use create::CreateOptions;
pub use delete::{DeleteOptions, Deleted};
pub use list::ListOptions;
pub(crate) use list::selected;
pub use options::{Answer, FieldValidation};
pub use patch::{PatchKind, PatchOptions};
