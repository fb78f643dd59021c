//! Rendered manifests in; an app's target out: objects with their namespace settled and their marks on.
//!
//! Source of the rules: Argo CD 3.5, controller/state.go and gitops-engine/pkg/sync. Runs where
//! rendering runs, not in the engine's step.

use model::{App, ConditionKind, Digest, GroupKind, Manifest, ObjectKey};
use plan::{Desired, Hook, HookOptions, ResourceOptions, Target};
use render::Rendered;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Is a kind namespaced?
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Its objects live in namespaces.
    Namespaced,
    /// Its objects belong to the cluster.
    Cluster,
    /// The cluster does not serve it (yet).
    Unknown,
    /// The cluster could not say: discovery of its group failed.
    Failed(String),
}

/// What the destination cluster says of kinds.
pub trait Scopes {
    /// The scope of a kind at a version.
    fn scope(&self, kind: &model::GroupVersionKind) -> Scope;

    /// Is the kind excluded from everything by the settings?
    fn excluded(&self, kind: &GroupKind) -> bool;
}

/// Why a target cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// Without knowing the scope, an object could get a wrong name, and be pruned under the right one.
    #[error(
        "discovery of {kind} failed ({reason}); nothing is changed until the API group answers again"
    )]
    Discovery {
        /// The kind.
        kind: String,
        /// Why.
        reason: String,
    },
    /// An object has no name to be known by.
    #[error("{origin}: {kind} has no metadata.name")]
    Nameless {
        /// Where.
        origin: String,
        /// What.
        kind: String,
    },
    /// A namespaced object names no namespace and the app names none either.
    #[error(
        "{origin}: {kind} {name:?} needs a namespace: set metadata.namespace or the app's destination.namespace"
    )]
    NoNamespace {
        /// Where.
        origin: String,
        /// What.
        kind: String,
        /// Its name.
        name: String,
    },
}

/// Builds the target. `mark` puts the dialect's tracking marks on an object.
pub fn build_target(
    app: &App,
    rendered: &Rendered,
    scopes: &dyn Scopes,
    mark: &dyn Fn(&mut Value, &ObjectKey, &App),
) -> Result<Target, TargetError> {
    let mut builder = Builder {
        app,
        scopes,
        mark,
        defined: defined_kinds(&rendered.manifests),
        objects: Vec::new(),
        hooks: Vec::new(),
        index: HashMap::new(),
        notes: warnings(&rendered.warnings),
        images: BTreeSet::new(),
        has_unknown_kinds: false,
    };
    for manifest in &rendered.manifests {
        builder.add(manifest)?;
    }
    Ok(builder.finish(rendered.source_type))
}

fn warnings(warnings: &[String]) -> Vec<(ConditionKind, String)> {
    let told = |text: &String| (ConditionKind::ExcludedResourceWarning, text.clone());
    warnings.iter().map(told).collect()
}

struct Builder<'a> {
    app: &'a App,
    scopes: &'a dyn Scopes,
    mark: &'a dyn Fn(&mut Value, &ObjectKey, &App),
    /// Kinds that CRDs of the same set define, with their scope.
    defined: HashMap<GroupKind, Scope>,
    objects: Vec<Arc<Desired>>,
    hooks: Vec<Arc<Hook>>,
    index: HashMap<ObjectKey, usize>,
    notes: Vec<(ConditionKind, String)>,
    images: BTreeSet<String>,
    has_unknown_kinds: bool,
}

impl Builder<'_> {
    fn add(&mut self, manifest: &Manifest) -> Result<(), TargetError> {
        let kind = &manifest.gvk.group_kind;
        let options = ResourceOptions::of(&manifest.value);
        if self.scopes.excluded(kind) {
            let message = format!(
                "Resource {kind} {} is excluded in the settings",
                manifest.name()
            );
            self.notes
                .push((ConditionKind::ExcludedResourceWarning, message));
            return Ok(());
        }
        if let Some(hook) = options.hook.clone() {
            return self.add_hook(manifest, options, hook);
        }
        if manifest.name().is_empty() {
            let (origin, kind) = (manifest.origin.to_string(), kind.to_string());
            return Err(TargetError::Nameless { origin, kind });
        }
        let desired = self.desired(manifest, manifest.name(), options)?;
        self.insert(desired, manifest);
        Ok(())
    }

    /// A hook of no phase at all is left alone, as Argo CD leaves it.
    fn add_hook(
        &mut self,
        manifest: &Manifest,
        options: ResourceOptions,
        hook: HookOptions,
    ) -> Result<(), TargetError> {
        if hook.phases.is_empty() && !hook.is_of_deletion() {
            return Ok(());
        }
        let generated = manifest.value.pointer("/metadata/generateName");
        let is_named_by_run = manifest.name().is_empty();
        let name = match is_named_by_run {
            true => generated.and_then(Value::as_str).unwrap_or_default(),
            false => manifest.name(),
        };
        let object = Arc::new(self.desired(manifest, name, options)?);
        self.hooks.push(Arc::new(Hook {
            object,
            is_named_by_run,
            options: hook,
        }));
        Ok(())
    }

    fn scope(&mut self, manifest: &Manifest) -> Result<bool, TargetError> {
        match self.scopes.scope(&manifest.gvk) {
            Scope::Namespaced => Ok(true),
            Scope::Cluster => Ok(false),
            known => match (self.defined.get(&manifest.gvk.group_kind), known) {
                (Some(scope), _) => {
                    self.has_unknown_kinds = true;
                    Ok(*scope == Scope::Namespaced)
                }
                (None, Scope::Failed(reason)) => Err(TargetError::Discovery {
                    kind: manifest.gvk.to_string(),
                    reason,
                }),
                (None, _) => {
                    self.has_unknown_kinds = true;
                    Ok(true)
                }
            },
        }
    }

    fn desired(
        &mut self,
        manifest: &Manifest,
        name: &str,
        options: ResourceOptions,
    ) -> Result<Desired, TargetError> {
        let namespaced = self.scope(manifest)?;
        let namespace = self.namespace(manifest, namespaced)?;
        let key = ObjectKey {
            cluster: self.app.destination.cluster.clone(),
            group_kind: manifest.gvk.group_kind.clone(),
            namespace,
            name: name.into(),
        };
        let mut value = manifest.value.clone();
        settle_namespace(&mut value, &key);
        (self.mark)(&mut value, &key, self.app);
        self.images.extend(images(&value));
        for option in &options.not_acted_on {
            let message = format!("{key}: option {option} is not acted on yet");
            self.notes
                .push((ConditionKind::UnsupportedWarning, message));
        }
        // A value that was read from text always has a text.
        let body: Arc<[u8]> = serde_json::to_vec(&value).unwrap_or_default().into();
        Ok(Desired {
            app: self.app.id.clone(),
            version: manifest.gvk.version.clone(),
            namespaced,
            digest: Digest::of(&body),
            body,
            wave: options.wave,
            defines: defines(&manifest.value).map(|(kind, _)| kind),
            options,
            origin: manifest.origin.clone(),
            key,
        })
    }

    fn namespace(&self, manifest: &Manifest, namespaced: bool) -> Result<Arc<str>, TargetError> {
        let own = manifest.namespace();
        let namespace = match (namespaced, own) {
            (false, _) => return Ok("".into()),
            (true, "") => self.app.destination.namespace.clone(),
            (true, own) => own.into(),
        };
        if namespace.is_empty() {
            return Err(TargetError::NoNamespace {
                origin: manifest.origin.to_string(),
                kind: manifest.gvk.group_kind.to_string(),
                name: manifest.name().to_owned(),
            });
        }
        Ok(namespace)
    }

    /// The last of several objects with one key wins, and that is told.
    fn insert(&mut self, desired: Desired, manifest: &Manifest) {
        match self.index.get(&desired.key) {
            Some(at) => {
                let message = format!(
                    "Resource {} appears more than once among application resources: {} and {}; the last one is used",
                    desired.key, self.objects[*at].origin, manifest.origin
                );
                self.notes
                    .push((ConditionKind::RepeatedResourceWarning, message));
                self.objects[*at] = Arc::new(desired);
            }
            None => {
                self.index.insert(desired.key.clone(), self.objects.len());
                self.objects.push(Arc::new(desired));
            }
        }
    }

    fn finish(self, source_type: &str) -> Target {
        let hooks = self.hooks.iter().map(|hook| &hook.object);
        let digests =
            (self.objects.iter().chain(hooks)).map(|desired| desired.digest.as_bytes().as_slice());
        Target {
            digest: Digest::of_parts(digests),
            objects: self.objects,
            hooks: self.hooks,
            index: self.index,
            source_type: source_type.into(),
            notes: self.notes,
            images: self.images.into_iter().collect(),
            has_unknown_kinds: self.has_unknown_kinds,
        }
    }
}

fn settle_namespace(value: &mut Value, key: &ObjectKey) {
    let Some(metadata) = value.get_mut("metadata").and_then(Value::as_object_mut) else {
        return;
    };
    match &*key.namespace {
        "" => drop(metadata.remove("namespace")),
        namespace => drop(metadata.insert("namespace".into(), namespace.into())),
    }
}

fn defined_kinds(manifests: &[Manifest]) -> HashMap<GroupKind, Scope> {
    manifests
        .iter()
        .filter_map(|manifest| defines(&manifest.value))
        .collect()
}

/// The kind that a CustomResourceDefinition defines, with its scope.
fn defines(value: &Value) -> Option<(GroupKind, Scope)> {
    if value.get("kind").and_then(Value::as_str) != Some("CustomResourceDefinition") {
        return None;
    }
    let spec = value.get("spec")?;
    let kind = spec.get("names")?.get("kind")?.as_str()?;
    let scope = match spec.get("scope")?.as_str()? {
        "Cluster" => Scope::Cluster,
        _ => Scope::Namespaced,
    };
    Some((GroupKind::new(spec.get("group")?.as_str()?, kind), scope))
}

/// Images of the containers in any pod template (Argo CD: gitops-engine/pkg/utils/kube getImages).
fn images(value: &Value) -> Vec<String> {
    let templates = [
        "/spec",
        "/spec/template/spec",
        "/spec/jobTemplate/spec/template/spec",
    ];
    let pods = templates
        .iter()
        .filter_map(|pointer| value.pointer(pointer));
    let lists = pods.flat_map(|pod| {
        ["containers", "initContainers"]
            .into_iter()
            .filter_map(|list| pod.get(list)?.as_array())
    });
    let image = |container: &Value| Some(container.get("image")?.as_str()?.to_owned());
    lists.flatten().filter_map(image).collect()
}
