//! Repetitions: `*`, `+?`, `{2,5}`.

use super::{SyntaxError, Translator};

/// The most repetitions, those inside of repetitions counted.
const MOST: u32 = 1000;

const COUNT: &str = "invalid repeat count";
const NOTHING: &str = "missing argument to repetition operator";
const STACKED: &str = "invalid nested repetition operator";

/// A counted repetition that is one.
struct Counted<'a> {
    least: Option<u32>,
    /// The outer one is none if it is open, the inner one if it is too large.
    most: Option<Option<u32>>,
    rest: &'a str,
}

impl<'a> Translator<'a> {
    /// A repetition of the last item whose operator ends before `rest`; if that was a repetition
    /// itself, `repeated` begins with its operator.
    pub(super) fn repeat(
        &mut self,
        rest: &'a str,
        times: u32,
        repeated: Option<&'a str>,
    ) -> Result<(), SyntaxError> {
        let before = self.rest;
        let after = rest.strip_prefix('?').unwrap_or(rest);
        if let Some(repeated) = repeated {
            let stacked = &repeated[..repeated.len() - after.len()];
            return Err(SyntaxError::new(STACKED, stacked));
        }
        let operator = &before[..before.len() - after.len()];
        let last = self.group().last;
        let nested = last.ok_or_else(|| SyntaxError::new(NOTHING, operator))?;
        let total = nested.saturating_mul(times.max(1));
        if times >= 2 && total > MOST {
            return Err(SyntaxError::new(COUNT, operator));
        }
        self.write_operator(operator);
        self.group().add(total);
        self.repeated = Some(before);
        self.rest = after;
        Ok(())
    }

    /// Appends an operator with the greed it was read with.
    fn write_operator(&mut self, operator: &str) {
        let turns = self.group().turns_greed();
        match operator
            .strip_suffix('?')
            .filter(|greedy| !greedy.is_empty())
        {
            Some(greedy) if turns => self.pattern.push_str(greedy),
            _ => self.pattern.push_str(operator),
        }
        if turns && (operator == "?" || !operator.ends_with('?')) {
            self.pattern.push('?');
        }
    }

    /// `{2}`, `{2,}`, `{2,5}`; any other brace stands for itself.
    pub(super) fn counted(&mut self, repeated: Option<&'a str>) -> Result<(), SyntaxError> {
        let Some(counted) = read_counted(self.rest) else {
            let c = self.next_character();
            self.literal(c);
            return Ok(());
        };
        let operator = &self.rest[..self.rest.len() - counted.rest.len()];
        let least = counted.least.filter(|least| *least <= MOST);
        let times = match (least, counted.most) {
            (Some(least), None) => Some(least),
            (Some(least), Some(Some(most))) if most <= MOST && least <= most => Some(most),
            _ => None,
        };
        let times = times.ok_or_else(|| SyntaxError::new(COUNT, operator))?;
        self.repeat(counted.rest, times, repeated)
    }
}

fn read_counted(source: &str) -> Option<Counted<'_>> {
    let (least, rest) = read_number(source.strip_prefix('{')?)?;
    let (most, rest) = match rest.strip_prefix(',') {
        None => (Some(least), rest),
        Some(rest) if rest.starts_with('}') => (None, rest),
        Some(rest) => {
            let (most, rest) = read_number(rest)?;
            (Some(most), rest)
        }
    };
    let rest = rest.strip_prefix('}')?;
    Some(Counted { least, most, rest })
}

/// A number without zeros in front; none inside if it is too large.
fn read_number(source: &str) -> Option<(Option<u32>, &str)> {
    let end = source.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = source.split_at(end.unwrap_or(source.len()));
    if digits.is_empty() || digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    Some((digits.parse().ok(), rest))
}
