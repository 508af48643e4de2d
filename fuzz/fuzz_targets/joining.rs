//! What touches its neighbour is touched by it.
#![no_main]

mod alphabet;

use libfuzzer_sys::fuzz_target;
use qari::text::cluster::{Cluster, clusters};
use qari::text::joining::{shape, shapes};
use qari::text::properties::Joining;

fuzz_target!(|bytes: &[u8]| {
    let text = alphabet::text(bytes, false);
    let all: Vec<Cluster> = clusters(&text).collect();
    let found = shapes(&all, |cluster| if cluster.base.is_ascii() { 2 } else { 1 });
    assert_eq!(found.len(), all.len());
    // Shaping one word after the other gives what shaping the whole gives.
    let apart: String = text.split_inclusive(' ').map(shape).collect();
    let alone = |c: char| clusters(&format!(" {c}")).count() == 2;
    let rides = text.split(' ').skip(1).any(|word| word.chars().next().is_some_and(|c| !alone(c)));
    if !rides {
        assert_eq!(shape(&text), apart, "{text:?}");
    }
    let joiner = |c| matches!(c, '\u{200c}' | '\u{200d}');
    if text.contains(joiner) {
        return;
    }
    let seen: Vec<usize> = (0..all.len())
        .filter(|place| all[*place].properties.joining() != Joining::Transparent)
        .collect();
    for pair in seen.windows(2) {
        let [here, next] = [found[pair[0]], found[pair[1]]];
        assert_eq!(here.joins_after(), next.joins_before(), "{text:?}");
        assert_eq!(here.takes_alef(), next.is_taken(), "{text:?}");
    }
    assert!(seen.first().is_none_or(|place| !found[*place].joins_before()));
    assert!(seen.last().is_none_or(|place| !found[*place].joins_after()));
});
