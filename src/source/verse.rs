//! Lines of verse: two hemistichs divided by stars, slashes, an ellipsis, a tab or wide blanks.
//!
//! Two stars or more say it by themselves. Other lines are verse where two or more of them follow each other, divided in the same
//! way, their hemistichs of like length: what only looks like verse (a list with tabs, a pause in a sentence) has sides that differ.

use std::ops::Range;

use crate::text::width::cluster_width;

/// The fewest blanks that divide by themselves.
const BLANKS: usize = 3;

/// The longest line that is looked at, in bytes.
const LONGEST: usize = 1024;

/// The widest hemistich, in columns of the screen.
const WIDEST: usize = 60;

/// The widest hemistich of two, in tenths of the narrower one: verses are of like length.
const UNEVEN: usize = 30;

/// The same where a pause divides them, as it does many a sentence.
const UNEVEN_PAUSES: usize = 16;

/// How a line is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Two stars or more: hardly ever anything else.
    Stars,
    Star,
    Slashes,
    Ellipsis,
    Blanks,
}

impl Mark {
    /// Whether so many lines in a row that are divided so are verse; `close` says that no blank line stands between them.
    const fn is_verse(self, lines: usize, close: bool) -> bool {
        match self {
            Self::Stars => true,
            // Whoever pauses in a sentence does not do so in line after line.
            Self::Ellipsis if !close => lines > 3,
            _ => lines > 1,
        }
    }
}

/// A line that may be one of verse.
struct Divided {
    division: Option<(Mark, Range<usize>)>,
    /// Whether it stands right below the one before.
    is_close: bool,
}

impl Divided {
    fn mark(&self) -> Option<Mark> {
        self.division.as_ref().map(|(mark, _)| *mark)
    }
}

/// For each of some lines that follow each other, where it is divided if it is a line of verse. With each line comes whether it
/// stands right below the one before.
pub fn divide<'a>(lines: impl Iterator<Item = (&'a str, bool)>) -> Vec<Option<Range<usize>>> {
    let mut divided: Vec<Divided> = lines
        .map(|(line, is_close)| Divided {
            division: division(line),
            is_close,
        })
        .collect();
    let is_like = |one: &Divided, next: &Divided| one.mark().is_some() && one.mark() == next.mark();
    for run in divided.chunk_by_mut(is_like) {
        let close = run.iter().skip(1).all(|line| line.is_close);
        if run[0]
            .mark()
            .is_some_and(|mark| !mark.is_verse(run.len(), close))
        {
            for line in run {
                line.division = None;
            }
        }
    }
    let ranges = divided.into_iter().map(|line| line.division);
    ranges
        .map(|division| division.map(|(_, range)| range))
        .collect()
}

/// Whether two texts that stand side by side could be the hemistichs of a line.
pub fn is_line(sides: [&str; 2]) -> bool {
    sides.into_iter().all(is_hemistich) && are_like(sides, UNEVEN)
}

/// Where a line is divided into two hemistichs, blanks around the mark included, and by what; nothing for any other line.
fn division(line: &str) -> Option<(Mark, Range<usize>)> {
    if line.len() > LONGEST {
        return None;
    }
    let is_star = |c| matches!(c, '*' | '٭');
    let stars = || sole(line, is_star, 2..=5, false);
    let dots = || sole(line, |c| c == '.', 3..=6, true);
    let (mark, range) = None
        .or_else(|| Some((Mark::Stars, stars()?)))
        .or_else(|| Some((Mark::Star, sole(line, is_star, 1..=1, true)?)))
        .or_else(|| Some((Mark::Slashes, sole(line, |c| c == '/', 2..=2, true)?)))
        .or_else(|| {
            let ellipsis = sole(line, |c| c == '…', 1..=3, true);
            Some((Mark::Ellipsis, ellipsis.or_else(dots)?))
        })
        .or_else(|| Some((Mark::Blanks, blanks(line)?)))?;
    let between =
        line[..range.start].trim_end().len()..line.len() - line[range.end..].trim_start().len();
    let sides = [line[..between.start].trim_start(), &line[between.end..]];
    let is_pause = mark == Mark::Ellipsis;
    // So begins what somebody says.
    if is_pause && sides[0].starts_with(['-', '–', '—']) {
        return None;
    }
    let uneven = if is_pause { UNEVEN_PAUSES } else { UNEVEN };
    (sides.into_iter().all(is_hemistich) && are_like(sides, uneven)).then_some((mark, between))
}

/// The only run of a mark's characters in a line, blanks between them or not, when it is so long; `apart` says that blanks must
/// stand on both sides of it.
fn sole(
    line: &str,
    is_mark: impl Fn(char) -> bool,
    length: std::ops::RangeInclusive<usize>,
    apart: bool,
) -> Option<Range<usize>> {
    let start = line.find(&is_mark)?;
    let rest = &line[start..];
    let other = rest.find(|c: char| !is_mark(c) && !c.is_whitespace())?;
    let end = start + rest[..other].trim_end().len();
    let is_apart = line[..start].ends_with(char::is_whitespace)
        && line[end..].starts_with(char::is_whitespace);
    let count = line[start..end].chars().filter(|c| is_mark(*c)).count();
    let is_sole = !line[end..].contains(&is_mark);
    (is_sole && (is_apart || !apart) && length.contains(&count)).then_some(start..end)
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

/// Whether this could be half a line of verse: two words or more in Arabic letters, and not too long. The line's number may stand
/// before it, and marks of notes in it.
fn is_hemistich(text: &str) -> bool {
    let is_arabic = |c: char| matches!(c, '\u{620}'..='\u{6d3}' | '\u{750}'..='\u{77f}');
    let words = text
        .split_whitespace()
        .filter(|word| word.contains(is_arabic));
    words.take(2).count() == 2
        && !text.contains(['*', '|', '\t'])
        && !has_figures(unnumbered(text))
        && cluster_width(text) <= WIDEST
}

/// A line without the number that it may begin with.
fn unnumbered(text: &str) -> &str {
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = number.trim_start().strip_prefix(['-', '.', ')', '–', ':']);
    match rest {
        Some(rest) if number.len() < text.len() => rest,
        _ => text,
    }
}

/// Whether there are Latin letters or figures in a text, marks of notes aside.
fn has_figures(text: &str) -> bool {
    let mut from = 0;
    let mut parts = super::typed::note_marks(text).map(|mark| {
        let before = from..mark.start;
        from = mark.end;
        before
    });
    let is_figure = |c: char| c.is_ascii_alphanumeric();
    let is_found = parts.any(|part| text[part].contains(is_figure));
    drop(parts);
    is_found || text[from..].contains(is_figure)
}

/// Whether two hemistichs are of like length: the longer has at most so many tenths of the other's columns.
fn are_like(sides: [&str; 2], tenths: usize) -> bool {
    let [one, other] = sides.map(cluster_width);
    one.max(other) * 10 <= one.min(other) * tenths
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What divides each line.
    fn marks(text: &str) -> Vec<Option<&str>> {
        let mut lines = Vec::new();
        let mut is_close = true;
        for line in text.lines() {
            if !line.is_empty() {
                lines.push((line, is_close));
            }
            is_close = !line.is_empty();
        }
        let divided = divide(lines.iter().copied());
        let text = lines.iter().map(|(line, _)| *line);
        text.zip(divided)
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
            "قفا نبك من ذكرى * بسقط اللوى بين\nفتوضح فالمقراة لم … لما نسجتها من",
            "لم يكن هناك أحد … سوى ظله الطويل على الجدار\nلم يكن هناك أحد … سوى ظله الطويل على الجدار",
            "- من أنت يا هذا … ولماذا جئت\n- أنا جارك هنا … ألا تعرفني",
            "سكت قليلا ثم … مضى في طريقه\n\nسكت قليلا ثم … مضى في طريقه",
            "نزل في القاهرة / ثم في دمشق\nنزل في بغداد / ثم في حلب",
            "عام 1990 كان عاما   لا ينسى أبدا\nعام 1991 كان عاما   لا ينسى أبدا",
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
    fn knows_stars_by_themselves_and_lines_apart() {
        let line = "قفا نبك من ذكرى *** بسقط اللوى بين";
        assert_eq!(marks(line), [Some(" *** ")]);
        for mark in ["***", " * * * ", " ** ", " ٭٭٭ "] {
            assert_eq!(marks(&line.replace(" *** ", mark)), [Some(mark)]);
        }
        for mark in [" * ", " ٭ ", " // ", "   ", "\t\t"] {
            let line = line.replace(" *** ", mark);
            assert_eq!(marks(&line), [None], "{line}");
            assert_eq!(marks(&format!("{line}\n\n{line}")), [Some(mark); 2]);
        }
        let pause = line.replace("***", "…");
        assert_eq!(marks(&[&*pause; 4].join("\n\n")), [Some(" … "); 4]);
    }

    #[test]
    fn lets_numbers_and_notes_stand_in_a_line() {
        for line in [
            "1- قفا نبك من ذكرى *** بسقط اللوى بين",
            "12. قفا نبك من ذكرى *** بسقط اللوى بين (1)",
            "قفا نبك(1) من ذكرى *** بسقط اللوى [2] بين",
            "٣ - قفا نبك من ذكرى *** بسقط اللوى بين",
            "\t\tقفا نبك من ذكرى *** بسقط اللوى بين",
        ] {
            assert_eq!(marks(line), [Some(" *** ")], "{line}");
        }
        assert_eq!(marks("قفا نبك 12 ذكرى *** بسقط اللوى بين"), [None]);
    }

    #[test]
    fn knows_a_poem_among_prose() {
        let text = "قال الشاعر\nقفا نبك من *** بسقط اللوى\nفتوضح فالمقراة *** لما نسجتها\nثم مضى";
        assert_eq!(marks(text), [None, Some(" *** "), Some(" *** "), None]);
    }
}
