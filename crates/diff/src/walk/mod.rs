//! The walk through a desired and a live object side by side.
//!
//! In: both, and the tree of fields our manager applied. Out: findings, each certain or only
//! suspected. One pass, nothing is cloned but what is reported. The ownership tree says how each
//! list is to be read, and which fields are ours though no longer declared.

mod lists;
mod owned;
mod scalars;

use crate::kinds::Facts;
use crate::path::Step;
use owned::Owned;
use serde_json::{Map, Value};

/// Values nest no deeper; what does is left to the server.
const DEEPEST: usize = 200;

/// A difference, and whether applying would certainly change it.
pub(crate) struct Finding<'a> {
    pub path: Vec<Step<'a>>,
    pub want: Option<&'a Value>,
    pub have: Option<&'a Value>,
    pub certain: bool,
}

/// What a walk brought.
pub(crate) struct Findings<'a> {
    pub list: Vec<Finding<'a>>,
    /// The ownership tree or an object had a shape that cannot be trusted.
    pub distrust: bool,
}

/// Walks both objects from their roots. Without a tree, lists are matched by what their items look
/// like.
pub(crate) fn walk<'a>(
    want: &'a Value,
    have: &'a Value,
    tree: Option<&'a Map<String, Value>>,
    facts: Facts<'a>,
) -> Findings<'a> {
    let mut walk = Walk {
        facts,
        path: Vec::new(),
        list: Vec::new(),
        distrust: false,
    };
    let owned = tree.map_or(Owned::Unknown, Owned::below);
    if let (Value::Object(want), Value::Object(have)) = (want, have) {
        walk.root(want, have, owned);
    }
    Findings {
        list: walk.list,
        distrust: walk.distrust,
    }
}

struct Walk<'a> {
    facts: Facts<'a>,
    path: Vec<Step<'a>>,
    list: Vec<Finding<'a>>,
    distrust: bool,
}

type Object = Map<String, Value>;

/// Fields of the root that say which object it is, or that are looked at by themselves.
const NOT_COMPARED: [&str; 3] = ["apiVersion", "kind", "metadata"];

/// The part of `metadata` that manifests declare.
const METADATA: [&str; 4] = ["annotations", "finalizers", "labels", "ownerReferences"];

impl<'a> Walk<'a> {
    fn root(&mut self, want: &'a Object, have: &'a Object, owned: Owned<'a>) {
        let status = self.facts.status_counts;
        let spec = |name: &str| !NOT_COMPARED.contains(&name) && (status || name != "status");
        self.fields(want, have, owned, &spec);
        let metadata = (want.get("metadata"), have.get("metadata"));
        if let (Some(Value::Object(want)), Some(Value::Object(have))) = metadata {
            let below = self.owned_field(owned, "metadata");
            self.path.push(Step::Field("metadata"));
            self.fields(want, have, below, &|name| METADATA.contains(&name));
            self.path.pop();
        }
    }

    fn value(&mut self, want: &'a Value, have: Option<&'a Value>, owned: Owned<'a>) {
        if self.path.len() > DEEPEST {
            self.distrust = true;
            return;
        }
        match (want, have) {
            (want, None) => self.absent(want, owned),
            (want, Some(have)) if is_blank(want) => self.blank(want, have, owned),
            (Value::Object(want), Some(Value::Object(have))) => {
                self.fields(want, have, owned, &|_| true);
            }
            (Value::Array(want_items), Some(Value::Array(have_items))) => {
                self.items(want, want_items, have, have_items, owned);
            }
            (want, Some(have)) => self.scalar(want, have),
        }
    }

    /// Two maps. `compared` tells which fields count.
    fn fields(
        &mut self,
        want: &'a Object,
        have: &'a Object,
        owned: Owned<'a>,
        compared: &dyn Fn(&str) -> bool,
    ) {
        for (name, value) in want.iter().filter(|(name, _)| compared(name)) {
            let below = self.owned_field(owned, name);
            self.path.push(Step::Field(name));
            self.value(value, have.get(name), below);
            self.path.pop();
        }
        match owned {
            Owned::Below(node) => self.undeclared_fields(node, want, have, compared),
            Owned::Whole | Owned::Not => self.extra_fields(want, have, owned, compared),
            Owned::Unknown => {}
        }
    }

    /// Live fields that are not declared, in a map that may be replaced as a whole.
    fn extra_fields(
        &mut self,
        want: &'a Object,
        have: &'a Object,
        owned: Owned<'a>,
        compared: &dyn Fn(&str) -> bool,
    ) {
        // At the top, and in maps known to be merged by name, others' fields are none of ours.
        if self.path.len() < 2 || self.facts.is_text_map(&self.path) {
            return;
        }
        for (name, value) in have.iter().filter(|(name, _)| compared(name)) {
            self.path.push(Step::Field(name));
            let harmless = want.contains_key(name)
                || is_blank(value)
                || (matches!(owned, Owned::Whole) && self.facts.is_default(&self.path, value));
            if !harmless {
                self.suspect(None, Some(value));
            }
            self.path.pop();
        }
    }

    /// The desired value is there, the live one is not.
    fn absent(&mut self, want: &'a Value, owned: Owned<'a>) {
        let applied = matches!(owned, Owned::Whole | Owned::Below(_));
        let dropped = match want {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) if self.facts.is_text_map(&self.path) => fields.is_empty(),
            want if self.facts.is_left_out(&self.path, want) => true,
            want => applied && (is_blank(want) || is_zero(want)) && !self.in_text_map(),
        };
        if dropped {
            return;
        }
        let certain = self.in_text_map() && !applied && want.is_string();
        self.found(Some(want), None, certain);
    }

    /// The desired value says nothing: null, or an empty map or list.
    fn blank(&mut self, want: &'a Value, have: &'a Value, owned: Owned<'a>) {
        if let (Value::Object(want), Value::Object(have), Owned::Below(_)) = (want, have, owned) {
            // An empty map gives up what was ours in it, and nothing else.
            return self.fields(want, have, owned, &|_| true);
        }
        let merged = want.is_object() && have.is_object();
        let same = is_blank(have)
            || (matches!(owned, Owned::Whole) && self.facts.is_default(&self.path, have))
            || (have == "" && self.facts.is_binary(&self.path))
            || (merged && matches!(owned, Owned::Unknown))
            || (merged && self.facts.is_text_map(&self.path));
        if !same {
            self.suspect(Some(want), Some(have));
        }
    }

    fn in_text_map(&self) -> bool {
        let parent = self.path.len().saturating_sub(1);
        self.facts.is_text_map(&self.path[..parent])
    }

    fn suspect(&mut self, want: Option<&'a Value>, have: Option<&'a Value>) {
        self.found(want, have, false);
    }

    fn found(&mut self, want: Option<&'a Value>, have: Option<&'a Value>, certain: bool) {
        self.list.push(Finding {
            path: self.path.clone(),
            want,
            have,
            certain,
        });
    }
}

/// Does a value say nothing? The server leaves such fields out.
pub(crate) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// A scalar that Go leaves out when it writes JSON.
fn is_zero(value: &Value) -> bool {
    match value {
        Value::Bool(yes) => !yes,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Object(fields) => fields
            .values()
            .all(|field| is_blank(field) || is_zero(field)),
        _ => false,
    }
}
