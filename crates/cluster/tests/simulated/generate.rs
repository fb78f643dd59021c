//! Random requests, by seed.

use crate::ask::{Ask, KINDS, Said, Verb};
use crate::objects;
use serde_json::{Value, json};

/// A source of choices (SplitMix64).
pub struct Choices(pub u64);

impl Choices {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }

    pub fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn of<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.below(among.len())]
    }
}

const MANAGERS: [&str; 4] = ["ann", "bob", "kubectl", "eve"];

pub fn asks(seed: u64, count: usize) -> Vec<Ask> {
    let mut choices = Choices(seed.wrapping_mul(0x1234_5678_9abc_def1));
    let mut asks = Vec::new();
    // Few kinds and names at a time, so that requests meet.
    while asks.len() < count {
        let kinds = [choices.below(KINDS.len()), choices.below(KINDS.len())];
        for _ in 0..50 {
            let kind = choices.of(&kinds);
            let ask = ask(&mut choices, kind);
            let follow = matches!(ask.verb, Verb::Delete { .. }).then(|| Ask {
                verb: Verb::Get,
                dry_run: false,
                status: false,
                ..ask.clone()
            });
            asks.push(ask);
            asks.extend(follow);
        }
    }
    asks.truncate(count);
    asks
}

fn ask(choices: &mut Choices, kind: usize) -> Ask {
    let of = &KINDS[kind];
    let name = choices.of(&["red", "blue"]).to_owned();
    let status = of.status && choices.once_in(6);
    let verb = if status {
        status_verb(choices, kind, &name)
    } else {
        verb(choices, kind, &name)
    };
    let reads = matches!(verb, Verb::Get | Verb::List);
    Ask {
        verb,
        kind,
        namespace: usize::from(choices.once_in(12)),
        name,
        status,
        manager: choices.of(&MANAGERS),
        dry_run: !reads && choices.once_in(8),
    }
}

fn said(choices: &mut Choices) -> Said {
    choices.of(&[
        Said::Nothing,
        Said::Nothing,
        Said::Nothing,
        Said::Latest,
        Said::Latest,
        Said::Earlier,
        Said::Wrong,
    ])
}

fn verb(choices: &mut Choices, kind: usize, name: &str) -> Verb {
    let object = |choices: &mut Choices| objects::whole(choices, kind, name);
    match choices.below(23) {
        0..=2 => Verb::Create(object(choices)),
        3..=9 => {
            let whole = choices.once_in(2);
            let config = if whole {
                object(choices)
            } else {
                objects::part(choices, kind, name)
            };
            Verb::Apply(config, choices.once_in(3))
        }
        10..=11 => {
            let version = said(choices);
            Verb::Replace(
                object(choices),
                version,
                if choices.once_in(4) {
                    said(choices)
                } else {
                    Said::Nothing
                },
            )
        }
        12..=13 => Verb::Edit(objects::change(choices, kind)),
        14..=15 => {
            let version = if choices.once_in(5) {
                said(choices)
            } else {
                Said::Nothing
            };
            Verb::Merge(objects::change(choices, kind), version)
        }
        16 => Verb::Json(objects::operations(choices, kind)),
        17 => Verb::Strategic(objects::change(choices, kind)),
        18..=19 => Verb::Delete {
            uid: if choices.once_in(4) {
                said(choices)
            } else {
                Said::Nothing
            },
            version: if choices.once_in(4) {
                said(choices)
            } else {
                Said::Nothing
            },
            propagation: choices.of(&[
                None,
                None,
                Some("Background"),
                Some("Foreground"),
                Some("Orphan"),
            ]),
            grace: None,
        },
        20 => Verb::Migrate,
        21 => Verb::Get,
        _ => Verb::List,
    }
}

fn status_verb(choices: &mut Choices, kind: usize, name: &str) -> Verb {
    let patch = json!({"status": objects::status(choices, kind)});
    match choices.below(4) {
        0 => Verb::Merge(patch, Said::Nothing),
        1 => Verb::Edit(patch),
        2 => Verb::Merge(
            json!({"status": objects::status(choices, kind), "metadata": {"labels": {"by": "status"}}}),
            Said::Nothing,
        ),
        _ => {
            let of = &KINDS[kind];
            let mut config: Value = patch;
            config["apiVersion"] = json!(of.api_version);
            config["kind"] = json!(of.kind);
            config["metadata"] = json!({"name": name});
            Verb::Apply(config, choices.once_in(2))
        }
    }
}
