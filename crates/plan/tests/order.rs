//! The order of plans: each case of `order/` is what an app wants and what lives, and then the plan,
//! a line a stage. The names of upstream's tests stand in the cases' own words.

use live::Record;
use model::{AppId, ClusterId, Consent, Digest, GroupKind, ObjectKey, Origin, SyncPhase};
use plan::{
    Action, Desired, Hook, HookOptions, Plan, PlanInput, PruneRule, ResourceOptions, Target,
};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// `want Kind name wave=1 ns=x hook=PreSync defines=g/K`, one object a line.
struct Line<'a> {
    kind: &'a str,
    name: &'a str,
    facts: HashMap<&'a str, &'a str>,
}

impl<'a> Line<'a> {
    fn read(text: &'a str) -> Self {
        let mut words = text.split_whitespace();
        let (kind, name) = (words.next().unwrap(), words.next().unwrap());
        let facts = words.map(|word| word.split_once('=').unwrap_or((word, "")));
        Self {
            kind,
            name,
            facts: facts.collect(),
        }
    }

    fn key(&self) -> ObjectKey {
        let (group, kind) = self.kind.split_once('/').unwrap_or(("", self.kind));
        ObjectKey {
            cluster: ClusterId::in_cluster(),
            group_kind: GroupKind::new(group, kind),
            namespace: self.facts.get("ns").copied().unwrap_or_default().into(),
            name: self.name.into(),
        }
    }

    fn wave(&self) -> i64 {
        self.facts
            .get("wave")
            .map_or(0, |wave| wave.parse().unwrap())
    }

    fn object(&self) -> Value {
        let hook = self.facts.get("hook");
        let mut annotations = json!({});
        if let Some(hook) = hook {
            annotations["argocd.argoproj.io/hook"] = json!(hook);
        }
        if let Some(options) = self.facts.get("options") {
            annotations["argocd.argoproj.io/sync-options"] = json!(options);
        }
        json!({"metadata": {"name": self.name, "annotations": annotations}})
    }

    fn desired(&self) -> Arc<Desired> {
        let defines = self.facts.get("defines").and_then(|it| it.split_once('/'));
        Arc::new(Desired {
            app: AppId::new("argocd", "app"),
            key: self.key(),
            version: "v1".into(),
            namespaced: self.facts.contains_key("ns"),
            digest: Digest::of(self.name.as_bytes()),
            body: b"{}".as_slice().into(),
            wave: self.wave(),
            options: ResourceOptions::of(&self.object()),
            defines: defines.map(|(group, kind)| GroupKind::new(group, kind)),
            origin: Origin::default(),
        })
    }

    fn record(&self) -> Record {
        let options = ResourceOptions::of(&self.object());
        Record {
            key: self.key(),
            version: "v1".into(),
            uid: "uid".into(),
            resource_version: 1,
            instance: Some("app".into()),
            owned: false,
            deleting: false,
            hook: None,
            wishes: live::Wishes {
                prune: options.prune,
                prune_last: options.prune_last,
                ..Default::default()
            },
            wave: self.wave(),
            health: None,
            judgement: None,
            urls: None,
        }
    }
}

fn plan_of(text: &str) -> String {
    let lines = |word: &str| {
        let word = format!("{word} ");
        let all: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix(word.as_str()))
            .collect();
        all.into_iter().map(Line::read).collect::<Vec<_>>()
    };
    let says = |word: &str| text.lines().any(|line| line == word);
    let (mut objects, mut hooks) = (Vec::new(), Vec::new());
    for line in lines("want") {
        match HookOptions::of(&line.object()) {
            Some(options) => hooks.push(Arc::new(Hook {
                object: line.desired(),
                is_named_by_run: line.name.ends_with('-'),
                options,
            })),
            None => objects.push(line.desired()),
        }
    }
    let extras: Vec<Record> = lines("extra").iter().map(Line::record).collect();
    let target = Target {
        index: objects
            .iter()
            .enumerate()
            .map(|(at, it)| (it.key.clone(), at))
            .collect(),
        objects,
        hooks,
        source_type: "Directory".into(),
        notes: Vec::new(),
        images: Vec::new(),
        has_unknown_kinds: false,
        digest: Digest::of(b""),
    };
    let ending = |phase: SyncPhase| format!("foobarb-{phase}-7").to_lowercase();
    let plan = Plan::build(&PlanInput {
        target: &target,
        extras: extras.iter().collect(),
        namespace: None,
        prune: if says("do not prune") {
            PruneRule::NotAsked
        } else {
            PruneRule::Allowed
        },
        consent: if says("never prune") {
            Consent::Never
        } else {
            Consent::Given
        },
        prune_last: says("prune last"),
        propagation: Default::default(),
        only: &[],
        hook_run: Some(&ending),
    });
    shown(&plan)
}

fn shown(plan: &Plan) -> String {
    let mut text = String::new();
    for stage in plan.stages.iter().chain(&plan.on_failure) {
        let steps: Vec<String> = stage
            .steps
            .iter()
            .map(|step| action(&step.action))
            .collect();
        text += &format!("{} {}: {}\n", stage.phase, stage.wave, steps.join(", "));
    }
    text + if plan.several_waves {
        "several waves\n"
    } else {
        "one wave\n"
    }
}

fn action(action: &Action) -> String {
    let name = &action.key().name;
    match action {
        Action::EnsureNamespace(_) => format!("make {name}"),
        Action::Apply(_) => format!("apply {name}"),
        Action::Prune {
            on_confirmation: true,
            ..
        } => format!("prune {name} once confirmed"),
        Action::Prune { .. } => format!("prune {name}"),
        Action::KeepExtra { reason, .. } => format!("keep {name}: {reason}"),
        Action::ClearHook { .. } => format!("clear {name}"),
        Action::RunHook { .. } => format!("run {name}"),
    }
}

#[test]
fn every_plan_is_in_order() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/order");
    let mut cases = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for case in text.split("\n\n").filter(|case| !case.trim().is_empty()) {
            let (given, expected) = case.split_once("=>\n").expect("a plan");
            assert_eq!(
                plan_of(given),
                expected.trim_end().to_owned() + "\n",
                "{}: {given}",
                path.display()
            );
            cases += 1;
        }
    }
    assert!(cases > 12, "only {cases} cases");
}
