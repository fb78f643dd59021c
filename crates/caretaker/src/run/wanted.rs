//! What is desired of each object, as the watches see it: a read-mostly table that the engine's
//! loop fills. A look-up is one hash under a read lock.

use crate::compare_rules::compare_settings;
use diff::{CompareSettings, Ignore, SystemRules};
use model::{App, AppId, ObjectKey};
use plan::Desired;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, RwLock};

/// One desired object with what comparing it needs.
#[derive(Clone)]
pub struct Want {
    /// The object.
    pub desired: Arc<Desired>,
    /// Its app.
    pub app: Arc<App>,
    /// The app's compiled rules of what does not count.
    pub ignore: Arc<Ignore>,
}

/// The definition that rules were compiled from, and the rules.
type Rules = (Arc<App>, Arc<Ignore>);

/// The installation's settings, and what they were compiled to.
type System = (CompareSettings, Arc<SystemRules>);

/// The table.
#[derive(Default)]
pub struct Wanted {
    system: Mutex<System>,
    objects: RwLock<HashMap<ObjectKey, Want>>,
    rules: Mutex<HashMap<AppId, Rules>>,
}

impl Wanted {
    /// What is desired of an object.
    pub fn get(&self, key: &ObjectKey) -> Option<Want> {
        let objects = self
            .objects
            .read()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        objects.get(key).cloned()
    }

    /// Takes the engine's changes in.
    pub fn change(&self, changes: Vec<engine::Wish>) {
        let changes: Vec<(ObjectKey, Option<Want>)> = changes
            .into_iter()
            .map(|(key, want)| {
                let want = want.map(|(desired, app)| {
                    let ignore = self.rules(&app);
                    Want {
                        desired,
                        app,
                        ignore,
                    }
                });
                (key, want)
            })
            .collect();
        let mut objects = self
            .objects
            .write()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        for (key, want) in changes {
            match want {
                Some(want) => drop(objects.insert(key, want)),
                None => drop(objects.remove(&key)),
            }
        }
    }

    /// Takes the installation's own rules in; says whether they changed what any app is compared
    /// by. Cost: one pass over what is desired, at a change of settings only.
    pub fn govern(&self, settings: &argo::Settings) -> bool {
        let settings = compare_settings(settings);
        {
            let mut system = self
                .system
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner());
            if system.0 == settings {
                return false;
            }
            let (rules, broken) = SystemRules::compile(&settings);
            for error in broken {
                tracing::warn!(%error, "a part of resource.customizations is left out");
            }
            *system = (settings, Arc::new(rules));
        }
        self.rules
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .clear();
        let mut objects = self
            .objects
            .write()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        for want in objects.values_mut() {
            want.ignore = self.rules(&want.app);
        }
        true
    }

    fn system(&self) -> Arc<SystemRules> {
        let system = self
            .system
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        system.1.clone()
    }

    /// An app's compiled rules; compiled once for each definition of the app.
    pub fn rules(&self, app: &Arc<App>) -> Arc<Ignore> {
        let mut rules = self
            .rules
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some((known, ignore)) = rules.get(&app.id)
            && (Arc::ptr_eq(known, app) || known.ignore == app.ignore)
        {
            return ignore.clone();
        }
        let (ignore, broken) = Ignore::compile(&app.ignore);
        for error in broken {
            tracing::warn!(app = %app.id, %error, "a rule of ignoreDifferences is left out");
        }
        let ignore = Arc::new(ignore.under(self.system()));
        rules.insert(app.id.clone(), (app.clone(), ignore.clone()));
        ignore
    }

    /// Forgets an app's rules.
    pub fn forget(&self, app: &AppId) {
        self.rules
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .remove(app);
    }
}
