//! `range`: over slices, maps, and numbers.

use super::Result;
use super::executor::Executor;
use super::operand::Operand;
use super::walk::Flow;
use crate::fmt::print_value;
use crate::parse::node::Branch;
use crate::value::{ElementType, List, Map, Value};

impl<'t> Executor<'t> {
    pub fn range(&mut self, dot: &Operand, range: &'t Branch) -> Result<Flow> {
        let mark = self.variables.mark();
        let value = self.pipeline(dot, &range.pipeline)?.value;
        let any = match value.underlying() {
            Value::Nil => false,
            Value::List(list) => self.range_over_list(range, &list)?,
            Value::Bytes(_) => {
                let items = value.items().unwrap_or_default();
                self.range_over_list(range, &List::of(ElementType::Int, items))?
            }
            Value::Map(map) => self.range_over_map(range, &map)?,
            Value::Int(end) => self.range_over_numbers(range, end, Value::Int)?,
            Value::Int64(end) => self.range_over_numbers(range, end, Value::Int64)?,
            Value::Uint8(end) => {
                self.range_over_numbers(range, u64::from(end), |n| Value::Uint8(n as u8))?
            }
            Value::Uint64(end) => self.range_over_numbers(range, end, Value::Uint64)?,
            other => {
                let other = print_value(&other);
                let other = String::from_utf8_lossy(&other);
                return Err(self.fail(format!("range can't iterate over {other}")));
            }
        };
        let flow = match &range.otherwise {
            Some(otherwise) if !any => self.list(dot, otherwise)?,
            _ => Flow::On,
        };
        self.variables.forget(mark);
        Ok(flow)
    }

    /// True if there was anything.
    fn range_over_list(&mut self, range: &'t Branch, list: &List) -> Result<bool> {
        for (index, item) in list.items().iter().enumerate() {
            let item = Operand::element(item.clone(), list.element_type());
            // No list is longer than an i64 counts.
            if self.once(range, Value::Int(index as i64), item)? == Flow::Break {
                break;
            }
        }
        Ok(!list.is_empty())
    }

    fn range_over_map(&mut self, range: &'t Branch, map: &Map) -> Result<bool> {
        let entries = map.entries();
        let any = !entries.is_empty();
        for (key, value) in entries {
            let value = Operand::element(value, map.element_type());
            if self.once(range, Value::Text(key), value)? == Flow::Break {
                break;
            }
        }
        Ok(any)
    }

    fn range_over_numbers<N>(
        &mut self,
        range: &'t Branch,
        end: N,
        value: impl Fn(N) -> Value,
    ) -> Result<bool>
    where
        N: Copy + PartialOrd + From<u8> + std::ops::Add<Output = N> + std::fmt::Display,
    {
        if range.pipeline.variables.len() > 1 {
            let why = format!("can't use {end} to iterate over more than one variable");
            return Err(self.fail(why));
        }
        let mut number = N::from(0);
        let any = number < end;
        while number < end {
            if self.once(range, Value::Nil, Operand::plain(value(number)))? == Flow::Break {
                break;
            }
            number = number + N::from(1);
        }
        Ok(any)
    }

    /// One time round.
    fn once(&mut self, range: &'t Branch, index: Value, element: Operand) -> Result<Flow> {
        self.step()?;
        let pipeline = &range.pipeline;
        let index = Operand::plain(index);
        match (&pipeline.variables[..], pipeline.assigns) {
            ([], _) => {}
            ([_], false) => self.variables.set_from_top(1, element.clone()),
            ([variable], true) => self.set(variable, element.clone())?,
            ([first, second, ..], true) => {
                self.set(first, index)?;
                self.set(second, element.clone())?;
            }
            ([_, _, ..], false) => {
                self.variables.set_from_top(1, element.clone());
                self.variables.set_from_top(2, index);
            }
        }
        let mark = self.variables.mark();
        let flow = self.list(&element, &range.list)?;
        self.variables.forget(mark);
        Ok(flow)
    }
}
