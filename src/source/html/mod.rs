//! A page of the web becomes a document: its article where one can be told from what surrounds it, else the whole body.
//!
//! The page is tamed ([`tags`]), parsed as browsers do, `dom_smoothie` looks for the article, and [`walk`] writes it down. A
//! page in which no article stands out, as old pages of tables and line breaks, is taken whole: rather too much than too little.

mod charset;
mod element;
mod numbers;
mod place;
mod table;
mod tags;
mod told;
mod walk;

use dom_query::{Document as Tree, NodeRef};
use dom_smoothie::{Config, Readability};

pub use charset::characters;
pub use place::{Place, join};
pub use tags::tame;
pub use told::{day, names};
pub use walk::{Walk, folded};

use super::letters::Letters;
use super::typed;
use super::{Problem, Reading};
use crate::doc::{BlockKind, Document, Writer};
use crate::source::decode::Characters;
use crate::text::Direction;

/// The largest page that is parsed.
pub const LARGEST: usize = 32 << 20;

/// The most elements of a page in which an article is looked for: that takes its time.
const SEARCHED: usize = 50_000;

/// An article with less of the page's text than one in so many letters was not the article.
const SMALLEST_PART: usize = 8;

/// Parses a page.
pub fn parse(mut writer: Writer, bytes: Vec<u8>, reading: Reading) -> Result<Document, Problem> {
    if bytes.len() > LARGEST {
        return Err(Problem::TooMuch);
    }
    let Characters {
        text,
        replaced,
        encoding,
    } = characters(bytes, reading);
    let text = tame(&text, text.trim_start().starts_with("<?xml"));
    let tree = Tree::from(text.as_str());
    let root = tree.html_root();
    let body = tree.body().unwrap_or(root);
    let letters = Letters::of(&body.text(), encoding.name(), replaced, reading);
    let stated = [root, body]
        .iter()
        .rev()
        .find_map(|node| direction(&node.attr("dir")?));
    let language = || root.attr("lang").or_else(|| body.attr("lang"));

    letters.tell(&mut writer);
    if let Some(direction) = stated.or_else(|| super::feed::direction(&language()?)) {
        writer.direction(direction);
    }
    let mut page = Page {
        tree: &tree,
        body,
        letters: &letters,
        direction: stated,
        writer: &mut writer,
    };
    match article(&text, &tree) {
        Some(article) => page.write_article(article),
        None if !tree.select("frameset").is_empty() => page.write_frames(),
        None if has_words(&body, true) => page.write_all(false),
        None => page.write_rest(),
    }
    typed::mark_up_all(&mut writer);
    Ok(writer.finish()?)
}

/// Whether there is a word to be read in an element, or a picture's; menus may count for nothing.
fn has_words(node: &NodeRef<'_>, skip_menus: bool) -> bool {
    if node.is_text() {
        return node.text().contains(char::is_alphanumeric);
    }
    let is = |name| node.has_name(name);
    if ["script", "style", "noscript", "template"]
        .into_iter()
        .any(is)
        || (skip_menus && is("nav"))
    {
        return false;
    }
    is("img") && node.attr("alt").is_some_and(|alt| !alt.trim().is_empty())
        || node
            .children_it(false)
            .any(|child| has_words(&child, skip_menus))
}

/// A page that is written down.
struct Page<'a> {
    tree: &'a Tree,
    body: NodeRef<'a>,
    letters: &'a Letters,
    /// The direction that it states.
    direction: Option<Direction>,
    writer: &'a mut Writer,
}

impl<'a> Page<'a> {
    fn write_article(&mut self, article: dom_smoothie::Article) {
        let title = self.title(folded(&article.title));
        let date = article.published_time.map(|date| told::day(&date));
        let by = article.byline.into_iter().chain(date);
        self.write_head(&title, by);
        let content = Tree::from(article.content);
        Walk::new(self.writer, self.letters, Place::default())
            .in_direction(self.direction)
            .after_title(&title)
            .all(&content.body().unwrap_or_else(|| content.html_root()));
    }

    /// Begins an article with its title, and a line that says who wrote it and when.
    fn write_head(&mut self, title: &str, by: impl Iterator<Item = String>) {
        self.writer.article(title);
        self.write_block(BlockKind::Title, title);
        let by: Vec<String> = by
            .map(|part| self.letters.words(&part))
            .filter(|part| !part.is_empty())
            .collect();
        self.write_block(BlockKind::Paragraph, &by.join(" · "));
    }

    fn write_block(&mut self, kind: BlockKind, text: &str) {
        self.writer.begin(kind, self.direction);
        self.writer.text(text);
        self.writer.end();
    }

    fn write_all(&mut self, with_menus: bool) {
        let title = self.title(folded(&self.tree.select("title").text()));
        let own = self.own();
        Walk::new(self.writer, self.letters, Place::default())
            .in_direction(self.direction)
            .with_menus(with_menus)
            .beginning(Some(title))
            .all(&own);
    }

    /// The only element that the page says is its own part, if there is enough in it; else all of it.
    fn own(&self) -> NodeRef<'a> {
        let whole = letters(&self.body.text());
        let sole = |what: &str| match self.tree.select(what).nodes() {
            [own] if letters(&own.text()) * SMALLEST_PART >= whole => Some(*own),
            _ => None,
        };
        let own = sole("main, [role='main']").or_else(|| sole("article"));
        own.filter(|own| has_words(own, true)).unwrap_or(self.body)
    }

    /// Writes what there is of a page that shows nothing to read: what it says of itself, or its menus.
    fn write_rest(&mut self) {
        let title = self.title(folded(&self.tree.select("title").text()));
        let Some(told) = told::article(self.tree) else {
            if has_words(&self.body, false) {
                return self.write_all(true);
            }
            self.write_head(&title, std::iter::empty());
            if let Some(line) = told::line(self.tree) {
                self.write_block(BlockKind::Paragraph, &self.letters.read(&line));
            }
            return;
        };
        let own = self.letters.words(&told.title);
        let title = if own.is_empty() { title } else { own };
        self.write_head(&title, told.about.into_iter());
        let content = Tree::from(tame(&as_page(&told.text), false));
        Walk::new(self.writer, self.letters, Place::default())
            .in_direction(self.direction)
            .after_title(&title)
            .all(&content.body().unwrap_or_else(|| content.html_root()));
    }

    /// Writes a page that is only a frame for others: where they are, and what it says to who cannot show them.
    fn write_frames(&mut self) {
        let title = self.title(folded(&self.tree.select("title").text()));
        self.write_head(&title, std::iter::empty());
        for frame in &self.tree.select("frame[src]") {
            let address = frame.attr("src").unwrap_or_default();
            let name = frame.attr("title").or_else(|| frame.attr("name"));
            let name = name.filter(|name| !name.trim().is_empty());
            self.writer.begin(BlockKind::Paragraph, self.direction);
            self.writer.open_link(&address);
            let name = name.unwrap_or_else(|| address.clone());
            self.writer.text(&self.letters.read(&name));
            self.writer.close();
            self.writer.end();
        }
        let instead: String = self.tree.select("noframes").text().to_string();
        let content = Tree::from(tame(&instead, false));
        Walk::new(self.writer, self.letters, Place::default())
            .in_direction(self.direction)
            .after_title(&title)
            .all(&content.body().unwrap_or_else(|| content.html_root()));
    }

    /// The title of the page without the name of its site: the heading that stands in it, if one does.
    fn title(&self, title: String) -> String {
        let headings = self.tree.select("h1");
        let headings = headings.iter().map(|heading| folded(&heading.text()));
        let is_own = |heading: &String| title.is_empty() || title.contains(&**heading);
        let mut own = headings.filter(|heading| !heading.is_empty() && is_own(heading));
        self.letters.words(&own.next().unwrap_or(title))
    }
}

/// A text as a page: lines of plain text are paragraphs.
pub fn as_page(text: &str) -> String {
    if text.contains('<') || !text.contains('\n') {
        return text.to_owned();
    }
    text.replace('\n', "<p>")
}

/// How many letters there are in a text.
fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// The article of a page, if one stands out.
fn article(page: &str, tree: &Tree) -> Option<dom_smoothie::Article> {
    let config = Config {
        max_elements_to_parse: SEARCHED,
        ..Config::default()
    };
    let mut readability = Readability::new(page, None, Some(config)).ok()?;
    if !readability.is_probably_readable() {
        return None;
    }
    let article = readability.parse().ok()?;
    let whole = tree.body().map_or(0, |body| letters(&body.text()));
    (letters(&article.text_content) * SMALLEST_PART >= whole).then_some(article)
}

/// The direction that a `dir` attribute states.
pub fn direction(dir: &str) -> Option<Direction> {
    match dir.trim().to_ascii_lowercase().as_str() {
        "rtl" => Some(Direction::Rtl),
        "ltr" => Some(Direction::Ltr),
        _ => None,
    }
}
