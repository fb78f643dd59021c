//! Which layer of a manifest is the chart.
//!
//! Comes in: a manifest's bytes. Goes out: the layer with the archive, and the one with its
//! provenance if there is one; or the manifests it lists, one of which may be that of a chart.
//!
//! Source: Helm 4.2, pkg/registry/client.go (processChartPull).

use super::error::ManifestError;
use crate::chart::digest::ContentDigest;

/// What the configuration of a chart is called.
pub(crate) const CONFIG: &str = "application/vnd.cncf.helm.config.v1+json";
/// What the archive of a chart is called.
pub(crate) const LAYER: &str = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
/// What it was called before Helm 3.7.
const OLD_LAYER: &str = "application/tar+gzip";
const PROVENANCE: &str = "application/vnd.cncf.helm.chart.provenance.v1.prov";

/// What a manifest leads to.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum Manifest {
    Chart(ChartLayer),
    List(Vec<ContentDigest>),
}

/// The layers of a chart.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct ChartLayer {
    pub archive: ContentDigest,
    pub bytes: u64,
    /// Somebody signed the chart.
    pub provenance: Option<ContentDigest>,
}

#[derive(serde::Deserialize)]
struct Written {
    #[serde(default)]
    config: Option<Descriptor>,
    #[serde(default)]
    layers: Vec<Descriptor>,
    #[serde(default)]
    manifests: Vec<Descriptor>,
}

#[derive(serde::Deserialize)]
struct Descriptor {
    #[serde(default, rename = "mediaType")]
    kind: String,
    digest: String,
    #[serde(default)]
    size: u64,
}

impl Manifest {
    /// Reads a manifest.
    pub fn read(bytes: &[u8]) -> Result<Self, ManifestError> {
        let written: Written = serde_json::from_slice(bytes).map_err(ManifestError::Malformed)?;
        let Some(config) = &written.config else {
            let listed = written.manifests.iter().map(Descriptor::digest);
            return listed.collect::<Result<_, _>>().map(Self::List);
        };
        if config.kind != CONFIG {
            return Err(ManifestError::Kind(config.kind.clone()));
        }
        let find = |kind: &str| written.layers.iter().find(|layer| layer.kind == kind);
        let archive = find(LAYER).or_else(|| find(OLD_LAYER));
        let archive = archive.ok_or(ManifestError::NoLayer)?;
        Ok(Self::Chart(ChartLayer {
            archive: archive.digest()?,
            bytes: archive.size,
            provenance: find(PROVENANCE).map(Descriptor::digest).transpose()?,
        }))
    }
}

impl Descriptor {
    fn digest(&self) -> Result<ContentDigest, ManifestError> {
        ContentDigest::parse(&self.digest).ok_or_else(|| ManifestError::Digest(self.digest.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(kind: &str, content: &[u8]) -> String {
        let digest = ContentDigest::of(content);
        format!(
            r#"{{"mediaType":"{kind}","digest":"{digest}","size":{}}}"#,
            content.len()
        )
    }

    fn read(config: &str, layers: &[String]) -> Result<Manifest, ManifestError> {
        let config = layer(config, b"{}");
        let text = format!(r#"{{"config":{config},"layers":[{}]}}"#, layers.join(","));
        Manifest::read(text.as_bytes())
    }

    #[test]
    fn the_layer_is_found_by_its_type() {
        let layers = [
            layer(PROVENANCE, b"p"),
            layer("other", b"o"),
            layer(LAYER, b"chart"),
        ];
        let expected = ChartLayer {
            archive: ContentDigest::of(b"chart"),
            bytes: 5,
            provenance: Some(ContentDigest::of(b"p")),
        };
        assert_eq!(read(CONFIG, &layers).unwrap(), Manifest::Chart(expected));
        let old = read(CONFIG, &[layer(OLD_LAYER, b"old")]).unwrap();
        assert!(matches!(old, Manifest::Chart(chart) if chart.provenance.is_none()));
    }

    #[test]
    fn what_is_no_chart_is_said_to_be_none() {
        let image = "application/vnd.oci.image.config.v1+json";
        assert!(
            matches!(read(image, &[layer(LAYER, b"c")]), Err(ManifestError::Kind(kind)) if kind == image)
        );
        assert!(matches!(
            read(CONFIG, &[layer("other", b"c")]),
            Err(ManifestError::NoLayer)
        ));
        assert!(matches!(
            Manifest::read(b"<html>"),
            Err(ManifestError::Malformed(_))
        ));
        let list = format!(r#"{{"manifests":[{}]}}"#, layer("any", b"m"));
        let found = Manifest::read(list.as_bytes()).unwrap();
        assert_eq!(found, Manifest::List(vec![ContentDigest::of(b"m")]));
        let broken = format!(r#"{{"manifests":[{{"digest":"{}"}}]}}"#, "md5:0");
        assert!(matches!(
            Manifest::read(broken.as_bytes()),
            Err(ManifestError::Digest(_))
        ));
    }
}
