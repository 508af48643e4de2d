//! The package document of a book: its title and language, its parts, and the order in which they are read.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::super::html::{folded, join};
use crate::text::Direction;

/// What a package says.
#[derive(Debug, Default)]
pub struct Package {
    /// The book's title.
    pub title: String,
    /// Its chapters in order; those that are read only when a link leads to them stand last.
    pub spine: Vec<Item>,
    /// The path of the table of contents of EPUB 3.
    pub navigation: Option<String>,
    /// The path of that of EPUB 2.
    pub ncx: Option<String>,
    language: String,
    progression: String,
}

/// A file of the spine.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Its path in the archive.
    pub path: String,
    /// Whether it is part of the book's course.
    pub is_linear: bool,
}

/// What the manifest says of a file.
struct Part {
    path: String,
    media_type: String,
    properties: String,
}

/// The path of the package document, by the container's description.
pub fn root_file(container: &[u8]) -> Option<String> {
    let mut path = None;
    read(container, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && tag.local_name().as_ref() == "rootfile"
        {
            path = path.take().or_else(|| attribute(tag, "full-path"));
        }
    });
    path.and_then(|path| join("", &path))
}

impl Package {
    /// Reads the package document at this path; what is broken in it is left out.
    pub fn parse(path: &str, bytes: &[u8]) -> Self {
        let mut package = Self::default();
        let mut parts: HashMap<String, Part> = HashMap::new();
        let mut order: Vec<(String, bool)> = Vec::new();
        let (mut in_title, mut toc) = (false, None);
        read(bytes, |event| match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "title" => in_title = package.title.is_empty() && matches!(event, Event::Start(_)),
                "item" => {
                    let href = attribute(tag, "href").unwrap_or_default();
                    if let (Some(id), Some(path)) = (attribute(tag, "id"), join(path, &href)) {
                        let part = Part {
                            path,
                            media_type: attribute(tag, "media-type").unwrap_or_default(),
                            properties: attribute(tag, "properties").unwrap_or_default(),
                        };
                        parts.insert(id, part);
                    }
                }
                "spine" => {
                    toc = attribute(tag, "toc");
                    package.progression =
                        attribute(tag, "page-progression-direction").unwrap_or_default();
                }
                "itemref" => {
                    if let Some(id) = attribute(tag, "idref") {
                        let linear = attribute(tag, "linear");
                        order.push((id, linear.as_deref() != Some("no")));
                    }
                }
                "language" if package.language.is_empty() => package.language.push(' '),
                _ => {}
            },
            Event::Text(_) | Event::GeneralRef(_) => {
                let text = text(event);
                if in_title {
                    package.title.push_str(&text);
                } else if package.language == " " {
                    text.trim().clone_into(&mut package.language);
                }
            }
            Event::End(_) => in_title = false,
            _ => {}
        });
        package.title = folded(&package.title);
        let has = |part: &&Part, word| part.properties.split_whitespace().any(|own| own == word);
        package.navigation = parts
            .values()
            .find(|part| has(part, "nav"))
            .map(|part| part.path.clone());
        let is_ncx = |part: &&Part| part.media_type == "application/x-dtbncx+xml";
        let ncx = toc
            .and_then(|id| parts.get(&id))
            .or_else(|| parts.values().find(is_ncx));
        package.ncx = ncx.map(|part| part.path.clone());
        // Each part stands there once (EPUB 3.3, 5.7.2): what is named again is not read again.
        let mut named = HashSet::new();
        package.spine = order
            .into_iter()
            .filter_map(|(id, is_linear)| {
                let part = parts.get(&id)?;
                let path = part.path.clone();
                // The last is what the first books were made of.
                let is_page = part.media_type.contains("html")
                    || ["", "text/x-oeb1-document"].contains(&&*part.media_type);
                (is_page && named.insert(&part.path)).then_some(Item { path, is_linear })
            })
            .collect();
        // Stable: within both kinds the order stays.
        package.spine.sort_by_key(|item| !item.is_linear);
        package
    }

    /// The direction in which the book is read, if it states one.
    pub fn direction(&self) -> Option<Direction> {
        match self.progression.as_str() {
            "rtl" => Some(Direction::Rtl),
            _ => super::super::feed::direction(&self.language),
        }
    }
}

/// Hands each event of an XML document to `each`, up to its end or to where it is no XML any more.
pub fn read(bytes: &[u8], mut each: impl FnMut(&Event<'_>)) {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) | Err(_) => return,
            Ok(event) => each(&event),
        }
    }
}

/// The characters of a text event, or of a reference to one; a document's own entities have none here.
pub fn text<'a>(event: &'a Event<'_>) -> Cow<'a, str> {
    match event {
        Event::Text(text) => Cow::Borrowed(text),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(c)) => Cow::Owned(c.to_string()),
            _ => Cow::Borrowed(resolve_predefined_entity(reference).unwrap_or_default()),
        },
        _ => Cow::Borrowed(""),
    }
}

/// The value of an attribute, its entities resolved as far as they are XML's own.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag
        .attributes()
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let unescaped = unescape(&attribute.value);
    Some(unescaped.map_or_else(|_| attribute.value.to_string(), Cow::into_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKAGE: &str = r#"<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <metadata><dc:title>كتاب
   الطريق</dc:title><dc:title>آخر</dc:title><dc:language>ar</dc:language></metadata>
 <manifest>
  <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
  <item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
  <item id="a" href="text/a%20b.xhtml" media-type="application/xhtml+xml"/>
  <item id="b" href="text/b.xhtml" media-type="application/xhtml+xml"/>
  <item id="p" href="p.png" media-type="image/png"/>
  <item id="out" href="../../../etc/passwd" media-type="application/xhtml+xml"/>
  <item id="abs" href="/etc/passwd" media-type="application/xhtml+xml"/>
 </manifest>
 <spine toc="ncx" page-progression-direction="rtl">
  <itemref idref="b" linear="no"/><itemref idref="a"/><itemref idref="p"/><itemref idref="out"/><itemref idref="abs"/><itemref idref="none"/>
  <itemref idref="a"/><itemref idref="b"/>
 </spine>
</package>"#;

    #[test]
    fn reads_what_a_book_is_made_of() {
        let package = Package::parse("OEBPS/book.opf", PACKAGE.as_bytes());
        assert_eq!(package.title, "كتاب الطريق");
        assert_eq!(package.navigation.as_deref(), Some("OEBPS/nav.xhtml"));
        assert_eq!(package.ncx.as_deref(), Some("OEBPS/toc.ncx"));
        assert_eq!(package.direction(), Some(Direction::Rtl));
        let spine: Vec<(&str, bool)> = package
            .spine
            .iter()
            .map(|item| (&*item.path, item.is_linear))
            .collect();
        assert_eq!(
            spine,
            [
                ("OEBPS/text/a b.xhtml", true),
                ("OEBPS/text/b.xhtml", false)
            ],
            "paths that lead out of the archive lead nowhere"
        );
    }

    #[test]
    fn finds_the_package() {
        let container = br#"<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"#;
        assert_eq!(root_file(container).as_deref(), Some("OEBPS/book.opf"));
        assert_eq!(root_file(b"<container>"), None);
        assert_eq!(root_file(br#"<rootfile full-path="../../x"/>"#), None);
    }

    #[test]
    fn does_not_resolve_entities_of_a_document_s_own() {
        let bomb = br#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><package><metadata><title>t&b; &amp; &#1575;</title></metadata></package>"#;
        assert_eq!(Package::parse("x", bomb).title, "t & ا");
    }
}
