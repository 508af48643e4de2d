//! What a whole frame costs beside ratatui's own: empty a buffer, draw the reader, find what has changed; in thread CPU time.
//!
//! `cargo bench --bench frame -- FILE` (the article rich in numbers without FILE). Ratatui's own cost is that of the same cells set
//! directly, each by its symbol and style, between the same emptying and the same search for changes. Two pages in turns, so
//! that most cells change from frame to frame; the best of 5 rounds counts, each of 200 frames.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod clock;

use std::ffi::OsString;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use qari::action::{Keymap, Layout};
use qari::app::{App, Message, Settings, update};
use qari::config::Theme;
use qari::locale::{Language, Locale};
use qari::source::{Guide, Reading, documents, named};
use qari::ui::{Scene, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const ROUNDS: usize = 5;
const FRAMES: u32 = 200;

/// The reader on the first page of a file, and on the second.
fn pages(file: &str, size: (u16, u16)) -> [App; 2] {
    let keymap = Arc::new(Keymap::built_in(Layout::default()));
    let mut app = App::new(keymap, Settings::default(), size);
    let sources = named(&[OsString::from(file)], Guide::Arabic);
    for document in documents(sources, Reading::default()) {
        update(&mut app, Message::Loaded(Arc::new(document.unwrap())));
    }
    update(&mut app, Message::AllLoaded);
    let mut next = app.clone();
    update(&mut next, Message::Key("space".parse().unwrap()));
    [app, next]
}

/// Microseconds of CPU for each frame that `paint` fills, the two pages in turns.
fn time(area: Rect, mut paint: impl FnMut(usize, &mut Buffer)) -> f64 {
    let mut buffers = [Buffer::empty(area), Buffer::empty(area)];
    let best: Duration = clock::best_of(ROUNDS, || {
        for frame in 0..FRAMES {
            let [front, back] = &mut buffers;
            front.reset();
            paint(frame as usize % 2, front);
            black_box(back.diff(front).len());
            buffers.swap(0, 1);
        }
    });
    (best / FRAMES).as_secs_f64() * 1e6
}

/// Sets the cells that are set in `from`.
fn set(from: &Buffer, buffer: &mut Buffer) {
    for (from, to) in from.content.iter().zip(&mut buffer.content) {
        to.set_symbol(from.symbol()).set_style(from.style());
    }
}

fn main() {
    let built_in = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/articles/numbers-and-names.txt"
    );
    let file = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let file = file.unwrap_or_else(|| built_in.to_owned());
    let locale = Locale::new(Language::Arabic);
    let theme = Theme::built_in().unwrap();
    println!("{file}");
    for size in [(80, 24), (200, 60)] {
        let pages = pages(&file, size);
        let area = Rect::new(0, 0, size.0, size.1);
        let scenes = pages.each_ref().map(|app| Scene {
            app,
            locale: &locale,
            theme: &theme,
        });
        let frames = scenes.map(|scene| {
            let mut buffer = Buffer::empty(area);
            draw(scene, &mut buffer);
            buffer
        });
        let own = time(area, |page, buffer| draw(scenes[page], buffer));
        let direct = time(area, |page, buffer| set(&frames[page], buffer));
        println!(
            "  {}×{}: qari {own:.1} µs, cells set directly {direct:.1} µs of CPU: {:.2}",
            size.0,
            size.1,
            own / direct
        );
    }
}
