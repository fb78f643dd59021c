//! What a run found: rows for people, everything for machines.

use crate::arguments::Arguments;
use crate::row::Row;
use crate::{progress, table, window};
use anyhow::{Context, Result};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// The findings, growing.
pub struct Report {
    settings: Value,
    rows: Vec<Row>,
    details: Map<String, Value>,
    troubles: Vec<String>,
    apps: u32,
}

impl Report {
    /// An empty one.
    pub fn new(arguments: &Arguments) -> Self {
        let settings = json!({
            "apps": arguments.apps,
            "objects": arguments.objects,
            "idle_seconds": arguments.idle,
            "killed_apps": arguments.killed_apps(),
            "only": arguments.only,
            "cores": window::cores(),
            "debug_build": cfg!(debug_assertions),
        });
        let (rows, details, troubles) = Default::default();
        Self {
            settings,
            rows,
            details,
            troubles,
            apps: arguments.apps,
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
        let cores = window::cores();
        let mut text = format!(
            "\nThis machine's {cores} cores hold everything: Caretaker, kube-apiserver, etcd, the controllers, the simulated\n\
             node, the Git server and this program. Compare ratios and CPU-seconds, not seconds of different machines.\n\
             The bare limit is of this run. Argo CD's and Flux's figures are NOT of this run: they were measured once, on\n\
             another day, with 1,000 apps of 10 objects unless said (this run: {} apps).\n\n",
            self.apps
        );
        if cfg!(debug_assertions) {
            text.push_str("This is a debug build: its figures mean nothing.\n\n");
        }
        text.push_str(&table::of(&self.rows));
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
