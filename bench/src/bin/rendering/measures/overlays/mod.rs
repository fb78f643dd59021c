//! Small overlays: by a command each, and in this process.
//!
//! Each is built in turns by the real kustomize and by Caretaker in its place, then several times in
//! this process. Only overlays count that both programs build with the same bytes: a quick build of
//! something else is worth nothing.

mod found;
mod rows;

pub use rows::{note, rows};

use crate::arguments::Arguments;
use crate::in_process;
use crate::kept::{self, Kept};
use crate::shortest::{Shortest, timed};
use crate::tool::Tool;
use anyhow::{Result, ensure};
use bench::progress::say;
use found::{Counted, Found, Seconds};

/// Times each program is started for nothing.
const STARTS: u32 = 20;

/// Measures them all.
pub fn measure(arguments: &Arguments, ours: &Tool, real: &Tool) -> Result<Found> {
    let all = kept::all()?;
    say(format!("{} kept overlays", all.len()));
    let start = in_turns(STARTS, || real.start(), || ours.start())?;
    let mut found = Found {
        all: all.len(),
        start,
        ..Found::default()
    };
    for (at, kept) in all.iter().enumerate() {
        if at > 0 && at % 100 == 0 {
            say(format!("{at} of them"));
        }
        match alike(kept, ours, real, &mut found)? {
            Some(bytes) => found
                .counted
                .push(counted(kept, bytes, arguments, ours, real)?),
            None => continue,
        }
    }
    ensure!(!found.counted.is_empty(), "none of {} counts", found.all);
    Ok(found)
}

/// How many bytes all make of it; none if they do not all make the same.
fn alike(kept: &Kept, ours: &Tool, real: &Tool, found: &mut Found) -> Result<Option<usize>> {
    let (theirs, own) = (real.build(kept)?.1, ours.build(kept)?.1);
    let here = in_process::build(kept).ok().map(String::into_bytes);
    let why = match (theirs, own) {
        (Some(text), Some(other)) if text == other => match here.as_ref() == Some(&text) {
            true => return Ok(Some(text.len())),
            false => &mut found.different_in_process,
        },
        (Some(_), Some(_)) => &mut found.different,
        (Some(_), None) => &mut found.built_by_kustomize,
        (None, Some(_)) => &mut found.built_by_caretaker,
        (None, None) => &mut found.built_by_none,
    };
    why.push(kept.name.clone());
    Ok(None)
}

fn counted(
    kept: &Kept,
    bytes: usize,
    arguments: &Arguments,
    ours: &Tool,
    real: &Tool,
) -> Result<Counted> {
    let build = |tool: &Tool| Ok(tool.build(kept)?.0);
    let command = in_turns(arguments.runs, || build(real), || build(ours))?;
    let mut in_process = Shortest::NONE;
    for _ in 0..arguments.builds {
        in_process.take(timed(|| in_process::build(kept)).0);
    }
    Ok(Counted {
        name: kept.name.clone(),
        bytes,
        command,
        in_process: in_process.seconds(),
    })
}

fn in_turns(
    times: u32,
    real: impl Fn() -> Result<std::time::Duration>,
    ours: impl Fn() -> Result<std::time::Duration>,
) -> Result<Seconds> {
    let (mut kustomize, mut caretaker) = (Shortest::NONE, Shortest::NONE);
    for _ in 0..times {
        kustomize.take(real()?);
        caretaker.take(ours()?);
    }
    Ok(Seconds {
        kustomize: kustomize.seconds(),
        caretaker: caretaker.seconds(),
    })
}
