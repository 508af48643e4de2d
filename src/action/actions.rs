//! The actions and their names, one line each.
//!
//! A name is what a keymap file writes; `action-<name>` is the string that describes it in the help, in every language.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! actions {
    ($($(#[$doc:meta])+ $variant:ident = $name:literal,)+) => {
        /// Something that a reader can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Action {
            $($(#[$doc])+ #[serde(rename = $name)] $variant,)+
        }

        impl Action {
            /// Every action, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name that a keymap file gives it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

actions! {
    /// One line down; a count says how many.
    LineDown = "line-down",
    /// One line up.
    LineUp = "line-up",
    /// One screen down, less what keeps the thread.
    PageDown = "page-down",
    /// One screen up.
    PageUp = "page-up",
    /// Half a screen down.
    HalfPageDown = "half-page-down",
    /// Half a screen up.
    HalfPageUp = "half-page-up",
    /// To the first line of the article or the first row of a list; with a count, to that line.
    ArticleStart = "article-start",
    /// To the last line of the article or the last row of a list; with a count, to that line.
    ArticleEnd = "article-end",
    /// To the paragraph after this one.
    NextParagraph = "next-paragraph",
    /// To the start of this paragraph, or to the one before.
    PreviousParagraph = "previous-paragraph",
    /// Open the article after this one.
    NextArticle = "next-article",
    /// Open the article before this one.
    PreviousArticle = "previous-article",
    /// Open the first article of the list.
    FirstArticle = "first-article",
    /// Open the last article of the list.
    LastArticle = "last-article",
    /// Ask for a place: an article's number, or a percentage of the open one.
    GoTo = "go-to",
    /// With a count, to that hundredth of the article; without one, to its start.
    Percent = "percent",
    /// To the end of the file, and on as it grows; or no further.
    Follow = "follow",
    /// To the next mention of a name.
    NextMention = "next-mention",
    /// To the mention before.
    PreviousMention = "previous-mention",
    /// To the next mention of the name at hand.
    NextSame = "next-same",
    /// To the mention of the name at hand before this one.
    PreviousSame = "previous-same",
    /// Ask for a part of a name, and list the names that have it.
    FilterNames = "filter-names",
    /// Only the kind of the name at hand, in the list and for the walk; all kinds again.
    OnlyKind = "only-kind",
    /// The next kind alone.
    NextKind = "next-kind",
    /// Open the card of the name at hand.
    Card = "card",
    /// Open the index of names over the shelf.
    Index = "index",
    /// The next order of the index.
    TurnSort = "turn-sort",
    /// Say what the name at hand is instead.
    Correct = "correct",
    /// Take the last correction back.
    TakeBack = "take-back",
    /// Move the end of the name one word to the left.
    EndLeft = "end-left",
    /// Move the end of the name one word to the right.
    EndRight = "end-right",
    /// Move the beginning of the name one word to the left.
    StartLeft = "start-left",
    /// Move the beginning of the name one word to the right.
    StartRight = "start-right",
    /// Back to where the last jump began.
    Back = "back",
    /// Forward again.
    Forward = "forward",
    /// Give the keys to the next pane.
    FocusNext = "focus-next",
    /// Give the keys to the pane before.
    FocusPrevious = "focus-previous",
    /// Give the keys to the pane on the left of the screen.
    FocusLeft = "focus-left",
    /// Give the keys to the pane on the right of the screen.
    FocusRight = "focus-right",
    /// Open what is under the mark: an article, a name.
    Choose = "choose",
    /// Ask for a text and look for it.
    Search = "search",
    /// To the next place that the search found.
    NextHit = "next-hit",
    /// To the place found before.
    PreviousHit = "previous-hit",
    /// Make a bookmark at this place.
    Bookmark = "bookmark",
    /// List the bookmarks and highlights.
    Marks = "marks",
    /// Tell how long was read.
    Statistics = "statistics",
    /// Begin to choose a range of the text; then take the word under the caret as its start.
    Select = "select",
    /// Choose the whole paragraph.
    SelectParagraph = "select-paragraph",
    /// Give the caret the other end of the range.
    SwapEnds = "swap-ends",
    /// To the next word.
    NextWord = "next-word",
    /// To the word before.
    PreviousWord = "previous-word",
    /// To the word on the left.
    WordLeft = "word-left",
    /// To the word on the right.
    WordRight = "word-right",
    /// Copy the range as it is written to the clipboard.
    Copy = "copy",
    /// Highlight the range with a note.
    Note = "note",
    /// Give the selected mark another name or note.
    Rename = "rename",
    /// Take away the selected mark, or the letter at the caret.
    Delete = "delete",
    /// To the next link or mark of a note.
    NextLink = "next-link",
    /// To the link before.
    PreviousLink = "previous-link",
    /// Show or hide the sidebar.
    ToggleSidebar = "toggle-sidebar",
    /// Turn the direction of the paragraphs over.
    FlipDirection = "flip-direction",
    /// Show or hide tashkeel.
    ToggleTashkeel = "toggle-tashkeel",
    /// Show or hide tatweel.
    ToggleTatweel = "toggle-tatweel",
    /// The next kind of digits: as written, ٠١٢, 012.
    TurnDigits = "turn-digits",
    /// The next way to fill lines: not at all, by spaces, by kashida too.
    TurnJustify = "turn-justify",
    /// Show or hide bidi controls.
    ToggleControls = "toggle-controls",
    /// Read the source of the article in the next encoding of Arabic.
    NextEncoding = "next-encoding",
    /// Turn letters that are stored as they are drawn back, or leave them as they are stored.
    Repair = "repair",
    /// Send rows to the terminal in the next way there is.
    NextProfile = "next-profile",
    /// Close what lies on top, or drop the search.
    Cancel = "cancel",
    /// Show the keys.
    Help = "help",
    /// Draw the whole screen anew.
    Redraw = "redraw",
    /// Stop, and give the terminal back to the shell.
    Suspend = "suspend",
    /// Leave the program.
    Quit = "quit",
    /// Take the line that was typed.
    Submit = "submit",
    /// Take back the last character of the line.
    Erase = "erase",
    /// Take back the last word of the line.
    EraseWord = "erase-word",
    /// Take back the whole line.
    EraseLine = "erase-line",
    /// The caret one letter to the left.
    CaretLeft = "caret-left",
    /// The caret one letter to the right.
    CaretRight = "caret-right",
    /// The caret to the start of the line.
    LineStart = "line-start",
    /// The caret to the end of the line.
    LineEnd = "line-end",
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESCRIPTIONS: [&str; 2] = [
        include_str!("../../assets/i18n/en/actions.ftl"),
        include_str!("../../assets/i18n/ar/actions.ftl"),
    ];

    #[test]
    fn every_action_is_described_once_in_every_language_and_nothing_else_is() {
        for file in DESCRIPTIONS {
            let described: Vec<&str> = file
                .lines()
                .filter_map(|line| line.split_once(" = "))
                .map(|(id, text)| {
                    assert!(!text.trim().is_empty(), "{id} is empty");
                    id
                })
                .collect();
            let wanted: Vec<String> = Action::ALL
                .iter()
                .map(|action| format!("action-{action}"))
                .collect();
            assert_eq!(described, wanted);
        }
    }

    #[test]
    fn a_name_is_read_back_as_its_action() {
        #[derive(Deserialize)]
        struct Row {
            action: Action,
        }
        for &action in Action::ALL {
            let row: Result<Row, _> = toml::from_str(&format!("action = \"{action}\""));
            assert_eq!(row.map(|row| row.action).ok(), Some(action));
        }
    }
}
