//! Tables that hold data, told from those that arrange a page, and their rows.

use dom_query::NodeRef;

/// The most letters of a cell on average in a table of data.
const CELL: usize = 200;

/// A table of data.
pub struct Table<'a> {
    /// What stands over it.
    pub caption: Option<NodeRef<'a>>,
    /// Its rows in order.
    pub rows: Vec<Row<'a>>,
}

/// A row of a table.
pub struct Row<'a> {
    /// Whether it is part of the head.
    pub is_head: bool,
    /// Its cells in order.
    pub cells: Vec<NodeRef<'a>>,
}

/// Whether a table holds data: it names its columns or has a caption, or has rows of several short cells and nothing inside.
pub fn holds_data(table: &NodeRef<'_>) -> bool {
    let is_presentation = table
        .attr("role")
        .is_some_and(|role| matches!(role.as_ref(), "presentation" | "none"));
    if is_presentation
        || holds(
            table,
            &[
                "table",
                "h1",
                "h2",
                "h3",
                "ul",
                "ol",
                "blockquote",
                "pre",
                "hr",
            ],
        )
    {
        return false;
    }
    let Table { caption, rows } = self::rows(table);
    let widest = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if rows.is_empty() || widest < 2 {
        return false;
    }
    if caption.is_some() || rows.iter().any(|row| row.is_head) {
        return true;
    }
    let cells: usize = rows.iter().map(|row| row.cells.len()).sum();
    let letters: usize = rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| cell.text().chars().count())
        .sum();
    rows.len() > 1 && letters <= cells * CELL
}

fn holds(table: &NodeRef<'_>, names: &[&str]) -> bool {
    table
        .descendants_it()
        .any(|node| names.iter().any(|name| node.has_name(name)))
}

/// The rows of a table: those of its head, of its bodies, of its foot, as they stand.
pub fn rows<'a>(table: &NodeRef<'a>) -> Table<'a> {
    let mut found = Table {
        caption: None,
        rows: Vec::new(),
    };
    for part in table.children_it(false) {
        if part.has_name("caption") {
            found.caption = Some(part);
        } else if part.has_name("tr") {
            found.rows.push(row(&part, false));
        } else if ["thead", "tbody", "tfoot"]
            .iter()
            .any(|name| part.has_name(name))
        {
            let is_head = part.has_name("thead");
            let rows = part.children_it(false).filter(|row| row.has_name("tr"));
            found.rows.extend(rows.map(|part| row(&part, is_head)));
        }
    }
    found.rows.retain(|row| !row.cells.is_empty());
    found
}

fn row<'a>(row: &NodeRef<'a>, in_head: bool) -> Row<'a> {
    let is_cell = |cell: &NodeRef<'_>| cell.has_name("td") || cell.has_name("th");
    let cells: Vec<NodeRef<'a>> = row.children_it(false).filter(is_cell).collect();
    let all_heads = cells.len() > 1 && cells.iter().all(|cell| cell.has_name("th"));
    Row {
        is_head: in_head || all_heads,
        cells,
    }
}
