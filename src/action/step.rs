//! A key press and what was typed before it become an action with a count, a text, or the wait for more.
//!
//! `3j` is `j` with the count 3; `g g` is one action of two keys. Outside prompts an Arabic letter stands for the key that types it.

use std::fmt;

use super::keyboard::{digit, letters};
use super::{Action, Code, Key, Keymap, Mode};

/// The largest count; a larger one is taken for this.
pub const MAX_COUNT: u32 = 1_000_000;

/// What was typed and is not yet an action: a count, and the keys of an unfinished sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    count: Option<u32>,
    keys: Vec<Key>,
}

impl Pending {
    /// Whether nothing waits.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count.is_none() && self.keys.is_empty()
    }
}

impl fmt::Display for Pending {
    /// As typed, for the status line: `3`, `g`, `3g`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(count) = self.count {
            write!(f, "{count}")?;
        }
        self.keys.iter().try_for_each(|key| write!(f, "{key}"))
    }
}

/// What a key press comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// An action, with the count that was typed before it.
    Act {
        /// What is asked for.
        action: Action,
        /// From 1 to [`MAX_COUNT`]; None when no count was typed.
        count: Option<u32>,
    },
    /// In a prompt: the text that the key types; more than one character for the ligatures of lam and alef.
    Text(String),
    /// A count or a sequence has begun; show what is pending.
    More,
    /// The key means nothing here; what was pending is dropped.
    Nothing,
}

impl Keymap {
    /// Takes the next key. `pending` holds what was typed before, and belongs to the caller; give it an empty one when the mode changes.
    pub fn step(&self, mode: Mode, pending: &mut Pending, key: Key) -> Step {
        if mode == Mode::Prompt {
            return self.type_key(key);
        }
        let key = self.us_key(key);
        if pending.keys.is_empty()
            && let Some(digit) = key.text().and_then(digit)
            && (digit != 0 || pending.count.is_some())
        {
            let count = pending
                .count
                .unwrap_or(0)
                .saturating_mul(10)
                .saturating_add(digit);
            pending.count = Some(count.min(MAX_COUNT));
            return Step::More;
        }
        if key == Key::plain(Code::Escape) && !pending.is_empty() {
            *pending = Pending::default();
            return Step::Nothing;
        }
        let unfinished = !pending.keys.is_empty();
        pending.keys.push(key);
        match self.find(mode, &pending.keys) {
            Found::Action(action) => Step::Act {
                action,
                count: std::mem::take(pending).count,
            },
            Found::Start => Step::More,
            Found::Nothing => {
                *pending = Pending::default();
                // The key that broke a sequence off still means what it means alone.
                if unfinished {
                    self.step(mode, pending, key)
                } else {
                    Step::Nothing
                }
            }
        }
    }

    fn type_key(&self, key: Key) -> Step {
        match self.find(Mode::Prompt, &[key]) {
            Found::Action(action) => Step::Act {
                action,
                count: None,
            },
            Found::Start | Found::Nothing => {
                key.text().map_or(Step::Nothing, |c| Step::Text(letters(c)))
            }
        }
    }

    /// The key of the US layout that types this one.
    fn us_key(&self, key: Key) -> Key {
        match key.code {
            // Digits stay: they count, whatever key types them.
            Code::Char(c) if digit(c).is_none() => Key::new(
                Code::Char(self.keyboard().us(c)),
                key.control,
                key.alt,
                key.shift,
            ),
            _ => key,
        }
    }

    fn find(&self, mode: Mode, typed: &[Key]) -> Found {
        let rows = self.bindings(mode).iter();
        let starting = rows.flat_map(|binding| {
            binding
                .keys
                .iter()
                .map(|keys| (keys.keys(), binding.action))
        });
        let mut starting = starting.filter(|(keys, _)| keys.starts_with(typed));
        match starting.next() {
            Some((keys, action)) if keys.len() == typed.len() => Found::Action(action),
            Some(_) => Found::Start,
            None => Found::Nothing,
        }
    }
}

enum Found {
    Action(Action),
    Start,
    Nothing,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::action::Layout;

    /// What a row of keys, with blanks between them, comes to: `3*line-down`, `"text"`, `…` for more, `-` for nothing.
    fn steps(layout: Layout, mode: Mode, keys: &str) -> String {
        let keymap = Keymap::built_in(layout);
        let mut pending = Pending::default();
        let told = keys.split(' ').map(|key| {
            match keymap.step(mode, &mut pending, key.parse().unwrap()) {
                Step::Act {
                    action,
                    count: Some(count),
                } => format!("{count}*{action}"),
                Step::Act {
                    action,
                    count: None,
                } => action.to_string(),
                Step::Text(text) => format!("{text:?}"),
                Step::More => "…".to_owned(),
                Step::Nothing => "-".to_owned(),
            }
        });
        told.collect::<Vec<_>>().join(" ")
    }

    fn reading(keys: &str) -> String {
        steps(Layout::Pc, Mode::Reading, keys)
    }

    #[test]
    fn the_keys_of_the_reader() {
        for (keys, told) in [
            ("j down k up", "line-down line-down line-up line-up"),
            (
                "space b pagedown pageup",
                "page-down page-up page-down page-up",
            ),
            (
                "d u ctrl-d ctrl-u",
                "half-page-down half-page-up half-page-down half-page-up",
            ),
            (
                "g g G home end",
                "… article-start article-end article-start article-end",
            ),
            (
                "J K ] [ } {",
                "next-article previous-article next-mention previous-mention next-paragraph previous-paragraph",
            ),
            (
                "tab shift-tab enter h left l right",
                "focus-next focus-previous choose focus-left focus-left focus-right focus-right",
            ),
            (
                "/ n N ? q ctrl-c",
                "search next-hit previous-hit help quit quit",
            ),
            (
                "s r ctrl-z ctrl-l escape",
                "toggle-sidebar flip-direction suspend redraw cancel",
            ),
            ("z ctrl-x f9 alt-j", "- - - -"),
        ] {
            assert_eq!(reading(keys), told, "{keys}");
            assert_eq!(steps(Layout::Pc, Mode::Sidebar, keys), told, "{keys}");
        }
    }

    #[test]
    fn counts_in_three_rows_of_digits() {
        for (keys, told) in [
            ("3 j j", "… 3*line-down line-down"),
            ("٣ j", "… 3*line-down"),
            ("۳ ٠ j", "… … 30*line-down"),
            ("1 0 g g", "… … … 10*article-start"),
            ("0 j", "- line-down"),
            ("٠ j", "- line-down"),
            ("3 z j", "… - line-down"),
            ("3 escape j escape", "… - line-down cancel"),
            (
                "9 9 9 9 9 9 9 9 9 9 9 9 j",
                "… … … … … … … … … … … … 1000000*line-down",
            ),
        ] {
            assert_eq!(reading(keys), told, "{keys}");
        }
    }

    #[test]
    fn a_broken_sequence_gives_way_to_the_key_that_broke_it() {
        assert_eq!(reading("g j"), "… line-down");
        assert_eq!(reading("3 g j"), "… … line-down");
        assert_eq!(reading("g 2 j"), "… … 2*line-down");
        assert_eq!(reading("g z g g"), "… - … article-start");
        assert_eq!(reading("g escape g g"), "… - … article-start");
    }

    #[test]
    fn the_same_keys_while_an_arabic_layout_is_on() {
        // Physical keys: j k, d u, b, g g, G, J K, ] [, / ?, n N, q s.
        for (keys, told) in [
            ("ت ن", "line-down line-up"),
            ("ي ع ﻻ", "half-page-down half-page-up page-up"),
            ("ل ل ﻷ", "… article-start article-end"),
            ("ـ ،", "next-article previous-article"),
            (
                "د ج > <",
                "next-mention previous-mention next-paragraph previous-paragraph",
            ),
            ("ظ ؟ ى آ", "search help next-hit previous-hit"),
            ("٣ ت", "… 3*line-down"),
            (
                "ا م ض س ق",
                "focus-left focus-right quit toggle-sidebar flip-direction",
            ),
            ("ﻹ ﻵ", "- -"),
            ("ctrl-ي", "half-page-down"),
        ] {
            assert_eq!(reading(keys), told, "{keys}");
        }
        let mac = |keys| steps(Layout::Mac, Mode::Reading, keys);
        assert_eq!(
            mac("ت ن ي ع ز ل ل ة ج ر ؟"),
            "line-down line-up half-page-down half-page-up page-up … article-start next-mention previous-mention next-hit help"
        );
    }

    #[test]
    fn in_a_prompt_characters_are_text() {
        for (keys, told) in [
            (
                "j 3 ٣ ت space ﻻ ﻷ q ?",
                r#""j" "3" "٣" "ت" " " "لا" "لأ" "q" "?""#,
            ),
            (
                "enter escape backspace ctrl-h ctrl-w ctrl-u",
                "submit cancel erase erase erase-word erase-line",
            ),
            (
                "ctrl-c ctrl-z ctrl-x alt-j up tab",
                "cancel suspend - - - -",
            ),
        ] {
            assert_eq!(steps(Layout::Pc, Mode::Prompt, keys), told, "{keys}");
        }
    }

    #[test]
    fn the_help_scrolls_and_closes() {
        assert_eq!(
            steps(Layout::Pc, Mode::Help, "j space q ? ض ctrl-c"),
            "line-down page-down cancel cancel cancel quit"
        );
    }

    #[test]
    fn what_is_pending_can_be_shown() {
        let keymap = Keymap::built_in(Layout::Pc);
        let mut pending = Pending::default();
        assert!(pending.is_empty());
        for key in ["١", "2", "g"] {
            keymap.step(Mode::Reading, &mut pending, key.parse().unwrap());
        }
        assert_eq!(pending.to_string(), "12g");
        assert!(!pending.is_empty());
    }
}
