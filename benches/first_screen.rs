//! How long until the first screen stands, and how much memory it took: qari beside `less`, in one run, in turns.
//!
//! `cargo bench --bench first_screen -- FILE` (a built-in article without FILE). Wall time from the start of the process to the
//! last byte of its first screen, median of 20; peak memory as the kernel counts it. A screen is complete when the end of
//! its synchronized update arrives (qari) or nothing has come for 100 ms (less, which says nothing of the kind).

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const ROUNDS: usize = 20;
const IDLE: Duration = Duration::from_millis(100);
const END_OF_UPDATE: &[u8] = b"\x1b[?2026l";

/// One start of a program: milliseconds to its first screen, and its peak memory in KiB then.
fn start(program: &str, arguments: &[&str]) -> (f64, u64) {
    let size = PtySize {
        rows: 24,
        cols: 80,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.env("TERM", "xterm-256color");
    command.env("LESSCHARSET", "utf-8");
    command.env("LANG", "C.UTF-8");
    let state = std::env::temp_dir().join(format!("qari-first-screen-{}", std::process::id()));
    command.env("QARI_STATE", state);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let (sender, receiver) = mpsc::channel();
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
    let mut child = pair.slave.spawn_command(command).unwrap();
    let mut seen = Vec::new();
    let mut last = begun;
    while let Ok((at, bytes)) = receiver.recv_timeout(if seen.is_empty() {
        Duration::from_secs(10)
    } else {
        IDLE
    }) {
        seen.extend(bytes);
        last = at;
        if seen
            .windows(END_OF_UPDATE.len())
            .any(|window| window == END_OF_UPDATE)
        {
            break;
        }
    }
    // The names are found after the first screen: their memory counts too.
    std::thread::sleep(Duration::from_millis(150));
    let memory = peak(child.process_id().unwrap());
    let mut writer = pair.master.take_writer().unwrap();
    writer.write_all(b"q").unwrap();
    child.wait().unwrap();
    ((last - begun).as_secs_f64() * 1000.0, memory)
}

/// The peak resident memory of a process in KiB.
fn peak(process: u32) -> u64 {
    let status =
        std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status"))
            .unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    let given = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let built_in = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/articles/kazakhstan-2022.txt"
    );
    let file = given.as_deref().unwrap_or(built_in);
    let programs = [
        ("less", vec![file]),
        (env!("CARGO_BIN_EXE_qari"), vec![file]),
    ];
    let mut times = [Vec::new(), Vec::new()];
    let mut memory = [0, 0];
    for _ in 0..ROUNDS {
        for (index, (program, arguments)) in programs.iter().enumerate() {
            let (time, peak) = start(program, arguments);
            times[index].push(time);
            memory[index] = memory[index].max(peak);
        }
    }
    let [less, qari] = times.each_mut().map(|times| median(times));
    println!(
        "less  first screen {less:6.2} ms  peak memory {:6} KiB",
        memory[0]
    );
    println!(
        "qari  first screen {qari:6.2} ms  peak memory {:6} KiB",
        memory[1]
    );
    println!("qari / less {:.2}", qari / less);
    let state = format!("qari-first-screen-{}", std::process::id());
    let _ = std::fs::remove_dir_all(std::env::temp_dir().join(state));
}
