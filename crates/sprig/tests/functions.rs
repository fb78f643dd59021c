//! Functions against what Go's sprig 3.3 gives: `functions/*.tsv` hold its answers.
//!
//! A row is a template, a tab, and what came of it, both as JSON texts; `!` before the second one
//! means an error, whose text begins at "error calling". Templates see `functions/data.json`. Bytes
//! that are no UTF-8 are written as `\udc00` plus the byte.

use gotemplate::{Call, Function, FunctionError, Host, Map, MissingKey, Parameter};
use gotemplate::{Functions, TemplateSet, Text, Value};
use std::path::{Path, PathBuf};

#[test]
fn functions_give_what_the_library_gives() {
    let data = std::fs::read(folder().join("data.json")).unwrap();
    let data: serde_json::Value = serde_json::from_slice(&data).unwrap();
    let functions = functions();
    let mut wrong = Vec::new();
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "tsv"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        for row in std::fs::read_to_string(&file).unwrap().lines() {
            let (template, expected) = row.split_once('\t').unwrap();
            let template: String = serde_json::from_str(template).unwrap();
            let found = outcome(&template, &data, &functions);
            if found != expected {
                let name = file.file_name().unwrap().display();
                wrong.push(format!(
                    "{name}: {template}\n  wanted: {expected}\n  found:  {found}"
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn folder() -> PathBuf {
    match std::env::var_os("SPRIG_ROWS") {
        Some(folder) => folder.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/functions"),
    }
}

/// What a template prints, or why it fails, as the rows have it.
fn outcome(template: &str, data: &serde_json::Value, functions: &Functions) -> String {
    let mut set = TemplateSet::new("t");
    if let Err(error) = set.parse("t", template.as_bytes(), functions) {
        return format!("!{}", shown(error.to_string().as_bytes()));
    }
    let host = Host {
        missing_key: MissingKey::Zero,
        ..Host::new(functions, &())
    };
    match set.execute("t", Value::from_json(data), &host) {
        Ok(text) => shown(text.as_bytes()),
        Err(error) => {
            let text = error.to_string();
            let from = text.find("error calling ").unwrap_or(0);
            format!("!{}", shown(&text.as_bytes()[from..]))
        }
    }
}

fn shown(bytes: &[u8]) -> String {
    let mut json = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        let quoted = serde_json::to_string(chunk.valid()).unwrap();
        json.push_str(&quoted[1..quoted.len() - 1]);
        for byte in chunk.invalid() {
            json.push_str(&format!("\\udc{byte:02x}"));
        }
    }
    json + "\""
}

/// Those of the crate, and some that make values templates have no literals for.
fn functions() -> Functions {
    let mut functions = sprig::functions();
    let mut add = |name, parameters, body| {
        let variadic = false;
        functions.add(
            name,
            Function {
                parameters,
                variadic,
                body,
            },
        );
    };
    add("bad", &[], |_, _| {
        Ok(Value::text(&b"a\xffb\xe2\x98 c\xc3\xa9\xff"[..]))
    });
    add("nilmap", &[], |_, _| Ok(Map::nil().into()));
    add("bytes", &[Parameter::Text], bytes);
    functions
}

fn bytes(_: &mut Call<'_>, arguments: &[Value]) -> Result<Value, FunctionError> {
    let text = arguments[0].as_text().cloned();
    Ok(Value::Bytes(text.unwrap_or_else(|| Text::from(""))))
}
