//! What a run found: rows for people, everything for machines.

use crate::row::Row;
use crate::table::Column;
use crate::{progress, table};
use anyhow::{Context, Result};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// The findings, growing.
pub struct Report {
    settings: Value,
    heading: String,
    columns: &'static [Column],
    rows: Vec<Row>,
    notes: Vec<String>,
    details: Map<String, Value>,
    troubles: Vec<String>,
}

impl Report {
    /// An empty one; the heading is for people, the settings for machines.
    pub fn new(settings: Value, heading: String, columns: &'static [Column]) -> Self {
        let (rows, notes, details, troubles) = Default::default();
        Self {
            settings,
            heading,
            columns,
            rows,
            notes,
            details,
            troubles,
        }
    }

    /// Keeps what a measure found.
    pub fn add(&mut self, name: &str, details: &impl Serialize, rows: Vec<Row>) -> Result<()> {
        self.details
            .insert(name.to_owned(), serde_json::to_value(details)?);
        self.rows.extend(rows);
        Ok(())
    }

    /// As [`Self::add`], with rows that come before all others.
    pub fn add_first(
        &mut self,
        name: &str,
        details: &impl Serialize,
        rows: Vec<Row>,
    ) -> Result<()> {
        let others = std::mem::replace(&mut self.rows, rows);
        self.add(name, details, others)
    }

    /// Keeps what is to be read below the table.
    pub fn note(&mut self, words: String) {
        self.notes.push(words);
    }

    /// What was found, or nothing; then why is kept and said.
    pub fn taken<T>(&mut self, name: &str, found: Result<T>) -> Option<T> {
        let trouble = |error: anyhow::Error| {
            let words = format!("{name}: {error:#}");
            progress::say(format!("NOT MEASURED: {words}"));
            self.troubles.push(words);
        };
        found.map_err(trouble).ok()
    }

    /// Whether all was measured that was asked for.
    pub fn is_complete(&self) -> bool {
        self.troubles.is_empty()
    }

    /// For people.
    pub fn table(&self) -> String {
        let mut text = format!("\n{}\n", self.heading);
        if cfg!(debug_assertions) {
            text.push_str("This is a debug build: its figures mean nothing.\n\n");
        }
        text.push_str(&table::of(self.columns, &self.rows));
        for note in &self.notes {
            text.push_str(&format!("\n{note}\n"));
        }
        for trouble in &self.troubles {
            text.push_str(&format!("\nNOT MEASURED: {trouble}\n"));
        }
        text
    }

    /// For machines.
    pub fn write(&self, path: &Path) -> Result<()> {
        let all = json!({
            "settings": self.settings,
            "rows": self.rows,
            "notes": self.notes,
            "details": self.details,
            "not_measured": self.troubles,
        });
        let what = || format!("{} cannot be written", path.display());
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(what)?;
        }
        fs::write(path, serde_json::to_string_pretty(&all)? + "\n").with_context(what)
    }
}
