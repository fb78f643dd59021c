//! What a run may cost, and the filters that charge for it.
//!
//! A unit is about one value looked at. Filters named here are called by what [`super::harness`]
//! adds to an expression; each passes its input on, in values, in paths and in updates alike.

use jaq_core::box_iter::box_once;
use jaq_core::data::HasLut;
use jaq_core::native::{Fun, v};
use jaq_core::{Cv, DataT, Error, Exn, Lut, Native, ValR, ValXs};
use jaq_json::Val;
use jaq_std::ValT as _;
use std::cell::Cell;
use std::rc::Rc;

/// Units a run may use: some tenths of a second. Tests are built without optimising.
const UNITS: u64 = if cfg!(test) { 400_000 } else { 2_000_000 };

/// Values nest no deeper; they are dropped and compared by recursion.
const DEEPEST: usize = 700;

/// Text counts one unit for so many bytes.
const BYTES: usize = 16;

/// Runs with a meter.
pub(super) enum Metered {}

/// What is left of a run's units.
#[derive(Clone)]
pub(super) struct Meter<'a> {
    lut: &'a Lut<Metered>,
    left: Rc<Cell<u64>>,
}

impl DataT for Metered {
    type V<'a> = Val;
    type Data<'a> = Meter<'a>;
}

impl<'a> HasLut<'a, Metered> for Meter<'a> {
    fn lut(&self) -> &'a Lut<Metered> {
        self.lut
    }
}

impl<'a> Meter<'a> {
    pub fn new(lut: &'a Lut<Metered>) -> Self {
        Self {
            lut,
            left: Rc::new(Cell::new(UNITS)),
        }
    }

    /// Was more asked for than there was?
    pub fn is_empty(&self) -> bool {
        self.left.get() == 0
    }

    fn charge(&self, units: u64) -> Result<(), Exn<'static, Val>> {
        let left = self.left.get().saturating_sub(units);
        self.left.set(left);
        match left {
            0 => Err(Exn::from(Error::str("out of units"))),
            _ => Ok(()),
        }
    }

    fn charge_for(&self, value: &Val) -> Result<(), Exn<'static, Val>> {
        self.charge(size(value, self.left.get(), 0))
    }

    /// For filters that look at each part of one value once per part of another.
    fn charge_for_product(&self, one: &Val, other: &Val) -> Result<(), Exn<'static, Val>> {
        let left = self.left.get();
        let (one, other) = (size(one, left, 0), size(other, left, 0));
        self.charge(
            one.saturating_mul(other)
                .saturating_add(one.saturating_mul(8)),
        )
    }
}

/// The units a value is worth; looks no further than `limit`.
fn size(value: &Val, limit: u64, depth: usize) -> u64 {
    if depth > DEEPEST {
        return limit;
    }
    let mut units = 1;
    let mut add = |value: &Val| {
        units += size(value, limit.saturating_sub(units), depth + 1);
        units < limit
    };
    match value {
        Val::TStr(text) | Val::BStr(text) => return 1 + (text.len() / BYTES) as u64,
        Val::Arr(items) => drop(items.iter().all(add)),
        Val::Obj(fields) => drop(fields.iter().all(|(name, value)| add(name) && add(value))),
        Val::Null | Val::Bool(_) | Val::Num(_) => {}
    }
    units
}

/// A filter that charges and passes its input on.
macro_rules! passing {
    ($charge:expr) => {
        Native::<Metered>::new(|cv| {
            let paid = $charge(cv.0.data(), &cv.1);
            box_once(paid.map(|()| cv.1))
        })
        .with_paths(|cv| {
            let paid = $charge(cv.0.data(), &cv.1.0);
            box_once(paid.map(|()| cv.1))
        })
        .with_update(|cv, update| match $charge(cv.0.data(), &cv.1) {
            Ok(()) => update(cv.1),
            Err(stopped) => box_once(Err(stopped)),
        })
    };
}

/// The filters that charge, and those that do so before a costly operation.
pub(super) fn funs() -> impl Iterator<Item = Fun<Metered>> {
    [
        (
            "tick",
            v(0),
            passing!(|meter: &Meter<'_>, _: &Val| meter.charge(1)),
        ),
        (
            "measure",
            v(0),
            passing!(|meter: &Meter<'_>, value: &Val| meter.charge_for(value)),
        ),
        ("measure_with", v(1), Native::<Metered>::new(measure_with)),
        (
            "product",
            v(2),
            Native::<Metered>::new(|cv| operation(cv, |one, other| one * other)),
        ),
        (
            "difference",
            v(2),
            Native::<Metered>::new(|cv| operation(cv, |one, other| one - other)),
        ),
    ]
    .into_iter()
}

fn measure_with(mut cv: Cv<'_, Metered>) -> ValXs<'_, Val> {
    let other = cv.0.pop_var();
    let paid = cv.0.data().charge_for_product(&cv.1, &other);
    box_once(paid.map(|()| cv.1))
}

fn operation<'a>(
    mut cv: Cv<'a, Metered>,
    run: impl FnOnce(Val, Val) -> ValR<Val>,
) -> ValXs<'a, Val> {
    let other = cv.0.pop_var();
    let one = cv.0.pop_var();
    let paid = match (&one, &other) {
        (Val::TStr(text) | Val::BStr(text), times @ Val::Num(_))
        | (times @ Val::Num(_), Val::TStr(text) | Val::BStr(text)) => {
            let bytes = text.len() as f64 * times.as_f64().unwrap_or_default();
            cv.0.data()
                .charge(((bytes / BYTES as f64) as u64).saturating_add(1))
        }
        _ => cv.0.data().charge_for_product(&one, &other),
    };
    box_once(paid.and_then(|()| run(one, other).map_err(Exn::from)))
}
