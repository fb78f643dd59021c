//! Who owns which field, as `metadata.managedFields` tells it.
//!
//! In: a live object. Out: the tree of fields that one manager applied, its elements read, and the
//! owner of a single field. The text comes from the server, yet nothing here trusts its shape.

use crate::path::Step;
use serde_json::{Map, Value};

/// A level of a `fieldsV1` tree: elements (`f:name`, `k:{..}`, `v:..`, `i:0`, `.`) and what is
/// below each.
pub(crate) type Node = Map<String, Value>;

/// What our manager applied, as far as the live object tells.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Applied<'a> {
    /// This, at the version the object is read at.
    Tree(&'a Node),
    /// Nothing.
    Nothing,
    /// Something that cannot be read against the object: several entries, another version,
    /// another shape.
    Unclear,
}

/// One element of a tree.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Element<'a> {
    /// A field of a map.
    Field(&'a str),
    /// A list item, by its keys.
    Keyed(Map<String, Value>),
    /// An element of a set.
    Member(Value),
    /// A position in a list.
    Index(usize),
    /// The value the node stands for.
    Itself,
    /// None of these.
    Unknown,
}

/// Reads one element.
pub(crate) fn element(text: &str) -> Element<'_> {
    if text == "." {
        return Element::Itself;
    }
    let Some((kind, rest)) = text.split_once(':') else {
        return Element::Unknown;
    };
    let read = |text: &str| serde_json::from_str(text).ok();
    match kind {
        "f" => Element::Field(rest),
        "k" => match read(rest) {
            Some(Value::Object(keys)) if !keys.is_empty() => Element::Keyed(keys),
            _ => Element::Unknown,
        },
        "v" => read(rest).map_or(Element::Unknown, Element::Member),
        "i" => rest.parse().map_or(Element::Unknown, Element::Index),
        _ => Element::Unknown,
    }
}

/// Does this node own its value as a whole, telling nothing of what is below?
pub(crate) fn is_leaf(node: &Node) -> bool {
    node.keys().all(|element| element == ".")
}

/// The entries of an object, those of subresources left out.
pub(crate) fn entries(object: &Value) -> impl Iterator<Item = &Node> {
    all_entries(object).filter(|entry| text(entry, "subresource").is_empty())
}

fn all_entries(object: &Value) -> impl Iterator<Item = &Node> {
    let list = object
        .get("metadata")
        .and_then(|metadata| metadata.get("managedFields"));
    let entries = list.and_then(Value::as_array).into_iter().flatten();
    entries.filter_map(Value::as_object)
}

/// What a manager applied.
pub(crate) fn applied_by<'a>(live: &'a Value, manager: &str) -> Applied<'a> {
    let mut ours = entries(live)
        .filter(|entry| text(entry, "manager") == manager && text(entry, "operation") == "Apply");
    let Some(entry) = ours.next() else {
        return Applied::Nothing;
    };
    let version = live
        .get("apiVersion")
        .and_then(Value::as_str)
        .unwrap_or_default();
    match entry.get("fieldsV1").and_then(Value::as_object) {
        Some(tree) if ours.next().is_none() && text(entry, "apiVersion") == version => {
            Applied::Tree(tree)
        }
        _ => Applied::Unclear,
    }
}

/// Who wrote a field.
pub(crate) struct Writer {
    pub manager: String,
    /// When it last wrote anything of the object.
    pub at: Option<String>,
}

/// The manager that owns a field besides ours; of several the one that wrote last. Scaling goes
/// through a subresource, and still writes the object itself.
pub(crate) fn writer(live: &Value, steps: &[Step<'_>], ours: &str) -> Option<Writer> {
    all_entries(live)
        .filter(|entry| !(text(entry, "manager") == ours && text(entry, "operation") == "Apply"))
        .filter(|entry| entry.get("fieldsV1").is_some_and(|tree| owns(tree, steps)))
        .max_by_key(|entry| text(entry, "time"))
        .map(|entry| Writer {
            manager: text(entry, "manager").to_owned(),
            at: Some(text(entry, "time").to_owned()).filter(|time| !time.is_empty()),
        })
}

/// Does a tree own the field these steps lead to, or something below it?
pub(crate) fn owns(tree: &Value, steps: &[Step<'_>]) -> bool {
    let Some(node) = tree.as_object() else {
        return false;
    };
    let Some((step, rest)) = steps.split_first() else {
        return true;
    };
    // An atomic value is owned from its top.
    if is_leaf(node) {
        return true;
    }
    node.iter()
        .any(|(key, below)| leads(key, step) && owns(below, rest))
}

fn leads(key: &str, step: &Step<'_>) -> bool {
    match (element(key), step) {
        (Element::Field(field), Step::Field(name)) => field == *name,
        // The step may name an item by another field than the list's keys: then any may be it.
        (Element::Keyed(keys), Step::Keyed(wanted)) => wanted
            .iter()
            .all(|(name, value)| keys.get(name).is_none_or(|key| key == value)),
        (Element::Member(member), Step::Element(value)) => member == **value,
        (Element::Index(index), Step::Index(wanted)) => index == *wanted,
        (Element::Keyed(_) | Element::Member(_), Step::Index(_)) => true,
        _ => false,
    }
}

fn text<'a>(entry: &'a Node, field: &str) -> &'a str {
    entry.get(field).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn elements_are_read_and_nonsense_is_told() {
        assert_eq!(element("f:a:b"), Element::Field("a:b"));
        assert_eq!(element("v:\"x\""), Element::Member(json!("x")));
        assert_eq!(element("i:3"), Element::Index(3));
        assert_eq!(element("."), Element::Itself);
        for broken in ["k:[1]", "k:{", "v:{", "i:-1", "x:y", "", "f"] {
            assert_eq!(element(broken), Element::Unknown, "{broken}");
        }
    }

    #[test]
    fn another_version_or_two_entries_are_unclear() {
        let entry = |version: &str| {
            json!({"manager": "us", "operation": "Apply",
            "apiVersion": version, "fieldsV1": {"f:spec": {}}})
        };
        let live =
            |entries: Value| json!({"apiVersion": "v1", "metadata": {"managedFields": entries}});
        let one = live(json!([entry("v1")]));
        assert!(matches!(applied_by(&one, "us"), Applied::Tree(_)));
        assert!(matches!(applied_by(&one, "them"), Applied::Nothing));
        let other = live(json!([entry("v2")]));
        assert!(matches!(applied_by(&other, "us"), Applied::Unclear));
        let two = live(json!([entry("v1"), entry("v1")]));
        assert!(matches!(applied_by(&two, "us"), Applied::Unclear));
        let broken = live(json!([{"manager": "us", "operation": "Apply", "fieldsV1": 3}]));
        assert!(matches!(applied_by(&broken, "us"), Applied::Unclear));
    }

    #[test]
    fn scaling_names_its_writer() {
        let live = json!({"metadata": {"managedFields": [
            {"manager": "us", "operation": "Apply", "fieldsV1": {"f:spec": {"f:replicas": {}}}},
            {"manager": "old", "operation": "Update", "time": "2024-01-01T00:00:00Z",
                "fieldsV1": {"f:spec": {"f:replicas": {}}}},
            {"manager": "kubectl", "operation": "Update", "subresource": "scale",
                "time": "2024-01-02T00:00:00Z", "fieldsV1": {"f:spec": {"f:replicas": {}}}},
        ]}});
        let steps = [Step::Field("spec"), Step::Field("replicas")];
        let writer = writer(&live, &steps, "us").unwrap();
        assert_eq!(writer.manager, "kubectl");
        assert_eq!(writer.at.as_deref(), Some("2024-01-02T00:00:00Z"));
    }
}
