//! What an element of a page says by its name and its attributes: whether it is text, a block or a note, and which way it runs.

use dom_query::NodeRef;

use crate::text::Direction;

/// Elements that are no text, or that surround an article.
pub const PASSED_OVER: [&str; 21] = [
    "script", "style", "noscript", "template", "head", "iframe", "object", "applet", "svg",
    "button", "select", "textarea", "input", "datalist", "dialog", "audio", "video", "canvas",
    "rp", "map", "noframes",
];

/// Elements that begin and end a paragraph.
pub const BLOCKS: [&str; 32] = [
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
    "nav",
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

/// The other elements that begin lines of their own.
const LINES: [&str; 17] = [
    "blockquote",
    "dir",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "listing",
    "menu",
    "ol",
    "plaintext",
    "pre",
    "ul",
    "xmp",
];

/// Whether an element and what is in it is not to be seen.
pub fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// What an element states of the direction of what is in it.
#[derive(Clone, Copy, Debug)]
pub enum Stated {
    Direction(Direction),
    /// That of its first strong letter.
    Auto,
}

impl Stated {
    /// What is stated by an element of this name.
    pub fn by(node: &NodeRef<'_>, name: &str) -> Option<Self> {
        let dir = node.attr("dir");
        match dir.as_deref().map(str::trim) {
            Some(dir) if dir.eq_ignore_ascii_case("auto") => Some(Self::Auto),
            Some(dir) => super::direction(dir).map(Self::Direction),
            None => (name == "bdi").then_some(Self::Auto),
        }
    }

    /// The direction, if it is one of the two.
    pub const fn direction(self) -> Option<Direction> {
        match self {
            Self::Direction(direction) => Some(direction),
            Self::Auto => None,
        }
    }
}

/// Whether an element stands in a line of text, with what is in it.
pub fn is_inline(node: &NodeRef<'_>, name: &str) -> bool {
    let is_block = |name: &str| BLOCKS.contains(&name) || LINES.contains(&name);
    let holds_block = |child: NodeRef<'_>| child.node_name().is_some_and(|name| is_block(&name));
    !is_block(name) && !node.children_it(false).any(holds_block)
}

/// Whether an attribute has one of these words.
pub fn says(node: &NodeRef<'_>, name: &str, words: &[&str]) -> bool {
    node.attr(name)
        .is_some_and(|value| value.split_whitespace().any(|word| words.contains(&word)))
}

/// Whether an element is a note at the foot of a page or the end of a chapter.
pub fn is_note(node: &NodeRef<'_>) -> bool {
    says(
        node,
        "epub:type",
        &["footnote", "endnote", "rearnote", "note"],
    ) || says(node, "role", &["doc-footnote", "doc-endnote"])
}

/// Whether a note begins with its mark, or is an item of a list that numbers it.
pub fn is_numbered(node: &NodeRef<'_>, mark: &str) -> bool {
    let text = node.text();
    let text = text.trim_start().trim_start_matches(['[', '(']);
    node.has_name("li") || text.starts_with(mark)
}

/// The mark of a note without brackets.
pub fn unbracketed(mark: &str) -> &str {
    mark.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')'))
}

/// Whether a raised text is the mark of a note: a number that leads somewhere.
pub fn is_note_mark(node: &NodeRef<'_>) -> bool {
    let text = node.text();
    let text = text.trim();
    let leads = node.children_it(false).any(|child| child.has_attr("href"))
        || node.parent().is_some_and(|parent| parent.has_attr("href"));
    leads && !text.is_empty() && text.chars().all(char::is_numeric)
}
