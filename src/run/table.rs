//! Rows of cells become lines: columns as wide as what is in them, the whole mirrored where the interface runs from right to
//! left.
//!
//! Each cell is laid out for itself, so that a name in another script never pulls its neighbours along.

use crate::layout;
use crate::layout::Layout;
use crate::run::output;
use crate::text::direction;
use crate::text::{Direction, sanitise};

/// What stands between two columns.
const GAP: &str = "  ";

/// The least width to which a column is cut, as long as that is enough.
const LEAST: usize = 8;
/// The least width to which a column is cut at all.
const BARE: usize = 3;

/// What a column does when the table is too wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Stays as wide as it is.
    Whole,
    /// Stays as wide as it is below the first row; the heading there loses its end.
    Head,
    /// Cells lose their end.
    Cut,
    /// Cells go on in the next line.
    Wrapped,
}

/// The side of its column on which a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Where lines of the interface begin.
    Start,
    /// Where they end: numbers.
    End,
}

/// Cells in rows and columns.
#[derive(Clone, Debug, Default)]
pub struct Table {
    columns: Vec<(Fit, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table of these columns.
    pub fn new(columns: &[(Fit, Align)]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row: a cell for each column.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Lines in visual order, for a terminal of this many columns; the table stands where lines of the interface begin.
    pub fn visual(&self, columns: usize, direction: Direction, indent: usize) -> Vec<String> {
        let measure = |cell: &str| lay_out(cell, Fit::Whole, 0, direction).lines()[0].width;
        let widths = self.widths(measure, columns.saturating_sub(indent));
        let margin = match direction {
            Direction::Ltr => indent,
            Direction::Rtl => columns.saturating_sub(total(&widths) + indent),
        };
        let mut lines = Vec::new();
        for row in &self.rows {
            let cells: Vec<Layout> = row
                .iter()
                .zip(&self.columns)
                .zip(&widths)
                .map(|((cell, (fit, _)), width)| lay_out(cell, *fit, *width, direction))
                .collect();
            let height = cells
                .iter()
                .map(|cell| cell.lines().len())
                .max()
                .unwrap_or(0);
            for number in 0..height {
                let line = self.line(&cells, &widths, number, direction);
                lines.push(format!("{:margin$}{line}", "").trim_end().to_owned());
            }
        }
        lines
    }

    /// Lines in logical order, nothing cut.
    pub fn logical(&self, indent: usize) -> Vec<String> {
        let measure = |cell: &str| unjoined(cell).lines()[0].width;
        let widths = self.widths(measure, usize::MAX);
        let line = |row: &Vec<String>| {
            let mut line = " ".repeat(indent);
            for ((cell, width), (_, align)) in row.iter().zip(&widths).zip(&self.columns) {
                let cell_width = measure(cell);
                let (before, after) =
                    padding(width.saturating_sub(cell_width), *align == Align::End);
                line.extend([before.as_str(), &sanitise(cell), &after, GAP]);
            }
            line.trim_end().to_owned()
        };
        self.rows.iter().map(line).collect()
    }

    /// One line of a row, its columns in the order in which they stand on the screen.
    fn line(
        &self,
        cells: &[Layout],
        widths: &[usize],
        number: usize,
        direction: Direction,
    ) -> String {
        let mut parts: Vec<String> = cells
            .iter()
            .zip(widths)
            .zip(&self.columns)
            .map(|((cell, width), (_, align))| {
                let (row, taken) = cell.lines().get(number).map_or((String::new(), 0), |line| {
                    (output::row(cell, line, |_| None), line.width)
                });
                let to_the_right = (*align == Align::End) == (direction == Direction::Ltr);
                let (before, after) = padding(width.saturating_sub(taken), to_the_right);
                format!("{before}{row}{after}")
            })
            .collect();
        if direction == Direction::Rtl {
            parts.reverse();
        }
        parts.join(GAP)
    }

    /// The width of each column: that of its widest cell; where all together pass the limit, the widest of those that may give way.
    fn widths(&self, measure: impl Fn(&str) -> usize, limit: usize) -> Vec<usize> {
        let width = |column: usize, skipped: usize| {
            let rows = self.rows.iter().skip(skipped);
            let cells = rows.filter_map(|row| row.get(column));
            cells.map(|cell| measure(cell)).max().unwrap_or(0)
        };
        let count = self.columns.len();
        let mut widths: Vec<usize> = (0..count).map(|column| width(column, 0)).collect();
        let steps: [fn(Fit, usize) -> usize; 3] = [
            |fit, _| {
                if matches!(fit, Fit::Cut | Fit::Wrapped) {
                    LEAST
                } else {
                    usize::MAX
                }
            },
            |fit, below| {
                if fit == Fit::Head {
                    below.max(BARE)
                } else {
                    usize::MAX
                }
            },
            |fit, _| if fit == Fit::Cut { BARE } else { usize::MAX },
        ];
        for step in steps {
            let least = |column: usize| step(self.columns[column].0, width(column, 1));
            let least: Vec<usize> = (0..count).map(least).collect();
            while total(&widths) > limit {
                let giving = (0..count).filter(|&column| widths[column] > least[column]);
                let Some(widest) = giving.max_by_key(|&column| widths[column]) else {
                    break;
                };
                widths[widest] -= 1;
            }
        }
        widths
    }
}

/// The columns that a line of columns of these widths takes.
fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1)
}

/// Spaces before and after what stands to one side.
fn padding(spaces: usize, to_the_right: bool) -> (String, String) {
    let (before, after) = if to_the_right {
        (spaces, 0)
    } else {
        (0, spaces)
    };
    (" ".repeat(before), " ".repeat(after))
}

/// A cell in the direction of its own text.
fn lay_out(cell: &str, fit: Fit, width: usize, direction: Direction) -> Layout {
    let direction = direction::of_paragraph(cell, Some(direction));
    if matches!(fit, Fit::Cut | Fit::Head) {
        return layout::lay_out_label(cell, width, direction);
    }
    let options = layout::Options {
        width: if fit == Fit::Wrapped { width } else { 0 },
        direction,
        ..layout::Options::default()
    };
    layout::lay_out(cell, &options)
}

/// A cell as it is written into a pipe, to be measured.
fn unjoined(cell: &str) -> Layout {
    let options = layout::Options {
        width: 0,
        join: false,
        ..layout::Options::default()
    };
    layout::lay_out(cell, &options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(fit: Fit) -> Table {
        let mut table = Table::new(&[
            (Fit::Whole, Align::End),
            (fit, Align::Start),
            (Fit::Whole, Align::End),
        ]);
        table.row(vec!["n".into(), "title".into(), "w".into()]);
        table.row(vec!["10".into(), "one two three four".into(), "7".into()]);
        table
    }

    #[test]
    fn stands_at_the_left_in_english() {
        assert_eq!(
            table(Fit::Cut).visual(40, Direction::Ltr, 1),
            ["  n  title               w", " 10  one two three four  7"]
        );
    }

    #[test]
    fn stands_mirrored_at_the_right_in_arabic() {
        assert_eq!(
            table(Fit::Cut).visual(30, Direction::Rtl, 1),
            [
                "    w               title  n",
                "    7  one two three four  10"
            ]
        );
    }

    #[test]
    fn cuts_or_wraps_the_column_that_gives_way() {
        assert_eq!(
            table(Fit::Cut).visual(20, Direction::Ltr, 0),
            [" n  title          w", "10  one two thre…  7"]
        );
        assert_eq!(
            table(Fit::Wrapped).visual(20, Direction::Ltr, 0),
            [" n  title          w", "10  one two three  7", "    four"]
        );
    }

    #[test]
    fn fits_the_smallest_terminals() {
        let columns = [
            (Fit::Cut, Align::Start),
            (Fit::Cut, Align::Start),
            (Fit::Head, Align::End),
        ];
        let mut table = Table::new(&columns);
        let rows = [
            ["Kind", "Name", "Mentions"],
            ["organisation", "one two three", "12"],
        ];
        for row in rows {
            table.row(row.map(str::to_owned).into());
        }
        assert_eq!(
            table.visual(20, Direction::Ltr, 0),
            ["Kind     Name    Me…", "organi…  one t…   12"]
        );
        for columns in 13..40 {
            let lines = table.visual(columns, Direction::Rtl, 0);
            let widest = lines.iter().map(|line| line.chars().count()).max();
            assert!(widest <= Some(columns), "{columns}: {lines:?}");
        }
    }

    #[test]
    fn keeps_letters_and_order_in_a_pipe() {
        let mut table = Table::new(&[(Fit::Cut, Align::Start), (Fit::Whole, Align::Start)]);
        table.row(vec!["لا".into(), "a".into()]);
        table.row(vec!["سلام".into(), "b\u{202e}".into()]);
        assert_eq!(table.logical(0), ["لا    a", "سلام  b"]);
    }
}
