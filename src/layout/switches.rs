//! A reader's switches: other digits, no tatweel, no tashkeel, bidi controls in sight. They change what is drawn, nothing else.
//!
//! Levels, shapes and breaks are found before, from the text as written.

use super::Options;
use super::paragraph::Item;
use crate::text::marks;
use crate::text::properties::Kind;
use crate::text::visible;

/// The digits that numbers are drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Digits {
    /// As they stand in the text.
    #[default]
    AsWritten,
    /// ٠١٢٣٤٥٦٧٨٩, with ٫ and ٬ inside numbers and ٪ after them.
    Arabic,
    /// 0123456789, with . and , and %.
    Ascii,
}

/// Does what the options ask for to a paragraph's items.
pub(super) fn apply(text: &str, items: &mut [Item], options: &Options) {
    if !options.tashkeel {
        hide_tashkeel(text, items);
    }
    if !options.tatweel {
        hide_tatweel(items);
    }
    if options.controls {
        for item in items.iter_mut() {
            // One between a lam and its alef has no place to stand.
            if visible::is_bidi_control(item.cluster.base) && !item.held {
                item.resize(1);
            }
        }
    }
    if options.digits != Digits::AsWritten {
        let in_token = |item: &Item| !item.cluster.base.is_whitespace();
        for token in items.chunk_by_mut(|a, b| in_token(a) == in_token(b)) {
            let stays = |item: &Item| is_latin(item.cluster.base) || is_code(item, options);
            if !token.iter().any(stays) {
                swap_digits(token, options.digits);
            }
        }
    }
}

/// Hides clusters that are nothing but tashkeel; marks on a base are left out when the base is drawn.
fn hide_tashkeel(text: &str, items: &mut [Item]) {
    for item in items {
        let cluster = &item.cluster;
        if cluster.kind() == Kind::Mark && text[cluster.range()].chars().all(marks::is_tashkeel) {
            item.width = 0;
        }
    }
}

/// Hides tatweel that lengthens a word; a row of tatweel by itself is a line that somebody drew.
fn hide_tatweel(items: &mut [Item]) {
    let is_tatweel = |item: &Item| item.cluster.base == '\u{640}';
    let mut place = 0;
    while let Some(start) = items[place..].iter().position(is_tatweel) {
        let start = place + start;
        place = items[start..]
            .iter()
            .position(|item| !is_tatweel(item))
            .map_or(items.len(), |length| start + length);
        if items[start].shape.joins_before() || items[place - 1].shape.joins_after() {
            for item in &mut items[start..place] {
                if !item.cluster.tail.any {
                    item.width = 0;
                }
            }
        }
    }
}

/// Whether an item stands in code.
fn is_code(item: &Item, options: &Options) -> bool {
    let start = item.cluster.range().start;
    options.code.iter().any(|code| code.contains(&start))
}

/// Whether this is a Latin letter, with or without an accent.
fn is_latin(c: char) -> bool {
    c.is_alphabetic() && matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Exchanges the digits of a token that holds no Latin letter, and the signs inside and next to its numbers.
fn swap_digits(token: &mut [Item], digits: Digits) {
    let written: Vec<char> = token.iter().map(|item| item.cluster.base).collect();
    let is_digit = |place: Option<usize>| {
        place
            .and_then(|place| written.get(place))
            .is_some_and(|c| digit(*c).is_some())
    };
    // Two points in one number make a date or a version, no fraction.
    let in_number = |c: &char| digit(*c).is_some() || matches!(c, '.' | ',' | '٫' | '٬');
    let points: Vec<usize> = written
        .chunk_by(|a, b| in_number(a) == in_number(b))
        .flat_map(|number| {
            let points = number.iter().filter(|c| matches!(c, '.' | '٫')).count();
            std::iter::repeat_n(points, number.len())
        })
        .collect();
    for (place, item) in token.iter_mut().enumerate() {
        if item.cluster.tail.any {
            continue;
        }
        let before = is_digit(place.checked_sub(1));
        let after = is_digit(Some(place + 1));
        let c = written[place];
        let drawn = match (c, digits) {
            ('.', Digits::Arabic) if before && after && points[place] == 1 => '٫',
            ('٫', Digits::Ascii) if before && after => '.',
            (',', Digits::Arabic) if before && after => '٬',
            ('٬', Digits::Ascii) if before && after => ',',
            ('%', Digits::Arabic) if before || after => '٪',
            ('٪', Digits::Ascii) if before || after => '%',
            _ => digit(c).map_or(c, |value| {
                let zero = if digits == Digits::Arabic {
                    0x660
                } else {
                    0x30
                };
                char::from_u32(zero + value).unwrap_or(c)
            }),
        };
        item.cluster.base = drawn;
    }
}

/// The value of a digit of the three rows that Arabic script is written with.
const fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - 0x30),
        '٠'..='٩' => Some(c as u32 - 0x660),
        '۰'..='۹' => Some(c as u32 - 0x6f0),
        _ => None,
    }
}
