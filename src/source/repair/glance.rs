//! A few kB of words out of all parts of a long text, which say beyond doubt of most texts that nothing is to be turned back.

/// How many parts are glanced at.
const PARTS: usize = 8;
/// How many bytes of each.
const LENGTH: usize = 512;

/// Whole words from all parts of a text; nothing of one that is soon read whole.
pub fn words(text: &str) -> Option<String> {
    if text.len() < 2 * PARTS * LENGTH {
        return None;
    }
    let mut words = String::with_capacity(PARTS * LENGTH);
    for part in 0..PARTS {
        let start = text.len() / PARTS * part;
        let bytes = &text.as_bytes()[start..start + LENGTH];
        let is_blank = |byte: &u8| byte.is_ascii_whitespace();
        let ends = (
            bytes.iter().position(is_blank),
            bytes.iter().rposition(is_blank),
        );
        if let (Some(first), Some(last)) = ends {
            words.push_str(&text[start + first..=start + last]);
        }
    }
    Some(words)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn takes_whole_words_from_everywhere() {
        let text: Vec<String> = (0..2000).map(|number| format!("كلمة{number} ")).collect();
        let text = text.concat();
        let words = words(&text).unwrap();
        let known = |word: &str| text.split(' ').any(|other| other == word);
        assert!(words.split_whitespace().all(known));
        let numbers = words.split_whitespace().map(|word| &word["كلمة".len()..]);
        let numbers: Vec<usize> = numbers.map(|number| number.parse().unwrap()).collect();
        assert!(numbers.is_sorted() && numbers.len() < 1000);
        assert!(numbers[0] < 10 && numbers.last().is_some_and(|last| *last > 1750));
    }

    #[test]
    fn leaves_short_and_wordless_texts_alone() {
        assert_eq!(words("كلمة واحدة"), None);
        assert_eq!(words(&"س".repeat(10_000)), Some(String::new()));
    }
}
