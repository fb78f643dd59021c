//! Our engine alone, as `chart-speed` takes Helm's: templates are parsed and executed, values are ready.

use crate::shortest::{Shortest, timed};
use anyhow::Result;
use gotemplate::{Text, Value};
use helm::capabilities::Capabilities;
use helm::chart::Chart;
use helm::engine::{Engine, Shared};
use helm::values::ValueInputs;
use helm::{Options, dependencies, values};
use std::hint::black_box;

/// The shortest of so many rounds, in seconds.
pub fn alone(chart: &Chart, release: &str, rounds: u32) -> Result<f64> {
    let mut shortest = Shortest::NONE;
    for _ in 0..rounds {
        let (options, mut warnings) = (Options::default(), Vec::new());
        let asked = ValueInputs::default().merge()?;
        let chart = dependencies::process(chart, &asked, options.dialect, &mut warnings)?;
        // Templates may change them: no round sees what another one left.
        let values = values::coalesce(&chart, &asked, options.dialect, &mut warnings)?;
        let engine = Engine {
            dialect: options.dialect,
            lint: false,
            strict: false,
            clock: options.clock,
            seed: b"",
            limits: options.limits,
            parsed: Default::default(),
            lookup: None,
        };
        let shared = shared(release);
        let (took, files) = timed(|| engine.render(&chart, &values, &shared, &mut warnings));
        black_box(files?);
        shortest.take(took);
    }
    Ok(shortest.seconds())
}

fn shared(release: &str) -> Shared {
    let text = |text: &str| Value::Text(Text::from(text));
    let fields = [
        ("Name", text(release)),
        ("Namespace", text("default")),
        ("IsUpgrade", Value::Bool(false)),
        ("IsInstall", Value::Bool(true)),
        ("Revision", Value::Int(1)),
        ("Service", text("Helm")),
    ];
    Shared {
        release: Value::Map(fields.into_iter().collect()),
        capabilities: Capabilities::default().value(),
    }
}
