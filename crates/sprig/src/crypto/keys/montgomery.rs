//! Fermat's test, in Montgomery's arithmetic.
//!
//! In: an odd number whose highest bit is set, lowest limb first. Out: whether two to the number
//! less one is one modulo the number, as it is for primes and hardly any other number.

/// Does it pass?
pub fn is_fermat_prime(number: &[u64]) -> bool {
    let modulus = Modulus::new(number);
    // The highest bit is set, so that this is 2^(64 * limbs) modulo the number.
    let one = negated(number);
    let mut power = one.clone();
    modulus.double(&mut power);
    let mut square = vec![0; number.len()];
    // Of the exponent the lowest bit is 0, the highest is what the power begins with.
    for bit in (0..64 * number.len() - 1).rev() {
        modulus.square(&power, &mut square);
        std::mem::swap(&mut power, &mut square);
        if bit > 0 && number[bit / 64] >> (bit % 64) & 1 == 1 {
            modulus.double(&mut power);
        }
    }
    power == one
}

struct Modulus<'a> {
    limbs: &'a [u64],
    /// Minus the inverse of the lowest limb modulo 2^64.
    inverse: u64,
}

impl<'a> Modulus<'a> {
    fn new(limbs: &'a [u64]) -> Self {
        let lowest = limbs[0];
        // Each round of Newton's doubles the number of right bits, of which an odd number has three.
        let inverse = (0..5).fold(lowest, |inverse: u64, _| {
            let error = 2_u64.wrapping_sub(lowest.wrapping_mul(inverse));
            inverse.wrapping_mul(error)
        });
        Self {
            limbs,
            inverse: inverse.wrapping_neg(),
        }
    }

    /// The product of a number with itself, without the factor it has too many.
    fn square(&self, factor: &[u64], out: &mut [u64]) {
        let length = self.limbs.len();
        out.fill(0);
        let mut above = 0_u64;
        for digit in factor {
            let mut carry = 0_u64;
            for (place, other) in out.iter_mut().zip(factor) {
                (*place, carry) = multiply_add(*digit, *other, *place, carry);
            }
            let (top, over) = above.overflowing_add(carry);
            let quotient = out[0].wrapping_mul(self.inverse);
            let (_, mut carry) = multiply_add(quotient, self.limbs[0], out[0], 0);
            for at in 1..length {
                (out[at - 1], carry) = multiply_add(quotient, self.limbs[at], out[at], carry);
            }
            let (last, over_again) = top.overflowing_add(carry);
            out[length - 1] = last;
            above = u64::from(over) + u64::from(over_again);
        }
        if above > 0 || !is_less(out, self.limbs) {
            subtract(out, self.limbs);
        }
    }

    fn double(&self, number: &mut [u64]) {
        let mut carry = 0;
        for limb in number.iter_mut() {
            let top = *limb >> 63;
            *limb = *limb << 1 | carry;
            carry = top;
        }
        if carry > 0 || !is_less(number, self.limbs) {
            subtract(number, self.limbs);
        }
    }
}

/// `a * b + c + d`, low and high.
fn multiply_add(a: u64, b: u64, c: u64, d: u64) -> (u64, u64) {
    let wide = u128::from(a) * u128::from(b) + u128::from(c) + u128::from(d);
    (wide as u64, (wide >> 64) as u64)
}

fn is_less(a: &[u64], b: &[u64]) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

fn subtract(from: &mut [u64], other: &[u64]) {
    let mut borrow = false;
    for (limb, other) in from.iter_mut().zip(other) {
        let (less, under) = limb.overflowing_sub(*other);
        let (less, under_again) = less.overflowing_sub(borrow.into());
        *limb = less;
        borrow = under || under_again;
    }
}

fn negated(number: &[u64]) -> Vec<u64> {
    let mut negated = vec![0; number.len()];
    subtract(&mut negated, number);
    negated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primes_pass_and_others_do_not() {
        for (number, expected) in [
            // 2^64 - 59 and its neighbours.
            (vec![u64::MAX - 58], true),
            (vec![u64::MAX - 56], false),
            (vec![u64::MAX - 60], false),
            // 2^128 - 159 and 2^128 - 157.
            (vec![u64::MAX - 158, u64::MAX], true),
            (vec![u64::MAX - 156, u64::MAX], false),
            // (2^64 - 59)^2.
            (vec![3481, u64::MAX - 117], false),
        ] {
            assert_eq!(is_fermat_prime(&number), expected, "{number:?}");
        }
    }
}
