//! One Lua, bounded, in which scripts run one after the other.
//!
//! Comes in: a script, an object and parameters. Goes out: the last value it returned, as JSON or
//! by its type. Each run gets globals of its own and leaves none; a script is compiled once for
//! each machine. A machine that ran out of memory or of instructions is not used again.

use crate::convert::{self, Unsayable};
use crate::dialect;
use crate::lend::{self, CHUNK_NAME};
use crate::limits::{Limits, Meter};
use mlua::chunk::ChunkMode;
use mlua::{Error, Function, HookTriggers, Lua, LuaOptions, MultiValue, StdLib, Table, VmState};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// After so many instructions the meter is asked.
const STRIDE: u32 = 500;

/// The libraries, in the order in which each takes what those before it made.
const BASE: &str = include_str!("globals/base.lua");
const LISTS: &str = include_str!("globals/lists.lua");
const FORMAT: &str = include_str!("globals/format.lua");
const TEXT: &str = include_str!("globals/text.lua");
const GLOBALS: &str = include_str!("globals/globals.lua");

/// A script to run.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// What it is remembered by.
    pub number: usize,
    /// Its text.
    pub text: &'a str,
    /// Whether it gets the whole standard library.
    pub open_libraries: bool,
}

/// What a script is run on.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The object.
    pub object: &'a Value,
    /// The parameters of an action.
    pub parameters: &'a [(&'a str, &'a str)],
    /// What time it is, in milliseconds since 1970.
    pub now: i64,
}

/// What a script returned last.
pub enum Returned {
    /// Nothing.
    Nil,
    /// A table, as JSON; an empty one is an empty list.
    Table(Value),
    /// Something else, by its type.
    Other(&'static str),
}

/// Why a script returned nothing at all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// It is no Lua.
    Syntax(String),
    /// It stopped with an error.
    Error(String),
    /// It used up its instructions or its time.
    Spent,
    /// It used up its memory.
    Memory,
    /// It returned what JSON cannot say.
    Unsayable(Unsayable),
}

/// One Lua.
pub struct Machine {
    lua: Lua,
    meter: Arc<Meter>,
    now: Arc<AtomicI64>,
    fresh: Function,
    nothing: Table,
    compiled: HashMap<usize, Function>,
}

impl Machine {
    /// A machine with nothing in it yet.
    pub fn new(limits: Limits) -> mlua::Result<Self> {
        let libraries = StdLib::TABLE | StdLib::STRING | StdLib::MATH | StdLib::COROUTINE;
        // Leaves `pcall` as it is in C; the other one writes beyond the stack it asked for.
        let options = LuaOptions::new().catch_rust_panics(true);
        let lua = Lua::new_with(libraries, options)?;
        let (meter, now) = (Arc::new(Meter::new(limits)), Arc::new(AtomicI64::new(0)));
        let lent = lend::functions(&lua, &meter, &now)?;
        let library =
            |text: &'static str, name: &'static str| lua.load(text).set_name(format!("={name}"));
        let (base, threads): (Table, Table) = library(BASE, "base").call(&lent)?;
        let lists: Table = library(LISTS, "table").call(&lent)?;
        let format: Function = library(FORMAT, "format").call(&lent)?;
        let text: Table = library(TEXT, "string").call((&lent, format))?;
        let fresh = library(GLOBALS, "globals").call((lent, base, threads, lists, text))?;
        let watched = meter.clone();
        let every = HookTriggers::new().every_nth_instruction(STRIDE);
        lua.set_global_hook(every, move |_, _| match watched.take(u64::from(STRIDE)) {
            true => Ok(VmState::Continue),
            false => Err(lend::spent()),
        })?;
        lua.set_memory_limit(lua.used_memory() + limits.memory)?;
        let nothing = lua.create_table()?;
        Ok(Self {
            lua,
            meter,
            now,
            fresh,
            nothing,
            compiled: HashMap::new(),
        })
    }

    /// Compiles a script, if that has not been done yet.
    pub fn compile(&mut self, job: Job<'_>) -> Result<Function, Failure> {
        if let Some(known) = self.compiled.get(&job.number) {
            return Ok(known.clone());
        }
        let text = dialect::translated(job.text);
        let chunk = self.lua.load(&*text).set_name(CHUNK_NAME);
        let function = chunk
            .set_mode(ChunkMode::Text)
            .into_function()
            .map_err(|error| Failure::Syntax(told(&error)))?;
        self.compiled.insert(job.number, function.clone());
        Ok(function)
    }

    /// Runs a script.
    pub fn run(&mut self, job: Job<'_>, given: Given<'_>) -> Result<Returned, Failure> {
        self.meter.start();
        let function = self.compile(job)?;
        let ran = self.ran(&function, job.open_libraries, given);
        if self.meter.is_spent() {
            return Err(Failure::Spent);
        }
        match ran.map_err(|error| failure(&error))? {
            mlua::Value::Nil => Ok(Returned::Nil),
            table @ mlua::Value::Table(_) => {
                let json = convert::from_lua(&table).map_err(Failure::Unsayable)?;
                Ok(Returned::Table(json))
            }
            other => Ok(Returned::Other(convert::type_of(&other))),
        }
    }

    fn ran(&self, script: &Function, open: bool, given: Given<'_>) -> mlua::Result<mlua::Value> {
        self.now.store(given.now, Ordering::Relaxed);
        let globals: Table = self.fresh.call(open)?;
        let parameters = self.lua.create_table()?;
        for (name, value) in given.parameters {
            parameters.raw_set(*name, *value)?;
        }
        globals.raw_set("actionParams", parameters)?;
        globals.raw_set("obj", convert::to_lua(&self.lua, given.object)?)?;
        script.set_environment(globals)?;
        let returned = script.call::<MultiValue>(());
        // Nothing of this run is kept alive by the script.
        script.set_environment(self.nothing.clone())?;
        Ok(returned?.pop_back().unwrap_or(mlua::Value::Nil))
    }

    /// Whether another script may run here after a failure.
    pub fn survives(failure: &Failure) -> bool {
        !matches!(failure, Failure::Spent | Failure::Memory)
    }
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::MemoryError(_) => Failure::Memory,
        Error::CallbackError { cause, .. } => failure(cause),
        other => Failure::Error(told(other)),
    }
}

/// What a script's error says, without the trace of calls behind it.
fn told(error: &Error) -> String {
    match error {
        Error::SyntaxError { message, .. } | Error::RuntimeError(message) => {
            let end = message.find("\nstack traceback:").unwrap_or(message.len());
            message[..end].to_owned()
        }
        Error::CallbackError { cause, .. } => told(cause),
        other => other.to_string(),
    }
}
