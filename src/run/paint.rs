//! The colours of names in printed text: SGR sequences by kind, and back into the styles of cells.
//!
//! Colour and underline only: a change of weight or slant inside a word breaks the joining of its letters in some
//! terminals.

use std::sync::LazyLock;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Style};

use crate::config::Theme;
use crate::entity::Kind;
use crate::term::colours::Depth;
use crate::text::cluster::clusters;
use crate::text::marks::is_tashkeel;
use crate::text::width::cluster_width;
use crate::ui::style_of;

/// Ends what [`begin`] began.
pub const END: &str = "\x1b[24;39m";

/// Begins a name of this kind: underlined, in the one of eight colours that comes nearest to the built-in theme's. The eight
/// are the terminal's own, so a reader's choice of ground and a later `less -R` keep them readable.
#[must_use]
pub const fn begin(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "\x1b[4;34m",
        Kind::Place => "\x1b[4;32m",
        Kind::Organization => "\x1b[4;33m",
        Kind::Group => "\x1b[4;35m",
        Kind::Date | Kind::Number | Kind::Money | Kind::Percent => "\x1b[4;36m",
        Kind::Event | Kind::Work | Kind::Product => "\x1b[4;31m",
    }
}

/// The line below a name, where it can have a colour of its own: a grey that lets the dots of letters be seen on it.
const RULE: Color = Color::Indexed(248);

/// The colours of the reader, those that read on a dark ground and on a light one: where there are many, and where there are few.
static THEMES: LazyLock<[Option<Theme>; 2]> =
    LazyLock::new(|| [false, true].map(|few| Theme::for_ground(None, few).ok()));

/// The cells of a line that may hold the sequences above; without its marks where the terminal puts them on the wrong letters.
pub fn cells(line: &str, tashkeel: bool, depth: Depth) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut style = Style::default();
    for (number, part) in line.split("\x1b[").enumerate() {
        let text = match part.split_once('m') {
            Some((numbers, text)) if number > 0 => {
                style = numbers
                    .split(';')
                    .fold(style, |style, number| turned(style, number, depth));
                text
            }
            _ => part,
        };
        for cluster in clusters(text) {
            let glyph = text.get(cluster.range()).unwrap_or_default();
            let shown: String = glyph
                .chars()
                .filter(|c| tashkeel || !is_tashkeel(*c))
                .collect();
            let mut cell = Cell::EMPTY;
            cell.set_style(style);
            let covered = cell.clone();
            cell.set_symbol(if shown.is_empty() { " " } else { &shown });
            cells.push(cell);
            cells.extend(vec![covered; cluster_width(glyph).saturating_sub(1)]);
        }
    }
    cells
}

/// What a number of SGR makes of a style.
fn turned(style: Style, number: &str, depth: Depth) -> Style {
    match number.parse() {
        Ok(4) => style.underlined().underline_color(RULE),
        Ok(24) => style.not_underlined(),
        Ok(number @ 30..=37) => style.patch(shade(number, depth)),
        Ok(colour @ 90..=97) => style.fg(Color::Indexed(colour - 82)),
        Ok(39) => style.fg(Color::Reset).bg(Color::Reset),
        Ok(0) | Err(_) => Style::reset(),
        Ok(_) => style,
    }
}

/// What a number that [`begin`] gives stands for: the reader's own colour of that kind, as far as there are enough.
fn shade(number: u8, depth: Depth) -> Style {
    let kind = match number {
        34 => Kind::Person,
        32 => Kind::Place,
        33 => Kind::Organization,
        35 => Kind::Group,
        36 => Kind::Date,
        _ => Kind::Event,
    };
    let theme = &THEMES[usize::from(depth <= Depth::Ansi)];
    let ink = theme.as_ref().map(|theme| theme.name(kind));
    ink.map_or_else(Style::new, style_of)
}
