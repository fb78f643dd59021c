//! `labels`, `images`, `replicas`, `sortOptions`.
//!
//! Comes in: their places. Goes out: their fields. Source: Kustomize 5.8.1,
//! api/types/{labels,image,replica,sortoptions}.go.

use crate::file::decode::{Field, Fields, field};
use crate::file::types::{Image, Label, LegacySortOptions, Replica, SortOptions};

impl Fields for Label {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("pairs", &mut self.pairs),
            field("includeSelectors", &mut self.include_selectors),
            field("includeTemplates", &mut self.include_templates),
            field("fields", &mut self.fields),
        ]
    }
}

impl Fields for Image {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("name", &mut self.name),
            field("newName", &mut self.new_name),
            field("tagSuffix", &mut self.tag_suffix),
            field("newTag", &mut self.new_tag),
            field("digest", &mut self.digest),
        ]
    }
}

impl Fields for Replica {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("name", &mut self.name),
            field("count", &mut self.count),
        ]
    }
}

impl Fields for SortOptions {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("order", &mut self.order),
            field("legacySortOptions", &mut self.legacy),
        ]
    }
}

impl Fields for LegacySortOptions {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("orderFirst", &mut self.order_first),
            field("orderLast", &mut self.order_last),
        ]
    }
}
