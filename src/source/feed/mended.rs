//! The text of a feed is mended where many are broken, so that a strict parser reads it: ampersands that begin no reference,
//! entities of HTML, a declaration of an encoding that it has left, versions that are told wrong or by an older name; in JSON,
//! identifiers that are numbers.

use std::borrow::Cow;

use serde_json::Value;

/// The namespaces of RSS 0.90, whose elements are those of 1.0.
const OLD: [&str; 2] = [
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
];

/// The namespace of RSS 1.0.
const RSS_1: &str = "http://purl.org/rss/1.0/";

/// How far into a feed its root is looked for.
const HEAD: usize = 8 << 10;

/// The text as it is parsed.
pub fn mended(text: &str) -> Cow<'_, str> {
    let text = text.trim_start();
    if text.starts_with('{') {
        return json(text).map_or(Cow::Borrowed(text), Cow::Owned);
    }
    let mut text = Cow::Borrowed(text);
    for mend in [undeclared, versioned, renamed, escaped] {
        if let Some(better) = mend(&text) {
            text = Cow::Owned(better);
        }
    }
    text
}

/// The beginning of a text.
fn head(text: &str) -> &str {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// XML without its declaration, wherever before the root it stands.
fn undeclared(text: &str) -> Option<String> {
    let start = head(text).find("<?xml ")?;
    let end = start + text[start..].find("?>")? + 2;
    Some([&text[..start], &text[end..]].concat().trim().to_owned())
}

/// RSS with a version that is known.
fn versioned(text: &str) -> Option<String> {
    let root = head(text).find("<rss")?;
    let end = root + text[root..].find('>')?;
    let tag = &text[root..end];
    let known = ["0.91", "0.92", "2.0"];
    if known.iter().any(|version| {
        tag.contains(&format!("\"{version}\"")) || tag.contains(&format!("'{version}'"))
    }) {
        return None;
    }
    let (before, value) = match tag.find("version") {
        Some(at) => {
            let value = &tag[at..];
            let quote = value.find(['"', '\''])?;
            let close = quote + 1 + value[quote + 1..].find(&value[quote..=quote])?;
            (at, &value[close + 1..])
        }
        None => ("<rss".len(), &tag["<rss".len()..]),
    };
    let before = tag[..before].trim_end();
    Some(
        [
            &text[..root],
            before,
            " version=\"2.0\" ",
            value.trim_start(),
            &text[end..],
        ]
        .concat(),
    )
}

/// RSS 0.90 as 1.0.
fn renamed(text: &str) -> Option<String> {
    let old = OLD.into_iter().find(|old| head(text).contains(old))?;
    Some(text.replacen(old, RSS_1, 1))
}

/// XML whose ampersands all begin a reference that XML knows: `&nbsp;` stays one for who reads the content as HTML.
fn escaped(text: &str) -> Option<String> {
    let mut out = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = memchr::memchr2(b'&', b'<', &text.as_bytes()[at..]) {
        let rest = &text[at + found..];
        at += found + 1;
        if rest.starts_with("<![CDATA[") {
            at += rest.find("]]>").unwrap_or(rest.len()) - 1;
        } else if rest.starts_with('&') && !is_reference(rest) {
            out.push_str(&text[copied..at]);
            out.push_str("amp;");
            copied = at;
        }
    }
    (copied > 0).then(|| {
        out.push_str(&text[copied..]);
        out
    })
}

/// Whether a text begins with a reference that XML resolves by itself.
fn is_reference(text: &str) -> bool {
    let name = &text.as_bytes()[1..text.len().min(12)];
    let Some(end) = name.iter().position(|byte| *byte == b';') else {
        return false;
    };
    match &name[..end] {
        b"amp" | b"lt" | b"gt" | b"quot" | b"apos" => true,
        [b'#', b'x', hex @ ..] => !hex.is_empty() && hex.iter().all(u8::is_ascii_hexdigit),
        [b'#', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// JSON Feed with what its readers may miss: identifiers as strings (version 1.1, "id"), a title.
fn json(text: &str) -> Option<String> {
    let mut feed: Value = serde_json::from_str(text).ok()?;
    let object = feed.as_object_mut()?;
    if !object.get("title").is_some_and(Value::is_string) {
        object.insert("title".into(), "".into());
    }
    for item in object.get_mut("items")?.as_array_mut()? {
        let item = item.as_object_mut()?;
        if let Some(Value::Number(number)) = item.get("id") {
            let id = number.to_string();
            item.insert("id".into(), id.into());
        }
        // Enclosures are not read.
        item.remove("attachments");
    }
    serde_json::to_string(&feed).ok()
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn mends_what_many_feeds_break() {
        for (feed, expected) in [
            (
                "<?xml version='1.0'?><rss version=\"2.0\">",
                "<rss version=\"2.0\">",
            ),
            (
                " <!-- x -->\n<?xml version='1.0' encoding='windows-1256'?>\n<feed>",
                "<!-- x -->\n\n<feed>",
            ),
            ("<rss>أ", "<rss version=\"2.0\" >أ"),
            (
                "<rss version='0.94' xmlns:a=\"b\">",
                "<rss version=\"2.0\" xmlns:a=\"b\">",
            ),
            (
                "<r>أ & ب &nbsp; &amp; &#1575; &#x627; &c</r>",
                "<r>أ &amp; ب &amp;nbsp; &amp; &#1575; &#x627; &amp;c</r>",
            ),
            (
                "<r><![CDATA[أ & ب]]> & <![CDATA[&",
                "<r><![CDATA[أ & ب]]> &amp; <![CDATA[&",
            ),
            (
                "<a xmlns='http://my.netscape.com/rdf/simple/0.9/'>",
                "<a xmlns='http://purl.org/rss/1.0/'>",
            ),
            (
                "{\"items\": [{\"id\": 3}]}",
                "{\"items\":[{\"id\":\"3\"}],\"title\":\"\"}",
            ),
            ("{\"items\": [3]}", "{\"items\": [3]}"),
        ] {
            assert_eq!(mended(feed), expected);
        }
    }

    #[test]
    fn leaves_sound_feeds_alone() {
        let feed = "<feed xmlns=\"x\"><title>أ &lt; ب</title></feed>";
        assert!(matches!(mended(feed), std::borrow::Cow::Borrowed(own) if own == feed));
    }
}
