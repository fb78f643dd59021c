//! A build in this process, from files on disk to the text, with nothing remembered from before.

use crate::kept::Kept;
use anyhow::{Result, anyhow};
use kustomize::load::{Nowhere, Restrictions};
use kustomize::{Options, Order, Request};
use model::TreePath;
use source::{DirectoryTree, Limits};

/// Builds it.
pub fn build(kept: &Kept) -> Result<String> {
    let tree = DirectoryTree::open(&kept.root, Limits::default())?;
    let request = Request {
        tree: &tree,
        folder: &TreePath::parse(&kept.folder)?,
        options: &options(kept),
        elsewhere: &Nowhere,
        parsed: None,
        edit: None,
    };
    let built = kustomize::build(&request).map_err(|error| anyhow!(error.report()))?;
    Ok(built.to_yaml())
}

fn options(kept: &Kept) -> Options {
    Options {
        restrictions: match kept.is_unrestricted() {
            true => Restrictions::None,
            false => Restrictions::RootOnly,
        },
        order: match kept.is_as_read() {
            true => Order::AsRead,
            false => Order::Legacy,
        },
        on_disk: true,
        ..Options::default()
    }
}
