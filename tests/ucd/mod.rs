//! The files of the Unicode Character Database under `tests/data/ucd/`, unpacked.

use std::io::Read;

/// The text of one file.
pub fn read(name: &str) -> String {
    let path = format!("{}/tests/data/ucd/{name}.zst", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::File::open(path).unwrap();
    let mut text = String::new();
    ruzstd::decoding::StreamingDecoder::new(file)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// Its data lines, comments and blanks taken off, with their numbers.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(number, line)| {
            (
                number + 1,
                line.split('#').next().unwrap_or_default().trim(),
            )
        })
        .filter(|(_, line)| !line.is_empty())
}
