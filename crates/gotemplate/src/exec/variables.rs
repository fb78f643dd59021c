//! The variables of a template that runs: a stack, searched from its top.
//!
//! Go looks names up while it runs, and that can be seen: a declaration inside `or` may never have
//! happened, an `else` may name what only the other branch declared.

use super::operand::Operand;

/// Variables by the numbers of their names.
#[derive(Default)]
pub(super) struct Variables {
    names: Vec<u32>,
    values: Vec<Operand>,
}

impl Variables {
    /// How many there are, for [`Variables::forget`].
    pub fn mark(&self) -> usize {
        self.names.len()
    }

    /// Forgets all that were declared since.
    pub fn forget(&mut self, mark: usize) {
        self.names.truncate(mark);
        self.values.truncate(mark);
    }

    pub fn declare(&mut self, name: u32, value: Operand) {
        self.names.push(name);
        self.values.push(value);
    }

    /// Sets one that is there; false if none is.
    pub fn set(&mut self, name: u32, value: Operand) -> bool {
        let place = self.names.iter().rposition(|known| *known == name);
        if let Some(place) = place {
            self.values[place] = value;
        }
        place.is_some()
    }

    /// Sets the one that was declared so many declarations ago, the last being one.
    pub fn set_from_top(&mut self, back: usize, value: Operand) {
        let place = self.values.len().checked_sub(back);
        if let Some(variable) = place.and_then(|place| self.values.get_mut(place)) {
            *variable = value;
        }
    }

    pub fn get(&self, name: u32) -> Option<&Operand> {
        let place = self.names.iter().rposition(|known| *known == name)?;
        self.values.get(place)
    }
}
