//! Choices made by a list of numbers, so that proptest can shrink what came of them.

/// A list of numbers, used up one by one; afterwards every choice is the first.
pub struct Choices {
    numbers: Vec<u16>,
    at: usize,
}

impl Choices {
    /// Starts at the first number.
    pub fn new(numbers: Vec<u16>) -> Self {
        Self { numbers, at: 0 }
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % bound
    }

    /// One of several.
    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// Texts, none to `most` of them.
    pub fn several(
        &mut self,
        most: usize,
        mut one: impl FnMut(&mut Self) -> String,
    ) -> Vec<String> {
        let count = self.below(most + 1);
        (0..count).map(|_| one(self)).collect()
    }
}
