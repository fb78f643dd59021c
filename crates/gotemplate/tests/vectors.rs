//! Templates of Go's own language, against what the real Helm 4 engine made of them.

use gotemplate::{Functions, Host, MissingKey, TemplateSet, Value};
use serde_json::Value as Json;

const VECTORS: &str = include_str!("vectors/helm.json");
const DATA: &str = include_str!("vectors/data.json");

/// Vectors whose function is not Go's own there: sprig has a `slice`.
const OTHERS: [&str; 1] = ["slice"];

/// What Helm's engine gives: the text without its marks of missing values, or the error.
fn render(text: &str, data: &Json) -> Result<String, String> {
    let functions = Functions::default();
    let mut set = TemplateSet::new("gotpl");
    let parsed = set.parse("t.yaml", text.as_bytes(), &functions);
    parsed.map_err(|error| error.to_string())?;
    let host = Host {
        missing_key: MissingKey::Zero,
        ..Host::new(&functions, &())
    };
    let printed = set.execute("t.yaml", Value::from_json(data), &host);
    let printed = printed.map_err(|error| error.to_string())?;
    Ok(printed.as_str().replace("<no value>", ""))
}

#[test]
fn templates_print_what_helm_prints() {
    let vectors: Vec<Json> = serde_json::from_str(VECTORS).unwrap();
    let data: Json = serde_json::from_str(DATA).unwrap();
    let mut differences = Vec::new();
    let core = vectors.iter().filter(|vector| vector["kind"] == "core");
    for vector in core.filter(|vector| !OTHERS.contains(&vector["name"].as_str().unwrap())) {
        let wanted = match vector["err"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(vector["out"].as_str().unwrap().to_owned()),
        };
        let got = render(vector["tpl"].as_str().unwrap(), &data["data"]);
        if got != wanted {
            differences.push(format!("{}:\n {got:?}\n {wanted:?}", vector["name"]));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
