//! Letters that are stored as they are drawn are turned back to those that were meant.
//!
//! Old pages, pages of DOS and extracts from PDF hold presentation forms, lines in visual order, or both. [`look`] says which,
//! by counting what can only stand at the beginning or the end of a word; [`repair`] turns it back, line by line. Nothing
//! here is done to a text unless the reader asks for it.

mod evidence;
mod forms;
mod glance;
mod order;

use crate::doc::{Notice, is_line_end};
use evidence::Evidence;
use order::Made;

/// How the letters of a text are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// As presentation forms.
    pub forms: bool,
    /// In visual order.
    pub visual: bool,
    /// How lines in visual order were made.
    made: Made,
}

impl Drawn {
    /// What the reader is told of it.
    pub const fn notice(self) -> Notice {
        Notice::StoredAsDrawn {
            forms: self.forms,
            visual: self.visual,
        }
    }

    /// Whether there is anything to turn back.
    #[must_use]
    pub const fn is_repairable(self) -> bool {
        self.forms || self.visual
    }
}

/// How much of a text is looked at.
const LOOKED_AT: usize = 1 << 20;

/// Says how the letters of a text are stored.
#[must_use]
pub fn look(text: &str) -> Drawn {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = &text[..end];
    let forms = forms::prevail(start);
    let evidence = glance::words(start)
        .map(|words| Evidence::of(&words))
        .filter(Evidence::is_beyond_doubt)
        .unwrap_or_else(|| Evidence::of(start));
    Drawn {
        forms,
        visual: evidence.is_visual(),
        made: if evidence.is_visual() {
            Made::of(start, &evidence)
        } else {
            Made::default()
        },
    }
}

/// The text with its letters turned back, as [`look`] found them; line ends stay where they are.
#[must_use]
pub fn repair(text: &str, drawn: Drawn) -> String {
    let mut repaired = String::with_capacity(text.len());
    for line in text.split_inclusive(is_line_end) {
        let content = line.trim_end_matches(is_line_end);
        repair_line(content, drawn, &mut repaired);
        repaired.push_str(&line[content.len()..]);
    }
    repaired
}

fn repair_line(line: &str, drawn: Drawn, repaired: &mut String) {
    let evidence = Evidence::of(line);
    // Pages are put together from both: a line that clearly stands otherwise than the rest is left as it is.
    let is_arabic = evidence.holds_arabic && !evidence.is_logical();
    let visual = drawn.visual && (is_arabic || begins_with_its_stop(line));
    let ordered = visual.then(|| order::logical(line, drawn.made));
    let ordered = ordered.as_deref().unwrap_or(line);
    if drawn.forms {
        forms::letters_of(ordered, repaired);
    } else {
        repaired.push_str(ordered);
    }
}

/// Whether a line without Arabic letters begins with the stop that ended it: it stood among lines from right to left.
fn begins_with_its_stop(line: &str) -> bool {
    let stops = ['.', '!', '?', ':', ','];
    let line = line.trim();
    let rest = line.trim_start_matches(stops);
    rest.len() < line.len()
        && rest.starts_with(|c: char| c.is_ascii_alphabetic())
        && !rest.ends_with(stops)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Direction, bidi, joining, mirror};

    /// A line as an old system would have stored it: reordered for the eye, left to right.
    fn visual(line: &str) -> String {
        let levels = bidi::levels(line, Direction::Rtl);
        let mut order: Vec<(u8, char)> = line
            .char_indices()
            .map(|(byte, c)| (levels.at(byte), c))
            .collect();
        bidi::reorder(&mut order, |(level, _)| *level);
        order
            .into_iter()
            .map(|(level, c)| match mirror::mirrored(c) {
                Some(mirrored) if level % 2 == 1 => mirrored,
                _ => c,
            })
            .collect()
    }

    fn repaired(text: &str) -> String {
        repair(text, look(text))
    }

    const PROSE: &str = "كانت المدينة القديمة هادئة في الصباح، والناس يسيرون إلى أعمالهم.\nقال التاجر: هذه البضاعة غالية، فمن يشتريها؟";

    #[test]
    fn leaves_sound_text_alone() {
        for text in [
            PROSE,
            "",
            "Hello, world.",
            "صلى الله عليه وسلم \u{fdfa} \u{fd3e}وقل\u{fd3f}",
            "لا",
            "أولا، ثانيا، مثلا",
            "12,500 3.5%",
            "این یک متن فارسی است و در آن «ال» نیست.",
        ] {
            assert_eq!(look(text), Drawn::default(), "{text}");
            assert_eq!(repaired(text), text);
        }
    }

    #[test]
    fn turns_forms_back() {
        let stored = joining::shape(PROSE);
        assert!(look(&stored).forms && !look(&stored).visual);
        assert_eq!(repaired(&stored), PROSE);
    }

    #[test]
    fn turns_visual_order_back() {
        let stored: Vec<String> = PROSE.lines().map(visual).collect();
        let stored = stored.join("\n");
        assert!(!look(&stored).forms && look(&stored).visual, "{stored}");
        assert_eq!(repaired(&stored), PROSE);
    }

    #[test]
    fn knows_visual_order_that_begins_late() {
        let stored: Vec<String> = PROSE.lines().map(visual).collect();
        let late = PROSE.repeat(40) + "\n" + &(stored.join("\n") + "\n").repeat(200);
        assert!(look(&late).visual);
        assert_eq!(look(&PROSE.repeat(400)), Drawn::default());
        let little = PROSE.repeat(200) + "\n" + &stored.join("\n");
        assert_eq!(look(&little), Drawn::default());
    }

    #[test]
    fn turns_both_back() {
        let stored: Vec<String> = PROSE
            .lines()
            .map(|line| visual(&joining::shape(line)))
            .collect();
        let stored = stored.join("\n");
        assert!(look(&stored).forms && look(&stored).visual, "{stored}");
        assert_eq!(repaired(&stored), PROSE);
    }

    #[test]
    fn turns_numbers_latin_and_brackets_back() {
        for line in [
            "كتب في سنة 1998 عن نظام Windows 95 وعن 12.5 و10/3/2001.",
            "المنظمة العالمية (WHO) والسنة (2004) والاسم «العربية»",
            "الترجمة NATO (OTAN) المعروفة",
            "السنة ١٩٩٨ المدينة ١٢٫٥ الكلمة",
            "NATO المنظمة",
            "المنظمة NATO",
        ] {
            let drawn = Drawn {
                visual: true,
                ..Drawn::default()
            };
            assert_eq!(repair(&visual(line), drawn), line, "{}", visual(line));
        }
    }

    #[test]
    fn turns_vocalised_text_back_however_marks_were_kept() {
        let line = "كَتَبَ الوَلَدُ الرِّسالَةَ إلى المَدِينَةِ القَديمَةِ";
        let reversed: String = line.chars().rev().collect();
        assert_eq!(repaired(&reversed), line);
        assert_eq!(repaired(&visual(line)), line);
    }

    #[test]
    fn knows_visual_order_by_forms_alone() {
        // None of these words begins with ال or ends with ة.
        let line = "كتب زيد رسائل وأرسلها إلى أخيه وأمه وإلى آخرين";
        let shaped = joining::shape(line);
        assert!(look(&visual(&shaped)).visual);
        assert!(look(&shaped).forms && !look(&shaped).visual);
        assert_eq!(repaired(&visual(&shaped)), line);
    }

    #[test]
    fn drops_what_fills_the_cell_of_a_lam_alef() {
        let line = "لا إله إلا الله، والأولاد الآن لإنجاز الأعمال لأنهم.";
        let filled: String = joining::shape(line)
            .chars()
            .flat_map(|c| {
                [
                    Some(c),
                    matches!(c, '\u{fef5}'..='\u{fefc}').then_some('\u{feff}'),
                ]
            })
            .flatten()
            .collect();
        assert_eq!(repaired(&visual(&filled)), line);
    }

    #[test]
    fn turns_brackets_as_the_whole_text_says() {
        let lines = "قال الكاتب (المصري) إن «المدينة» كبيرة جدا.\nأ) البند الأول ب) البند الثاني";
        let mirrored: Vec<String> = lines.lines().map(visual).collect();
        assert_eq!(repaired(&mirrored.join("\n")), lines);
        let kept: Vec<String> = lines
            .lines()
            .map(|line| line.chars().rev().collect())
            .collect();
        assert_eq!(repaired(&kept.join("\n")), lines);
    }

    #[test]
    fn leaves_lines_that_stand_otherwise_alone() {
        let sound = "الكلمة الأولى من المدينة القديمة الكبيرة";
        let mixed = format!(
            "{}\n{sound}\n12 - 34\nplain words\n.More words",
            visual(PROSE.lines().next().unwrap_or(""))
        );
        let expected = format!(
            "{}\n{sound}\n12 - 34\nplain words\nMore words.",
            PROSE.lines().next().unwrap_or("")
        );
        assert_eq!(
            repair(
                &mixed,
                Drawn {
                    visual: true,
                    ..Drawn::default()
                }
            ),
            expected
        );
    }

    fn words() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            6 => "(ال)?[ء-غف-ي]{2,7}",
            1 => "[1-9][0-9]{0,3}",
            1 => "[A-Za-z]{1,8}",
        ];
        let arabic = "(ال)?[ء-غف-ي]{2,7}";
        // Where a number and Latin letters touch, two logical lines are drawn alike.
        proptest::collection::vec((word, arabic, "[،.؛]?"), 1..8).prop_map(|pairs| {
            let words = pairs
                .iter()
                .map(|(one, other, stop)| format!("{one} {other}{stop}"));
            words.collect::<Vec<_>>().join(" ")
        })
    }

    proptest! {
        #[test]
        fn turns_back_any_forms(line in words()) {
            let drawn = Drawn { forms: true, ..Drawn::default() };
            prop_assert_eq!(repair(&joining::shape(&line), drawn), line);
        }

        #[test]
        fn turns_back_any_order(line in words()) {
            prop_assert_eq!(order::logical(&visual(&line), Made::default()), line);
        }

        #[test]
        fn keeps_every_character(line in ".{0,40}") {
            let mut before: Vec<char> = line.chars().collect();
            let mut after: Vec<char> = order::logical(&line, Made::default()).chars().collect();
            let plain = |c: &mut char| *c = mirror::mirrored(*c).map_or(*c, |m| m.min(*c));
            before.iter_mut().for_each(plain);
            after.iter_mut().for_each(plain);
            before.sort_unstable();
            after.sort_unstable();
            prop_assert_eq!(before, after);
        }
    }
}
