//! A page is made harmless before it is parsed, tag by tag, in one pass over its text.
//!
//! What is dropped changes nothing that is read here: tags of mere typography, which a parser repeats in every paragraph that
//! they are left open in; tags nested deeper than any page nests them; all tags beyond a number that would fill the memory.
//! In XHTML an element that closes itself is given its closing tag, which HTML does not know to be there.

use memchr::{memchr, memmem};

/// How deep elements may be nested; browsers stop there too.
const DEEPEST: usize = 512;

/// How many tags a page may have.
const MOST_TAGS: usize = 1_000_000;

/// Elements that only change how letters look.
const TYPOGRAPHY: [&str; 13] = [
    "b", "big", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "blink",
];

/// Elements that hold nothing.
const VOID: [&str; 16] = [
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "link",
    "meta", "param", "source", "track", "wbr",
];

/// Elements whose end is often not written: they cannot be nested in themselves without another element between.
const OPEN_ENDED: [&str; 16] = [
    "body", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt",
    "tbody", "td", "th", "tr",
];

/// Elements whose content is no markup.
const RAW: [&str; 8] = [
    "iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp",
];

/// The page as it is parsed.
pub fn tame(page: &str, is_xml: bool) -> String {
    let mut taming = Taming {
        page,
        at: 0,
        tame: String::with_capacity(page.len()),
        is_xml,
        depth: 0,
        dropped: 0,
        tags: 0,
    };
    while taming.step() {}
    taming.tame
}

struct Taming<'a> {
    page: &'a str,
    at: usize,
    tame: String,
    is_xml: bool,
    /// How many elements are open.
    depth: usize,
    /// How many opening tags were dropped whose closing tags are to come.
    dropped: usize,
    tags: usize,
}

impl<'a> Taming<'a> {
    /// Takes the text up to a tag, and the tag; false at the end.
    fn step(&mut self) -> bool {
        let rest = &self.page[self.at..];
        let text = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        self.tame.push_str(&rest[..text]);
        self.at += text;
        let rest = &rest[text..];
        if rest.is_empty() {
            return false;
        }
        if rest.starts_with("<!--") {
            self.skip_past("-->");
        } else if self.is_xml && rest.starts_with("<![CDATA[") {
            self.take_character_data();
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            self.copy_past(">");
        } else {
            self.take_tag(rest);
        }
        true
    }

    fn end_of(&self, mark: &str) -> usize {
        let rest = &self.page.as_bytes()[self.at..];
        memmem::find(rest, mark.as_bytes())
            .map_or(self.page.len(), |end| self.at + end + mark.len())
    }

    fn skip_past(&mut self, mark: &str) {
        self.at = self.end_of(mark);
    }

    fn copy_past(&mut self, mark: &str) {
        let end = self.end_of(mark);
        self.tame.push_str(&self.page[self.at..end]);
        self.at = end;
    }

    /// Takes `<![CDATA[…]]>` as the text that it is.
    fn take_character_data(&mut self) {
        let end = self.end_of("]]>");
        let data = &self.page[self.at + "<![CDATA[".len()..end];
        for c in data.strip_suffix("]]>").unwrap_or(data).chars() {
            match c {
                '<' => self.tame.push_str("&lt;"),
                '&' => self.tame.push_str("&amp;"),
                c => self.tame.push(c),
            }
        }
        self.at = end;
    }

    fn take_tag(&mut self, rest: &'a str) {
        let closes = rest.starts_with("</");
        let name = &rest[1 + usize::from(closes)..];
        let length = name
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_')))
            .unwrap_or(name.len());
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // No tag: a sign of its own.
            self.tame.push('<');
            self.at += 1;
            return;
        }
        let name = name[..length].to_ascii_lowercase();
        let end = tag_end(rest);
        let tag = &rest[..end];
        self.at += end;
        self.tags += 1;
        if self.tags > MOST_TAGS || TYPOGRAPHY.contains(&name.as_str()) {
            return;
        }
        let closes_itself = !closes && tag.ends_with("/>");
        if VOID.contains(&name.as_str()) || OPEN_ENDED.contains(&name.as_str()) {
            self.tame.push_str(tag);
        } else if closes {
            self.close(tag);
        } else if closes_itself && self.is_xml {
            self.tame.push_str(tag);
        } else {
            self.open(tag);
        }
        if closes_itself && self.is_xml && !VOID.contains(&name.as_str()) {
            self.tame.extend(["</", &name, ">"]);
        } else if !closes && RAW.contains(&name.as_str()) {
            self.copy_raw(&name);
        }
    }

    fn open(&mut self, tag: &str) {
        if self.depth < DEEPEST {
            self.depth += 1;
            self.tame.push_str(tag);
        } else {
            self.dropped += 1;
        }
    }

    fn close(&mut self, tag: &str) {
        if self.dropped > 0 {
            self.dropped -= 1;
        } else {
            self.depth = self.depth.saturating_sub(1);
            self.tame.push_str(tag);
        }
    }

    /// Copies all up to the closing tag of an element that holds no markup.
    fn copy_raw(&mut self, name: &str) {
        let rest = &self.page[self.at..];
        let end = memmem::find_iter(rest.as_bytes(), "</").find(|&at| {
            let tag = &rest.as_bytes()[at + 2..];
            tag.len() >= name.len() && tag[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        });
        let end = end.unwrap_or(rest.len());
        self.tame.push_str(&rest[..end]);
        self.at += end;
    }
}

/// Where a tag ends: after a `>` that stands in no quotes.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if rest.as_bytes()[..at].trim_ascii_end().ends_with(b"=") => {
                quote = Some(byte);
            }
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_plain_pages_alone() {
        for page in [
            "<p dir=rtl>نص <a href='#a>b'>رابط</a><br>سطر</p>",
            "<!doctype html><title>a < b</title>",
            "1 < 2 و3 > 2",
            "<script>if (a<b) document.write('<div>')</script><p>x",
        ] {
            assert_eq!(tame(page, false), page);
        }
    }

    #[test]
    fn drops_typography_and_comments() {
        assert_eq!(
            tame("<b>أ</b><FONT color=red>ب</FONT><!-- <p> -->ج<br>", false),
            "أبج<br>"
        );
    }

    #[test]
    fn closes_what_closes_itself_in_xml() {
        assert_eq!(
            tame("<title/><a id=\"p1\"/>نص<br/><![CDATA[a<b&c]]>", true),
            "<title/></title><a id=\"p1\"/></a>نص<br/>a&lt;b&amp;c"
        );
        assert_eq!(tame("<a/>", false), "<a/>");
    }

    #[test]
    fn keeps_nesting_within_bounds() {
        let page = format!("{}x{}y", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tamed = tame(&page, false);
        assert_eq!(tamed.matches("<div>").count(), DEEPEST);
        assert_eq!(tamed.matches("</div>").count(), DEEPEST);
        assert!(tamed.ends_with("</div>y"));
        let items = "<li>".repeat(2000);
        assert_eq!(tame(&items, false), items);
    }

    #[test]
    fn ends_where_a_tag_does_not() {
        assert_eq!(tame("a<p title=\"", false), "a<p title=\"");
        assert_eq!(tame("a<script>b", false), "a<script>b");
        assert_eq!(tame("a<!-- b", false), "a");
    }
}
