//! A chart's defaults under the user's values, for it and every chart below it.
//!
//! Comes in: a chart, and values that have the last word. Goes out: one map. In it each dependency
//! has a map of its own under its name, with the globals copied in. Shared maps are shared on
//! purpose: Helm copies globals one level deep only, so that what a chart defaults to below that
//! level reaches its parent and its siblings. Source: pkg/chart/common/util/coalesce.go.

use super::Dialect;
use super::convert::deep_copy_map;
use super::defaults::{Defaults, Kept, WithNulls};
use super::shown::shown;
use super::tables::{Nulls, fill, join, not_over_table, not_under_table};
use crate::{Warning, chart::Chart};
use gotemplate::{Map, Text, Value};

const GLOBAL: &str = "global";

/// The section of a dependency is no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("type mismatch on {chart}: {found}")]
pub struct TypeMismatch {
    /// The dependency.
    pub chart: String,
    /// What stands there, as Go prints it.
    pub found: String,
}

/// Brings values and defaults together. A null of the user takes the default away.
pub fn coalesce(
    chart: &Chart,
    values: &Map,
    dialect: Dialect,
    warnings: &mut Vec<Warning>,
) -> Result<Map, TypeMismatch> {
    start(chart, values, dialect, Nulls::Remove, warnings)
}

/// Brings values and defaults together and keeps nulls, for a later [`coalesce`] to see.
pub fn merge(
    chart: &Chart,
    values: &Map,
    dialect: Dialect,
    warnings: &mut Vec<Warning>,
) -> Result<Map, TypeMismatch> {
    start(chart, values, dialect, Nulls::Keep, warnings)
}

fn start(
    chart: &Chart,
    values: &Map,
    dialect: Dialect,
    nulls: Nulls,
    warnings: &mut Vec<Warning>,
) -> Result<Map, TypeMismatch> {
    let target = deep_copy_map(values);
    let mut coalescing = Coalescing {
        dialect,
        nulls,
        warnings,
    };
    coalescing.chart(chart, &target, "")?;
    Ok(target)
}

struct Coalescing<'a> {
    dialect: Dialect,
    nulls: Nulls,
    warnings: &'a mut Vec<Warning>,
}

impl Coalescing<'_> {
    fn chart(&mut self, chart: &Chart, target: &Map, prefix: &str) -> Result<(), TypeMismatch> {
        let path = join(prefix, chart.name());
        self.defaults(chart, target, &path);
        for dependency in &chart.dependencies {
            let section = section(target, dependency.name())?;
            self.globals(&section, target, &path);
            self.chart(dependency, &section, &path)?;
        }
        Ok(())
    }

    /// The defaults of one chart under what is there.
    fn defaults(&mut self, chart: &Chart, target: &Map, path: &str) {
        for (key, default) in chart.values.iter() {
            match target.get(key.as_bytes()) {
                None => self.take_over(target, key, default, self.nulls),
                Some(Value::Nil) if self.nulls == Nulls::Remove => target.remove(key.as_bytes()),
                Some(Value::Map(existing)) => {
                    self.fill_table(chart, &existing, default, path, &key.as_str());
                }
                Some(_) => {}
            }
        }
    }

    fn take_over(&self, target: &Map, key: &Text, default: &Kept, nulls: Nulls) {
        let nulls = self.with_nulls(nulls);
        if nulls == WithNulls::Yes || *default != Kept::Nil {
            target.set(key.clone(), default.value(nulls));
        }
    }

    fn fill_table(&mut self, chart: &Chart, existing: &Map, default: &Kept, path: &str, key: &str) {
        match default {
            Kept::Map(source) => {
                // A dependency's section is coalesced when its turn comes.
                let is_dependency = chart.dependencies.iter().any(|below| below.name() == key);
                let nulls = match is_dependency {
                    true => Nulls::Keep,
                    false => self.nulls,
                };
                self.fill(existing, source, &join(path, key), nulls);
            }
            Kept::Nil => {}
            _ => self.warn(format!(
                "warning: skipped value for {path}.{key}: Not a table."
            )),
        }
    }

    /// Fills a table with what only the defaults have. A null that is there takes the default away
    /// with itself, or stays if there is none.
    fn fill(&mut self, target: &Map, source: &Defaults, path: &str, nulls: Nulls) {
        for (key, default) in source.iter() {
            let cleaned = self.with_nulls(nulls) == WithNulls::No && *default == Kept::Nil;
            if cleaned {
                continue;
            }
            let below = || join(path, &key.as_str());
            match (target.get(key.as_bytes()), default) {
                (None, default) => self.take_over(target, key, default, nulls),
                (Some(Value::Nil), Kept::Nil) => {}
                (Some(Value::Nil), _) if nulls == Nulls::Remove => target.remove(key.as_bytes()),
                (Some(Value::Map(inner)), Kept::Map(from)) => {
                    self.fill(&inner, from, &below(), nulls);
                }
                (Some(Value::Nil), _) | (Some(Value::Map(_)), Kept::Nil) => {}
                (Some(_), Kept::Map(_)) => {
                    let shown = shown(&default.value(self.with_nulls(nulls)));
                    self.warnings.push(not_under_table(&below(), &shown));
                }
                (Some(Value::Map(_)), default) => {
                    let shown = shown(&default.value(self.with_nulls(nulls)));
                    self.warnings.push(not_over_table(&below(), &shown));
                }
                _ => {}
            }
        }
    }

    /// Helm 4 takes nulls out of defaults before they get anywhere.
    fn with_nulls(&self, nulls: Nulls) -> WithNulls {
        match self.dialect == Dialect::V4 && nulls == Nulls::Remove {
            true => WithNulls::No,
            false => WithNulls::Yes,
        }
    }

    /// The globals of `from` into those of a dependency's section: the parent's win.
    fn globals(&mut self, section: &Map, from: &Map, prefix: &str) {
        let Some(target) = self.global_table(section, "destination") else {
            return;
        };
        let Some(source) = self.global_table(from, "source") else {
            return;
        };
        for (key, value) in source.entries() {
            self.global(&target, key, value, prefix);
        }
        section.set(Text::from(GLOBAL), Value::Map(target));
    }

    fn global_table(&mut self, values: &Map, role: &str) -> Option<Map> {
        match values.get(GLOBAL.as_bytes()) {
            None => Some(Map::default()),
            Some(Value::Map(table)) => Some(table),
            Some(_) => {
                self.warn(format!(
                    "warning: skipping globals because {role} {GLOBAL} is not a table."
                ));
                None
            }
        }
    }

    fn global(&mut self, target: &Map, key: Text, value: Value, prefix: &str) {
        let existing = target.get(key.as_bytes());
        match (existing, value) {
            (None, Value::Map(table)) => target.set(key, Value::Map(table.copy())),
            (Some(Value::Map(existing)), Value::Map(table)) => {
                let table = table.copy();
                let path = join(prefix, &key.as_str());
                fill(&table, &existing, &path, Nulls::Keep, self.warnings);
                target.set(key, Value::Map(table));
            }
            (Some(_), Value::Map(_)) => {
                let key = crate::quote::quote(&key.as_str());
                self.warn(format!(
                    "Conflict: cannot merge map onto non-map for {key}. Skipping."
                ));
            }
            (Some(Value::Map(_)), _) => {
                self.warn(format!("key {} is table. Skipping", key.as_str()));
            }
            (_, value) => target.set(key, value),
        }
    }

    fn warn(&mut self, message: String) {
        self.warnings.push(Warning::info(message));
    }
}

fn section(values: &Map, name: &str) -> Result<Map, TypeMismatch> {
    match values.get(name.as_bytes()) {
        Some(Value::Map(section)) => Ok(section),
        None => {
            let section = Map::default();
            values.set(Text::from(name), Value::Map(section.clone()));
            Ok(section)
        }
        Some(other) => Err(TypeMismatch {
            chart: name.to_owned(),
            found: as_bool_verb(&other),
        }),
    }
}

/// Go's `%t` of something that is no boolean, in all its strangeness.
fn as_bool_verb(value: &Value) -> String {
    let text = gotemplate::fmt::sprintf(b"%t", std::slice::from_ref(value));
    String::from_utf8_lossy(&text).into_owned()
}
