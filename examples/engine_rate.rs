//! The rate of the whole engine over ten megabytes: each paragraph of a file, repeated, becomes lines of cells of 80 columns.
//!
//! `benches/peers/run` compares it with other libraries; it prints `qari` and megabytes per second of thread CPU time.

#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::time::Duration;

use anyhow::{Context, Result};
use qari::layout::{Options, lay_out};
use rustix::time::{ClockId, clock_gettime};

const SIZE: usize = 10_000_000;
const ROUNDS: usize = 5;

fn now() -> Result<Duration> {
    Ok(Duration::try_from(clock_gettime(ClockId::ThreadCPUTime))?)
}

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("which file?")?;
    let once = std::fs::read_to_string(&path).context(path)?;
    let text = once.repeat(SIZE.div_ceil(once.len().max(1)));
    let options = Options::default();
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let begun = now()?;
        for paragraph in text.lines().filter(|line| !line.is_empty()) {
            black_box(lay_out(black_box(paragraph), &options));
        }
        best = best.min(now()?.saturating_sub(begun));
    }
    let size = f64::from(u32::try_from(text.len())?);
    println!("qari {:.1}", size / 1e6 / best.as_secs_f64());
    Ok(())
}
