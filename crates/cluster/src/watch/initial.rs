//! The first list of a watch: streamed by the server if it can, in pages if it cannot. Only a few
//! first lists of a connection are under way at once.

use super::WatchEvent;
use super::follow::{End, Follower};
use crate::RequestError;

impl Follower {
    pub(super) async fn first_list(&mut self) -> Result<End, RequestError> {
        let turn = self
            .connection
            .shared
            .first_lists
            .clone()
            .acquire_owned()
            .await;
        let turn = turn.expect("the semaphore of first lists is never closed");
        if self.streams_lists {
            return self.stream_first_list(turn).await;
        }
        let position = self.list_in_pages().await?;
        drop(turn);
        self.listed(position);
        Ok(End::Closed)
    }

    async fn list_in_pages(&mut self) -> Result<String, RequestError> {
        let options = self.request.list_options();
        let mut next = None;
        self.tell(WatchEvent::Restarted);
        loop {
            let resource = &self.request.resource;
            let page = self
                .connection
                .list_page(resource, &options, next.as_deref())
                .await?;
            for object in page.items {
                self.tell(WatchEvent::Applied(object));
            }
            match page.next {
                None => return Ok(page.resource_version),
                token => next = token,
            }
        }
    }
}
