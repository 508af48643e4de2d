//! What a page says of itself where it shows no text: pages that a script fills in have their article in their data (JSON-LD,
//! the words of schema.org), or a line for who runs no scripts, or a description.

use dom_query::Document as Tree;
use serde_json::Value;

use super::walk::folded;

/// How deep data is nested that is looked into.
const DEEPEST: usize = 8;

/// What was told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The article's title, if one is told.
    pub title: String,
    /// Authors and date.
    pub about: Vec<String>,
    /// The text, a paragraph a line; it may be markup.
    pub text: String,
}

/// The article that a page's data tells.
pub fn article(tree: &Tree) -> Option<Told> {
    let scripts = tree.select("script[type='application/ld+json']");
    scripts.iter().find_map(|script| {
        let data: Value = serde_json::from_str(script.text().trim()).ok()?;
        in_data(&data, 0)
    })
}

/// A line for who sees nothing else.
pub fn line(tree: &Tree) -> Option<String> {
    let noscript = tree.select("body noscript");
    let noscript = noscript.iter().map(|node| {
        let inner = Tree::from(node.text());
        folded(&inner.text())
    });
    let description = tree.select("meta[name='description'], meta[property='og:description']");
    let description = description
        .iter()
        .filter_map(|node| Some(folded(&node.attr("content")?)));
    description.chain(noscript).find(|line| !line.is_empty())
}

fn in_data(data: &Value, depth: usize) -> Option<Told> {
    if depth > DEEPEST {
        return None;
    }
    match data {
        Value::Array(items) => items.iter().find_map(|item| in_data(item, depth + 1)),
        Value::Object(object) => {
            let text = |name: &str| object.get(name).and_then(Value::as_str);
            let Some(body) = text("articleBody").filter(|body| !body.trim().is_empty()) else {
                return object.values().find_map(|item| in_data(item, depth + 1));
            };
            let mut about = object.get("author").map_or_else(Vec::new, names);
            about.extend(text("datePublished").map(day));
            about.retain(|part| !part.is_empty());
            Some(Told {
                title: folded(text("headline").or(text("name")).unwrap_or_default()),
                about,
                text: body.to_owned(),
            })
        }
        _ => None,
    }
}

/// The names in a value: words, something with a name, or several of these.
pub fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![folded(name)],
        Value::Array(several) => several.iter().flat_map(names).collect(),
        Value::Object(object) => object.get("name").map_or_else(Vec::new, names),
        _ => Vec::new(),
    }
}

/// A date without the time of day (ISO 8601); anything else as it is.
pub fn day(date: &str) -> String {
    let date = date.trim();
    let is_day = |day: &str| {
        let digits = |at: usize| day.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        day.len() == 10 && [0, 1, 2, 3, 5, 6, 8, 9].into_iter().all(digits)
    };
    match date.split_once(['T', ' ']) {
        Some((day, _)) if is_day(day) => day.to_owned(),
        _ => folded(date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_article_in_the_data() {
        let page = |data: &str| {
            Tree::from(format!(
                "<script type='application/ld+json'>{data}</script>"
            ))
        };
        let told = article(&page(
            r#"{"@graph": [{"@type": "WebSite"}, {"headline": "عنوان", "author": [{"name": "ليلى"}, "سعد"], "datePublished": "2024-02-01T10:00:00Z", "articleBody": "نص"}]}"#,
        ));
        let expected = Told {
            title: "عنوان".into(),
            about: vec!["ليلى".into(), "سعد".into(), "2024-02-01".into()],
            text: "نص".into(),
        };
        assert_eq!(told, Some(expected));
        assert_eq!(article(&page("{\"headline\": \"x\"}")), None);
        assert_eq!(article(&page("{")), None);
        let deep = "[".repeat(100) + &"]".repeat(100);
        assert_eq!(article(&page(&deep)), None);
    }

    #[test]
    fn finds_a_line_for_who_runs_no_scripts() {
        let line_of = |page: &str| line(&Tree::from(page));
        assert_eq!(
            line_of("<body><noscript>فعّل <b>النصوص</b></noscript>").as_deref(),
            Some("فعّل النصوص")
        );
        assert_eq!(
            line_of("<meta name=description content=' وصف '><body>").as_deref(),
            Some("وصف")
        );
        assert_eq!(line_of("<body>"), None);
    }

    #[test]
    fn leaves_the_time_of_day_out() {
        for (date, expected) in [
            ("2024-03-05T10:00:00+02:00", "2024-03-05"),
            ("2024-03-05 10:00", "2024-03-05"),
            ("2024-03-05", "2024-03-05"),
            ("5 مارس 2024", "5 مارس 2024"),
            ("اليوم", "اليوم"),
        ] {
            assert_eq!(day(date), expected);
        }
    }
}
