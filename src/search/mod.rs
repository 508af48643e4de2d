//! Search: where some words stand in a paragraph, by byte range. Plain for now: letter for letter as written.

use std::ops::Range;

use memchr::memmem;

/// Where `needle` stands in `text`, from the start, not overlapping; nowhere when it is empty.
pub fn find(text: &str, needle: &str) -> impl Iterator<Item = Range<usize>> {
    let hits: Vec<usize> = if needle.is_empty() {
        Vec::new()
    } else {
        memmem::find_iter(text.as_bytes(), needle).collect()
    };
    let len = needle.len();
    hits.into_iter().map(move |start| start..start + len)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn hits_are_byte_ranges_that_do_not_overlap() {
        assert_eq!(
            find("باب في باب", "باب").collect::<Vec<_>>(),
            [0..6, 12..18]
        );
        assert_eq!(find("ااااا", "اا").collect::<Vec<_>>(), [0..4, 4..8]);
    }

    #[test]
    fn nothing_is_found_for_no_words() {
        assert_eq!(find("نص", "").count(), 0);
    }
}
