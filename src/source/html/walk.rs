//! The tree of a page is walked and told to a document's writer: blocks, lists, quotes, tables, code, links, the words of pictures.
//!
//! What is no text for a reader is passed over: scripts, forms, the readings of ruby. A table that only arranges a page (old pages
//! do that) is read as what stands in it. Nothing here depends on where the page came from; [`Place`] says what links mean there.

use std::collections::HashMap;

use dom_query::NodeRef;

use super::super::letters::Letters;
use crate::doc::{BlockKind, Writer};
use crate::text::Direction;

/// How deep the walk goes; what is nested deeper is taken as plain text.
const DEEPEST: usize = 2000;

/// Elements that are no text, or that surround an article.
const PASSED_OVER: [&str; 22] = [
    "script", "style", "noscript", "template", "head", "iframe", "object", "applet", "svg",
    "button", "select", "textarea", "input", "datalist", "dialog", "nav", "audio", "video",
    "canvas", "rt", "rp", "map",
];

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 31] = [
    "address",
    "article",
    "aside",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "html",
    "legend",
    "main",
    "p",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
];

/// Where a page stands, for its links.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// Its path in an archive, if it stands in one.
    pub path: Option<&'a str>,
    /// The titles of articles that begin at elements with these identifiers.
    pub starts: Option<&'a HashMap<String, String>>,
}

/// What a link leads to.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    /// A label of the document.
    Label(String),
    /// An address outside.
    Address(String),
}

impl Place<'_> {
    /// The label of an element of this page; of the page itself without an identifier.
    pub fn label(&self, id: &str) -> String {
        label(self.path.unwrap_or_default(), id)
    }

    fn target(&self, link: &str) -> Option<Target> {
        let link = link.trim();
        if let Some(id) = link.strip_prefix('#') {
            return (!id.is_empty()).then(|| Target::Label(self.label(id)));
        }
        let scheme = link.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((scheme, _)) = scheme.split_once(':') {
            let is_followed = matches!(
                scheme.to_ascii_lowercase().as_str(),
                "http" | "https" | "mailto" | "ftp" | "gemini" | "tel"
            );
            return is_followed.then(|| Target::Address(link.to_owned()));
        }
        match self.path {
            Some(base) if !link.is_empty() => {
                let (path, id) = link.split_once('#').unwrap_or((link, ""));
                Some(Target::Label(label(&join(base, path)?, id)))
            }
            None if !link.is_empty() => Some(Target::Address(link.to_owned())),
            _ => None,
        }
    }
}

fn label(path: &str, id: &str) -> String {
    format!("{path}#{id}")
}

/// A path in an archive, as seen from a file in it; nothing when it leads out of the archive.
pub fn join(base: &str, link: &str) -> Option<String> {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if link.starts_with('/') {
        return None;
    }
    let link = link.split('?').next().unwrap_or_default();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    Some(percent_decoded(&joined))
}

/// A path with `%20` and its like turned to characters; as it is where they are none.
fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after
            .get(..2)
            .filter(|_| byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(decoded) = digits {
            bytes.push(decoded);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

/// The walk through one page.
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
    /// The numbers of the next items of the lists that are open; nothing in a list without numbers.
    lists: Vec<Option<i64>>,
    /// A heading that says this once more is left out.
    title: Option<String>,
    /// An article to begin with the next text.
    begins: Option<String>,
    /// Whether the article at hand has no text yet.
    fresh: bool,
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
            title: None,
            begins: None,
            fresh: false,
            depth: 0,
        }
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
        self.title = Some(folded(title));
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
        if PASSED_OVER.contains(&name) || is_hidden(node) {
            return;
        }
        self.marks(node, name);
        let direction = self.direction;
        self.direction = match node.attr("dir").as_deref().map(str::trim) {
            Some(dir) if dir.eq_ignore_ascii_case("rtl") => Some(Direction::Rtl),
            Some(dir) if dir.eq_ignore_ascii_case("ltr") => Some(Direction::Ltr),
            Some(dir) if dir.eq_ignore_ascii_case("auto") => None,
            _ => direction,
        };
        self.element(node, name);
        self.direction = direction;
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
            "ol" => {
                let first = node
                    .attr("start")
                    .and_then(|start| start.trim().parse().ok());
                self.list(node, Some(first.unwrap_or(1)));
            }
            "li" => self.item(node),
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
            "sup" if is_note_mark(node) => {
                self.text("[");
                self.children(node);
                self.text("]");
            }
            "table" if super::table::holds_data(node) => self.table(node),
            name if BLOCKS.contains(&name) => self.block(node),
            _ => self.children(node),
        }
    }

    fn block(&mut self, node: &NodeRef<'_>) {
        self.end();
        self.body(node);
    }

    /// What stands in a block; a note's blocks are notes.
    fn body(&mut self, node: &NodeRef<'_>) {
        let kind = self.kind.clone();
        if is_note(node) {
            self.kind = BlockKind::Note;
        }
        self.children(node);
        self.end();
        self.kind = kind;
    }

    fn heading(&mut self, node: &NodeRef<'_>, name: &str) {
        self.end();
        if self.title.is_some() {
            let text = folded(&self.letters.read(&node.text()));
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

    fn list(&mut self, node: &NodeRef<'_>, first: Option<i64>) {
        self.end();
        self.start_article();
        self.lists.push(first);
        self.writer.open_list(false);
        self.children(node);
        self.end();
        self.writer.close_list();
        self.lists.pop();
    }

    fn item(&mut self, node: &NodeRef<'_>) {
        self.end();
        let value = node
            .attr("value")
            .and_then(|value| value.trim().parse().ok());
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                let here = value.unwrap_or(*number);
                *number = here.saturating_add(1);
                format!("{here}.")
            }
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
        self.children(node);
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
                self.children(cell);
                self.open = false;
            }
            self.writer.end_row();
        }
        self.writer.end_table();
        self.open = false;
        self.broken = false;
    }

    /// Adds running text.
    fn text(&mut self, text: &str) {
        if text
            .trim_matches(|c: char| c.is_ascii_whitespace())
            .is_empty()
        {
            if self.open {
                self.writer.text(" ");
            }
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
        self.broken = false;
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

fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("display:none")
        })
}

/// Whether an element is a note at the foot of a page or the end of a chapter.
fn is_note(node: &NodeRef<'_>) -> bool {
    let says = |name: &str, words: &[&str]| {
        node.attr(name)
            .is_some_and(|value| value.split_whitespace().any(|word| words.contains(&word)))
    };
    says("epub:type", &["footnote", "endnote", "rearnote", "note"])
        || says("role", &["doc-footnote", "doc-endnote"])
}

/// Whether a raised text is the mark of a note: a number that leads somewhere.
fn is_note_mark(node: &NodeRef<'_>) -> bool {
    let text = node.text();
    let text = text.trim();
    let leads = node.children_it(false).any(|child| child.has_attr("href"))
        || node.parent().is_some_and(|parent| parent.has_attr("href"));
    leads && !text.is_empty() && text.chars().all(char::is_numeric)
}
