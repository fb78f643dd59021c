//! What the audience reads.
//!
//! In: steps, commands and measured times. Out: lines on stdout; coloured where a person sees them.
//! The times are kept for the summary at the end.

use std::cell::{Cell, RefCell};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Where the times stand.
const COLUMN: usize = 76;
/// How wide text may be.
const WIDTH: usize = 110;

/// The transcript so far.
pub struct Transcript {
    coloured: bool,
    begun: Instant,
    steps: Cell<usize>,
    times: RefCell<Vec<(String, Duration)>>,
}

impl Transcript {
    /// Says what this is about.
    pub fn begin() -> Transcript {
        let coloured = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let transcript = Transcript {
            coloured,
            begun: Instant::now(),
            steps: Cell::default(),
            times: RefCell::default(),
        };
        println!(
            "{}",
            transcript.paint("1", "Caretaker: the cluster is what Git says")
        );
        println!(
            "A Kubernetes control plane with simulated nodes, a Git server and Caretaker, private to this terminal.\n\
             Times are the API server's own, from its audit log: from when it got a change to when it had answered\n\
             Caretaker; after a push, from when the Git server has the commit. What Applications say is timed by\n\
             a `kubectl get --watch` beside.\n"
        );
        transcript
    }

    /// A step begins.
    pub fn step(&self, title: &str) {
        self.steps.set(self.steps.get() + 1);
        let heading = format!("{}. {title}", self.steps.get());
        println!("\n{}", self.paint("1", &heading));
    }

    /// Something a person does.
    pub fn command(&self, command: &str) {
        println!("   {}", self.paint("36", &format!("$ {command}")));
    }

    /// It went well.
    pub fn passed(&self, what: &str, took: Duration) {
        let gap = COLUMN.saturating_sub(what.chars().count() + 5).max(1);
        let tick = self.paint("32", "✓");
        println!("   {tick} {what}{}{:>10}", " ".repeat(gap), written(took));
    }

    /// It went well, and its time is one to remember.
    pub fn measured(&self, what: &str, took: Duration) {
        self.passed(what, took);
        self.times.borrow_mut().push((what.to_owned(), took));
    }

    /// It went well, and time is of no interest.
    pub fn held(&self, what: &str) {
        println!("   {} {what}", self.paint("32", "✓"));
    }

    /// What somebody or something else said.
    pub fn quote(&self, text: &str) {
        for line in text.lines().flat_map(folded) {
            println!("     {}", self.paint("2", &line));
        }
    }

    /// It did not go well.
    pub fn failed(&self, error: &anyhow::Error) {
        println!("   {} {error:#}", self.paint("31", "✗"));
    }

    /// All times once more.
    pub fn summary(&self, memory: Option<u64>) {
        println!("\n{}", self.paint("1", "How long Caretaker took"));
        for (what, took) in self.times.borrow().iter() {
            println!("   {:>10}  {what}", written(*took));
        }
        let memory = memory.map_or(String::new(), |bytes| {
            format!("; Caretaker holds {} MB of memory", bytes >> 20)
        });
        let total = self.begun.elapsed().as_secs_f64();
        println!("   All {} steps in {total:.1} s{memory}.", self.steps.get());
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.coloured {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

fn written(took: Duration) -> String {
    match took.as_millis() {
        millis @ 0..10_000 => format!("{millis} ms"),
        millis => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
    }
}

/// The line in pieces that fit the screen, parted between words.
fn folded(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    if line.chars().count() <= WIDTH {
        return vec![line.to_owned()];
    }
    for word in line.split(' ') {
        let last = pieces.last_mut().expect("there is always a piece");
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > WIDTH {
            pieces.push(word.to_owned());
        } else {
            let gap = if last.is_empty() { "" } else { " " };
            last.push_str(&format!("{gap}{word}"));
        }
    }
    pieces
}
