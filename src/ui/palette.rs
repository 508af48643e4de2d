//! The theme's colours and the marks that stand without colour become ratatui styles.
//!
//! Never bold or italic: these change the font, and a change of font inside a word breaks its joining in some terminals.

use ratatui::style::{Color, Modifier, Style};

use crate::config::{Colour, Ink, Theme};
use crate::entity::Kind;

/// The styles of the screen's parts.
#[derive(Clone, Copy, Debug)]
pub struct Palette<'a> {
    theme: &'a Theme,
}

impl<'a> Palette<'a> {
    /// The styles of a theme.
    pub const fn new(theme: &'a Theme) -> Self {
        Self { theme }
    }

    /// Running text, in the terminal's own colours.
    pub const fn text() -> Style {
        Style::new()
    }

    /// Titles and headings.
    pub const fn accent(self) -> Style {
        style_of(self.theme.accent)
    }

    /// Frames and counts.
    pub const fn faint(self) -> Style {
        style_of(self.theme.faint)
    }

    /// A link: coloured, and dim where there are no colours.
    pub fn link(self) -> Style {
        self.accent().add_modifier(Modifier::DIM)
    }

    /// The letter of a kind in the sidebar.
    pub fn kind(self, kind: Kind) -> Style {
        style_of(self.theme.name(kind))
    }

    /// A name in the text: its kind's colour, and a line below that stands without colour.
    pub fn name(self, kind: Kind) -> Style {
        self.kind(kind)
            .underline_color(colour(self.theme.rule))
            .add_modifier(Modifier::UNDERLINED)
    }

    /// Another mention of the name at hand.
    pub fn kin(self) -> Style {
        Self::chosen(self.faint())
            .underline_color(colour(self.theme.rule))
            .add_modifier(Modifier::UNDERLINED)
    }

    /// A style in a row of a list: a chosen row is one bar, whatever colours stand in it.
    pub const fn row(style: Style, chosen: bool) -> Style {
        if chosen {
            Self::chosen(Self::text().add_modifier(style.add_modifier))
        } else {
            style
        }
    }

    /// What is chosen: a row of a list, a name, a hit, the status line.
    pub const fn chosen(style: Style) -> Style {
        style.add_modifier(Modifier::REVERSED)
    }
}

/// What something is drawn with, in ratatui's terms.
#[must_use]
pub const fn style_of(ink: Ink) -> Style {
    match ink {
        Ink::Text => Style::new(),
        Ink::Colour(ink) => Style::new().fg(colour(ink)),
        Ink::Pair(ink, ground) => Style::new().fg(colour(ink)).bg(colour(ground)),
    }
}

/// A colour in ratatui's terms.
const fn colour(Colour(red, green, blue): Colour) -> Color {
    Color::Rgb(red, green, blue)
}
