//! The tree of a page is walked and told to a document's writer: blocks, lists, quotes, tables, code, links, the words of pictures.
//!
//! What is no text for a reader is passed over: scripts, forms. A table that only arranges a page (old pages
//! do that) is read as what stands in it. Nothing here depends on where the page came from; [`Place`] says what links mean there.

use std::collections::HashMap;

use dom_query::NodeRef;

use super::super::letters::Letters;
use super::super::raised::{lowered, raised};
use super::element::{
    BLOCKS, PASSED_OVER, Stated, is_hidden, is_inline, is_note, is_note_mark, is_numbered, says,
    unbracketed,
};
use super::numbers::Numbers;
use super::place::{Place, Target};
use crate::doc::{BlockKind, Writer};
use crate::text::Direction;
use crate::text::visible::is_bidi_control;

/// How deep the walk goes; what is nested deeper is taken as plain text.
const DEEPEST: usize = 2000;

/// What stands between two hemistichs that stood apart.
const BETWEEN: &str = "    ";

/// The walk through one page.
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own about where the walk is.
pub struct Walk<'a> {
    writer: &'a mut Writer,
    letters: &'a Letters,
    place: Place<'a>,
    /// What a block is that begins now.
    kind: BlockKind,
    direction: Option<Direction>,
    /// Whether a block is open.
    open: bool,
    /// A line ended, and nothing has been written since.
    broken: bool,
    /// The numbers of the lists that are open; nothing in a list without numbers.
    lists: Vec<Option<Numbers>>,
    /// The marks that lead to notes of this page, by the notes' identifiers.
    noted: HashMap<String, String>,
    /// A heading that says this once more is left out.
    title: Option<String>,
    /// An article to begin with the next text.
    begins: Option<String>,
    /// Whether the article at hand has no text yet.
    fresh: bool,
    /// Whether menus are written down too.
    menus: bool,
    depth: usize,
}

impl<'a> Walk<'a> {
    /// Begins a walk that writes into the article at hand.
    pub fn new(writer: &'a mut Writer, letters: &'a Letters, place: Place<'a>) -> Self {
        Self {
            writer,
            letters,
            place,
            kind: BlockKind::Paragraph,
            direction: None,
            open: false,
            broken: false,
            lists: Vec::new(),
            noted: HashMap::new(),
            title: None,
            begins: None,
            fresh: false,
            menus: false,
            depth: 0,
        }
    }

    /// Takes menus for text, or passes them over.
    #[must_use]
    pub const fn with_menus(mut self, menus: bool) -> Self {
        self.menus = menus;
        self
    }

    /// The direction that the surroundings of the page state.
    #[must_use]
    pub const fn in_direction(mut self, direction: Option<Direction>) -> Self {
        self.direction = direction;
        self
    }

    /// Begins an article with the first text that comes; where that is a heading, it is the article's title.
    #[must_use]
    pub fn beginning(mut self, title: Option<String>) -> Self {
        self.begins = title;
        self
    }

    /// Leaves the first heading out that says this title once more.
    #[must_use]
    pub fn after_title(mut self, title: &str) -> Self {
        self.title = Some(title.to_owned());
        self
    }

    /// Walks an element with all that is in it.
    pub fn all(&mut self, root: &NodeRef<'_>) {
        self.node(root);
        self.end();
    }

    fn children(&mut self, node: &NodeRef<'_>) {
        if self.depth >= DEEPEST {
            self.text(&node.text());
            return;
        }
        self.depth += 1;
        for child in node.children_it(false) {
            self.node(&child);
        }
        self.depth -= 1;
    }

    fn node(&mut self, node: &NodeRef<'_>) {
        if node.is_text() {
            self.text(&node.text());
            return;
        }
        if !node.is_element() {
            return;
        }
        let name = node.node_name().unwrap_or_default();
        let name = name.as_ref();
        let is_menu = name == "nav" && !self.menus;
        if is_menu || PASSED_OVER.contains(&name) || is_hidden(node) {
            return;
        }
        self.marks(node, name);
        match Stated::by(node, name) {
            None => self.element(node, name),
            // In a line: what stands around keeps its own direction.
            Some(stated) if is_inline(node, name) => {
                self.writer.open_isolate(stated.direction());
                self.element(node, name);
                self.writer.close();
            }
            Some(stated) => {
                let around = std::mem::replace(&mut self.direction, stated.direction());
                self.element(node, name);
                self.direction = around;
            }
        }
    }

    /// Takes the identifiers of an element: labels of the document, beginnings of articles.
    fn marks(&mut self, node: &NodeRef<'_>, name: &str) {
        let id = node.id_attr();
        let anchor = if name == "a" { node.attr("name") } else { None };
        for id in [id, anchor].into_iter().flatten() {
            if let Some(title) = self.place.starts.and_then(|starts| starts.get(id.as_ref())) {
                self.end();
                self.begins = Some(title.clone());
            }
            self.writer.label(&self.place.label(&id));
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str) {
        match name {
            "br" => self.break_line(),
            "hr" => {
                self.end();
                self.start_article();
                self.writer.rule();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node, name),
            "ul" | "menu" | "dir" => self.list(node, None),
            "ol" => self.list(node, Some(Numbers::of(node))),
            "li" => self.item(node),
            "dl" => {
                self.end();
                self.start_article();
                self.writer.open_list(false);
                self.children(node);
                self.end();
                self.writer.close_list();
            }
            "dd" => {
                self.end();
                self.start_article();
                self.writer.open_item("  ");
                self.body(node);
                self.writer.close_item();
            }
            "blockquote" => {
                self.end();
                self.start_article();
                self.writer.open_quote();
                self.children(node);
                self.end();
                self.writer.close_quote();
            }
            "pre" | "listing" | "plaintext" | "xmp" => {
                self.end();
                self.start_article();
                self.writer.code(&self.letters.read(&node.text()));
            }
            "code" | "kbd" | "samp" => {
                self.writer.open_code();
                self.children(node);
                self.writer.close();
            }
            "a" => self.link(node),
            "img" => {
                let words = node.attr("alt").unwrap_or_default();
                if !words.trim().is_empty() {
                    self.begin();
                    self.writer.image(&self.letters.read(&words));
                }
            }
            "q" => {
                self.text("«");
                self.children(node);
                self.text("»");
            }
            "rt" => {
                self.text("(");
                self.children(node);
                self.text(")");
            }
            "sup" if is_note_mark(node) => self.note_mark(node),
            "sup" => self.shifted(node, raised),
            "sub" => self.shifted(node, lowered),
            "table" => match super::table::poem(node) {
                Some(verses) => self.poem(&verses),
                None if super::table::holds_data(node) => self.table(node),
                None => self.block(node),
            },
            name if BLOCKS.contains(&name) => self.block(node),
            _ => self.children(node),
        }
    }

    fn block(&mut self, node: &NodeRef<'_>) {
        self.end();
        self.body(node);
    }

    /// What stands in a block; a note's blocks are notes, after the mark that leads there where they do not repeat it.
    fn body(&mut self, node: &NodeRef<'_>) {
        let kind = self.kind.clone();
        let mut mark = None;
        if is_note(node) {
            self.kind = BlockKind::Note;
            mark = node.id_attr().and_then(|id| self.noted.remove(&*id));
            mark = mark.filter(|mark| !is_numbered(node, mark));
        }
        if let Some(mark) = &mark {
            self.start_article();
            self.writer.open_item(&format!("[{mark}]"));
        }
        self.children(node);
        self.end();
        if mark.is_some() {
            self.writer.close_item();
        }
        self.kind = kind;
    }

    /// The mark of a note, in brackets that set it off from the word before it.
    fn note_mark(&mut self, node: &NodeRef<'_>) {
        let mark = node.text();
        let is_bare = !mark.trim().starts_with(['[', '(']);
        if is_bare {
            self.text("[");
        }
        self.children(node);
        if is_bare {
            self.text("]");
        }
    }

    /// Figures above or below the line, as characters that say so where there are some.
    fn shifted(&mut self, node: &NodeRef<'_>, shift: fn(&str) -> Option<String>) {
        match shift(node.text().trim()) {
            Some(shifted) => self.text(&shifted),
            None => self.children(node),
        }
    }

    fn heading(&mut self, node: &NodeRef<'_>, name: &str) {
        self.end();
        if self.title.is_some() {
            let text = self.letters.words(&node.text());
            if self.title.as_ref() == Some(&text) {
                self.title = None;
                return;
            }
        }
        let level = name[1..].parse().unwrap_or(1);
        let is_first = self.fresh || self.begins.is_some();
        let heading = if is_first {
            BlockKind::Title
        } else {
            BlockKind::Heading(level)
        };
        let kind = std::mem::replace(&mut self.kind, heading);
        self.children(node);
        self.end();
        self.kind = kind;
    }

    fn list(&mut self, node: &NodeRef<'_>, numbers: Option<Numbers>) {
        self.end();
        self.start_article();
        self.lists.push(numbers);
        self.writer.open_list(false);
        self.children(node);
        self.end();
        self.writer.close_list();
        self.lists.pop();
    }

    fn item(&mut self, node: &NodeRef<'_>) {
        self.end();
        let mark = match self.lists.last_mut() {
            Some(Some(numbers)) => numbers.next(node),
            Some(None) => "•".to_owned(),
            // An item outside of any list.
            None => return self.block(node),
        };
        self.start_article();
        self.writer.open_item(&mark);
        self.body(node);
        self.writer.close_item();
    }

    fn link(&mut self, node: &NodeRef<'_>) {
        let target = node.attr("href").and_then(|link| self.place.target(&link));
        match &target {
            Some(Target::Label(label)) => self.writer.open_jump(label),
            Some(Target::Address(address)) => self.writer.open_link(address),
            None => {}
        }
        let text = node.text();
        let text = text.trim();
        let is_address = super::super::is_address(text) && !text.contains(char::is_whitespace);
        if is_address {
            self.writer.open_isolate(Some(Direction::Ltr));
        }
        if says(node, "epub:type", &["noteref"]) || says(node, "role", &["doc-noteref"]) {
            if let Some(id) = node
                .attr("href")
                .as_deref()
                .and_then(|to| to.strip_prefix('#'))
            {
                self.noted
                    .insert(id.to_owned(), unbracketed(text).to_owned());
            }
            // A raised one has its brackets.
            let is_raised = node.parent().is_some_and(|parent| parent.has_name("sup"))
                || node.children_it(false).any(|child| child.has_name("sup"));
            if is_raised {
                self.children(node);
            } else {
                self.note_mark(node);
            }
        } else {
            self.children(node);
        }
        if is_address {
            self.writer.close();
        }
        if target.is_some() {
            self.writer.close();
        }
    }

    fn table(&mut self, node: &NodeRef<'_>) {
        self.end();
        self.start_article();
        let table = super::table::rows(node);
        if let Some(caption) = &table.caption {
            self.block(caption);
        }
        self.writer.open_table(&[], self.direction);
        for row in &table.rows {
            self.writer.open_row(row.is_head);
            for cell in &row.cells {
                self.writer.open_cell();
                let Some(cell) = cell else {
                    continue;
                };
                let stated = Stated::by(cell, "td");
                if let Some(stated) = stated {
                    self.writer.open_isolate(stated.direction());
                }
                self.children(cell);
                if stated.is_some() {
                    self.writer.close();
                }
                self.open = false;
            }
            self.writer.end_row();
        }
        self.writer.end_table();
        self.open = false;
        self.broken = false;
    }

    /// Writes lines of verse whose hemistichs stood in the cells of a table.
    fn poem(&mut self, verses: &[[String; 2]]) {
        self.end();
        self.start_article();
        for (index, [first, second]) in verses.iter().enumerate() {
            self.writer.begin_verse(index > 0);
            self.writer.text(&self.letters.read(first));
            self.writer.divide(BETWEEN);
            self.writer.text(&self.letters.read(second));
            self.writer.end();
        }
        self.fresh = false;
    }

    /// Adds running text.
    fn text(&mut self, text: &str) {
        let is_seen = |c: char| !(c.is_ascii_whitespace() || is_bidi_control(c));
        if !self.open && !text.contains(is_seen) {
            return;
        }
        self.begin();
        let line;
        let text = if text.contains(['\n', '\r']) {
            // Lines of the source are no lines of the text.
            line = text.replace(['\n', '\r'], " ");
            &line
        } else {
            text
        };
        self.writer.text(&self.letters.read(text));
        self.broken &= !text.contains(is_seen);
    }

    /// Opens a block for text that comes, if none is open.
    fn begin(&mut self) {
        self.start_article();
        if !self.open {
            let kind = if self.fresh && self.kind == BlockKind::Title {
                BlockKind::Title
            } else {
                self.kind.clone()
            };
            self.writer.begin(kind, self.direction);
            self.open = true;
        }
        self.fresh = false;
    }

    fn start_article(&mut self) {
        if let Some(title) = self.begins.take() {
            self.writer.article(&title);
            self.fresh = true;
            self.open = false;
        }
    }

    /// Ends the open block.
    fn end(&mut self) {
        if self.open {
            self.writer.end();
        }
        self.open = false;
        self.broken = false;
    }

    /// Ends a line; two ends in a row end a paragraph.
    fn break_line(&mut self) {
        if self.broken {
            self.end();
        } else if self.open {
            self.writer.break_line();
            self.broken = true;
        }
    }
}

/// A text with its white space folded.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
