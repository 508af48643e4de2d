//! What an object of JSON says of an article, whatever its writer called the fields and put into them.

use serde_json::{Map, Value};

use crate::source::html::{day, folded, names};

/// The fields in which a title may stand, in the order in which they are asked. Case, hyphens and underscores do not count.
pub const TITLES: [&str; 4] = ["title", "headline", "عنوان", "العنوان"];
/// Those of the text.
pub const TEXTS: [&str; 10] = [
    "text",
    "content",
    "body",
    "contenttext",
    "contenthtml",
    "articlebody",
    "article",
    "fulltext",
    "نص",
    "النص",
];
/// What stands for a text that is not there.
const SUMMARIES: [&str; 3] = ["summary", "description", "excerpt"];
const AUTHORS: [&str; 6] = ["author", "authors", "byline", "creator", "كاتب", "الكاتب"];
const DATES: [&str; 9] = [
    "date",
    "published",
    "publishedat",
    "datepublished",
    "pubdate",
    "createdat",
    "timestamp",
    "تاريخ",
    "التاريخ",
];

/// The deepest value that is looked for words.
const DEEPEST: usize = 4;

/// What a record says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Fields {
    pub title: String,
    /// Authors and date.
    pub about: Vec<String>,
    /// The text: lines, or markup.
    pub text: String,
}

impl Fields {
    /// Reads an object; nothing if it has neither a title nor a text.
    pub fn of(record: &Map<String, Value>) -> Option<Self> {
        let field = |known: &[&str]| {
            let mut values = known.iter().filter_map(|name| get(record, name));
            values.find_map(|value| words(value, 0))
        };
        let first = |known: &[&str]| {
            let mut values = known.iter().filter_map(|name| get(record, name));
            values.find(|value| !value.is_null())
        };
        let (title, text) = (field(&TITLES), field(&TEXTS));
        if title.is_none() && text.is_none() {
            return None;
        }
        let mut about = first(&AUTHORS).map_or_else(Vec::new, names);
        about.extend(first(&DATES).and_then(date));
        about.retain(|part| !part.is_empty());
        Some(Self {
            title: folded(&title.unwrap_or_default()),
            about,
            text: text.or_else(|| field(&SUMMARIES)).unwrap_or_default(),
        })
    }
}

fn get<'a>(record: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    record.get(name).or_else(|| {
        let is_name = |key: &str| {
            let letters = key.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
            letters.flat_map(char::to_lowercase).eq(name.chars())
        };
        record
            .iter()
            .find(|(key, _)| is_name(key))
            .map(|(_, value)| value)
    })
}

/// The words of a value: a string, several as paragraphs, or what an object says is its text.
fn words(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) if depth < DEEPEST => {
            let parts: Vec<String> = parts
                .iter()
                .filter_map(|part| words(part, depth + 1))
                .collect();
            (!parts.is_empty()).then(|| parts.join("\n"))
        }
        Value::Object(object) if depth < DEEPEST => ["rendered", "text", "value", "html"]
            .into_iter()
            .find_map(|name| words(object.get(name)?, depth + 1)),
        _ => None,
    }
}

/// A date: words, a year, or seconds or milliseconds since 1970.
fn date(value: &Value) -> Option<String> {
    match value {
        Value::String(date) => Some(day(date)),
        Value::Number(number) => {
            let number = number.as_i64()?;
            Some(match number {
                0..=9999 => number.to_string(),
                100_000_000_000.. => civil(number / 1000),
                _ => civil(number),
            })
        }
        _ => None,
    }
}

/// The day of a number of seconds since 1970, in the Gregorian calendar.
fn civil(seconds: i64) -> String {
    const FOUR_HUNDRED_YEARS: i64 = 146_097;
    let year_length = |year: i64| {
        let leaps = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        365 + i64::from(leaps)
    };
    let days = seconds.div_euclid(86_400);
    let mut year = 1970 + 400 * days.div_euclid(FOUR_HUNDRED_YEARS);
    let mut day = days.rem_euclid(FOUR_HUNDRED_YEARS);
    while day >= year_length(year) {
        day -= year_length(year);
        year += 1;
    }
    let february = year_length(year) - 337;
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", day + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(record: &str) -> Option<(String, String, String)> {
        let Ok(Value::Object(record)) = serde_json::from_str(record) else {
            return None;
        };
        let fields = Fields::of(&record)?;
        Some((fields.title, fields.about.join(" · "), fields.text))
    }

    #[test]
    fn reads_fields_by_many_names_and_of_many_types() {
        for (record, title, about, text) in [
            (
                r#"{"title": " أ  ب", "text": "ج", "author": "د", "date": "2024-05-01"}"#,
                "أ ب",
                "د · 2024-05-01",
                "ج",
            ),
            (
                r#"{"Headline": "أ", "article_body": "ج", "authors": ["د", {"name": "ه"}], "published_at": "2024-05-02T10:00:00Z"}"#,
                "أ",
                "د · ه · 2024-05-02",
                "ج",
            ),
            (
                r#"{"title": {"rendered": "أ"}, "content": {"rendered": "<p>ج</p>"}, "date": 1714521600}"#,
                "أ",
                "2024-05-01",
                "<p>ج</p>",
            ),
            (
                r#"{"text": ["ج", 3, "د"], "timestamp": 951782400000, "author": null}"#,
                "",
                "2000-02-29",
                "ج\nد",
            ),
            (
                r#"{"text": null, "body": "ج", "date": 1999}"#,
                "",
                "1999",
                "ج",
            ),
            (
                r#"{"title": "أ", "summary": "ج", "date": -1}"#,
                "أ",
                "1969-12-31",
                "ج",
            ),
            (
                r#"{"العنوان": "أ", "النص": "ج", "الكاتب": "د"}"#,
                "أ",
                "د",
                "ج",
            ),
        ] {
            let expected = (title.to_owned(), about.to_owned(), text.to_owned());
            assert_eq!(fields(record), Some(expected), "{record}");
        }
        for record in [
            r#"{"text": 3}"#,
            r#"{"summary": "ج"}"#,
            "{}",
            r#"{"name": "أ"}"#,
        ] {
            assert_eq!(fields(record), None, "{record}");
        }
    }
}
