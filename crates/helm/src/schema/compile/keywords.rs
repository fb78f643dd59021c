//! The keywords of one schema, as its draft has them.

use super::{Compiler, Draft, Index};
use crate::schema::node::{
    Additional, ArrayRules, Dependency, Node, NumberRules, ObjectRules, TextRules,
};
use crate::schema::number::Number;
use serde_json::{Map, Value};

type Fields = Map<String, Value>;

impl<'a> Compiler<'a> {
    /// Reads a schema.
    pub(super) fn read(&mut self, schema: &'a Value) -> Result<Node, String> {
        let mut node = Node::default();
        let fields = match schema {
            Value::Object(fields) => fields,
            other => {
                node.always = other.as_bool();
                return Ok(node);
            }
        };
        self.references(fields, &mut node)?;
        // The validator looks at constants even where all else beside a reference is passed over.
        if self.draft >= Draft::D6 {
            node.constant = fields.get("const").cloned();
        }
        if node.only_reference {
            return Ok(node);
        }
        match fields.get("type") {
            Some(Value::String(name)) => node.types.add(name),
            Some(Value::Array(names)) => {
                names
                    .iter()
                    .filter_map(Value::as_str)
                    .for_each(|name| node.types.add(name));
            }
            _ => {}
        }
        node.options = fields.get("enum").and_then(Value::as_array).cloned();
        if self.draft <= Draft::D7 {
            let format = fields.get("format").and_then(Value::as_str);
            node.format = format.and_then(|name| self.format(name));
        }
        node.number = number_rules(fields);
        node.text = self.text_rules(fields)?;
        node.object = self.object_rules(fields)?;
        node.array = self.array_rules(fields)?;
        self.combinations(fields, &mut node)?;
        Ok(node)
    }

    fn references(&mut self, fields: &'a Fields, node: &mut Node) -> Result<(), String> {
        let newer: &[&str] = match self.draft {
            Draft::D2019 => &["$recursiveRef"],
            Draft::D2020 => &["$dynamicRef"],
            _ => &[],
        };
        for keyword in ["$ref"].iter().chain(newer) {
            if let Some(Value::String(reference)) = fields.get(*keyword) {
                node.references.push(self.follow(reference)?);
            }
        }
        node.only_reference = self.draft <= Draft::D7 && !node.references.is_empty();
        Ok(())
    }

    fn combinations(&mut self, fields: &'a Fields, node: &mut Node) -> Result<(), String> {
        node.all_of = self.list(fields, "allOf")?;
        node.any_of = self.list(fields, "anyOf")?;
        node.one_of = self.list(fields, "oneOf")?;
        node.not = self.one(fields, "not")?;
        if self.draft >= Draft::D7 {
            node.condition = self.one(fields, "if")?;
            node.then = self.one(fields, "then")?;
            node.otherwise = self.one(fields, "else")?;
        }
        if self.draft >= Draft::D2019 {
            node.unevaluated_properties = self.one(fields, "unevaluatedProperties")?;
            node.unevaluated_items = self.one(fields, "unevaluatedItems")?;
        }
        Ok(())
    }

    fn object_rules(&mut self, fields: &'a Fields) -> Result<ObjectRules, String> {
        let mut rules = ObjectRules {
            least: count(fields, "minProperties"),
            most: count(fields, "maxProperties"),
            required: fields.get("required").map(texts).unwrap_or_default(),
            properties: self.map(fields, "properties")?,
            additional: self.additional(fields, "additionalProperties")?,
            ..ObjectRules::default()
        };
        for (pattern, schema) in object(fields, "patternProperties") {
            let pair = (self.pattern(pattern)?, self.place(schema)?);
            rules.patterns.push(pair);
        }
        for (name, value) in object(fields, "dependencies") {
            let dependency = match value {
                Value::Array(_) => Dependency::Properties(texts(value)),
                schema => Dependency::Schema(self.place(schema)?),
            };
            rules.dependencies.push((name.clone(), dependency));
        }
        if self.draft >= Draft::D6 {
            rules.names = self.one(fields, "propertyNames")?;
        }
        if self.draft >= Draft::D2019 {
            rules.dependent_schemas = self.map(fields, "dependentSchemas")?;
            let required = object(fields, "dependentRequired");
            rules.dependent_required = required
                .map(|(name, names)| (name.clone(), texts(names)))
                .collect();
        }
        Ok(rules)
    }

    fn array_rules(&mut self, fields: &'a Fields) -> Result<ArrayRules, String> {
        let mut rules = ArrayRules {
            least: count(fields, "minItems"),
            most: count(fields, "maxItems"),
            unique: fields.get("uniqueItems") == Some(&Value::Bool(true)),
            ..ArrayRules::default()
        };
        if self.draft == Draft::D2020 {
            rules.first = self.list(fields, "prefixItems")?;
            rules.rest = self.one(fields, "items")?.map(Additional::Schema);
        } else if let Some(Value::Array(_)) = fields.get("items") {
            rules.first = self.list(fields, "items")?;
            rules.rest = self.additional(fields, "additionalItems")?;
        } else {
            rules.rest = self.one(fields, "items")?.map(Additional::Schema);
        }
        if self.draft >= Draft::D6 {
            rules.contains = self.one(fields, "contains")?;
        }
        if self.draft >= Draft::D2019 {
            rules.contains_least = count(fields, "minContains");
            rules.contains_most = count(fields, "maxContains");
        }
        rules.contains_evaluates = self.draft == Draft::D2020;
        Ok(rules)
    }

    fn text_rules(&mut self, fields: &'a Fields) -> Result<TextRules, String> {
        let pattern = fields.get("pattern").and_then(Value::as_str);
        Ok(TextRules {
            shortest: count(fields, "minLength"),
            longest: count(fields, "maxLength"),
            pattern: pattern.map(|text| self.pattern(text)).transpose()?,
        })
    }

    fn one(&mut self, fields: &'a Fields, keyword: &str) -> Result<Option<Index>, String> {
        fields
            .get(keyword)
            .map(|schema| self.place(schema))
            .transpose()
    }

    fn list(&mut self, fields: &'a Fields, keyword: &str) -> Result<Vec<Index>, String> {
        let list = fields.get(keyword).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .map(|schema| self.place(schema))
            .collect()
    }

    fn map(&mut self, fields: &'a Fields, keyword: &str) -> Result<Vec<(String, Index)>, String> {
        let entries = object(fields, keyword);
        entries
            .map(|(name, schema)| Ok((name.clone(), self.place(schema)?)))
            .collect()
    }

    fn additional(
        &mut self,
        fields: &'a Fields,
        keyword: &str,
    ) -> Result<Option<Additional>, String> {
        Ok(match fields.get(keyword) {
            None => None,
            Some(Value::Bool(allowed)) => Some(Additional::Allowed(*allowed)),
            Some(schema) => Some(Additional::Schema(self.place(schema)?)),
        })
    }
}

fn object<'a>(fields: &'a Fields, keyword: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    fields
        .get(keyword)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

fn texts(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn count(fields: &Fields, keyword: &str) -> Option<u64> {
    let number = fields.get(keyword)?;
    number
        .as_u64()
        .or_else(|| number.as_f64().map(|float| float as u64))
}

fn number(fields: &Fields, keyword: &str) -> Option<Number> {
    fields.get(keyword)?.as_number().map(Number::of)
}

/// The oldest draft says `exclusiveMinimum: true` beside a `minimum`.
fn number_rules(fields: &Fields) -> NumberRules {
    let limit = |keyword, exclusive: &str| match fields.get(exclusive) {
        Some(Value::Bool(true)) => (None, number(fields, keyword)),
        _ => (number(fields, keyword), number(fields, exclusive)),
    };
    let (minimum, above) = limit("minimum", "exclusiveMinimum");
    let (maximum, below) = limit("maximum", "exclusiveMaximum");
    NumberRules {
        minimum,
        maximum,
        above,
        below,
        multiple_of: number(fields, "multipleOf"),
    }
}
