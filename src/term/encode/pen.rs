//! Styles become SGR sequences (ECMA-48 8.3.117), as far as the terminal can show them.

use std::fmt::Write;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier, Style};

use crate::term::colours::{Colours, Depth, Underline, degrade};

const MODIFIERS: [(Modifier, &str); 9] = [
    (Modifier::BOLD, ";1"),
    (Modifier::DIM, ";2"),
    (Modifier::ITALIC, ";3"),
    (Modifier::UNDERLINED, ";4"),
    (Modifier::SLOW_BLINK, ";5"),
    (Modifier::RAPID_BLINK, ";6"),
    (Modifier::REVERSED, ";7"),
    (Modifier::HIDDEN, ";8"),
    (Modifier::CROSSED_OUT, ";9"),
];

/// The terminal's pen: the numbers that were set after the 0; none when it is at rest.
#[derive(Debug)]
pub(super) struct Pen {
    colours: Colours,
    held: String,
    /// The style and weight that were taken last: cells of one style come in rows.
    last: (Style, bool),
}

impl Pen {
    /// A pen at rest.
    pub fn new(colours: Colours) -> Self {
        Self {
            colours,
            held: String::new(),
            last: (Cell::EMPTY.style(), false),
        }
    }

    /// Takes the style of a cell, in the other weight if asked: bold for normal, normal for bold.
    pub fn take(&mut self, out: &mut Vec<u8>, cell: &Cell, other_weight: bool) {
        let style = (cell.style(), other_weight);
        if style == self.last {
            return;
        }
        self.last = style;
        let bold = if other_weight {
            Modifier::BOLD
        } else {
            Modifier::empty()
        };
        let wanted = self.numbers(cell, cell.modifier ^ bold);
        if wanted != self.held {
            if wanted.is_empty() {
                out.extend_from_slice(b"\x1b[m");
            } else {
                out.extend_from_slice(b"\x1b[0");
                out.extend_from_slice(wanted.as_bytes());
                out.push(b'm');
            }
            self.held = wanted;
        }
    }

    /// Puts the pen at rest.
    pub fn rest(&mut self, out: &mut Vec<u8>) {
        self.take(out, &Cell::EMPTY, false);
    }

    fn numbers(&self, cell: &Cell, mut modifier: Modifier) -> String {
        // Colours are chosen to be read: what is dim beside them would not be.
        if self.colours.depth > Depth::None {
            modifier.remove(Modifier::DIM);
        }
        if self.colours.underline == Underline::Absent {
            modifier.remove(Modifier::UNDERLINED);
        }
        let mut numbers: String = MODIFIERS
            .iter()
            .filter(|(one, _)| modifier.contains(*one))
            .map(|(_, number)| *number)
            .collect();
        let depth = self.colours.depth;
        for (colour, base) in [(cell.fg, 30), (cell.bg, 40)] {
            // Writing into memory cannot fail.
            let _ = match degrade(colour, depth) {
                None | Some(Color::Reset) => Ok(()),
                Some(Color::Rgb(r, g, b)) => write!(numbers, ";{};2;{r};{g};{b}", base + 8),
                Some(colour) => match index(colour) {
                    index @ 0..=7 => write!(numbers, ";{}", base + u32::from(index)),
                    index @ 8..=15 => write!(numbers, ";{}", base + 52 + u32::from(index)),
                    index => write!(numbers, ";{};5;{index}", base + 8),
                },
            };
        }
        if self.colours.underline == Underline::Coloured && modifier.contains(Modifier::UNDERLINED)
        {
            // With colons (ITU T.416): whoever does not know the number skips what belongs to it.
            let _ = match degrade(cell.underline_color, depth) {
                None | Some(Color::Reset) => Ok(()),
                Some(Color::Rgb(r, g, b)) => write!(numbers, ";58:2::{r}:{g}:{b}"),
                Some(colour) => write!(numbers, ";58:5:{}", index(colour)),
            };
        }
        numbers
    }
}

/// The index of a colour of the palette.
const fn index(colour: Color) -> u8 {
    match colour {
        Color::Indexed(index) => index,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        // Reset and Rgb do not come here: black is the palette's first.
        Color::Black | Color::Reset | Color::Rgb(..) => 0,
    }
}
