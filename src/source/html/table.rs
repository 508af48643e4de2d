//! Tables that hold data or verse, told from those that arrange a page, and their rows.

use dom_query::NodeRef;

use super::super::verse;
use super::walk::folded;

/// The most rows or columns that a cell may take up; more is taken for a slip.
const WIDEST: usize = 100;

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
    /// Its cells by columns; nothing where a cell from before or above goes on.
    pub cells: Vec<Option<NodeRef<'a>>>,
}

impl<'a> Row<'a> {
    /// The cells that begin in it.
    fn own(&self) -> impl Iterator<Item = &NodeRef<'a>> {
        self.cells.iter().flatten()
    }
}

/// Hemistichs from the cells of a table that holds nothing but verse: two in each row, maybe with a mark or nothing between them.
pub fn poem(table: &NodeRef<'_>) -> Option<Vec<[String; 2]>> {
    if holds(table, &["table", "th", "a", "img"]) {
        return None;
    }
    let rows = rows(table).rows;
    let verses = rows.iter().map(|row| {
        let cells = row.own().map(|cell| folded(&cell.text()));
        let mut cells = cells.filter(|cell| cell.contains(char::is_alphabetic));
        let sides = [cells.next()?, cells.next()?];
        (cells.next().is_none() && verse::is_line([&sides[0], &sides[1]])).then_some(sides)
    });
    let verses: Vec<[String; 2]> = verses.collect::<Option<_>>()?;
    (verses.len() > 1).then_some(verses)
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
        .flat_map(Row::own)
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
    spread_down(&mut found.rows);
    found
}

fn row<'a>(row: &NodeRef<'a>, in_head: bool) -> Row<'a> {
    let is_cell = |cell: &NodeRef<'_>| cell.has_name("td") || cell.has_name("th");
    let own: Vec<NodeRef<'a>> = row.children_it(false).filter(is_cell).collect();
    let all_heads = own.len() > 1 && own.iter().all(|cell| cell.has_name("th"));
    let mut cells = Vec::with_capacity(own.len());
    for cell in own {
        let width = span(&cell, "colspan");
        cells.push(Some(cell));
        cells.extend((1..width).map(|_| None));
    }
    // What nothing stands after needs no room.
    let used = cells.iter().rposition(Option::is_some);
    cells.truncate(used.map_or(0, |last| last + 1));
    Row {
        is_head: in_head || all_heads,
        cells,
    }
}

/// How many columns or rows a cell takes up.
fn span(cell: &NodeRef<'_>, name: &str) -> usize {
    let stated = cell.attr(name).and_then(|span| span.trim().parse().ok());
    stated
        .filter(|span| (1..=WIDEST).contains(span))
        .unwrap_or(1)
}

/// Makes room in each row for the cells that reach down into it.
fn spread_down(rows: &mut [Row<'_>]) {
    // Of each column, how many rows below are taken.
    let mut taken: Vec<usize> = Vec::new();
    for row in rows {
        let mut own = std::mem::take(&mut row.cells).into_iter().peekable();
        let mut below: Vec<usize> = Vec::new();
        while own.peek().is_some() || taken.len() > row.cells.len() {
            let column = row.cells.len();
            if let Some(left @ 1..) = taken.get(column) {
                below.push(left - 1);
                row.cells.push(None);
                continue;
            }
            let cell = own.next().flatten();
            below.push(match &cell {
                Some(cell) => span(cell, "rowspan") - 1,
                // A wide cell reaches down with all of its columns.
                None if column > 0 && row.cells[column - 1].is_none() => 0,
                None => below.last().copied().unwrap_or(0),
            });
            row.cells.push(cell);
        }
        let used = row.cells.iter().rposition(Option::is_some);
        row.cells.truncate(used.map_or(0, |last| last + 1));
        taken = below;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of each row; `-` where a cell goes on.
    fn grid(table: &str) -> Vec<String> {
        let tree = dom_query::Document::from(format!("<table>{table}</table>"));
        let table = tree.select("table");
        let found = table.nodes().first().map(rows);
        let row = |row: &Row<'_>| {
            let cells = row.cells.iter().map(|cell| match cell {
                Some(cell) => cell.text().to_string(),
                None => "-".to_owned(),
            });
            cells.collect::<Vec<_>>().join(" ")
        };
        found.map_or_else(Vec::new, |found| found.rows.iter().map(row).collect())
    }

    #[test]
    fn gives_each_cell_its_column() {
        for (table, expected) in [
            (
                "<tr><td>a<td>b<td rowspan=2>c<tr><td>d<td>e<tr><td colspan=2>f<td>g<tr><td colspan=3>h",
                &["a b c", "d e", "f - g", "h"][..],
            ),
            (
                "<tr><td rowspan=3>a<td>b<tr><td>c<tr><td>d<tr><td>e<td>f",
                &["a b", "- c", "- d", "e f"],
            ),
            (
                "<tr><td colspan=2 rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f",
                &["a - b", "- - c", "d e f"],
            ),
            (
                "<tr><td colspan=0 rowspan=x>a<td colspan=9999>b<td>c",
                &["a b c"],
            ),
        ] {
            assert_eq!(grid(table), expected, "{table}");
        }
    }
}
