//! Lines of verse: two hemistichs divided by stars, an ellipsis, a tab or wide blanks.
//!
//! One such line is prose. Lines are verse where two or more of them follow each other, divided in the same way, their hemistichs
//! of like length: what only looks like verse (a list with tabs, a pause in a sentence) has sides that differ.

use std::ops::Range;

use crate::text::width::cluster_width;

/// The fewest blanks that divide by themselves.
const BLANKS: usize = 3;

/// The longest line that is looked at, in bytes.
const LONGEST: usize = 1024;

/// The widest hemistich, in columns of the screen.
const WIDEST: usize = 60;

/// The widest hemistich of two, over the narrower one: verses are of like length.
const UNEVEN: usize = 3;

/// How a line is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Stars,
    Ellipsis,
    Blanks,
}

/// For each of some lines that follow each other, where it is divided if it is a line of verse.
pub fn divide<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Option<Range<usize>>> {
    let mut divided: Vec<Option<(Mark, Range<usize>)>> = lines.map(division).collect();
    let same = |one: &Option<(Mark, _)>, next: &Option<(Mark, _)>| match (one, next) {
        (Some((one, _)), Some((next, _))) => one == next,
        _ => false,
    };
    for run in divided.chunk_by_mut(same) {
        if let [alone] = run {
            *alone = None;
        }
    }
    divided
        .into_iter()
        .map(|division| division.map(|(_, range)| range))
        .collect()
}

/// Where a line is divided into two hemistichs, blanks around the mark included, and by what; nothing for any other line.
fn division(line: &str) -> Option<(Mark, Range<usize>)> {
    if line.len() > LONGEST {
        return None;
    }
    let (mark, range) = [
        (Mark::Stars, sole(line, '*', 1..=3)),
        (
            Mark::Ellipsis,
            sole(line, '…', 1..=2).or_else(|| sole(line, '.', 3..=6)),
        ),
        (Mark::Blanks, blanks(line)),
    ]
    .into_iter()
    .find_map(|(mark, range)| Some((mark, range?)))?;
    let start = line[..range.start].trim_end().len();
    let end = line.len() - line[range.end..].trim_start().len();
    let sides = [&line[..start], &line[end..]];
    (is_hemistich(sides[0]) && is_hemistich(sides[1]) && are_like(sides))
        .then_some((mark, start..end))
}

/// The only run of a mark's characters in a line, when blanks stand on both sides of it and it is so long.
fn sole(line: &str, mark: char, length: std::ops::RangeInclusive<usize>) -> Option<Range<usize>> {
    let start = line.find(mark)?;
    let rest = &line[start..];
    let end = start + (rest.len() - rest.trim_start_matches(mark).len());
    let is_alone = line[..start].ends_with(char::is_whitespace)
        && line[end..].starts_with(char::is_whitespace)
        && !line[end..].contains(mark);
    (is_alone && length.contains(&line[start..end].chars().count())).then_some(start..end)
}

/// The only stretch of wide blanks inside a line: a tab, or three blanks and more.
fn blanks(line: &str) -> Option<Range<usize>> {
    let inner = line.len() - line.trim_start().len();
    let text = line.trim();
    let mut found = None;
    let mut stretch: Option<Range<usize>> = None;
    for (byte, c) in text.char_indices().chain([(text.len(), 'x')]) {
        if c.is_whitespace() {
            let start = stretch.map_or(byte, |stretch| stretch.start);
            stretch = Some(start..byte + c.len_utf8());
            continue;
        }
        if let Some(stretch) = stretch.take() {
            let blanks = &text[stretch.clone()];
            if blanks.contains('\t') || blanks.chars().count() >= BLANKS {
                if found.is_some() {
                    return None;
                }
                found = Some(inner + stretch.start..inner + stretch.end);
            }
        }
    }
    found
}

/// Whether this could be half a line of verse: two words or more in Arabic letters, and not too long.
fn is_hemistich(text: &str) -> bool {
    let is_arabic = |c: char| matches!(c, '\u{620}'..='\u{6d3}' | '\u{750}'..='\u{77f}');
    let words = text
        .split_whitespace()
        .filter(|word| word.contains(is_arabic));
    words.take(2).count() == 2
        && !text.contains(['*', '|', '\t'])
        && !text.chars().any(|c| c.is_ascii_alphanumeric())
        && cluster_width(text) <= WIDEST
}

/// Whether two hemistichs are of like length.
fn are_like(sides: [&str; 2]) -> bool {
    let [one, other] = sides.map(cluster_width);
    one.max(other) <= one.min(other) * UNEVEN
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What divides each line.
    fn marks(text: &str) -> Vec<Option<&str>> {
        let divided = divide(text.lines());
        let lines = text.lines().zip(divided);
        lines
            .map(|(line, range)| range.map(|range| &line[range]))
            .collect()
    }

    #[test]
    fn knows_lines_divided_alike() {
        let stars = "قفا نبك من ذكرى *** بسقط اللوى بين\nفتوضح فالمقراة لم *** لما نسجتها من";
        assert_eq!(marks(stars), [Some(" *** "), Some(" *** ")]);
        assert_eq!(
            marks(&stars.replace("***", "…")),
            [Some(" … "), Some(" … ")]
        );
        assert_eq!(
            marks(&stars.replace("***", "...")),
            [Some(" ... "), Some(" ... ")]
        );
        assert_eq!(
            marks(&stars.replace(" *** ", "\t")),
            [Some("\t"), Some("\t")]
        );
        assert_eq!(
            marks(&stars.replace(" *** ", "   ")),
            [Some("   "), Some("   ")]
        );
        assert_eq!(
            marks(&format!("  {}", stars.replace(" *** ", " \u{a0} "))),
            [Some(" \u{a0} "), Some(" \u{a0} ")]
        );
    }

    #[test]
    fn takes_prose_for_prose() {
        for prose in [
            "ثم سكت طويلا … وقال له بعد ذلك",
            "ثم سكت طويلا … وقال له\nومضى في طريقه كأن شيئا لم يكن",
            "قفا نبك من ذكرى *** بسقط اللوى بين\nفتوضح فالمقراة لم … لما نسجتها من",
            "كلمة … كلمة\nكلمة … كلمة",
            "سكت ثم قال … ما هذا … يا صاحبي\nسكت ثم قال … ما هذا … يا صاحبي",
            "نعم نعم … ثم إنه مضى في طريقه الطويل إلى المدينة البعيدة من غير أن يلتفت\nلا لا … ثم إنه مضى في طريقه الطويل إلى المدينة البعيدة من غير أن يلتفت",
            "الاسم الأول\t12\nالاسم الثاني\t13",
            "***\n***",
            "word one   word two\nword three   word four",
            "أول ثان   ثالث رابع   خامس سادس\nأول ثان   ثالث رابع   خامس سادس",
        ] {
            assert!(marks(prose).iter().all(Option::is_none), "{prose}");
        }
    }

    #[test]
    fn knows_a_poem_among_prose() {
        let text = "قال الشاعر\nقفا نبك من *** بسقط اللوى\nفتوضح فالمقراة *** لما نسجتها\nثم مضى";
        assert_eq!(marks(text), [None, Some(" *** "), Some(" *** "), None]);
    }
}
