//! Large texts: qari beside `less`, in one run, in turns. Each line ends with the bound that it is held to.
//!
//! `cargo bench --bench large -- DOCUMENT` (a built-in article without DOCUMENT). Out of the document's paragraphs it makes a
//! small text, one article and many articles of 200 MB and of 1 GB, in the folder that `QARI_LARGE` names (the target folder
//! without it), and keeps them for the next run. Wall times, median of 20: from the start of the process to the last byte of its
//! first screen, from a key to the end of the frame that shows what it asked for. Peak memory as the kernel counts it.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const ROUNDS: usize = 20;
/// How long nothing comes after a screen that does not say where it ends.
const IDLE: Duration = Duration::from_millis(100);
const PATIENCE: Duration = Duration::from_secs(20);
const END_OF_UPDATE: &[u8] = b"\x1b[?2026l";
const ROWS: NonZeroU16 = NonZeroU16::new(24).unwrap();
const COLUMNS: NonZeroU16 = NonZeroU16::new(80).unwrap();
const ARTICLES: usize = 300_000;
const QARI: &str = env!("CARGO_BIN_EXE_qari");

/// A program in a terminal.
struct Run {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    begun: Instant,
}

impl Run {
    fn start(program: &str, file: &Path, state: &Path) -> Self {
        let size = PtySize {
            rows: ROWS.get(),
            cols: COLUMNS.get(),
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.arg(file);
        command.env("TERM", "xterm-256color");
        command.env("LESSCHARSET", "utf-8");
        command.env("LANG", "C.UTF-8");
        command.env("XDG_STATE_HOME", state);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender
                    .send((Instant::now(), buffer[..count].to_vec()))
                    .is_err()
                {
                    break;
                }
            }
        });
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        let writer = pair.master.take_writer().unwrap();
        Self {
            child,
            master: pair.master,
            writer,
            output,
            screen: vt100::Parser::new(ROWS, COLUMNS, 0),
            begun,
        }
    }

    /// When the first screen stood: its update ended, or nothing came for a while.
    fn first_screen(&mut self) -> Duration {
        let (mut seen, mut last) = (Vec::new(), self.begun);
        let patience = |seen: &[u8]| if seen.is_empty() { PATIENCE } else { IDLE };
        while let Ok((at, bytes)) = self.output.recv_timeout(patience(&seen)) {
            self.screen.process(&bytes);
            seen.extend(bytes);
            last = at;
            if memchr::memmem::find(&seen, END_OF_UPDATE).is_some() {
                break;
            }
        }
        last - self.begun
    }

    /// How long from `begun` until the screen showed what `is_it` looks for.
    fn until(&mut self, begun: Instant, is_it: impl Fn(&str) -> bool) -> Duration {
        let mut last = begun;
        loop {
            let contents = self.screen.screen().contents();
            if is_it(&contents) {
                return last.saturating_duration_since(begun);
            }
            match self.output.recv_timeout(PATIENCE) {
                Ok((at, bytes)) => {
                    self.screen.process(&bytes);
                    last = at;
                }
                Err(error) => panic!("it never came ({error}):\n{contents}"),
            }
        }
    }

    fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
    }

    /// Presses keys; how long until the screen showed what `is_it` looks for.
    fn takes(&mut self, keys: &str, is_it: impl Fn(&str) -> bool) -> Duration {
        self.settle();
        let begun = Instant::now();
        self.press(keys);
        self.until(begun, is_it)
    }

    /// Lets what still comes come.
    fn settle(&mut self) {
        while let Ok((_, bytes)) = self.output.recv_timeout(IDLE) {
            self.screen.process(&bytes);
        }
    }

    /// Ends the program; its peak memory in KiB.
    fn end(mut self) -> u64 {
        let process = self.child.process_id().unwrap().to_string();
        let status = fs::read_to_string(Path::new("/proc").join(process).join("status")).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.unwrap().trim().trim_end_matches(" kB");
        let peak = peak.parse().unwrap();
        self.press("q");
        self.child.wait().unwrap();
        drop(self.master);
        peak
    }
}

/// The texts to measure on.
struct Texts {
    small: PathBuf,
    one: [PathBuf; 2],
    many: [PathBuf; 2],
}

impl Texts {
    /// Makes those that are not there yet.
    fn make(document: &Path, folder: &Path) -> Self {
        fs::create_dir_all(folder).unwrap();
        let text = fs::read_to_string(document).unwrap();
        let paragraphs: Vec<&str> = text.lines().filter(|line| line.len() > 200).collect();
        let stem = document.file_stem().unwrap().to_string_lossy().into_owned();
        let path = |kind: &str| folder.join(format!("{stem}-{kind}.txt"));
        let small = path("small");
        fs::write(&small, &text).unwrap();
        let make = |kind: &str, size: usize, articles: usize| {
            let path = path(kind);
            let is_there = |length: u64| usize::try_from(length).unwrap().abs_diff(size) < size / 4;
            if !fs::metadata(&path).is_ok_and(|file| is_there(file.len())) {
                vary(&path, &paragraphs, size, articles);
            }
            path
        };
        Self {
            small,
            one: [
                make("one-200m", 200_000_000, 1),
                make("one-1g", 1_000_000_000, 1),
            ],
            many: [
                make("many-200m", 200_000_000, ARTICLES / 5),
                make("many-1g", 1_000_000_000, ARTICLES),
            ],
        }
    }
}

/// Writes so many articles of so many bytes together, out of paragraphs that are numbered so that no two are the same.
fn vary(path: &Path, paragraphs: &[&str], size: usize, articles: usize) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    let (mut written, mut number) = (0, 0);
    for article in 1..=articles {
        let title = format!("مقال رقم {article}");
        let head = format!("{title}\n{title}\n\n");
        file.write_all(head.as_bytes()).unwrap();
        written += head.len();
        while written < size / articles * article {
            let paragraph = paragraphs[number % paragraphs.len()];
            number += 1;
            let line = format!("{number} {paragraph}\n\n");
            file.write_all(line.as_bytes()).unwrap();
            written += line.len();
        }
    }
    file.flush().unwrap();
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn first_screens(texts: &Texts, state: &Path) {
    let named = [
        ("small", &texts.small),
        ("200 MB, one article", &texts.one[0]),
        ("200 MB, many", &texts.many[0]),
        ("1 GB, one article", &texts.one[1]),
        ("1 GB, 300,000 articles", &texts.many[1]),
    ];
    for (name, file) in named {
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            for (times, program) in times.iter_mut().zip(["less", QARI]) {
                let mut run = Run::start(program, file, state);
                times.push(milliseconds(run.first_screen()));
                // Both begin on a machine that has come to rest.
                run.settle();
                run.end();
            }
        }
        let [less, qari] = times.each_mut().map(|times| median(times));
        println!(
            "first screen, {name:24} less {less:6.2} ms  qari {qari:6.2} ms  ratio {:4.2} (1.50)",
            qari / less
        );
    }
}

fn moves(texts: &Texts, state: &Path) {
    let (mut ends, mut middles) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let mut run = Run::start(QARI, &texts.one[1], state);
        run.first_screen();
        middles.push(milliseconds(
            run.takes("50%", |screen| screen.contains("50%")),
        ));
        ends.push(milliseconds(
            run.takes("G", |screen| screen.contains("100%")),
        ));
        run.end();
    }
    println!(
        "G    in the article of 1 GB  {:6.2} ms (10)",
        median(&mut ends)
    );
    println!(
        "50 % in the article of 1 GB  {:6.2} ms (10)",
        median(&mut middles)
    );
}

/// Whether the list says that it holds all articles.
fn is_scanned(screen: &str) -> bool {
    screen.contains(&format!("Articles ({ARTICLES})"))
}

/// Whether the list says how much of the text has been searched for articles.
fn is_scanning(screen: &str) -> bool {
    screen.lines().next().is_some_and(|row| row.contains('%'))
}

/// What stands in the text's first rows, left of the sidebar.
fn top(screen: &str) -> Vec<String> {
    let rows = screen.lines().take(3);
    rows.map(|row| row.chars().take(40).collect()).collect()
}

fn scans(texts: &Texts) {
    let (mut scans, mut keys) = (Vec::new(), Vec::new());
    let (mut lasts, mut numbers) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // Each round begins at the start, not where the last one was left.
        let state = tempfile::tempdir().unwrap();
        let mut run = Run::start(QARI, &texts.many[1], state.path());
        run.first_screen();
        let begun = Instant::now();
        run.until(begun, is_scanning);
        if round % 2 == 0 {
            // A key goes between: the scan keeps nobody waiting.
            let before = top(&run.screen.screen().contents());
            let pressed = Instant::now();
            run.press(" ");
            let moved = run.until(pressed, |screen| top(screen) != before);
            keys.push(milliseconds(moved));
        }
        run.until(begun, is_scanned);
        scans.push(milliseconds(begun.elapsed()));
        let last = format!("Article {ARTICLES}/");
        lasts.push(milliseconds(
            run.takes("g$", |screen| screen.contains(&last)),
        ));
        run.takes(":", |screen| screen.contains("percentage:"));
        run.takes("250000", |screen| screen.contains("250000"));
        numbers.push(milliseconds(
            run.takes("\r", |screen| screen.contains("Article 250000/")),
        ));
        run.end();
    }
    println!(
        "scan of 1 GB for articles  {:7.1} ms (2000)",
        median(&mut scans)
    );
    println!(
        "a key while it goes on     {:7.2} ms (10)",
        median(&mut keys)
    );
    println!("g $     {:6.2} ms (10)", median(&mut lasts));
    println!(":250000 {:6.2} ms (10)", median(&mut numbers));
}

fn walks(texts: &Texts, state: &Path) {
    for (name, file) in [
        ("one article", &texts.one[1]),
        ("300,000 articles", &texts.many[1]),
    ] {
        let mut run = Run::start(QARI, file, state);
        run.first_screen();
        if file == &texts.many[1] {
            run.until(Instant::now(), is_scanned);
        }
        for keys in [
            "  ",
            "50%",
            "  ",
            "G",
            "bb",
            "g$",
            "G",
            ":200000\r",
            "50%",
            "gg",
            "g0",
        ] {
            run.press(keys);
            run.settle();
        }
        let peak = run.end();
        println!("peak memory, 1 GB, {name:16} {:3} MiB (40)", peak / 1024);
    }
}

fn main() {
    let given = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let built_in = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/articles/kazakhstan-2022.txt"
    );
    let document = PathBuf::from(given.as_deref().unwrap_or(built_in));
    let folder = std::env::var_os("QARI_LARGE").map_or_else(
        || Path::new(env!("CARGO_TARGET_TMPDIR")).join("large"),
        PathBuf::from,
    );
    let texts = Texts::make(&document, &folder);
    let state = tempfile::tempdir().unwrap();
    first_screens(&texts, state.path());
    moves(&texts, state.path());
    scans(&texts);
    walks(&texts, state.path());
}
