//! Any value under any verb.
//!
//! Source: Go 1.26, fmt/print.go (`printArg`, `printValue`).

use super::integer::Integer;
use super::printer::Printer;
use crate::stack::deeper;
use crate::value::{DEEPEST, Kind, List, Map, Object, Value};

/// What stands for an address: addresses differ from run to run, and nobody can rely on them.
const ADDRESS: u64 = 0xc0_0000_0000;

impl Printer {
    /// A value handed to `printf` or `print`.
    pub(super) fn argument(&mut self, value: &Value, verb: char) {
        match (value, verb) {
            (Value::Nil, 'T' | 'v') => self.pad(b"<nil>"),
            (_, 'T') => self.text(value.type_name().as_bytes()),
            (_, 'p') => self.pointer(value),
            (Value::Nil, _) | (Value::List(_) | Value::Map(_), 'w') => self.bad_verb(verb, value),
            (Value::Bytes(bytes), 'v' | 'd') if self.flags.sharp_v => {
                self.bytes_as_source("[]byte", bytes.as_bytes());
            }
            (_, _) => self.value(value, verb, 0),
        }
    }

    fn value(&mut self, value: &Value, verb: char, depth: usize) {
        if depth > DEEPEST || self.is_full() {
            return;
        }
        match value {
            Value::Nil if self.flags.sharp_v => self.write(b"interface {}(nil)"),
            Value::Nil => self.write(b"<nil>"),
            Value::Bool(flag) => self.bool(*flag, verb, value),
            Value::Int(number) | Value::Int64(number) => {
                self.integer(Integer::from(*number), verb, value);
            }
            Value::Uint8(number) => self.integer(u64::from(*number).into(), verb, value),
            Value::Uint64(number) => self.integer(Integer::from(*number), verb, value),
            Value::Float(number) => self.float(*number, verb, value),
            Value::Complex(real, imaginary) => self.complex((*real, *imaginary), verb, value),
            Value::Text(text) => self.string(text.as_bytes(), verb, value),
            Value::Bytes(bytes) => self.bytes(bytes.as_bytes(), verb, value),
            Value::List(list) => deeper(|| self.list(value, list, verb, depth)),
            Value::Map(map) => deeper(|| self.map(value, map, verb, depth)),
            Value::Object(object) => self.object(value, object.as_ref(), verb, depth),
        }
    }

    fn bool(&mut self, flag: bool, verb: char, value: &Value) {
        match (verb, flag) {
            ('t' | 'v', true) => self.pad(b"true"),
            ('t' | 'v', false) => self.pad(b"false"),
            _ => self.bad_verb(verb, value),
        }
    }

    fn string(&mut self, text: &[u8], verb: char, value: &Value) {
        match verb {
            'v' if self.flags.sharp_v => self.quoted(text),
            'v' | 's' => self.text(text),
            'x' | 'X' => self.hex(text, verb == 'X'),
            'q' => self.quoted(text),
            _ => self.bad_verb(verb, value),
        }
    }

    fn bytes(&mut self, bytes: &[u8], verb: char, value: &Value) {
        match verb {
            's' => self.text(bytes),
            'x' | 'X' => self.hex(bytes, verb == 'X'),
            'q' => self.quoted(bytes),
            'v' if self.flags.sharp_v => self.bytes_as_source("[]uint8", bytes),
            _ => {
                self.open(value, b"[");
                for (index, byte) in bytes.iter().enumerate() {
                    self.between(index);
                    self.value(&Value::Uint8(*byte), verb, 1);
                }
                self.close();
            }
        }
    }

    /// `[]byte{0x1, 0x2}`.
    fn bytes_as_source(&mut self, type_name: &str, bytes: &[u8]) {
        self.write(type_name.as_bytes());
        self.write(b"{");
        for (index, byte) in bytes.iter().enumerate() {
            if index > 0 {
                self.write(b", ");
            }
            self.hex_byte(u64::from(*byte).into());
        }
        self.write(b"}");
    }

    /// `[a b]`, or `[]string{"a", "b"}`.
    fn list(&mut self, value: &Value, list: &List, verb: char, depth: usize) {
        if self.flags.sharp_v && list.is_nil() {
            return self.nil_as_source(value);
        }
        self.open(value, b"[");
        for (index, item) in list.items().iter().enumerate() {
            self.between(index);
            self.element(item, verb, depth);
        }
        self.close();
    }

    /// `map[a:1]`, or `map[string]int{"a":1}`.
    fn map(&mut self, value: &Value, map: &Map, verb: char, depth: usize) {
        if self.flags.sharp_v && map.is_nil() {
            return self.nil_as_source(value);
        }
        self.open(value, b"map[");
        map.read(|entries| {
            for (index, (key, item)) in entries.iter().enumerate() {
                self.between(index);
                self.value(&Value::Text(key.clone()), verb, depth + 1);
                self.write(b":");
                self.element(item, verb, depth);
            }
        });
        self.close();
    }

    /// `[]string(nil)`.
    fn nil_as_source(&mut self, value: &Value) {
        self.write(value.type_name().as_bytes());
        self.write(b"(nil)");
    }

    /// `w` is for errors that are wrapped: no value here is one.
    fn element(&mut self, item: &Value, verb: char, depth: usize) {
        match verb {
            'w' => self.bad_verb(verb, item),
            _ => self.value(item, verb, depth + 1),
        }
    }

    fn open(&mut self, value: &Value, bracket: &[u8]) {
        if self.flags.sharp_v {
            self.write(value.type_name().as_bytes());
            self.write(b"{");
        } else {
            self.write(bracket);
        }
    }

    fn between(&mut self, index: usize) {
        if index > 0 {
            let separator: &[u8] = if self.flags.sharp_v { b", " } else { b" " };
            self.write(separator);
        }
    }

    fn close(&mut self) {
        let bracket = if self.flags.sharp_v { b"}" } else { b"]" };
        self.write(bracket);
    }

    /// What prints itself does so as text; what is a slice, map or number underneath, as that.
    fn object(&mut self, value: &Value, object: &dyn Object, verb: char, depth: usize) {
        let underlying = object.underlying();
        match underlying {
            Some(under @ (Value::List(_) | Value::Map(_) | Value::Bytes(_))) => {
                self.value(&under, verb, depth);
            }
            _ if matches!(verb, 'v' | 's' | 'x' | 'X' | 'q') => {
                let text = object.print();
                match (verb, self.flags.sharp_v) {
                    ('v', true) => self.text(text.as_bytes()),
                    _ => self.string(text.as_bytes(), verb, value),
                }
            }
            Some(under) if !matches!(under, Value::Object(_) | Value::Nil) => {
                self.value(&under, verb, depth);
            }
            _ => self.bad_verb(verb, value),
        }
    }

    fn pointer(&mut self, value: &Value) {
        match value.kind() {
            Kind::Map | Kind::Ptr | Kind::Slice | Kind::Func => {
                let sharp = self.flags.sharp;
                self.flags.sharp = !sharp;
                self.digits(ADDRESS.into(), 16, 'v');
                self.flags.sharp = sharp;
            }
            _ => self.bad_verb('p', value),
        }
    }
}
