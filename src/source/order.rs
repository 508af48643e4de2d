//! File names in the order that a reader expects: numbers by their value, letters without regard to case.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;

/// Compares two names: runs of digits (0–9, ٠–٩, ۰–۹) by value, other characters by their lower case; ties by code point.
pub fn natural(left: &str, right: &str) -> Ordering {
    let (mut one, mut other) = (left.chars().peekable(), right.chars().peekable());
    loop {
        let ordering = match (one.peek(), other.peek()) {
            (None, None) => return left.cmp(right),
            (None, _) => Ordering::Less,
            (_, None) => Ordering::Greater,
            (Some(a), Some(b)) if digit(*a).is_some() && digit(*b).is_some() => {
                let (a, b) = (number(&mut one), number(&mut other));
                a.len().cmp(&b.len()).then_with(|| a.cmp(&b))
            }
            _ => one
                .next()
                .into_iter()
                .flat_map(char::to_lowercase)
                .cmp(other.next().into_iter().flat_map(char::to_lowercase)),
        };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
}

/// The value of a decimal digit.
fn digit(character: char) -> Option<u32> {
    match character {
        '٠'..='٩' => Some(u32::from(character) - u32::from('٠')),
        '۰'..='۹' => Some(u32::from(character) - u32::from('۰')),
        _ => character.to_digit(10),
    }
}

/// Takes a run of digits; without leading zeros, so that the longer run is the greater number, however long it is.
fn number(characters: &mut Peekable<Chars>) -> Vec<u32> {
    let mut digits = Vec::new();
    while let Some(value) = characters.peek().copied().and_then(digit) {
        characters.next();
        if value != 0 || !digits.is_empty() {
            digits.push(value);
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_names_as_a_reader_would() {
        let mut names = vec![
            "فصل ١٠",
            "b",
            "A",
            "a10",
            "a2",
            "فصل ٢",
            "a02",
            "a",
            "فصل ۳",
            "a99999999999999999999999",
            "B1",
        ];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(
            names,
            [
                "A",
                "a",
                "a02",
                "a2",
                "a10",
                "a99999999999999999999999",
                "b",
                "B1",
                "فصل ٢",
                "فصل ۳",
                "فصل ١٠"
            ]
        );
    }
}
