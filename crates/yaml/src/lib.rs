//! YAML and JSON as Kubernetes reads and writes them.
//!
//! Comes in: bytes somebody wrote, or a [`Value`](serde_json::Value). Goes out: the value
//! `sigs.k8s.io/yaml` would read from those bytes, or the bytes it would write for that value.
//!
//! Kubernetes reads YAML through go-yaml v2, which is neither YAML 1.1 nor 1.2: `yes` and `on` are
//! booleans, `0777` is octal, `1:30` is text, the last of two equal keys wins. A manifest means
//! what that reader makes of it, so this crate is that reader. Likewise its writer: plans, diffs
//! and `toYaml` show the text people know, byte for byte.
//!
//! Kustomize reads the same files through yaml.v3, to which `yes` is text, and it works on trees of
//! scalars as they are written. [`read_node`] gives such a [`Node`], [`Node::to_value`] the value it
//! is at last, and [`write_node`] the text yaml.v3 writes.
//!
//! Everything is bounded by [`Limits`]: no input overflows the stack, none expands without end,
//! none panics.
//!
//! ```
//! let limits = yaml::Limits::default();
//! let documents = yaml::read_documents(b"port: 0777\n---\nenabled: yes\n", &limits).unwrap();
//! assert_eq!(yaml::write(&documents[0].value), "port: 511\n");
//! assert_eq!(yaml::write(&documents[1].value), "enabled: true\n");
//! ```

mod limits;
mod node;
mod number;
mod parse;
mod read;
mod resolve;
mod scan;
mod write;

pub use limits::{DuplicateKeys, Limits};
pub use node::{
    Bond, Comments, Content, Form, Node, NodeValueError, Style, Tag, read_node,
    read_node_with_comments, write_node, write_node_indented,
};
pub use read::{Document, Documents, Problem, ReadError, documents, read_documents, read_first};
pub use write::write;
