//! The screen as it is shown, and the bytes that bring it to what is wanted.
//!
//! A frame is painted on a sheet of cells, held against the shown screen, and goes out in one write inside a synchronized update
//! (mode 2026), so that no terminal shows half of it. A profile that sends rows whole needs the whole row, and a letter's tail reaches
//! over its cell: both ask what was shown, which is why the comparison is made here and not by ratatui's `Terminal`.

use std::io::{self, Write};
use std::mem;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Modifier;

use super::colours::Colours;
use super::encode::{self, Profile};
use super::terminal::BIDI_EXPLICIT;
use crate::text::marks::is_tashkeel;

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// What is drawn on: it takes whole frames, and knows its size.
pub trait Device: Write {
    /// Columns and rows.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    fn size(&self) -> io::Result<Size>;
}

/// The screen of a terminal.
#[derive(Debug)]
pub struct Screen<D> {
    device: D,
    profile: Profile,
    colours: Colours,
    /// Whether marks come out on their letters; where they do not, none are sent.
    tashkeel: bool,
    size: Size,
    /// The last frame, as it was sent; without cells while the screen is blank.
    shown: Buffer,
    /// What the next frame is painted on. The first frame makes it, so that there is one sheet until there is a second frame.
    sheet: Buffer,
    changed: Vec<bool>,
    /// The screen is to be cleared before the frame is drawn.
    clear: bool,
    /// Every cell of the next frame is to go out.
    whole: bool,
}

impl<D: Device> Screen<D> {
    /// A screen that was just entered: blank, and the cursor hidden.
    ///
    /// # Errors
    ///
    /// When the device does not tell its size.
    pub fn new(device: D, profile: Profile, colours: Colours) -> io::Result<Self> {
        let size = device.size()?;
        Ok(Self {
            device,
            profile,
            colours,
            tashkeel: true,
            size,
            shown: Buffer::default(),
            sheet: Buffer::default(),
            changed: Vec::new(),
            clear: false,
            whole: false,
        })
    }

    /// What is drawn on.
    pub const fn device(&self) -> &D {
        &self.device
    }

    /// Columns and rows that the device has now.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn size(&self) -> io::Result<Size> {
        self.device.size()
    }

    /// Sends rows in another way from now on, beginning with the whole of the next frame.
    pub fn set_profile(&mut self, profile: Profile) {
        self.profile = profile;
        self.clear();
    }

    /// Colours this from now on; the whole screen goes out with the next frame if that is something else.
    pub fn set_colours(&mut self, colours: Colours) {
        if self.colours != colours {
            self.colours = colours;
            self.whole = true;
        }
    }

    /// Sends tashkeel from now on, or leaves it out of every cell, whoever drew it.
    pub const fn set_tashkeel(&mut self, tashkeel: bool) {
        self.tashkeel = tashkeel;
    }

    /// Has the screen cleared with the next frame, which goes out whole.
    pub fn clear(&mut self) {
        self.shown = Buffer::default();
        self.clear = true;
    }

    /// The column in which the screen shows what the mouse is said to be on (see [`encode::shown_column`]).
    #[must_use]
    pub fn shown_column(&self, told: u16, row: u16) -> u16 {
        let width = usize::from(self.size.width).max(1);
        let Some(cells) = self.shown.content.chunks(width).nth(row.into()) else {
            return told;
        };
        u16::try_from(encode::shown_column(self.profile, cells, told.into())).unwrap_or(told)
    }

    /// Shows what is painted on a blank sheet of the device's size; nothing is sent where nothing has changed.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Buffer)) -> io::Result<()> {
        let size = self.device.size()?;
        if size != self.size {
            self.size = size;
            self.clear();
        }
        let area = Rect::from((Position::ORIGIN, size));
        if self.sheet.area == area {
            self.sheet.reset();
        } else {
            self.sheet = Buffer::empty(area);
        }
        paint(&mut self.sheet);
        if !self.tashkeel {
            self.leave_out_tashkeel();
        }
        self.compare();
        let frame = self.frame();
        mem::swap(&mut self.shown, &mut self.sheet);
        if frame.is_empty() {
            return Ok(());
        }
        self.device.write_all(&frame)?;
        self.device.flush()
    }

    /// The bytes that bring what is shown to what is on the sheet; empty when there is nothing to change.
    fn frame(&mut self) -> Vec<u8> {
        let mut out = BEGIN.to_vec();
        if mem::take(&mut self.clear) {
            // The mode again: a terminal that was reset meanwhile has forgotten it, and rows take it when they are cleared.
            out.extend_from_slice(b"\x1b[m");
            out.extend_from_slice(BIDI_EXPLICIT.as_bytes());
            out.extend_from_slice(b"\x1b[2J");
        }
        let width = usize::from(self.size.width).max(1);
        for ((y, cells), changed) in (0..)
            .zip(self.sheet.content.chunks(width))
            .zip(self.changed.chunks(width))
        {
            encode::row(&mut out, self.profile, self.colours, y, cells, changed);
        }
        if out.len() == BEGIN.len() {
            return Vec::new();
        }
        out.extend_from_slice(END);
        out
    }
}

impl<D> Screen<D> {
    fn leave_out_tashkeel(&mut self) {
        // A mark takes two bytes or three, and has a base.
        let marked = |cell: &&mut Cell| cell.symbol().len() > 2;
        for cell in self.sheet.content.iter_mut().filter(marked) {
            if cell.symbol().contains(is_tashkeel) {
                cell.set_symbol(&cell.symbol().replace(is_tashkeel, ""));
            }
        }
    }

    /// Finds which cells of the sheet are not shown yet.
    fn compare(&mut self) {
        let width = usize::from(self.size.width).max(1);
        self.changed.clear();
        let whole = mem::take(&mut self.whole);
        self.changed.resize(self.sheet.content.len(), whole);
        for place in 0..self.sheet.content.len() {
            let cell = &mut self.sheet.content[place];
            let was = self.shown.content.get(place).unwrap_or(&Cell::EMPTY);
            if was == cell {
                continue;
            }
            if is_blank(was) && is_blank(cell) && (was.fg, was.bg) == (cell.fg, cell.bg) {
                cell.modifier = was.modifier;
                continue;
            }
            self.changed[place] = true;
            let is_last = (place + 1).is_multiple_of(width);
            let reaches_over = was.symbol().contains(is_arabic);
            // What it covered is blank now, whoever cleared it.
            if !is_last && (reaches_over || was.symbol().len() > 1 && was.cell_width() > 1) {
                self.changed[place + 1] = true;
            }
            if reaches_over && !place.is_multiple_of(width) {
                self.draw_again(place - 1);
            }
        }
    }

    /// Has the cell before a letter that goes drawn again. Tails and dots reach over a cell's edges, and xterm leaves them there when
    /// only the cell itself is drawn again. urxvt draws nothing again that is as it was, so the blank below a tail takes the other
    /// weight, in which it looks the same.
    fn draw_again(&mut self, place: usize) {
        self.changed[place] = true;
        let cell = &mut self.sheet.content[place];
        // Other profiles say something by a blank's weight.
        if is_blank(cell) && self.profile == Profile::Visual {
            cell.modifier.toggle(Modifier::BOLD);
        }
    }
}

/// Whether a cell shows nothing, whatever its weight.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.modifier.difference(Modifier::BOLD).is_empty()
}

/// Whether it is an Arabic letter, as written or as drawn (Arabic, its supplements and presentation forms).
const fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use ratatui::widgets::{Paragraph, Widget};

    use super::*;
    use crate::term::colours::{Depth, Underline};

    struct Paper {
        size: Size,
        writes: Vec<String>,
    }

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.writes
                .push(String::from_utf8_lossy(bytes).replace('\x1b', "^["));
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Device for Paper {
        fn size(&self) -> io::Result<Size> {
            Ok(self.size)
        }
    }

    fn screen(width: u16, height: u16) -> Screen<Paper> {
        let paper = Paper {
            size: Size::new(width, height),
            writes: Vec::new(),
        };
        let colours = Colours {
            depth: Depth::None,
            underline: Underline::Absent,
        };
        Screen::new(paper, Profile::Visual, colours).unwrap()
    }

    fn draw(screen: &mut Screen<Paper>, text: &str) -> Vec<String> {
        screen
            .draw(|sheet| Paragraph::new(text).render(sheet.area, sheet))
            .unwrap();
        mem::take(&mut screen.device.writes)
    }

    #[test]
    fn a_frame_is_one_synchronized_write_of_what_changed() {
        let mut screen = screen(5, 2);
        assert_eq!(
            draw(&mut screen, "ab\ncd"),
            ["^[[?2026h^[[1;1Hab^[[2;1Hcd^[[?2026l"]
        );
        assert_eq!(draw(&mut screen, "ab\ncx"), ["^[[?2026h^[[2;2Hx^[[?2026l"]);
        assert_eq!(draw(&mut screen, "ab\ncx"), [""; 0]);
    }

    #[test]
    fn a_clear_draws_everything_again_with_the_bidi_mode_before_it() {
        let mut screen = screen(5, 1);
        draw(&mut screen, "ab");
        screen.clear();
        assert_eq!(
            draw(&mut screen, "ab"),
            ["^[[?2026h^[[m^[[8l^[[2J^[[1;1Hab^[[?2026l"]
        );
    }

    #[test]
    fn a_new_size_is_taken_with_the_next_frame() {
        let mut screen = screen(5, 1);
        draw(&mut screen, "abcde");
        screen.device.size = Size::new(3, 2);
        assert_eq!(
            draw(&mut screen, "abcde"),
            ["^[[?2026h^[[m^[[8l^[[2J^[[1;1Habc^[[?2026l"]
        );
        screen.device.size = Size::new(0, 0);
        assert_eq!(
            draw(&mut screen, "abcde"),
            ["^[[?2026h^[[m^[[8l^[[2J^[[?2026l"]
        );
        screen.device.size = Size::new(1, 1);
        assert_eq!(
            draw(&mut screen, "abcde"),
            ["^[[?2026h^[[m^[[8l^[[2J^[[1;1Ha^[[?2026l"]
        );
    }

    #[test]
    fn a_click_goes_by_the_row_that_is_shown() {
        let mut screen = screen(4, 2);
        draw(&mut screen, "abcd\n ﺎﻗ.");
        assert_eq!(screen.shown_column(1, 1), 1);
        screen.set_profile(Profile::Override);
        draw(&mut screen, "abcd\n ﺎﻗ.");
        assert_eq!(
            (screen.shown_column(1, 0), screen.shown_column(1, 1)),
            (1, 2)
        );
        assert_eq!(
            (screen.shown_column(9, 1), screen.shown_column(1, 9)),
            (9, 1)
        );
    }

    #[test]
    fn marks_that_would_land_on_other_letters_are_left_out() {
        let mut screen = screen(3, 1);
        screen.set_tashkeel(false);
        assert_eq!(
            draw(&mut screen, "a\u{64E}ﻗ\u{64F}"),
            ["^[[?2026h^[[1;1Haﻗ^[[?2026l"]
        );
    }

    #[test]
    fn a_new_profile_draws_everything_again() {
        let mut screen = screen(4, 1);
        draw(&mut screen, "a ﺎﻗ");
        screen.set_profile(Profile::Override);
        assert_eq!(
            draw(&mut screen, "a ﺎﻗ"),
            ["^[[?2026h^[[m^[[8l^[[2J^[[1;1Ha\u{202D} \u{202E}ﻗﺎ\u{202C}^[[?2026l"]
        );
    }

    #[test]
    fn what_a_letter_left_beside_its_cell_is_drawn_over() {
        let mut screen = screen(5, 2);
        draw(&mut screen, "a b\nﻲ c");
        assert_eq!(
            draw(&mut screen, "a b\nx c"),
            ["^[[?2026h^[[2;1Hx ^[[?2026l"]
        );
        // A blank that is as it was is not drawn again by all: it changes its weight each time.
        draw(&mut screen, "a ﻲ\nx c");
        assert_eq!(
            draw(&mut screen, "a b\nx c"),
            ["^[[?2026h^[[1;2H^[[0;1m ^[[mb ^[[?2026l"]
        );
        draw(&mut screen, "a ﻲ\nx c");
        assert_eq!(
            draw(&mut screen, "a b\nx c"),
            ["^[[?2026h^[[1;2H b ^[[?2026l"]
        );
    }

    #[test]
    fn blanks_keep_their_weight_where_it_means_something() {
        let mut screen = screen(3, 1);
        draw(&mut screen, " ﻲ");
        draw(&mut screen, " a");
        screen.set_profile(Profile::VisualLro);
        let sent = draw(&mut screen, " ﻲ").concat() + &draw(&mut screen, " b").concat();
        assert!(!sent.contains("[0;1m"), "{sent}");
    }

    #[test]
    fn a_wide_glyph_and_what_comes_after_it() {
        let mut screen = screen(4, 1);
        assert_eq!(draw(&mut screen, "漢xy"), ["^[[?2026h^[[1;1H漢xy^[[?2026l"]);
        assert_eq!(draw(&mut screen, "abxy"), ["^[[?2026h^[[1;1Hab^[[?2026l"]);
    }
}
