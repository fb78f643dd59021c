//! Generators, transformers and validators that are not fields of the kustomization.
//!
//! Comes in: the entries of `generators`, `transformers` or `validators`: files, folders, addresses,
//! or the text of the configuration itself. Goes out: the resources that configure them, with their
//! origins. Source: Kustomize 5.8.1, api/internal/target/kusttarget.go
//! (configureExternalGenerators, configureExternalTransformers).

use super::{Accumulator, Session, Target};
use crate::error::{BuildError, Problem};
use crate::plugin::PluginError;
use crate::resource::{KnownIds, Origin, ResMap, Resource, read_resources};
use crate::schema::Schema;

/// The configuration of a plugin.
pub(super) struct Plugin<T> {
    /// What it means.
    pub(super) plugin: T,
    /// As what it was written.
    pub(super) config: Resource,
    /// Where it comes from, if that is wanted.
    pub(super) origin: Option<Origin>,
}

impl Target<'_> {
    /// The plugins of a field. Those that stand in the kustomization itself come first.
    pub(super) fn plugins<T>(
        &self,
        session: &mut Session,
        field: &str,
        entries: &[String],
        read: impl Fn(&Resource) -> Result<T, PluginError>,
    ) -> Result<Vec<Plugin<T>>, BuildError> {
        // A folder may lead to folders, so this function keeps nothing on the stack.
        let configurations = self.configurations(session, field, entries)?;
        let schema = session.schema();
        let configurations = configurations.into_iter();
        let plugins = configurations.map(|config| {
            let value = config.name().to_owned();
            let plugin = plugin(config, &read, &schema);
            plugin.map_err(|error| error.through(self.step(field, &value)))
        });
        plugins.collect()
    }

    fn configurations(
        &self,
        session: &mut Session,
        field: &str,
        entries: &[String],
    ) -> Result<Vec<Resource>, BuildError> {
        let mut all = Accumulator::default();
        let (mut known, mut paths) = (KnownIds::default(), Vec::new());
        for entry in entries {
            match inline(entry, &session.schema()) {
                Some(found) => {
                    self.add_inline(session, (&mut all.resources, &mut known), field, found)?
                }
                None => paths.push(entry.clone()),
            }
        }
        self.accumulate_paths(session, &mut all, field, &paths)?;
        Ok(all.resources.resources)
    }

    fn add_inline(
        &self,
        session: &mut Session,
        (all, known): (&mut ResMap, &mut KnownIds),
        field: &str,
        mut found: Vec<Resource>,
    ) -> Result<(), BuildError> {
        let schema = session.schema();
        session.count_resources(&found)?;
        for resource in &mut found {
            resource.place = Some(self.place());
            if let Some(origin) = &self.origin {
                super::transformations::set_origin(resource, &origin.enter(self.name), &schema)?;
            }
        }
        let mut found = found.into_iter();
        let added = found.try_for_each(|resource| all.append(resource, known, &schema));
        added.map_err(|source| {
            let from = field.to_owned();
            BuildError::from(Problem::Merge { from, source }).through(self.step(field, ""))
        })
    }
}

fn plugin<T>(
    config: Resource,
    read: impl Fn(&Resource) -> Result<T, PluginError>,
    schema: &Schema,
) -> Result<Plugin<T>, BuildError> {
    let origin = Origin::of_plugin(&config).map_err(|source| Problem::Origin {
        id: config.current_id(schema),
        source,
    })?;
    Ok(Plugin {
        plugin: read(&config)?,
        config,
        origin,
    })
}

/// The resources an entry holds, if it is no path.
fn inline(entry: &str, schema: &Schema) -> Option<Vec<Resource>> {
    let mut found = ResMap::default();
    let read = read_resources(entry.as_bytes()).ok()?;
    found.append_all(read, schema).ok()?;
    Some(found.resources)
}
