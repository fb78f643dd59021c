//! Webhooks: a push that was verified wakes the sources it concerns.

use super::context::Context;
use engine::Event;
use server::{WebhookReply, WebhookSink};
use std::sync::Arc;

/// Hands verified pushes to the engine.
pub struct Pushes(pub Arc<Context>);

impl WebhookSink for Pushes {
    fn receive(&self, headers: &[(String, String)], body: &[u8]) -> WebhookReply {
        let secrets = self.0.webhook_secrets.load();
        match argo::webhook::parse(headers, body, &secrets) {
            Ok(pushes) => {
                let concerned = self.0.sources().into_iter().filter(|source| {
                    pushes
                        .iter()
                        .any(|push| argo::webhook::concerns(push, source))
                });
                let concerned: Vec<_> = concerned.collect();
                let repositories: Vec<&str> = pushes
                    .iter()
                    .flat_map(|push| &push.repository_urls)
                    .map(String::as_str)
                    .collect();
                tracing::info!(?repositories, sources = concerned.len(), "a push was told");
                concerned
                    .into_iter()
                    .for_each(|source| self.0.tell(Event::Pushed(source)));
                WebhookReply {
                    status: 200,
                    body: String::new(),
                }
            }
            Err(error) => {
                tracing::warn!(%error, "a webhook was refused");
                let (status, body) = error.answer();
                WebhookReply { status, body }
            }
        }
    }
}
