//! A page of the web becomes a document: its article where one can be told from what surrounds it, else the whole body.
//!
//! The page is tamed ([`tags`]), parsed as browsers do, `dom_smoothie` looks for the article, and [`walk`] writes it down. A
//! page in which no article stands out, as old pages of tables and line breaks, is taken whole: rather too much than too little.

mod charset;
mod table;
mod tags;
mod walk;

use dom_query::Document as Tree;
use dom_smoothie::{Config, Readability};

pub use charset::characters;
pub use tags::tame;
pub use walk::{Place, Walk, folded, join};

use super::letters::Letters;
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
    let page = tame(&text, text.trim_start().starts_with("<?xml"));
    drop(text);
    let tree = Tree::from(page.as_str());
    let root = tree.html_root();
    let body = tree.body().unwrap_or(root);
    let letters = Letters::of(&body.text(), encoding.name(), replaced, reading);
    let direction = [root, body]
        .iter()
        .rev()
        .find_map(|node| direction(&node.attr("dir")?));

    letters.tell(&mut writer);
    if let Some(direction) = direction {
        writer.direction(direction);
    }
    let article = article(&page, &tree);
    let title = article.as_ref().map_or_else(
        || folded(&tree.select("title").text()),
        |article| folded(&article.title),
    );
    let title = own_title(&tree, title);
    let title = letters.read(&title);
    if let Some(article) = article {
        writer.article(&title);
        if !title.is_empty() {
            writer.begin(BlockKind::Title, direction);
            writer.text(&title);
            writer.end();
        }
        let by: Vec<String> = [article.byline, article.published_time]
            .into_iter()
            .flatten()
            .map(|part| letters.read(&folded(&part)).into_owned())
            .collect();
        if !by.is_empty() {
            writer.begin(BlockKind::Paragraph, direction);
            writer.text(&by.join(" · "));
            writer.end();
        }
        let content = Tree::from(article.content);
        let mut walk = Walk::new(&mut writer, &letters, Place::default())
            .in_direction(direction)
            .after_title(&title);
        walk.all(&content.body().unwrap_or_else(|| content.html_root()));
    } else {
        let mut walk = Walk::new(&mut writer, &letters, Place::default())
            .in_direction(direction)
            .beginning(Some(title.into_owned()));
        walk.all(&body);
    }
    Ok(writer.finish()?)
}

/// The title of a page without the name of its site: the heading that stands in it, if one does.
fn own_title(tree: &Tree, title: String) -> String {
    let headings = tree.select("h1");
    let headings = headings.iter().map(|heading| folded(&heading.text()));
    let mut own = headings.filter(|heading| !heading.is_empty() && title.contains(&**heading));
    own.next().unwrap_or(title)
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
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
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
