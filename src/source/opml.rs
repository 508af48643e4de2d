//! OPML, the lists of feeds that programs hand to one another: read from bytes, written as text.
//!
//! Of an outline only `xmlUrl` and its title count (OPML 2.0, "Subscription lists"); folders are walked through. Entities that a
//! document declares itself are not looked at, so none can be blown up.

use std::fmt::Write;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A feed of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Where it is fetched.
    pub address: String,
    /// What it is called; empty where the list does not say.
    pub title: String,
}

/// The feeds of a list, in its order; none when the bytes are no OPML.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Vec<Outline>> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut is_opml = false;
    let mut outlines = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.local_name();
                let name = name.as_ref();
                if name.eq_ignore_ascii_case("opml") {
                    is_opml = true;
                } else if !is_opml {
                    return None;
                } else if name.eq_ignore_ascii_case("outline") {
                    outlines.extend(outline(&element));
                }
            }
            Event::Eof => return is_opml.then_some(outlines),
            _ => {}
        }
    }
}

/// The feed of an outline, unless it is a folder or a note.
fn outline(element: &BytesStart<'_>) -> Option<Outline> {
    let value = |wanted: &str| {
        let mut attributes = element.attributes();
        let mut attributes = attributes.with_checks(false).flatten();
        let attribute =
            attributes.find(|attribute| attribute.key.as_ref().eq_ignore_ascii_case(wanted))?;
        let raw = attribute.value.as_ref();
        let value = quick_xml::escape::unescape(raw).unwrap_or(raw.into());
        Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    Some(Outline {
        address: value("xmlUrl").filter(|address| super::is_address(address))?,
        title: value("title").or_else(|| value("text")).unwrap_or_default(),
    })
}

/// A list of feeds as OPML 2.0.
#[must_use]
pub fn write(title: &str, outlines: &[Outline]) -> String {
    let escape = |text: &str| quick_xml::escape::escape(text).into_owned();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>{}</title></head>\n<body>\n",
        escape(title)
    );
    for Outline { address, title } in outlines {
        let title = escape(if title.is_empty() { address } else { title });
        let address = escape(address);
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "<outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{address}\"/>"
        );
    }
    text.push_str("</body>\n</opml>\n");
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn feed(address: &str, title: &str) -> Outline {
        Outline {
            address: address.into(),
            title: title.into(),
        }
    }

    #[test]
    fn finds_the_feeds_in_folders() {
        let list = "\u{feff}<?xml version='1.0'?><!-- list --><opml version='1.0'><head><title>x</title></head><body>
            <outline text='أخبار'>
              <outline type='rss' text='الأولى &amp; غيرها' xmlUrl='https://one.example/feed?a=1&amp;b=2' htmlUrl='https://one.example'/>
              <outline text='deep'><outline title='الثانية' text='2' XMLURL='http://two.example/'/></outline>
            </outline>
            <outline text='a note'/>
            <outline text='odd' xmlUrl='file:///etc/passwd'/>
          </body></opml>";
        assert_eq!(
            read(list.as_bytes()).unwrap(),
            [
                feed("https://one.example/feed?a=1&b=2", "الأولى & غيرها"),
                feed("http://two.example/", "الثانية"),
            ]
        );
    }

    #[test]
    fn what_is_written_is_read_back() {
        let feeds = [
            feed("https://one.example/?a=1&b=\"2\"", "«عنوان» <b> & 'x'"),
            feed("https://two.example/", ""),
        ];
        let text = write("قارئ & co", &feeds);
        let back = read(text.as_bytes()).unwrap();
        assert_eq!(back[0], feeds[0]);
        assert_eq!(
            back[1],
            feed("https://two.example/", "https://two.example/")
        );
    }

    #[test]
    fn other_bytes_are_no_list() {
        for bytes in [
            &b"<rss version='2.0'><channel/></rss>"[..],
            b"plain text",
            b"",
            b"<opml><outline",
            b"\xff\xfe\x00",
        ] {
            assert_eq!(read(bytes), None);
        }
    }

    #[test]
    fn declared_entities_stay_as_they_are_written() {
        let list =
            "<!DOCTYPE opml [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><opml><body>
            <outline title='&b;' xmlUrl='https://one.example/'/></body></opml>";
        assert_eq!(
            read(list.as_bytes()).unwrap(),
            [feed("https://one.example/", "&b;")]
        );
    }
}
