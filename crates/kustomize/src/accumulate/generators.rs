//! What a kustomization generates.
//!
//! Comes in: its generators. Goes out: ConfigMaps, then Secrets, then what charts and other
//! generators give, added to what is there. Source: Kustomize 5.8.1,
//! api/internal/target/kusttarget.go (runGenerators) and kusttarget_configplugin.go.

use super::known_versions::Told;
use super::plugins::Plugin;
use super::transformations::add_origin;
use super::transforming::length_of_map;
use super::{Accumulator, Session, Target};
use crate::error::{BuildError, Cause, Problem};
use crate::file::{GeneratorOptions, HelmChart, HelmGlobals};
use crate::generate;
use crate::node;
use crate::plugin::Generator;
use crate::resource::{Behavior, Origin, Positions, Resource, read_printed};

/// Marks what a chart gave: the namespace of a kustomization is not for it.
const FROM_A_CHART: &str = "internal.config.kubernetes.io/helm-generated";

impl Target<'_> {
    /// Generates, and adds what comes of it.
    pub(super) fn generate(
        &self,
        session: &mut Session,
        all: &mut Accumulator,
    ) -> Result<(), BuildError> {
        let entries = &self.kustomization.generators;
        let plugins = self.plugins(session, "generators", entries, Generator::read)?;
        self.generate_all(session, all, &plugins)
    }

    fn generate_all(
        &self,
        session: &mut Session,
        all: &mut Accumulator,
        plugins: &[Plugin<Generator>],
    ) -> Result<(), BuildError> {
        let told = self.told(session, plugins);
        let mut generating = Generating {
            target: self,
            session,
            all,
            positions: None,
            told: told.into_iter(),
        };
        generating.fields()?;
        for plugin in plugins {
            let what = format!("{} {}", plugin.config.kind(), plugin.config.name());
            let run = generating.run(&plugin.plugin, plugin.origin.as_ref(), &what);
            let value = plugin.config.name();
            run.map_err(|error| error.through(self.step("generators", value)))?;
        }
        Ok(())
    }

    /// What each chart is told that the cluster serves, in the order in which they are rendered.
    fn told(&self, session: &mut Session, plugins: &[Plugin<Generator>]) -> Vec<Told> {
        let fields = self.kustomization.helm_charts.iter();
        let plugins = plugins.iter().filter_map(|plugin| match &plugin.plugin {
            Generator::HelmChart(_, chart) => Some(chart),
            _ => None,
        });
        let charts = fields.chain(plugins);
        charts
            .map(|chart| session.known_versions.read(&chart.api_versions))
            .collect()
    }
}

struct Generating<'g, 'a, 's> {
    target: &'g Target<'a>,
    session: &'g mut Session<'s>,
    all: &'g mut Accumulator,
    positions: Option<Positions>,
    told: std::vec::IntoIter<Told>,
}

impl Generating<'_, '_, '_> {
    /// The generators that are fields of the kustomization.
    fn fields(&mut self) -> Result<(), BuildError> {
        let target = self.target;
        let ours = &target.kustomization;
        let options = ours.generator_options.as_ref();
        let made = ours.config_map_generator.len() + ours.secret_generator.len();
        self.count_options(options, made)
            .map_err(|error| error.through(target.step("generatorOptions", "")))?;
        for (index, args) in ours.config_map_generator.iter().enumerate() {
            let made = generate::config_map(args, options, &target.loader);
            let made = made.map(|one| vec![one]).map_err(Cause::from);
            self.field(
                "ConfigMapGenerator",
                "configMapGenerator",
                index,
                &args.name,
                made,
            )?;
        }
        for (index, secret) in ours.secret_generator.iter().enumerate() {
            let made = generate::secret(secret, options, &target.loader);
            let made = made.map(|one| vec![one]).map_err(Cause::from);
            self.field(
                "SecretGenerator",
                "secretGenerator",
                index,
                &secret.args.name,
                made,
            )?;
        }
        let globals = ours.helm_globals.clone().unwrap_or_default();
        for (index, chart) in ours.helm_charts.iter().enumerate() {
            let made = self.chart(&globals, self.with_namespace(chart));
            self.field(
                "HelmChartInflationGenerator",
                "helmCharts",
                index,
                &chart.name,
                made,
            )?;
        }
        Ok(())
    }

    /// What all generated objects have is copied into each.
    fn count_options(
        &mut self,
        options: Option<&GeneratorOptions>,
        times: usize,
    ) -> Result<(), BuildError> {
        let maps = options.map(|options| [&options.labels, &options.annotations]);
        let length = maps.into_iter().flatten().map(length_of_map).sum();
        self.session.count_text(length, times)
    }

    fn field(
        &mut self,
        kind: &str,
        field: &str,
        index: usize,
        name: &str,
        made: Result<Vec<Resource>, Cause>,
    ) -> Result<(), BuildError> {
        let origin = self.target.origin_of(kind);
        let added = self.add(made, origin.as_ref(), &format!("{kind} {name}"));
        added.map_err(|error| error.through(self.target.step_at(field, index, name)))
    }

    /// Runs a generator that stands in a file of its own.
    fn run(
        &mut self,
        generator: &Generator,
        origin: Option<&Origin>,
        what: &str,
    ) -> Result<(), BuildError> {
        let loader = &self.target.loader;
        let one = |made: Result<Resource, Cause>| made.map(|made| vec![made]);
        let made = match generator {
            Generator::ConfigMap(args) => {
                one(generate::config_map(args, None, loader).map_err(Cause::from))
            }
            Generator::Secret(args) => {
                one(generate::secret(args, None, loader).map_err(Cause::from))
            }
            Generator::IamPolicy(args) => one(generate::iam_policy(args).map_err(Cause::from)),
            Generator::HelmChart(globals, chart) => self.chart(globals, chart.clone()),
        };
        self.add(made, origin, what)
    }

    fn add(
        &mut self,
        made: Result<Vec<Resource>, Cause>,
        origin: Option<&Origin>,
        what: &str,
    ) -> Result<(), BuildError> {
        let mut made = made.map_err(|source| Problem::Generate {
            what: what.to_owned(),
            source,
        })?;
        self.session.count_resources(&made)?;
        let schema = self.session.schema();
        if let Some(origin) = origin {
            add_origin(&mut made, origin, &schema)?;
        }
        let map = &mut self.all.resources;
        let positions = self
            .positions
            .get_or_insert_with(|| Positions::of(map, &schema));
        for mut resource in made {
            resource.place = Some(self.target.place());
            if resource.behavior() == Behavior::Merge {
                let size = positions.get(&resource.current_id(&schema)).iter();
                let size = size
                    .map(|at| node::count(&map.resources[*at].node))
                    .sum::<usize>();
                self.session.count_work(size / 10)?;
            }
            let absorbed = positions.absorb(resource, map, &schema);
            absorbed.map_err(|source| Problem::Merge {
                from: what.to_owned(),
                source,
            })?;
        }
        Ok(())
    }

    /// A chart without a namespace gets that of the kustomization, or of the nearest one above.
    fn with_namespace(&self, chart: &HelmChart) -> HelmChart {
        let mut chart = chart.clone();
        let ours = &self.target.kustomization.namespace;
        if chart.namespace.is_empty() {
            chart.namespace.clone_from(match ours.is_empty() {
                true => &self.target.helm_namespace,
                false => ours,
            });
        }
        chart
    }

    fn chart(
        &mut self,
        globals: &HelmGlobals,
        mut chart: HelmChart,
    ) -> Result<Vec<Resource>, Cause> {
        self.session.count_chart()?;
        if let Some(told) = self.told.next() {
            chart.api_versions = self.session.known_versions.told(told);
        }
        let (settings, schema) = (&self.session.options.helm, self.session.schema());
        let loader = &self.target.loader;
        let manifests = generate::helm_chart(chart, globals, settings, loader, &schema)?;
        let mut made = read_printed(&manifests)?;
        for resource in &mut made {
            node::set_annotation(&mut resource.node, FROM_A_CHART, "true")?;
        }
        Ok(made)
    }
}
