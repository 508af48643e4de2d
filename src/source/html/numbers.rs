//! The numbers of a list's items: where they start, which way they run, and what they are written with.

use dom_query::NodeRef;

/// The numbers of one list.
#[derive(Debug)]
pub struct Numbers {
    next: i64,
    step: i64,
    style: Style,
}

#[derive(Clone, Copy, Debug)]
enum Style {
    Decimal,
    Letters { capital: bool },
    Roman { capital: bool },
}

impl Numbers {
    /// Those of a list, by its attributes (HTML, section 4.4.5).
    pub fn of(list: &NodeRef<'_>) -> Self {
        let start = number(list, "start");
        let is_reversed = list.has_attr("reversed");
        let count = || {
            let items = list.children_it(false).filter(|item| item.has_name("li"));
            i64::try_from(items.count()).unwrap_or(i64::MAX)
        };
        Self {
            next: start.unwrap_or_else(|| if is_reversed { count() } else { 1 }),
            step: if is_reversed { -1 } else { 1 },
            style: style(list).unwrap_or(Style::Decimal),
        }
    }

    /// The mark of the next item, which may have a number or a way to write it of its own.
    pub fn next(&mut self, item: &NodeRef<'_>) -> String {
        let here = number(item, "value").unwrap_or(self.next);
        self.next = here.saturating_add(self.step);
        let style = style(item).unwrap_or(self.style);
        let written = match style {
            Style::Decimal => None,
            Style::Letters { capital } => letters(here).map(|mark| cased(mark, capital)),
            Style::Roman { capital } => roman(here).map(|mark| cased(mark, capital)),
        };
        format!("{}.", written.unwrap_or_else(|| here.to_string()))
    }
}

fn number(node: &NodeRef<'_>, name: &str) -> Option<i64> {
    node.attr(name)?.trim().parse().ok()
}

fn style(node: &NodeRef<'_>) -> Option<Style> {
    match node.attr("type")?.trim() {
        "1" => Some(Style::Decimal),
        "a" => Some(Style::Letters { capital: false }),
        "A" => Some(Style::Letters { capital: true }),
        "i" => Some(Style::Roman { capital: false }),
        "I" => Some(Style::Roman { capital: true }),
        _ => None,
    }
}

fn cased(mark: String, capital: bool) -> String {
    if capital {
        mark.to_ascii_uppercase()
    } else {
        mark
    }
}

/// a to z, then aa; nothing below 1.
fn letters(number: i64) -> Option<String> {
    let mut rest = u64::try_from(number).ok().filter(|number| *number > 0)?;
    let mut reversed = Vec::new();
    while rest > 0 {
        rest -= 1;
        reversed.push(char::from(b'a' + u8::try_from(rest % 26).ok()?));
        rest /= 26;
    }
    Some(reversed.iter().rev().collect())
}

/// Roman numerals, from 1 to 3999.
fn roman(number: i64) -> Option<String> {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = (1..4000).contains(&number).then_some(number)?;
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            written.push_str(sign);
            rest -= value;
        }
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(list: &str) -> String {
        let tree = dom_query::Document::from(list);
        let list = tree.select("ol");
        let Some(list) = list.nodes().first() else {
            return String::new();
        };
        let mut numbers = Numbers::of(list);
        let items = list.children_it(false).filter(|item| item.has_name("li"));
        let marks: Vec<String> = items.map(|item| numbers.next(&item)).collect();
        marks.join(" ")
    }

    #[test]
    fn numbers_items_as_the_list_says() {
        for (list, expected) in [
            ("<ol><li><li><li>", "1. 2. 3."),
            ("<ol start=-1><li><li><li>", "-1. 0. 1."),
            ("<ol reversed><li><li><li>", "3. 2. 1."),
            ("<ol reversed start=10><li><li value=4><li>", "10. 4. 3."),
            ("<ol type=a><li><li><li value=27>", "a. b. aa."),
            ("<ol type=A start=26><li><li>", "Z. AA."),
            ("<ol type=i start=3><li><li>", "iii. iv."),
            ("<ol type=I start=1994><li><li type=1>", "MCMXCIV. 1995."),
            ("<ol type=a start=0><li><li>", "0. a."),
            ("<ol type=i start=4000><li>", "4000."),
            ("<ol start=x type=disc><li>", "1."),
        ] {
            assert_eq!(marks(list), expected, "{list}");
        }
    }
}
