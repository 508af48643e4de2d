//! The quotes, lists and items that are open, and what they write before a line.

use super::Writer;
use crate::text::width::cluster_width;

/// Columns after which what is nested deeper stands no further in.
const DEEPEST: usize = 24;

/// What is open around the next block.
#[derive(Debug, Default)]
pub(super) struct Place {
    around: Vec<Around>,
    lists: Vec<List>,
}

/// A quote or an item around a block.
#[derive(Debug)]
enum Around {
    Quote,
    Item {
        /// The mark and the space after it.
        mark: String,
        /// Whether it stands before an earlier block.
        written: bool,
    },
}

#[derive(Debug)]
struct List {
    /// Whether its items stand apart.
    loose: bool,
    /// Whether something of it was written.
    begun: bool,
}

impl Place {
    /// The blank lines before the next block.
    pub(super) fn gap(&self) -> u8 {
        let is_begun = self.lists.first().is_some_and(|list| list.begun);
        match self.lists.last() {
            Some(list) if is_begun && !list.loose => 0,
            _ => 1,
        }
    }

    /// Writes what stands before the next block on its line.
    pub(super) fn write_lead(&self, text: &mut String) {
        let mut columns = 0;
        let last = self.around.len().saturating_sub(1);
        for (index, around) in self.around.iter().enumerate() {
            if columns > DEEPEST && index < last {
                continue;
            }
            match around {
                Around::Quote if columns <= DEEPEST => {
                    text.push_str("> ");
                    columns += 2;
                }
                Around::Item { mark, written } => {
                    if !*written {
                        text.push_str(mark);
                    } else if columns <= DEEPEST {
                        text.extend(std::iter::repeat_n(' ', cluster_width(mark)));
                    }
                    columns += cluster_width(mark);
                }
                Around::Quote => {}
            }
        }
    }

    /// Notes that a block was written here: marks of items stand before one block only.
    pub(super) fn mark_written(&mut self) {
        for around in self.around.iter_mut().rev() {
            if let Around::Item { written, .. } = around
                && std::mem::replace(written, true)
            {
                break;
            }
        }
        for list in self.lists.iter_mut().rev() {
            if std::mem::replace(&mut list.begun, true) {
                break;
            }
        }
    }
}

impl Writer {
    /// Begins a quote.
    pub fn open_quote(&mut self) {
        self.end();
        self.place.around.push(Around::Quote);
    }

    /// Ends the innermost quote, and what was left open in it.
    pub fn close_quote(&mut self) {
        self.end();
        let around = &mut self.place.around;
        if let Some(at) = around.iter().rposition(|a| matches!(a, Around::Quote)) {
            around.truncate(at);
        }
    }

    /// Begins a list; the items of a loose one stand apart like paragraphs.
    pub fn open_list(&mut self, loose: bool) {
        self.end();
        self.place.lists.push(List {
            loose,
            begun: false,
        });
    }

    /// Says that the items of the innermost list stand apart.
    pub fn loosen(&mut self) {
        if let Some(list) = self.place.lists.last_mut() {
            list.loose = true;
        }
    }

    /// Ends the innermost list.
    pub fn close_list(&mut self) {
        self.end();
        self.place.lists.pop();
    }

    /// Begins an item with its mark: `•`, `3.`, the number of a note.
    pub fn open_item(&mut self, mark: &str) {
        self.end();
        self.place.around.push(Around::Item {
            mark: format!("{mark} "),
            written: false,
        });
    }

    /// Ends the innermost item, and what was left open in it.
    pub fn close_item(&mut self) {
        self.end();
        let around = &mut self.place.around;
        if let Some(at) = around
            .iter()
            .rposition(|a| matches!(a, Around::Item { .. }))
        {
            around.truncate(at);
        }
    }
}
