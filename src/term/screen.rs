//! ratatui's backend: the screen as it is shown, and the bytes that bring it to what is wanted.
//!
//! A frame is gathered until it is flushed, and goes out in one write inside a synchronized update (mode 2026), so that no terminal
//! shows half of it. A profile that sends rows whole needs the whole row, which is why the shown screen is kept here.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::Modifier;

use super::colours::Colours;
use super::encode::{self, Profile, move_to};
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
    shown: Vec<Cell>,
    changed: Vec<bool>,
    /// The screen is to be cleared before the frame is drawn.
    clear: bool,
    cursor: Cursor,
}

/// Where the cursor is, and whether the terminal shows it there.
#[derive(Debug, Default)]
struct Cursor {
    position: Position,
    visible: bool,
    /// What the terminal knows.
    told: Option<Position>,
}

impl<D: Device> Screen<D> {
    /// A screen that was just entered: blank, and the cursor hidden.
    ///
    /// # Errors
    ///
    /// When the device does not tell its size.
    pub fn new(device: D, profile: Profile, colours: Colours) -> io::Result<Self> {
        let size = device.size()?;
        let mut screen = Self {
            device,
            profile,
            colours,
            tashkeel: true,
            size,
            shown: Vec::new(),
            changed: Vec::new(),
            clear: false,
            cursor: Cursor::default(),
        };
        screen.blank(size);
        Ok(screen)
    }

    /// What is drawn on.
    pub const fn device(&self) -> &D {
        &self.device
    }

    /// Sends rows in another way from now on; the whole screen goes out with the next frame.
    pub fn set_profile(&mut self, profile: Profile) {
        self.profile = profile;
        for cell in self.shown.iter_mut().filter(|cell| is_blank(cell)) {
            cell.modifier.remove(Modifier::BOLD);
        }
        self.clear = true;
        self.changed.fill(true);
    }

    /// Colours this from now on; the whole screen goes out with the next frame if that is something else.
    pub fn set_colours(&mut self, colours: Colours) {
        if self.colours != colours {
            self.colours = colours;
            self.changed.fill(true);
        }
    }

    /// Sends tashkeel from now on, or leaves it out of every cell, whoever drew it.
    pub const fn set_tashkeel(&mut self, tashkeel: bool) {
        self.tashkeel = tashkeel;
    }

    /// The column in which the screen shows what the mouse is said to be on (see [`encode::shown_column`]).
    #[must_use]
    pub fn shown_column(&self, told: u16, row: u16) -> u16 {
        let width = usize::from(self.size.width).max(1);
        let Some(cells) = self.shown.chunks(width).nth(row.into()) else {
            return told;
        };
        u16::try_from(encode::shown_column(self.profile, cells, told.into())).unwrap_or(told)
    }

    fn blank(&mut self, size: Size) {
        let cells = usize::from(size.width) * usize::from(size.height);
        self.size = size;
        self.shown = vec![Cell::EMPTY; cells];
        self.changed = vec![false; cells];
    }

    /// The bytes of the frame that waits; empty when there is nothing to change.
    fn frame(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        if std::mem::take(&mut self.clear) {
            // The mode again: a terminal that was reset meanwhile has forgotten it, and rows take it when they are cleared.
            out.extend_from_slice(b"\x1b[m");
            out.extend_from_slice(BIDI_EXPLICIT.as_bytes());
            out.extend_from_slice(b"\x1b[2J");
            self.cursor.told = None;
        }
        let width = usize::from(self.size.width).max(1);
        for ((y, cells), changed) in (0..)
            .zip(self.shown.chunks(width))
            .zip(self.changed.chunks(width))
        {
            if changed.contains(&true) {
                encode::row(&mut out, self.profile, self.colours, y, cells, changed);
            }
        }
        self.changed.fill(false);
        self.place_cursor(&mut out);
        if !out.is_empty() {
            out.splice(0..0, BEGIN.iter().copied());
            out.extend_from_slice(END);
        }
        out
    }

    fn place_cursor(&mut self, out: &mut Vec<u8>) {
        let wanted = self.cursor.visible.then_some(self.cursor.position);
        match wanted {
            // What was drawn moved it.
            Some(position) if !out.is_empty() || wanted != self.cursor.told => {
                move_to(out, position.x.into(), position.y);
                if self.cursor.told.is_none() {
                    out.extend_from_slice(b"\x1b[?25h");
                }
            }
            None if self.cursor.told.is_some() => out.extend_from_slice(b"\x1b[?25l"),
            _ => {}
        }
        self.cursor.told = wanted;
    }
}

impl<D> Screen<D> {
    /// Has what stands beside a place drawn again. Tails and dots reach over a cell's edges, and xterm leaves them there when only the
    /// cell itself is drawn again. urxvt draws nothing again that is as it was, so the blank below a tail takes the other weight, in
    /// which it looks the same.
    fn draw_near(&mut self, x: u16, place: usize) {
        let end = place - usize::from(x) + usize::from(self.size.width);
        if let (1.., Some(before)) = (x, place.checked_sub(1)) {
            self.changed[before] = true;
            let cell = &mut self.shown[before];
            // Other profiles say something by a blank's weight.
            if is_blank(cell) && self.profile == Profile::Visual {
                cell.modifier.toggle(Modifier::BOLD);
            }
        }
        if place + 1 < end {
            self.changed[place + 1] = true;
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

impl<D: Device> Backend for Screen<D> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            let place = usize::from(y) * usize::from(self.size.width) + usize::from(x);
            if x < self.size.width
                && let (Some(shown), Some(changed)) =
                    (self.shown.get_mut(place), self.changed.get_mut(place))
            {
                let reached_over = shown.symbol().contains(is_arabic);
                shown.clone_from(cell);
                if !self.tashkeel && cell.symbol().contains(is_tashkeel) {
                    shown.set_symbol(&cell.symbol().replace(is_tashkeel, ""));
                }
                *changed = true;
                if reached_over {
                    self.draw_near(x, place);
                }
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor.visible = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor.visible = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.position)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor.position = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        let size = self.device.size()?;
        self.blank(size);
        self.clear = true;
        Ok(())
    }

    /// Clears the whole screen; a part of it is drawn blank.
    fn clear_region(&mut self, part: ClearType) -> io::Result<()> {
        if part == ClearType::All {
            return self.clear();
        }
        let width = usize::from(self.size.width);
        let row = usize::from(self.cursor.position.y) * width;
        let cursor = row + usize::from(self.cursor.position.x);
        let cells = match part {
            ClearType::All => 0..self.shown.len(),
            ClearType::AfterCursor => cursor..self.shown.len(),
            ClearType::BeforeCursor => 0..cursor + 1,
            ClearType::CurrentLine => row..row + width,
            ClearType::UntilNewLine => cursor..row + width,
        };
        for (shown, changed) in self
            .shown
            .iter_mut()
            .zip(&mut self.changed)
            .take(cells.end)
            .skip(cells.start)
        {
            *shown = Cell::EMPTY;
            *changed = true;
        }
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        self.device.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.device.size()?,
            pixels: Size::ZERO,
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        let frame = self.frame();
        if frame.is_empty() {
            return Ok(());
        }
        self.device.write_all(&frame)?;
        self.device.flush()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use ratatui::Terminal;
    use ratatui::widgets::Paragraph;

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

    fn terminal(width: u16, height: u16) -> Terminal<Screen<Paper>> {
        let paper = Paper {
            size: Size::new(width, height),
            writes: Vec::new(),
        };
        Terminal::new(
            Screen::new(
                paper,
                Profile::Visual,
                Colours {
                    depth: Depth::None,
                    underline: Underline::Absent,
                },
            )
            .unwrap(),
        )
        .unwrap()
    }

    fn draw(terminal: &mut Terminal<Screen<Paper>>, text: &str) -> Vec<String> {
        terminal
            .draw(|frame| frame.render_widget(Paragraph::new(text), frame.area()))
            .unwrap();
        std::mem::take(&mut terminal.backend_mut().device.writes)
    }

    #[test]
    fn a_frame_is_one_synchronized_write_of_what_changed() {
        let mut terminal = terminal(5, 2);
        assert_eq!(
            draw(&mut terminal, "ab\ncd"),
            ["^[[?2026h^[[1;1Hab^[[2;1Hcd^[[?2026l"]
        );
        assert_eq!(
            draw(&mut terminal, "ab\ncx"),
            ["^[[?2026h^[[2;2Hx^[[?2026l"]
        );
        assert_eq!(draw(&mut terminal, "ab\ncx"), [""; 0]);
    }

    #[test]
    fn a_clear_draws_everything_again_with_the_bidi_mode_before_it() {
        let mut terminal = terminal(5, 1);
        draw(&mut terminal, "ab");
        terminal.clear().unwrap();
        assert_eq!(
            draw(&mut terminal, "ab"),
            ["^[[?2026h^[[m^[[8l^[[2J^[[1;1Hab^[[?2026l"]
        );
    }

    #[test]
    fn a_new_size_is_taken_with_the_next_frame() {
        let mut terminal = terminal(5, 1);
        draw(&mut terminal, "abcde");
        terminal.backend_mut().device.size = Size::new(3, 2);
        assert_eq!(
            draw(&mut terminal, "abcde"),
            ["^[[?2026h^[[m^[[8l^[[2J^[[1;1Habc^[[?2026l"]
        );
        terminal.backend_mut().device.size = Size::new(0, 0);
        assert_eq!(
            draw(&mut terminal, "abcde"),
            ["^[[?2026h^[[m^[[8l^[[2J^[[?2026l"]
        );
        terminal.backend_mut().device.size = Size::new(1, 1);
        assert_eq!(
            draw(&mut terminal, "abcde"),
            ["^[[?2026h^[[m^[[8l^[[2J^[[1;1Ha^[[?2026l"]
        );
    }

    #[test]
    fn a_click_goes_by_the_row_that_is_shown() {
        let mut terminal = terminal(4, 2);
        draw(&mut terminal, "abcd\n ﺎﻗ.");
        let screen = terminal.backend_mut();
        assert_eq!(screen.shown_column(1, 1), 1);
        screen.set_profile(Profile::Override);
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
        let mut terminal = terminal(3, 1);
        terminal.backend_mut().set_tashkeel(false);
        assert_eq!(
            draw(&mut terminal, "a\u{64E}ﻗ\u{64F}"),
            ["^[[?2026h^[[1;1Haﻗ^[[?2026l"]
        );
    }

    #[test]
    fn a_new_profile_draws_everything_again() {
        let mut terminal = terminal(4, 1);
        draw(&mut terminal, "a ﺎﻗ");
        terminal.backend_mut().set_profile(Profile::Override);
        assert_eq!(
            draw(&mut terminal, "a ﺎﻗ"),
            ["^[[?2026h^[[m^[[8l^[[2J^[[1;1Ha\u{202D} \u{202E}ﻗﺎ\u{202C}^[[?2026l"]
        );
    }

    #[test]
    fn the_cursor_is_shown_where_it_is_wanted_and_only_then() {
        let mut terminal = terminal(5, 1);
        let mut draw = |text: &str, cursor: Option<u16>| {
            terminal
                .draw(|frame| {
                    frame.render_widget(Paragraph::new(text), frame.area());
                    if let Some(x) = cursor {
                        frame.set_cursor_position((x, 0));
                    }
                })
                .unwrap();
            std::mem::take(&mut terminal.backend_mut().device.writes).concat()
        };
        assert_eq!(draw("a", None), "^[[?2026h^[[1;1Ha^[[?2026l");
        assert_eq!(draw("a", Some(1)), "^[[?2026h^[[1;2H^[[?25h^[[?2026l");
        assert_eq!(draw("a", Some(1)), "");
        assert_eq!(draw("ab", Some(1)), "^[[?2026h^[[1;2Hb^[[1;2H^[[?2026l");
        assert_eq!(draw("ab", Some(2)), "^[[?2026h^[[1;3H^[[?2026l");
        assert_eq!(draw("ab", None), "^[[?2026h^[[?25l^[[?2026l");
    }

    #[test]
    fn what_a_letter_left_beside_its_cell_is_drawn_over() {
        let mut terminal = terminal(5, 2);
        draw(&mut terminal, "a b\nﻲ c");
        assert_eq!(
            draw(&mut terminal, "a b\nx c"),
            ["^[[?2026h^[[2;1Hx ^[[?2026l"]
        );
        // A blank that is as it was is not drawn again by all: it changes its weight each time.
        draw(&mut terminal, "a ﻲ\nx c");
        assert_eq!(
            draw(&mut terminal, "a b\nx c"),
            ["^[[?2026h^[[1;2H^[[0;1m ^[[mb ^[[?2026l"]
        );
        draw(&mut terminal, "a ﻲ\nx c");
        assert_eq!(
            draw(&mut terminal, "a b\nx c"),
            ["^[[?2026h^[[1;2H b ^[[?2026l"]
        );
    }

    #[test]
    fn blanks_keep_their_weight_where_it_means_something() {
        let mut terminal = terminal(3, 1);
        draw(&mut terminal, " ﻲ");
        draw(&mut terminal, " a");
        terminal.backend_mut().set_profile(Profile::VisualLro);
        let sent = draw(&mut terminal, " ﻲ").concat() + &draw(&mut terminal, " b").concat();
        assert!(!sent.contains("[0;1m"), "{sent}");
    }

    #[test]
    fn a_wide_glyph_and_what_comes_after_it() {
        let mut terminal = terminal(4, 1);
        assert_eq!(
            draw(&mut terminal, "漢xy"),
            ["^[[?2026h^[[1;1H漢xy^[[?2026l"]
        );
        assert_eq!(draw(&mut terminal, "abxy"), ["^[[?2026h^[[1;1Hab^[[?2026l"]);
    }
}
