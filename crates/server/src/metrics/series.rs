//! Writing series that are made up when somebody looks: a name, a help text, and its samples.

use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::exemplar::Exemplar;

/// One metric with its samples; nothing at all if there are none.
pub(super) struct Series<'a, 'b> {
    encoder: &'a mut DescriptorEncoder<'b>,
    name: &'a str,
    help: &'a str,
}

type NoExemplar<'a> = Option<&'a Exemplar<[(&'static str, &'static str); 0], f64>>;

impl<'a, 'b> Series<'a, 'b> {
    pub fn new(encoder: &'a mut DescriptorEncoder<'b>, name: &'a str, help: &'a str) -> Self {
        Self {
            encoder,
            name,
            help,
        }
    }

    /// Numbers that rise and fall.
    pub fn gauges<L: EncodeLabelSet>(
        self,
        samples: impl IntoIterator<Item = (L, i64)>,
    ) -> std::fmt::Result {
        let mut samples = samples.into_iter().peekable();
        if samples.peek().is_none() {
            return Ok(());
        }
        let (name, help) = (self.name, format!("{}.", self.help));
        let mut metric = self
            .encoder
            .encode_descriptor(name, &help, None, MetricType::Gauge)?;
        for (labels, value) in samples {
            metric.encode_family(&labels)?.encode_gauge(&value)?;
        }
        Ok(())
    }

    /// Numbers that only rise; their name gets `_total` behind it.
    pub fn counters<L: EncodeLabelSet>(
        self,
        samples: impl IntoIterator<Item = (L, u64)>,
    ) -> std::fmt::Result {
        let mut samples = samples.into_iter().peekable();
        if samples.peek().is_none() {
            return Ok(());
        }
        let (name, help) = (self.name, format!("{}.", self.help));
        let mut metric = self
            .encoder
            .encode_descriptor(name, &help, None, MetricType::Counter)?;
        for (labels, value) in samples {
            let exemplar: NoExemplar<'_> = None;
            metric
                .encode_family(&labels)?
                .encode_counter(&value, exemplar)?;
        }
        Ok(())
    }
}
