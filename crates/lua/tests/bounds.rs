//! Scripts that would take all the time, the memory or the stack there is; and ones that pry.

use lua::{Limits, Problem, Rule, Scripts};
use model::Timestamp;
use serde_json::json;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

fn clock() -> Duration {
    START.elapsed()
}

/// What a check of Widgets with the whole library says: its message, or its error.
fn said(script: &str) -> Result<String, Problem> {
    let rule = Rule {
        kind: "example.com/Widget".to_owned(),
        health: script.to_owned(),
        open_libraries: true,
        actions: None,
    };
    let limits = Limits {
        instructions: 3_000_000,
        memory: 16 << 20,
        time: Duration::from_millis(300),
        clock: Some(clock),
    };
    let (scripts, _) = Scripts::compile(vec![rule], limits);
    let widget = json!({"apiVersion": "example.com/v1", "kind": "Widget"});
    match scripts.health(&widget, Timestamp(0)).unwrap() {
        Ok(health) => Ok(health.unwrap().message),
        Err(error) => Err(*error.problem),
    }
}

#[test]
fn what_never_ends_is_ended() {
    for script in [
        "while true do end",
        "repeat until false",
        "::again:: goto again",
        "local function f() return f() end return f()",
        "while true do pcall(function() while true do end end) end",
        "while true do pcall(pcall, function() while true do end end) end",
        "while true do xpcall(function() while true do end end, function() while true do end end) end",
        "while true do local c = coroutine.create(function() while true do end end) coroutine.resume(c) end",
        "while true do local f = coroutine.wrap(function() while true do end end) pcall(f) end",
        "local t = {} for i = 1, 100 do t[i] = i end table.sort(t, function() while true do end end)",
        "while true do pairs({a = 1, b = 2}) end",
        "return ('a'):rep(30000):find(('a*'):rep(20) .. 'b')",
        "return ('a'):rep(3000):find(('.-'):rep(10) .. 'b')",
        "return ('x'):rep(1000):gsub('', function() while true do end end)",
        "for k in (function() return 1 end) do end",
        "load(function() return ' ' end)",
        "setmetatable(_G, {__index = function(t, k) return t[k .. 'x'] end}) return nothing",
    ] {
        let found = said(script);
        let ended = matches!(
            found,
            Err(Problem::Spent | Problem::Memory | Problem::Stopped(_))
        );
        assert!(ended, "{script}: {found:?}");
    }
    assert_eq!(said("while true do end"), Err(Problem::Spent));
    assert_eq!(
        said("while true do pcall(function() while true do end end) end"),
        Err(Problem::Spent)
    );
}

#[test]
fn what_grows_without_end_is_stopped() {
    for script in [
        "local s = 'x' while true do s = s .. s end",
        "local t = {} while true do t[#t + 1] = {} end",
        "return ('x'):rep(1e9)",
        "local function f() return 1 + f() end return f()",
        "local function f(...) return f(1, ...) end return f()",
        "local s = 'return ' .. ('('):rep(100000) return load(s)()",
        "return ('x'):rep(200000):gsub('.', ('y'):rep(1000))",
        "local function f() return pcall(f) end return f()",
        "local function f() return tostring(setmetatable({}, {__tostring = f})) end return f()",
        "local function f() return ('x'):gsub('x', f) end return f()",
        "local function f() return coroutine.wrap(f)() end return f()",
        "return {status = 'Healthy', message = select('#', unpack({}, 1, 1e8))}",
        "return ('a'):rep(100000):match(('a?'):rep(100000))",
        "local t = {} for i = 1, 600 do t = {t} end return {status = 'Healthy', message = 'x', more = t}",
    ] {
        let found = said(script);
        assert!(
            found.is_err() || script.contains("pcall"),
            "{script}: {found:?}"
        );
    }
}

#[test]
fn nothing_outside_is_within_reach() {
    let script = "local found = {} \
        for _, name in ipairs({'dofile', 'loadfile', 'io', 'module', 'newproxy', 'bit32'}) do \
          if _G[name] ~= nil then found[#found + 1] = name end end \
        for _, name in ipairs({'execute', 'exit', 'remove', 'rename', 'tmpname', 'setlocale'}) do \
          if os[name] ~= nil then found[#found + 1] = name end end \
        for _, name in ipairs({'getregistry', 'sethook', 'setmetatable', 'getupvalue'}) do \
          if debug[name] ~= nil then found[#found + 1] = name end end \
        if string.dump or package.loadlib or package.searchers then found[#found + 1] = 'loading' end \
        if getmetatable('') then found[#found + 1] = 'metatable' end \
        if os.getenv('PATH') then found[#found + 1] = 'environment' end \
        return {status = 'Healthy', message = table.concat(found, ' ')}";
    assert_eq!(said(script), Ok(String::new()));
}

#[test]
fn compiled_code_and_finalizers_are_refused() {
    let message = |code: &str| {
        said(&format!(
            "local answer, why = {code} return {{status = 'Healthy', message = tostring(why)}}"
        ))
    };
    let compiled = message("loadstring('\\27Lua')").unwrap();
    assert!(
        compiled.contains("attempt to load a binary chunk") || compiled.contains("text"),
        "{compiled}"
    );
    let finalizer = message("pcall(setmetatable, {}, {__gc = function() end})").unwrap();
    assert!(finalizer.contains("__gc is not supported"), "{finalizer}");
}

#[test]
fn no_run_sees_what_another_left() {
    let rule = |kind: &str, health: &str| Rule {
        kind: format!("example.com/{kind}"),
        health: health.to_owned(),
        open_libraries: true,
        actions: None,
    };
    let leave = "left = 'global' table.left = 'table' string.left = 'string' \
        _G.tostring = nil rawset(package.loaded, 'left', 'loaded') math.floor = nil \
        package.preload.os = nil setmetatable(_G, {__index = function() return 'meta' end}) \
        return {status = 'Healthy', message = ('x').left}";
    let look = "return {status = 'Healthy', message = tostring(left) .. tostring(table.left) \
        .. tostring(string.left) .. tostring(package.loaded.left) .. math.floor(1.5) \
        .. type(package.preload.os) .. tostring(('x').left)}";
    let rules = vec![rule("Leaving", leave), rule("Looking", look)];
    let (scripts, broken) = Scripts::compile(rules, Limits::default());
    assert_eq!(broken, []);
    let message = |kind: &str| {
        let object = json!({"apiVersion": "example.com/v1", "kind": kind});
        let health = scripts.health(&object, Timestamp(0)).unwrap();
        health.unwrap().unwrap().message
    };
    assert_eq!(message("Leaving"), "string");
    assert_eq!(message("Looking"), "nilnilnilnil1functionnil");
    assert_eq!(message("Leaving"), "string");
}

#[test]
fn a_script_that_went_too_far_stops_no_other() {
    let rule = |kind: &str, health: &str| Rule {
        kind: kind.to_owned(),
        health: health.to_owned(),
        ..Rule::default()
    };
    let rules = vec![
        rule("Endless", "while true do end"),
        rule("Greedy", "local t = {} while true do t[#t + 1] = {} end"),
        rule("NoLua", "return return"),
        rule("Fine", "return {status = 'Healthy'}"),
    ];
    let limits = Limits {
        instructions: 1_000_000,
        memory: 8 << 20,
        ..Limits::default()
    };
    let (scripts, broken) = Scripts::compile(rules, limits);
    assert_eq!(broken.len(), 1);
    let assess = |kind: &str| {
        let object = json!({"apiVersion": "v1", "kind": kind});
        scripts
            .assess(&object, Timestamp(0))
            .unwrap()
            .status
            .as_str()
    };
    for kind in ["Endless", "Fine", "Greedy", "Fine", "NoLua", "Fine"] {
        let expected = if kind == "Fine" { "Healthy" } else { "Unknown" };
        assert_eq!(assess(kind), expected, "{kind}");
    }
}
