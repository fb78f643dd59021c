//! All functions of a chart's templates, and those of them that need the engine.
//!
//! Comes in: Sprig's functions and Helm's encoders. Goes out: one table, the same for all renders;
//! what differs lies in the [`State`]. Source: Helm 4.2, pkg/engine/funcs.go and engine.go.

use super::state::State;
use super::{no_value, trace, values_methods};
use crate::quote::quote;
use crate::warning::Warning;
use crate::{encode, values};
use gotemplate::{Call, Function, FunctionError, Functions, Parameter, Text, Value};
use std::sync::{Arc, LazyLock};

type Result<T = Value> = std::result::Result<T, FunctionError>;

static FUNCTIONS: LazyLock<Functions> = LazyLock::new(|| {
    let mut functions = sprig::functions();
    functions.remove("env");
    functions.remove("expandenv");
    encode::add_to(&mut functions);
    values_methods::add_to(&mut functions);
    add_to(&mut functions);
    functions
});

/// The functions.
pub fn all() -> &'static Functions {
    &FUNCTIONS
}

fn add_to(functions: &mut Functions) {
    use Parameter::{Any, Text};
    let mut add = |name, parameters, body| {
        let function = Function {
            parameters,
            variadic: false,
            body,
        };
        functions.add(name, function);
    };
    add("include", &[Text, Any], include);
    add("tpl", &[Text, Any], tpl);
    add("required", &[Text, Any], required);
    add("fail", &[Text], fail);
    add("lookup", &[Text, Text, Text, Text], lookup);
    add("getHostByName", &[Text], no_host);
}

fn include(call: &mut Call<'_>, arguments: &[Value]) -> Result {
    let (name, dot) = (text(arguments, 0), argument(arguments, 1));
    let state = State::of(call)?;
    state.enter(&name)?;
    let printed = call.execute(&name.as_str(), dot);
    state.leave(&name);
    printed.map(Value::Text)
}

/// What `tpl` calls the texts it parses, after the template they are cloned from.
const NAME_OF_TEXTS: &str = "gotpl";

fn tpl(call: &mut Call<'_>, arguments: &[Value]) -> Result {
    let (template, dot) = (text(arguments, 0), argument(arguments, 1));
    if memchr::memmem::find(template.as_bytes(), b"{{").is_none() {
        return Ok(Value::Text(no_value::removed(template)));
    }
    let state = State::of(call)?;
    let named = |what: &str| format!("{what} {}: ", quote(&template.as_str()));
    let bytes = Arc::from(template.as_bytes());
    let parsed = state.parsed.get(NAME_OF_TEXTS, &bytes);
    let parsed =
        parsed.map_err(|error| FunctionError::before(&named("cannot parse template"), error))?;
    let mut set = call.set().clone();
    set.add(&parsed);
    state.enter_text()?;
    let printed = call.execute_parsed(&set, &parsed, dot);
    state.leave_text();
    let printed = printed.map_err(|error| {
        FunctionError::before(&named("error during tpl function execution for"), error)
    })?;
    Ok(Value::Text(no_value::removed(printed)))
}

fn required(call: &mut Call<'_>, arguments: &[Value]) -> Result {
    let (words, value) = (text(arguments, 0), argument(arguments, 1));
    let is_missing = match &value {
        Value::Nil => true,
        Value::Text(text) => text.is_empty(),
        _ => false,
    };
    if !is_missing {
        return Ok(value);
    }
    let state = State::of(call)?;
    if !state.lint {
        let words = trace::mark_warning(&words.as_str());
        return Err(FunctionError::new(words));
    }
    let message = match value {
        Value::Nil => "missing required value",
        _ => "missing required values",
    };
    state.warn(Warning::warn(message).with("message", words.as_str()));
    Ok(Value::Text(Text::default()))
}

fn fail(call: &mut Call<'_>, arguments: &[Value]) -> Result {
    let words = text(arguments, 0);
    let state = State::of(call)?;
    if !state.lint {
        let words = trace::mark_warning(&words.as_str());
        return Err(FunctionError::new(words));
    }
    state.warn(Warning::info("funcMap fail").with("message", words.as_str()));
    Ok(Value::Text(Text::default()))
}

fn lookup(call: &mut Call<'_>, arguments: &[Value]) -> Result {
    let state = State::of(call)?;
    let Some(cluster) = state.lookup.as_ref().filter(|_| !state.lint) else {
        return Ok(Value::Map(Default::default()));
    };
    let wanted = [0, 1, 2, 3].map(|at| text(arguments, at));
    let [api_version, kind, namespace, name] = wanted.each_ref().map(Text::as_str);
    let found = cluster.lookup(&api_version, &kind, &namespace, &name);
    let found = found.map_err(FunctionError::new)?;
    Ok(values::from_json(&found))
}

/// Names are not resolved: a render must not depend on a network.
fn no_host(_: &mut Call<'_>, _: &[Value]) -> Result {
    Ok(Value::Text(Text::default()))
}

fn argument(arguments: &[Value], at: usize) -> Value {
    arguments.get(at).cloned().unwrap_or_default()
}

/// An argument that was checked to be a text.
fn text(arguments: &[Value], at: usize) -> Text {
    match arguments.get(at) {
        Some(Value::Text(text)) => text.clone(),
        _ => Text::default(),
    }
}
