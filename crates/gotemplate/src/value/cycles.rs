//! Frees maps that came to contain themselves.
//!
//! `set $d "self" $d` is allowed, as in Go; what Go's garbage collector would free, counting
//! references never does. So while a [`Cycles`] lives, maps in which containers are set are
//! remembered; when the outermost one ends, those that are held by nothing but themselves are
//! emptied. Maps that anybody else holds stay as they are.

use super::map::WeakMap;
use super::{Map, Value};
use std::cell::RefCell;
use std::collections::HashMap;
use std::marker::PhantomData;

thread_local! {
    /// The maps changed on this thread since the outermost [`Cycles`] began. None while there is
    /// none. A thread's own, as maps are.
    static CHANGED: RefCell<Option<Changed>> = const { RefCell::new(None) };
}

struct Changed {
    maps: Vec<WeakMap>,
    /// From so many on, those that are gone are dropped.
    tidy_at: usize,
}

/// The time in which maps may come to contain themselves without staying for ever. Hold one around
/// a whole render, and let go of the values before it.
#[derive(Debug)]
pub struct Cycles {
    outermost: bool,
    here: PhantomData<*const ()>,
}

impl Cycles {
    /// Begins to remember, unless that has begun already.
    pub fn watch() -> Self {
        let outermost = CHANGED.with_borrow_mut(|changed| {
            let begins = changed.is_none();
            changed.get_or_insert_with(|| Changed {
                maps: Vec::new(),
                tidy_at: 1024,
            });
            begins
        });
        let here = PhantomData;
        Self { outermost, here }
    }
}

impl Drop for Cycles {
    fn drop(&mut self) {
        if self.outermost {
            let changed = CHANGED.with_borrow_mut(Option::take);
            free(changed.map(|changed| changed.maps).unwrap_or_default());
        }
    }
}

/// Notes that a container was set in a map; false if nobody watches.
pub(super) fn remember(map: &Map) -> bool {
    CHANGED.with_borrow_mut(|changed| {
        let Some(changed) = changed else {
            return false;
        };
        if changed.maps.len() >= changed.tidy_at {
            changed.maps.retain(|map| !map.is_gone());
            changed.tidy_at = changed.maps.len() * 2 + 1024;
        }
        changed.maps.push(map.downgrade());
        true
    })
}

/// A container that was reached, and what is known of who holds it.
struct Node {
    /// Our only handle of it.
    value: Value,
    children: Vec<*const ()>,
    /// How often other nodes hold it.
    known: usize,
    lives: bool,
}

type Nodes = HashMap<*const (), Node>;

/// Empties the maps that only hold each other.
fn free(maps: Vec<WeakMap>) {
    let mut nodes = Nodes::new();
    for map in maps {
        if let Some(map) = map.upgrade() {
            map.forget();
            visit(Value::Map(map), &mut nodes);
        }
    }
    count(&mut nodes);
    mark(&mut nodes);
    let dead = nodes.values().filter(|node| !node.lives);
    let dead = dead.filter_map(|node| node.value.as_map().cloned());
    for map in dead.collect::<Vec<_>>() {
        drop(map.clear());
    }
}

/// Adds a container and all it reaches.
fn visit(root: Value, nodes: &mut Nodes) {
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        let Some((place, _)) = holders(&value) else {
            continue;
        };
        if nodes.contains_key(&place) {
            continue;
        }
        let held = containers(&value);
        let children = held.iter().filter_map(holders).map(|(place, _)| place);
        let node = Node {
            value,
            children: children.collect(),
            known: 0,
            lives: false,
        };
        nodes.insert(place, node);
        open.extend(held);
    }
}

/// Where a container lies, and how many hold it.
fn holders(value: &Value) -> Option<(*const (), usize)> {
    match value {
        Value::Map(map) => Some(map.holders()),
        Value::List(list) => Some(list.holders()),
        _ => None,
    }
}

fn containers(value: &Value) -> Vec<Value> {
    match value {
        Value::Map(map) => map.read(|entries| keep_containers(entries.values())),
        Value::List(list) => keep_containers(list.items().iter()),
        _ => Vec::new(),
    }
}

fn keep_containers<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<Value> {
    let containers = values.filter(|value| value.is_container());
    containers.cloned().collect()
}

/// Counts how often the nodes hold each other.
fn count(nodes: &mut Nodes) {
    let held: Vec<_> = nodes.values().flat_map(|n| n.children.clone()).collect();
    for place in held {
        if let Some(node) = nodes.get_mut(&place) {
            node.known += 1;
        }
    }
}

/// Marks what is held by somebody else than the nodes and us, and all that it holds.
fn mark(nodes: &mut Nodes) {
    let held_elsewhere = |node: &Node| {
        let holders = holders(&node.value).map_or(0, |(_, holders)| holders);
        holders > node.known + 1
    };
    let roots = nodes.iter().filter(|(_, node)| held_elsewhere(node));
    let mut open: Vec<_> = roots.map(|(place, _)| *place).collect();
    while let Some(place) = open.pop() {
        if let Some(node) = nodes.get_mut(&place)
            && !node.lives
        {
            node.lives = true;
            open.extend(&node.children);
        }
    }
}
