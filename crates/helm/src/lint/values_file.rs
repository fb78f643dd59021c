//! values.yaml, and whether it meets the schema with the user's values in it. Source: Helm 4.2,
//! pkg/chart/v2/lint/rules/values.go.

use super::Linter;
use crate::{schema, values};
use gotemplate::Map;
use serde_json::Value;

const FILE: &str = "values.yaml";

pub fn check(linter: &mut Linter<'_>) {
    let bytes = linter.request.read(FILE);
    let exists = bytes.as_ref().map(|_| ());
    if linter.info(FILE, exists.ok_or_else(|| "file does not exist".to_owned())) {
        let found = check_file(linter, &bytes.unwrap_or_default());
        linter.error(FILE, found);
    }
}

fn check_file(linter: &Linter<'_>, bytes: &[u8]) -> Result<(), String> {
    let defaults = read(bytes)?;
    // As in Helm, no subchart has a say in this.
    let (both, mut warnings) = (Map::default(), Vec::new());
    values::coalesce_tables(&both, linter.request.values, &mut warnings);
    values::coalesce_tables(&both, &defaults, &mut warnings);
    let schema = linter
        .request
        .read("values.schema.json")
        .unwrap_or_default();
    if schema.is_empty() || linter.request.skip_schema_validation {
        return Ok(());
    }
    schema::validate_one(&schema, &both)
}

fn read(bytes: &[u8]) -> Result<Map, String> {
    let value = yaml::read_first(bytes, &yaml::Limits::default());
    let found = match value {
        Ok(Value::Object(fields)) => return Ok(values::map_from_json(&fields)),
        Ok(Value::Null) => return Ok(Map::default()),
        Ok(Value::Array(_)) => "array",
        Ok(Value::Bool(_)) => "bool",
        Ok(Value::Number(_)) => "number",
        Ok(Value::String(_)) => "string",
        Err(error) => {
            let message = error.go_message();
            return Err(format!(
                "unable to parse YAML: error converting YAML to JSON: {message}"
            ));
        }
    };
    Err(format!(
        "unable to parse YAML: error unmarshaling JSON: while decoding JSON: json: cannot \
         unmarshal {found} into Go value of type common.Values"
    ))
}
