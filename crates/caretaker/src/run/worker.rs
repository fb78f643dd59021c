//! Workers: take a request, carry it out, bring its one answer back.

use super::context::Context;
use super::{cluster_work, report_work, source_work, writing};
use engine::{Answer, Event, Failure, Request, Work};
use std::sync::Arc;
use tokio::task::JoinSet;

/// Requests under way at once; the connection's limiter decides how many reach the server.
const WORKERS: usize = 32;

/// Starts the workers; they end when the queue closes.
pub fn start(context: &Arc<Context>) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    for _ in 0..WORKERS {
        let context = context.clone();
        workers.spawn(async move {
            while let Some(request) = context.queue.next().await {
                let id = request.id;
                let answer = carry_out(&context, request).await;
                context.tell(Event::Answered(id, Box::new(answer)));
            }
        });
    }
    workers
}

async fn carry_out(context: &Arc<Context>, request: Request) -> Answer {
    let priority = request.priority;
    match request.work {
        Work::Resolve { source, previous } => {
            Answer::Resolved(source_work::resolve(context, source, previous).await)
        }
        Work::Render {
            app,
            source,
            revision,
            fresh,
            local,
        } => Answer::Rendered(match local {
            Some(texts) => source_work::render_local(context, app, texts).await,
            None => source_work::render(context, app, source, revision, fresh).await,
        }),
        Work::Compare(desired, app) => {
            Answer::Compared(cluster_work::compare(context, desired, app, priority).await)
        }
        Work::Apply { desired, app, how } => {
            Answer::Applied(writing::apply(context, desired, app, how, priority).await)
        }
        Work::RunHook {
            hook,
            key,
            run: name,
            held,
            app,
            how,
        } => {
            let run = writing::Run {
                hook,
                key,
                name,
                held,
            };
            Answer::Applied(writing::run_hook(context, run, app, how, priority).await)
        }
        Work::ReleaseHook {
            key,
            version,
            uid,
            delete,
        } => Answer::Done(
            writing::release_hook(context, &key, &version, &uid, delete, priority).await,
        ),
        Work::EnsureNamespace(key, app) => {
            Answer::Done(writing::ensure_namespace(context, &key, &app).await)
        }
        Work::Delete {
            key, prune: true, ..
        } if context.wanted.get(&key).is_some() => {
            let message = format!("{key} is wanted again");
            Answer::Done(Err(Failure {
                message,
                transient: true,
            }))
        }
        Work::Delete {
            key,
            version,
            uid,
            propagation,
            ..
        } => Answer::Done(
            cluster_work::delete(context, &key, &version, &uid, propagation, priority).await,
        ),
        Work::Report(report) => {
            Answer::Reported(report_work::report(context, &report, priority).await)
        }
    }
}

/// An error with all its causes in one line.
pub fn in_words(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(": ");
        words.push_str(&error.to_string());
        cause = error.source();
    }
    words
}

/// A request to the cluster that failed.
pub fn failure(error: &cluster::RequestError) -> Failure {
    Failure {
        message: in_words(error),
        transient: error.is_transient(),
    }
}
