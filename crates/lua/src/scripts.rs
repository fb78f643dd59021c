//! Users' scripts, compiled and ready.
//!
//! Comes in: rules, once, and an object with each question. Goes out: its health, the actions it
//! offers, or what an action makes of it; where users say nothing, what is built in says it.
//! A broken script is an error of its own and stops no other.
//!
//! Scripts are compiled when the settings change. Machines wait in a pool, so that each thread that
//! asks finds one that is warm; a question costs tens of microseconds, most of them for handing the
//! object over.

use crate::answer::{self, Meaningless};
use crate::error::{Part, Problem, ScriptError, ScriptName};
use crate::limits::Limits;
use crate::machine::{Given, Job, Machine, Returned};
use crate::rules::{ActionScripts, Rule, Rules};
use actions::{Action, ActionError, Outcome};
use health::Health;
use model::Timestamp;
use serde_json::Value;
use std::sync::Mutex;
use thiserror::Error;

/// Users' scripts.
#[derive(Default)]
pub struct Scripts {
    rules: Rules,
    limits: Limits,
    idle: Mutex<Vec<Machine>>,
}

/// Why the actions of an object could not be told, or one of them not be carried out.
#[derive(Clone, PartialEq, Debug, Error)]
pub enum RunError {
    /// A user's script came to nothing.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// An action that is built in came to nothing.
    #[error(transparent)]
    BuiltIn(#[from] ActionError),
}

/// Scripts of one rule are numbered apart: its health check, its discovery, its actions.
const NUMBERS_PER_RULE: usize = 1 << 20;

impl Scripts {
    /// Takes the rules in; also gives an error for each script that is no Lua. Asked what such a
    /// script is for, the answer is that error again.
    pub fn compile(rules: Vec<Rule>, limits: Limits) -> (Self, Vec<ScriptError>) {
        let scripts = Self {
            rules: Rules::new(rules),
            limits,
            idle: Mutex::default(),
        };
        let broken = scripts.broken();
        (scripts, broken)
    }

    fn broken(&self) -> Vec<ScriptError> {
        let each = self.rules.each();
        let mut jobs = each.flat_map(|(at, rule)| jobs(at, rule)).peekable();
        if jobs.peek().is_none() {
            return Vec::new();
        }
        let mut machine = match Machine::new(self.limits) {
            Ok(machine) => machine,
            Err(error) => return jobs.map(|(name, _)| no_machine(&name, &error)).collect(),
        };
        let failed = jobs.filter_map(|(name, job)| {
            let failure = machine.compile(job).err()?;
            Some(ScriptError::new(&name, failure))
        });
        let failed = failed.collect();
        self.put_back(machine);
        failed
    }

    /// The health of an object: what a user's script says, or else what is built in.
    pub fn assess(&self, object: &Value, now: Timestamp) -> Option<Health> {
        let said = self.overruling(object, now);
        said.unwrap_or_else(|| health::assess(object))
    }

    /// The health that takes the place of what [`health::assess`] finds; nothing if that stands.
    /// A script that came to nothing makes the health unknown and says why.
    pub fn overruling(&self, object: &Value, now: Timestamp) -> Option<Option<Health>> {
        if !self.judges(object) || health::pending_deletion(object).is_some() {
            return None;
        }
        let said = self.health(object, now)?;
        Some(said.unwrap_or_else(|error| Some(error.as_health())))
    }

    /// Whether a user's script judges objects of this kind.
    pub fn judges(&self, object: &Value) -> bool {
        self.rules.health_of(object).is_some()
    }

    /// What a user's script says of an object's health: nothing if there is no script for its
    /// kind; a script may say that there is no health.
    pub fn health(
        &self,
        object: &Value,
        now: Timestamp,
    ) -> Option<Result<Option<Health>, ScriptError>> {
        let (at, rule) = self.rules.health_of(object)?;
        let name = name_of(rule, Part::Health);
        let returned = self.run(&name, health_job(at, rule), object, &[], now);
        Some(returned.and_then(|returned| understood(&name, answer::health::read(returned))))
    }

    /// The actions an object offers, users' and built in ones.
    ///
    /// # Errors
    /// If a script, or the shape of the object, does not let them be told.
    pub fn actions(&self, object: &Value, now: Timestamp) -> Result<Vec<Action>, RunError> {
        let Some((at, rule, scripts)) = self.rules.actions_of(object) else {
            return Ok(actions::discover(object)?);
        };
        let name = name_of(rule, Part::Discovery);
        let job = discovery_job(at, scripts);
        let returned = self.run(&name, job, object, &[], now)?;
        let mut offered = understood(&name, answer::discovery::read(returned))?;
        if scripts.merge_built_in {
            let built_in = actions::discover(object)?;
            let more: Vec<Action> = built_in
                .into_iter()
                .filter(|action| offered.iter().all(|known| known.name != action.name))
                .collect();
            offered.extend(more);
        }
        offered.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(offered)
    }

    /// Carries an action out: a user's, or else a built in one of that name.
    ///
    /// # Errors
    /// If there is no such action, or if it comes to nothing.
    pub fn run_action(
        &self,
        object: &Value,
        action: &str,
        parameters: &[(&str, &str)],
        now: Timestamp,
    ) -> Result<Vec<Outcome>, RunError> {
        let own = self
            .rules
            .actions_of(object)
            .and_then(|(at, rule, scripts)| {
                let place = scripts
                    .definitions
                    .iter()
                    .position(|(name, _)| name == action)?;
                Some((rule, action_job(at, scripts, place)))
            });
        let Some((rule, job)) = own else {
            return Ok(actions::run(object, action, parameters, now)?);
        };
        let name = name_of(rule, Part::Action(action.to_owned()));
        let returned = self.run(&name, job, object, parameters, now)?;
        Ok(understood(&name, answer::action::read(returned, object))?)
    }

    fn run(
        &self,
        name: &ScriptName,
        job: Job<'_>,
        object: &Value,
        parameters: &[(&str, &str)],
        now: Timestamp,
    ) -> Result<Returned, ScriptError> {
        let given = Given {
            object,
            parameters,
            now: i64::try_from(now.0).unwrap_or(i64::MAX),
        };
        let mut machine = self.machine().map_err(|error| no_machine(name, &error))?;
        let returned = machine.run(job, given);
        if returned.as_ref().err().is_none_or(Machine::survives) {
            self.put_back(machine);
        }
        returned.map_err(|failure| ScriptError::new(name, failure))
    }

    fn machine(&self) -> mlua::Result<Machine> {
        let idle = self.idle.lock();
        let found = idle.unwrap_or_else(|poisoned| poisoned.into_inner()).pop();
        found.map_or_else(|| Machine::new(self.limits), Ok)
    }

    fn put_back(&self, machine: Machine) {
        let idle = self.idle.lock();
        idle.unwrap_or_else(|poisoned| poisoned.into_inner())
            .push(machine);
    }
}

fn understood<T>(name: &ScriptName, read: Result<T, Meaningless>) -> Result<T, ScriptError> {
    read.map_err(|meaningless| ScriptError::of_answer(name, meaningless))
}

fn no_machine(name: &ScriptName, error: &mlua::Error) -> ScriptError {
    ScriptError {
        script: name.clone(),
        line: None,
        problem: Box::new(Problem::NoMachine(error.to_string())),
    }
}

fn name_of(rule: &Rule, part: Part) -> ScriptName {
    ScriptName {
        kind: rule.kind.clone(),
        part,
    }
}

fn health_job(at: usize, rule: &Rule) -> Job<'_> {
    Job {
        number: at * NUMBERS_PER_RULE,
        text: &rule.health,
        open_libraries: rule.open_libraries,
    }
}

fn discovery_job(at: usize, scripts: &ActionScripts) -> Job<'_> {
    Job {
        number: at * NUMBERS_PER_RULE + 1,
        text: &scripts.discovery,
        open_libraries: false,
    }
}

fn action_job(at: usize, scripts: &ActionScripts, place: usize) -> Job<'_> {
    Job {
        number: at * NUMBERS_PER_RULE + 2 + place,
        text: &scripts.definitions[place].1,
        open_libraries: false,
    }
}

/// All scripts of a rule.
fn jobs(at: usize, rule: &Rule) -> Vec<(ScriptName, Job<'_>)> {
    let mut jobs = Vec::new();
    if !rule.health.is_empty() {
        jobs.push((name_of(rule, Part::Health), health_job(at, rule)));
    }
    if let Some(scripts) = &rule.actions {
        jobs.push((name_of(rule, Part::Discovery), discovery_job(at, scripts)));
        for (place, (name, _)) in scripts.definitions.iter().enumerate() {
            let name = name_of(rule, Part::Action(name.clone()));
            jobs.push((name, action_job(at, scripts, place)));
        }
    }
    jobs
}
