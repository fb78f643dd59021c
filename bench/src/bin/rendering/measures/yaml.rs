//! Reading and writing YAML on one core, beside the libraries that Kubernetes and Kustomize use.
//!
//! All three ways that matter are taken in turns with theirs: documents as values, documents as
//! nodes, and values as text. Both start from one text, and write the same bytes or the run counts
//! for nothing.

use crate::goals;
use crate::manifests;
use crate::shortest::{Shortest, timed};
use crate::upstream_yaml::UpstreamYaml;
use anyhow::{Result, ensure};
use bench::progress::say;
use bench::row::Row;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::hint::black_box;
use std::time::Duration;

/// What is done.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// Documents are read as values.
    Read,
    /// Documents are read as nodes.
    Nodes,
    /// Values are written.
    Write,
}

/// What was found, in MB a second.
#[derive(Serialize, Debug)]
pub struct Found {
    /// Bytes of the text.
    pub bytes: usize,
    /// Its documents.
    pub documents: usize,
    /// By what was done.
    pub speeds: Vec<Speed>,
}

/// What was done, and how quick.
#[derive(Serialize, Debug)]
pub struct Speed {
    /// What.
    pub act: Act,
    /// Ours.
    pub ours: f64,
    /// Upstream's, if it could be measured.
    pub upstream: Option<f64>,
}

const BYTES: usize = 5_000_000;
const ACTS: [Act; 3] = [Act::Read, Act::Nodes, Act::Write];

/// Measures it; without upstream's if that cannot be had.
pub fn measure(text: &Text, rounds: u32, mut upstream: Option<UpstreamYaml>) -> Result<Found> {
    say(format!("{} bytes of YAML", text.stream.len()));
    let mut speeds = Vec::new();
    for act in ACTS {
        speeds.push(text.speed(act, rounds, upstream.as_mut())?);
    }
    Ok(Found {
        bytes: text.stream.len(),
        documents: text.documents.len(),
        speeds,
    })
}

/// The text in all its forms.
pub struct Text {
    /// As one text.
    pub stream: String,
    documents: Vec<String>,
    values: Vec<Value>,
    /// Of the bytes that the values are written with.
    digest: String,
}

impl Text {
    /// Makes one.
    pub fn new() -> Result<Self> {
        let documents = manifests::documents(BYTES);
        let stream = documents.join("---\n");
        let read = yaml::read_documents(stream.as_bytes(), &yaml::Limits::default())?;
        ensure!(read.len() == documents.len(), "documents were lost");
        let values: Vec<Value> = read.into_iter().map(|document| document.value).collect();
        let mut hasher = Sha256::new();
        values
            .iter()
            .for_each(|value| hasher.update(yaml::write(value)));
        let digest = hasher.finalize().into_iter();
        Ok(Self {
            digest: digest.map(|byte| format!("{byte:02x}")).collect(),
            stream,
            documents,
            values,
        })
    }

    fn speed(
        &self,
        act: Act,
        rounds: u32,
        mut upstream: Option<&mut UpstreamYaml>,
    ) -> Result<Speed> {
        let (mut ours, mut theirs) = (Shortest::NONE, Shortest::NONE);
        for _ in 0..rounds {
            ours.take(self.time(act)?);
            if let Some(upstream) = &mut upstream {
                let (took, digest) = upstream.time(act)?;
                theirs.take(took);
                let same = act != Act::Write || digest == self.digest;
                ensure!(same, "sigs.k8s.io/yaml writes other bytes than Caretaker");
            }
        }
        let speed = |time: Shortest| self.stream.len() as f64 / 1e6 / time.seconds();
        Ok(Speed {
            act,
            ours: speed(ours),
            upstream: upstream.map(|_| speed(theirs)),
        })
    }

    /// With what it takes to let go of what was made, as the other's collector does too.
    fn time(&self, act: Act) -> Result<Duration> {
        let limits = yaml::Limits::default();
        let (took, done) = timed(|| match act {
            Act::Read => yaml::read_documents(self.stream.as_bytes(), &limits)
                .map(black_box)
                .map(drop),
            Act::Nodes => {
                let node = |text: &String| yaml::read_node(text, &limits).map(black_box).map(drop);
                self.documents.iter().try_for_each(node)
            }
            Act::Write => {
                self.values
                    .iter()
                    .for_each(|value| drop(black_box(yaml::write(value))));
                Ok(())
            }
        });
        done?;
        Ok(took)
    }
}

/// For the table.
pub fn rows(found: &Found) -> Vec<Row> {
    let row = |speed: &Speed| {
        let measure = match speed.act {
            Act::Read => "YAML, reading values",
            Act::Nodes => "YAML, reading nodes",
            Act::Write => "YAML, writing",
        };
        Row::new(measure, "MB/s", speed.ours)
            .bare(speed.upstream)
            .goal(goals::YAML)
    };
    found.speeds.iter().map(row).collect()
}
