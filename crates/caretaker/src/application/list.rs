//! Many Applications as a table for people.

use model::Timestamp;
use serde_json::Value;

use super::{ApplicationView, OperationView, SourceView};
use crate::screen::{Cell, Paint, Table, age, shortened};

/// Messages are cut here in tables that are not wide.
const MESSAGE: usize = 80;

/// How a list is to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Listing {
    /// More columns, whole messages.
    pub wide: bool,
    /// Namespaces are shown.
    pub namespaces: bool,
}

/// Many Applications, a row each.
pub fn list_table(apps: &[Value], listing: Listing, now: Timestamp, paint: &Paint) -> String {
    let mut heading = vec![
        "NAMESPACE",
        "NAME",
        "PROJECT",
        "SYNC",
        "HEALTH",
        "REVISION",
        "DESTINATION",
    ];
    if listing.wide {
        heading.extend([
            "AUTO-SYNC",
            "OPERATION",
            "REPOSITORY",
            "PATH",
            "TARGET",
            "AGE",
        ]);
    }
    heading.push("MESSAGE");
    let mut table = Table::new(&heading);
    for app in apps {
        table.row(list_row(ApplicationView(app), listing, now));
    }
    table.text(paint)
}

fn list_row(app: ApplicationView<'_>, listing: Listing, now: Timestamp) -> Vec<Cell> {
    let namespace = if listing.namespaces {
        app.namespace()
    } else {
        ""
    };
    let message = message(app);
    let mut row = vec![
        Cell::text(namespace),
        Cell::text(app.name()),
        Cell::text(app.project()),
        Cell::status(app.sync()),
        Cell::status(app.health()),
        Cell::text(app.short_revision()),
        Cell::text(app.destination()),
    ];
    if listing.wide {
        row.extend(wide_cells(app, now));
    }
    row.push(Cell::text(if listing.wide {
        message
    } else {
        shortened(&message, MESSAGE)
    }));
    row
}

fn wide_cells(app: ApplicationView<'_>, now: Timestamp) -> [Cell; 6] {
    let sources = app.sources();
    let each = |part: fn(&SourceView<'_>) -> String| {
        sources.iter().map(part).collect::<Vec<_>>().join(",")
    };
    [
        Cell::text(app.auto_sync()),
        Cell::status(OperationView::of(app).map_or("", OperationView::phase)),
        Cell::text(each(|source| source.repository())),
        Cell::text(each(|source| source.path().to_owned())),
        Cell::text(each(|source| source.target().to_owned())),
        Cell::text(age(app.text("/metadata/creationTimestamp"), now)),
    ]
}

/// What most wants to be known of it: errors first, then what is under way or went wrong.
fn message(app: ApplicationView<'_>) -> String {
    let conditions = app.conditions();
    let worst = conditions.iter().find(|(kind, ..)| kind.ends_with("Error"));
    let more = match conditions.len() {
        0 | 1 => String::new(),
        count => format!(" (+{} more)", count - 1),
    };
    let operation = OperationView::of(app).filter(|operation| operation.phase() != "Succeeded");
    match (worst.or(conditions.first()), operation) {
        (Some((kind, message, _)), _) if kind.ends_with("Error") => {
            format!("{kind}: {message}{more}")
        }
        (_, Some(operation)) => match operation.message() {
            "" => operation.phase().to_owned(),
            message => format!("{}: {message}", operation.phase()),
        },
        (Some((kind, message, _)), None) => format!("{kind}: {message}{more}"),
        (None, None) => app.text("/status/health/message").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::fixtures;
    use crate::golden::golden;
    use crate::screen::{ColorChoice, is_risky};

    #[test]
    fn lists_of_applications() {
        let (apps, now) = (fixtures::all(), fixtures::now());
        let plain = Paint::new(ColorChoice::Never, false);
        golden(
            "list.txt",
            &list_table(&apps, Listing::default(), now, &plain),
        );
        let coloured = Paint::new(ColorChoice::Always, false);
        golden(
            "list-coloured.txt",
            &list_table(&apps, Listing::default(), now, &coloured),
        );
        let wide = Listing {
            wide: true,
            namespaces: true,
        };
        let text = list_table(&apps, wide, now, &plain);
        golden("list-wide.txt", &text);
        assert!(
            text.chars().all(|c| c == '\n' || !is_risky(c)),
            "a terminal would act on it"
        );
    }
}
