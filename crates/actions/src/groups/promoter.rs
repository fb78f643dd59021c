//! GitOps Promoter: an open pull request is merged by wishing so.
//!
//! Comes in: a PullRequest. Goes out: whether it is open, or the wish.

use crate::catalogue::{Kind, Verb::Change};
use crate::fields::{self, within};
use crate::run::Request;
use crate::{Action, ActionError};
use serde_json::Value;

pub const KINDS: [Kind; 1] = [Kind {
    group: "promoter.argoproj.io",
    kind: "PullRequest",
    offers,
    verbs: &[("merge", Change(merge))],
}];

fn offers(request: &Value) -> Result<Vec<Action>, ActionError> {
    let open = within(request, &["spec", "state"])? == "open";
    let merge = Action::new("merge").icon("fa fa-fw fa-code-merge");
    Ok(vec![merge.shown_as("Merge PR").enabled(open)])
}

fn merge(request: &mut Value, _: &Request) -> Result<(), ActionError> {
    fields::set(request, &["spec"], "state", "merged")
}
