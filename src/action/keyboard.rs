//! Which key of the US layout an Arabic letter stands for, by the tables of `assets/keyboards/`.
//!
//! A reader who types Arabic does not switch the layout to scroll. ASCII characters mean themselves in every layout; of the others,
//! each stands for the key that types it. Where the layouts of the PC and of macOS disagree, the chosen one wins, and a letter that
//! it lacks is looked for in the other.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// Which Arabic layout wins where two disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// "Arabic (101)" of Windows, and the basic layout of X11 and Wayland.
    Pc,
    /// "Arabic" of macOS.
    Mac,
}

impl Default for Layout {
    /// The layout of the system that the program was built for.
    fn default() -> Self {
        if cfg!(target_os = "macos") {
            Self::Mac
        } else {
            Self::Pc
        }
    }
}

const PC: &str = include_str!("../../assets/keyboards/arabic-pc.toml");
const MAC: &str = include_str!("../../assets/keyboards/arabic-mac.toml");

/// The four ligatures of lam with an alef, and their letters.
const LAM_ALEF: [(char, &str); 4] = [
    ('\u{FEF5}', "لآ"),
    ('\u{FEF7}', "لأ"),
    ('\u{FEF9}', "لإ"),
    ('\u{FEFB}', "لا"),
];

/// The ligature that stands for a key that types these letters: lam with an alef, and nothing else.
#[must_use]
pub fn lam_alef(letters: &str) -> Option<char> {
    LAM_ALEF
        .iter()
        .find(|(_, both)| *both == letters)
        .map(|(ligature, _)| *ligature)
}

/// The text that a character typed into a line gives: a ligature of lam and alef gives its letters.
#[must_use]
pub fn letters(typed: char) -> String {
    LAM_ALEF
        .iter()
        .find(|(ligature, _)| *ligature == typed)
        .map_or_else(|| typed.to_string(), |(_, both)| (*both).to_owned())
}

/// The digit that a character shows: 0–9, ٠–٩ (U+0660) or ۰–۹ (U+06F0).
#[must_use]
pub fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6F0}'..='\u{6F9}' => '\u{6F0}',
        _ => return None,
    };
    Some(u32::from(c) - u32::from(zero))
}

/// From a character that is not ASCII to the US key that types it.
#[derive(Clone, Debug)]
pub(super) struct Keyboard {
    layout: Layout,
    /// Read when the first such character is typed.
    keys: OnceLock<HashMap<char, char>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    plain: HashMap<char, String>,
    shifted: HashMap<char, String>,
}

impl Keyboard {
    pub(super) const fn new(layout: Layout) -> Self {
        Self {
            layout,
            keys: OnceLock::new(),
        }
    }

    /// The US character of the key that types this one; others stand for themselves.
    pub(super) fn us(&self, typed: char) -> char {
        if typed.is_ascii() {
            return typed;
        }
        let keys = self.keys.get_or_init(|| keys(self.layout));
        keys.get(&typed).copied().unwrap_or(typed)
    }
}

/// The keys of a layout, and those of the other that it lacks.
fn keys(layout: Layout) -> HashMap<char, char> {
    let (first, second) = match layout {
        Layout::Pc => (PC, MAC),
        Layout::Mac => (MAC, PC),
    };
    // The tables are part of the program, and the tests let none pass that makes no sense.
    let mut keys = read(first).unwrap_or_default();
    for (typed, key) in read(second).unwrap_or_default() {
        keys.entry(typed).or_insert(key);
    }
    keys
}

fn read(table: &str) -> Result<HashMap<char, char>, toml::de::Error> {
    let Table { plain, shifted } = toml::from_str(table)?;
    let typed = |types: &str| {
        let mut chars = types.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Some(c),
            _ => lam_alef(types),
        }
    };
    let mut keys = HashMap::new();
    // A key without Shift goes before one with it: macOS types tatweel with both kinds.
    for (key, types) in plain.iter().chain(&shifted) {
        if let Some(typed) = typed(types).filter(|c| !c.is_ascii()) {
            keys.entry(typed).or_insert(*key);
        }
    }
    Ok(keys)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn us(layout: Layout, typed: &str) -> String {
        let keyboard = Keyboard::new(layout);
        typed.chars().map(|c| keyboard.us(c)).collect()
    }

    #[test]
    fn letters_stand_for_their_keys() {
        assert_eq!(us(Layout::Pc, "ضصثقفغعهخحجد"), "qwertyuiop[]");
        assert_eq!(us(Layout::Pc, "شسيبلاتنمكط"), "asdfghjkl;'");
        assert_eq!(us(Layout::Pc, "ئءؤرﻻىةوزظ"), "zxcvbnm,./");
        assert_eq!(us(Layout::Pc, "ـ،أآ؟ﻷﻹﻵ؛"), "JKHN?GTBP");
        assert_eq!(us(Layout::Mac, "ضصثقفغعهخحجة"), "qwertyuiop[]");
        assert_eq!(us(Layout::Mac, "شسيبلاتنمك؛"), "asdfghjkl;'");
        assert_eq!(us(Layout::Mac, "ظطذدزرو،"), "zxcvbnm,");
        assert_eq!(us(Layout::Mac, "أإآىئءؤ؟«»"), "BNHDCVM?AS");
    }

    #[test]
    fn the_chosen_layout_wins_and_the_other_fills_in() {
        for (typed, pc, mac) in [
            ('و', ',', 'm'),
            ('ة', 'm', ']'),
            ('د', ']', 'v'),
            ('ى', 'n', 'D'),
            ('،', 'K', ','),
            ('؛', 'P', '\''),
        ] {
            assert_eq!(
                us(Layout::Pc, &typed.to_string()),
                pc.to_string(),
                "{typed}"
            );
            assert_eq!(
                us(Layout::Mac, &typed.to_string()),
                mac.to_string(),
                "{typed}"
            );
        }
        assert_eq!(us(Layout::Pc, "«"), "A");
        assert_eq!(us(Layout::Mac, "ﻻﻷ"), "bG");
    }

    #[test]
    fn ascii_and_unknown_characters_stand_for_themselves() {
        for layout in [Layout::Pc, Layout::Mac] {
            let ascii: String = (' '..='~').collect();
            assert_eq!(us(layout, &ascii), ascii);
            assert_eq!(us(layout, "é漢ڤ"), "é漢ڤ");
        }
    }

    #[test]
    fn no_layer_types_a_character_with_two_keys() {
        for table in [PC, MAC] {
            let Table { plain, shifted } = toml::from_str(table).unwrap();
            for layer in [plain, shifted] {
                let mut typed: Vec<&String> =
                    layer.values().filter(|types| !types.is_ascii()).collect();
                let all = typed.len();
                typed.sort();
                typed.dedup();
                assert_eq!(typed.len(), all);
            }
        }
        assert_eq!(us(Layout::Mac, "ـ"), "`");
    }

    #[test]
    fn ligatures_are_made_and_taken_apart() {
        assert_eq!(lam_alef("لا"), Some('ﻻ'));
        assert_eq!(lam_alef("لأ"), Some('ﻷ'));
        assert_eq!(lam_alef("لإ"), Some('ﻹ'));
        assert_eq!(lam_alef("لآ"), Some('ﻵ'));
        for not in ["ل", "ا", "ال", "لال", "لاا", "لٱ", ""] {
            assert_eq!(lam_alef(not), None, "{not}");
        }
        assert_eq!(letters('ﻻ'), "لا");
        assert_eq!(letters('ﻷ'), "لأ");
        assert_eq!(letters('x'), "x");
    }

    #[test]
    fn digits_of_three_rows_count() {
        assert_eq!(digit('7'), Some(7));
        assert_eq!(digit('٧'), Some(7));
        assert_eq!(digit('۷'), Some(7));
        assert_eq!(digit('x'), None);
        assert_eq!(digit('²'), None);
    }
}
