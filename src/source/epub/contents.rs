//! The table of contents of a book: which of its files, and which places in them, begin an article, and how it is called.

use std::collections::HashMap;

use dom_query::{Document as Tree, NodeRef};
use quick_xml::events::Event;

use super::super::html::{folded, join, tame};
use super::archive::Archive;
use super::package::{Package, attribute, read, text};

/// The articles of a book, by the files in which they begin.
#[derive(Debug, Default)]
pub struct Contents {
    /// By path in the archive.
    pub files: HashMap<String, Entry>,
}

/// The articles that begin in a file.
#[derive(Debug, Default)]
pub struct Entry {
    /// The title of the one that begins with the file, if one does.
    pub title: Option<String>,
    /// The titles of those that begin at elements of it, by identifier.
    pub starts: HashMap<String, String>,
}

impl Contents {
    /// Reads the table of contents, that of EPUB 3 first.
    pub fn of(package: &Package, archive: &mut Archive) -> Self {
        let mut contents = Self::default();
        if let Some(path) = &package.navigation
            && let Ok(bytes) = archive.read(path)
        {
            contents.read_navigation(path, &String::from_utf8_lossy(&bytes));
        }
        if contents.files.is_empty()
            && let Some(path) = &package.ncx
            && let Ok(bytes) = archive.read(path)
        {
            contents.read_ncx(path, &bytes);
        }
        contents
    }

    /// Adds an entry at a depth, from 1 down: the first of a file is its title. Parts of a file are articles on the first level only;
    /// below that they are its headings.
    fn add(&mut self, base: &str, link: &str, title: &str, depth: usize) {
        let (path, id) = link.split_once('#').unwrap_or((link, ""));
        let title = folded(title);
        let Some(path) = join(base, path).filter(|_| !title.is_empty()) else {
            return;
        };
        let is_new = !self.files.contains_key(&path);
        let entry = self.files.entry(path).or_default();
        if is_new {
            entry.title = Some(title);
        } else if depth == 1 && !id.is_empty() {
            entry.starts.entry(id.to_owned()).or_insert(title);
        }
    }

    fn read_navigation(&mut self, path: &str, page: &str) {
        let tree = Tree::from(tame(page, true));
        let lists = tree.select("nav");
        let is_contents = |node: &&NodeRef<'_>| {
            let kind = node.attr("epub:type").or_else(|| node.attr("type"));
            kind.is_some_and(|kind| kind.split_whitespace().any(|word| word == "toc"))
        };
        let nodes = lists.nodes();
        let Some(list) = nodes.iter().find(is_contents).or(nodes.first()) else {
            return;
        };
        for link in list.descendants_it().filter(|node| node.has_name("a")) {
            let depth = link
                .ancestors_it(None)
                .filter(|node| node.has_name("ol"))
                .count();
            if let Some(target) = link.attr("href") {
                self.add(path, &target, &link.text(), depth);
            }
        }
    }

    fn read_ncx(&mut self, path: &str, bytes: &[u8]) {
        let (mut depth, mut in_text) = (0, false);
        let mut titles: Vec<String> = Vec::new();
        read(bytes, |event| match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "navPoint" => {
                    depth += 1;
                    titles.push(String::new());
                }
                "text" => in_text = depth > 0,
                "content" if depth > 0 => {
                    let target = attribute(tag, "src").unwrap_or_default();
                    let title = titles.last().cloned().unwrap_or_default();
                    self.add(path, &target, &title, depth);
                }
                _ => {}
            },
            Event::Text(_) | Event::GeneralRef(_) if in_text => {
                if let Some(title) = titles.last_mut() {
                    title.push_str(&text(event));
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "navPoint" => {
                    depth = depth.saturating_sub(1);
                    titles.pop();
                }
                "text" => in_text = false,
                _ => {}
            },
            _ => {}
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(contents: &Contents) -> Vec<String> {
        let mut told: Vec<String> = contents
            .files
            .iter()
            .flat_map(|(path, entry)| {
                let title = entry
                    .title
                    .iter()
                    .map(move |title| format!("{path}: {title}"));
                let starts = entry.starts.iter();
                title.chain(starts.map(move |(id, title)| format!("{path}#{id}: {title}")))
            })
            .collect();
        told.sort();
        told
    }

    #[test]
    fn reads_the_navigation_of_epub_3() {
        let page = r#"<html xmlns:epub="x"><nav epub:type="landmarks"><ol><li><a href="x.xhtml">لا</a></li></ol></nav>
<nav epub:type="toc"><h1>المحتويات</h1><ol>
<li><a href="text/a.xhtml"><b>الأول</b></a><ol><li><a href="text/a.xhtml#s1">قسم</a></li></ol></li>
<li><a href="text/b.xhtml#one">الثاني</a></li><li><a href="text/b.xhtml#two">الثالث</a></li>
<li><a href="../../out.xhtml">خارج</a></li></ol></nav></html>"#;
        let mut contents = Contents::default();
        contents.read_navigation("OEBPS/nav.xhtml", page);
        assert_eq!(
            told(&contents),
            [
                "OEBPS/text/a.xhtml: الأول",
                "OEBPS/text/b.xhtml#two: الثالث",
                "OEBPS/text/b.xhtml: الثاني"
            ]
        );
    }

    #[test]
    fn reads_the_table_of_epub_2() {
        let ncx = r#"<ncx><docTitle><text>كتاب</text></docTitle><navMap>
<navPoint><navLabel><text>الأول</text></navLabel><content src="a.xhtml"/>
<navPoint><navLabel><text>قسم</text></navLabel><content src="c.xhtml"/></navPoint></navPoint>
<navPoint><navLabel><text>الثاني</text></navLabel><content src="b.xhtml"/></navPoint></navMap></ncx>"#;
        let mut contents = Contents::default();
        contents.read_ncx("OEBPS/toc.ncx", ncx.as_bytes());
        assert_eq!(
            told(&contents),
            [
                "OEBPS/a.xhtml: الأول",
                "OEBPS/b.xhtml: الثاني",
                "OEBPS/c.xhtml: قسم"
            ]
        );
    }
}
