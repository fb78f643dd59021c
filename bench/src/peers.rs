//! Argo CD 3.5.1's and Flux 2.9's figures. They were measured once, elsewhere: see the README for
//! how, and for what they do not say. Text, because a figure without its condition would mislead.

/// A pair of figures: Argo CD's, Flux's.
pub type Pair = (&'static str, &'static str);

/// Objects per second of a first sync.
pub const FIRST_SYNC_RATE: Pair = ("about 11", "25");
/// Seconds of it.
pub const FIRST_SYNC_SECONDS: Pair = ("956 apps at 838", "408");
/// CPU seconds of the engine's processes.
pub const FIRST_SYNC_CPU: Pair = ("1,016", "436");
/// CPU seconds of kube-apiserver.
pub const FIRST_SYNC_APISERVER_CPU: Pair = ("316", "144");
/// Most resident memory of all processes together, MiB.
pub const PEAK_MEMORY: Pair = ("1,450", "360");
/// Seconds from drift of a ConfigMap to its end: half of them.
pub const HEAL_CONFIG_MAP_P50: Pair = ("0.314", "88 (12.3 of 100 apps)");
/// The slowest of a hundred.
pub const HEAL_CONFIG_MAP_P99: Pair = ("0.728", "250 (58.3 of 100 apps)");
/// The same of a Deployment.
pub const HEAL_DEPLOYMENT_P50: Pair = ("0.606", "203 (55.3 of 100 apps)");
/// The slowest of a hundred.
pub const HEAL_DEPLOYMENT_P99: Pair = ("1.209", "236 (61.9 of 100 apps)");
/// Resident memory of all processes at rest, MiB.
pub const REST_MEMORY: Pair = ("877", "299");
/// CPU seconds of all processes at rest.
pub const REST_CPU: Pair = ("86.5 in 300 s", "353 in 240 s");
/// Writes of the engine at rest.
pub const REST_WRITES: Pair = ("1,484 in 300 s", "8,613 in 240 s");
/// Reads and dry runs.
pub const REST_READS: Pair = ("about 0", "18,840 in 240 s");
/// Watches.
pub const REST_WATCHES: Pair = ("a few tens", "a few tens");
/// Seconds from a push to the changed object.
pub const PUSH_P50: Pair = ("1.21 (told by annotation)", "11.4 (100 apps, annotation)");
/// The slowest.
pub const PUSH_MAX: Pair = ("1.72", "23.6 (100 apps)");
/// Renders for one push of one file.
pub const PUSH_RENDERS: Pair = ("1,000 (all apps, by refresh)", "1,000 (all, in one round)");
/// Seconds from SIGKILL to the end.
pub const KILL: Pair = ("49.8 (50 of 100 apps left)", "25.5 (50 of 100 apps left)");
