//! Large primes.
//!
//! In: a generator and a number of bits. Out: a prime. A library may search otherwise in its next
//! version, and then every key that is drawn from a seed would change; so the search is ours, and
//! only the verdict is the library's. Candidates are sieved by small primes and tested by Fermat, at
//! full speed: nobody can watch how long one takes.

use super::montgomery;
use crate::host::Random;
use crypto_primes::{Flavor, is_prime};
use rsa::BoxedUint;

/// Primes below this sieve the candidates.
const SMALL: u32 = 1 << 16;

/// A prime of so many bits, a multiple of 64, whose two highest are set, and which less one is no
/// multiple of the exponent, itself a prime.
pub fn prime(random: &mut Random, bits: u32, exponent: u64) -> BoxedUint {
    let small = small_primes();
    loop {
        let start = start(random, bits);
        let open = sieved(&start, &small, exponent, 4 * bits as usize);
        let candidates = open
            .into_iter()
            .filter_map(|step| plus(&start, 2 * step as u64));
        let likely = candidates.filter(|candidate| montgomery::is_fermat_prime(candidate));
        let mut certain = likely
            .map(as_number)
            .filter(|number| is_prime(Flavor::Any, number));
        if let Some(prime) = certain.next() {
            return prime;
        }
    }
}

/// A random odd number with the two highest bits set, lowest limb first: two such make a product of
/// twice the length.
fn start(random: &mut Random, bits: u32) -> Vec<u64> {
    let mut limbs: Vec<u64> = (0..bits / 64).map(|_| random.number()).collect();
    if let Some(lowest) = limbs.first_mut() {
        *lowest |= 1;
    }
    if let Some(highest) = limbs.last_mut() {
        *highest |= 0b11 << 62;
    }
    limbs
}

/// Which of so many odd numbers from the start on no small prime divides.
fn sieved(start: &[u64], small: &[u32], exponent: u64, count: usize) -> Vec<usize> {
    let mut composite = vec![false; count];
    let mut strike = |prime: u64, rest: u64| {
        // Half of what is missing to the next multiple, modulo the prime.
        let first = (prime - rest) % prime * prime.div_ceil(2) % prime;
        for struck in composite
            .iter_mut()
            .skip(first as usize)
            .step_by(prime as usize)
        {
            *struck = true;
        }
    };
    for prime in small {
        strike((*prime).into(), remainder(start, (*prime).into()));
    }
    // Numbers that leave one.
    strike(
        exponent,
        (remainder(start, exponent) + exponent - 1) % exponent,
    );
    let open = composite.iter().enumerate().filter(|(_, struck)| !**struck);
    open.map(|(step, _)| step).collect()
}

fn remainder(limbs: &[u64], divisor: u64) -> u64 {
    limbs.iter().rev().fold(0, |rest, limb| {
        let high = (rest << 32 | limb >> 32) % divisor;
        (high << 32 | limb & 0xffff_ffff) % divisor
    })
}

fn plus(limbs: &[u64], addend: u64) -> Option<Vec<u64>> {
    let mut sum = limbs.to_vec();
    let mut carry = addend;
    for limb in &mut sum {
        let (added, over) = limb.overflowing_add(carry);
        *limb = added;
        carry = over.into();
    }
    (carry == 0).then_some(sum)
}

fn as_number(limbs: Vec<u64>) -> BoxedUint {
    BoxedUint::from_words(limbs)
}

/// The odd primes below the bound.
fn small_primes() -> Vec<u32> {
    let mut composite = vec![false; SMALL as usize];
    let mut primes = Vec::with_capacity(6542);
    for number in 3..SMALL {
        if number % 2 == 0 || composite[number as usize] {
            continue;
        }
        primes.push(number);
        for multiple in (number as usize..composite.len()).step_by(number as usize) {
            composite[multiple] = true;
        }
    }
    primes
}
