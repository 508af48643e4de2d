//! Thread CPU time: what the machine's other work does not change much.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The CPU time that this thread has used.
fn now() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap()
}

/// The least CPU time of several rounds of something.
pub fn best_of(rounds: usize, mut round: impl FnMut()) -> Duration {
    let times = (0..rounds).map(|_| {
        let begun = now();
        round();
        now().saturating_sub(begun)
    });
    times.min().unwrap()
}
