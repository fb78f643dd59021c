//! Templates, and what Go 1.26 prints for them or complains about: one table for each part of the
//! language.

mod world;

use gotemplate::{Host, MissingKey, TemplateSet};
use serde_json::Value as Json;

fn render(row: &Json) -> Result<String, String> {
    let text = row["template"].as_str().unwrap();
    let functions = world::functions();
    let mut set = TemplateSet::new("t.yaml");
    let parsed = set.parse("t.yaml", text.as_bytes(), &functions);
    parsed.map_err(|error| error.to_string())?;
    let host = Host {
        missing_key: match row["missing_key"].as_str() {
            Some("zero") => MissingKey::Zero,
            Some("error") => MissingKey::Error,
            _ => MissingKey::Default,
        },
        ..Host::new(&functions, &())
    };
    let printed = set.execute("t.yaml", world::dot().into(), &host);
    let printed = printed.map_err(|error| error.to_string())?;
    Ok(printed.as_str().into_owned())
}

fn check(table: &str) {
    let rows: Vec<Json> = serde_json::from_str(table).unwrap();
    let mut differences = Vec::new();
    for row in &rows {
        let wanted = match row["fails"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(row["prints"].as_str().unwrap().to_owned()),
        };
        let got = render(row);
        if got != wanted {
            differences.push(format!("{row}\n  {got:?}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

macro_rules! tables {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                check(include_str!(concat!("tables/", stringify!($name), ".json")));
            }
        )*
    };
}

tables! {
    arguments
    branches
    comparisons
    fields
    functions
    generated
    literals
    nil_and_missing
    parse_errors
    pipelines
    printf
    ranges
    templates
    trimming
    variables
}
