//! Marks of texts, whole and in chunks.

use super::*;
use crate::source::lines::lines;

/// The lines that are marked, and the lines of stars before them. What merely stands before the first mark is left out.
fn marks(text: &str) -> (Vec<usize>, Vec<usize>) {
    let lines: Vec<_> = lines(text).collect();
    let line_of = |mark: &Mark| lines.iter().position(|line| line.start == mark.offset());
    let is_marked =
        |mark: &Mark| mark.title() != Title::Unknown || text[..mark.offset()].contains('\u{c}');
    let mut marks = super::marks(text.as_bytes());
    marks.retain(is_marked);
    let stars = |start: usize| (0..start).rfind(|line| !lines[*line].is_empty());
    let separated = marks.iter().filter(|mark| mark.is_separated());
    (
        marks.iter().filter_map(line_of).collect(),
        separated.filter_map(line_of).filter_map(stars).collect(),
    )
}

fn starts(text: &str) -> Vec<usize> {
    marks(text).0
}

#[test]
fn starts_at_a_line_that_stands_twice() {
    assert_eq!(
        starts("عنوان  أول\nعنوان أول \n\nنص\n\nعنوان\r\nعنوان\r\n\r\nنص"),
        [0, 5]
    );
    assert_eq!(
        starts("نص\n\u{a0}\nعنوان\nعنوان\n\u{a0}\nنص"),
        [2],
        "NBSP makes a blank line"
    );
    assert_eq!(
        starts("نص\nعنوان\nعنوان\n\nنص"),
        [0; 0],
        "no blank line before"
    );
    assert_eq!(starts("عنوان\nعنوان\nنص\n"), [0; 0], "no blank line after");
    assert_eq!(starts("عنوان\nعنوان\nعنوان\n\nنص"), [0; 0], "three times");
    assert_eq!(
        starts("نص\n\nلازمة\nلازمة\n"),
        [0; 0],
        "at the end of the file"
    );
    assert_eq!(starts("عنوان\n\nعنوان\n\nنص"), [0; 0], "not in a row");
}

#[test]
fn holds_a_repeated_title_to_200_characters() {
    let text = |length| {
        let title = "ع".repeat(length);
        format!("{title}\n{title}\n\nنص")
    };
    assert_eq!(starts(&text(200)), [0]);
    assert_eq!(starts(&text(201)), [0; 0]);
    let spaced = format!("{}  {}", "ع".repeat(99), "ع".repeat(100));
    assert_eq!(
        starts(&format!("{spaced}\n{spaced}\n\nنص")),
        [0],
        "counted when folded"
    );
}

#[test]
fn takes_no_ornament_for_a_title() {
    assert_eq!(starts("* * *\n* * *\n\nنص"), [0; 0]);
    assert_eq!(starts("نص\n\n***\n\n* * *\n\nنص"), [0; 0]);
    assert_eq!(starts("# ***\n\n# ---\n"), [0; 0]);
}

#[test]
fn starts_at_a_form_feed() {
    assert_eq!(starts("أ\n\u{c}\nب\n\u{c}ج"), [3, 5]);
    assert_eq!(
        starts("\u{c}\u{c}أ\u{c}ب\u{c}\n"),
        [2, 3],
        "none for empty pages"
    );
    assert_eq!(
        starts("نص\n\u{c}عنوان\nعنوان\n\nنص"),
        [2],
        "a title at the start of a page"
    );
}

#[test]
fn starts_at_headings_when_there_are_two() {
    assert_eq!(starts("# أ\nنص\n# ب\n"), [0, 2]);
    assert_eq!(starts("# أ\n\nنص"), [0; 0], "one alone");
    assert_eq!(
        starts("# أ\n## ب\n#ج\n#\n# \n"),
        [0; 0],
        "other levels, no title"
    );
    assert_eq!(
        starts("# أ\n# أ\n\nنص\n\n# ب"),
        [0, 5],
        "a heading that stands twice"
    );
}

#[test]
fn starts_after_a_lone_line_of_stars_or_dashes() {
    assert_eq!(marks("نص\n\n***\n\nعنوان\n\nنص"), (vec![4], vec![2]));
    assert_eq!(
        marks("نص\n\u{a0}\n --- \n\n\nعنوان\n\nنص"),
        (vec![5], vec![2])
    );
    let none = (vec![], vec![]);
    assert_eq!(
        marks("نص\n***\n\nعنوان\n\nنص"),
        none,
        "no blank line before"
    );
    assert_eq!(marks("نص\n\n***\nعنوان\n\nنص"), none, "no blank line after");
    assert_eq!(
        marks("***\n\nعنوان\n\nنص"),
        none,
        "at the start of the file"
    );
    assert_eq!(
        marks("نص\n\n***\n\nعنوان\nنص"),
        none,
        "the title is not alone"
    );
    assert_eq!(marks("نص\n\n***\n\nتوقيع"), none, "nothing after the title");
    assert_eq!(marks("نص\n\n***\n\n"), none, "nothing after the stars");
    assert_eq!(marks("نص\n\n****\n\nعنوان\n\nنص"), none, "four stars");
}

#[test]
fn holds_a_title_after_stars_to_120_characters() {
    let text = |length| format!("نص\n\n***\n\n{}\n\nنص", "ع".repeat(length));
    assert_eq!(starts(&text(120)), [4]);
    assert_eq!(starts(&text(121)), [0; 0]);
}

#[test]
fn starts_once_where_marks_meet() {
    assert_eq!(starts("نص\n\n***\n\n\u{c}# أ\n\nنص\n\n# ب\n"), [5, 9]);
}

#[test]
fn passes_by_what_only_looks_like_a_mark() {
    assert_eq!(starts("---\n# a: b\n# c\n---\nنص"), [0; 0], "front matter");
    assert_eq!(
        starts("نص\n\nعنوان\n---\n\nنص\n\nنص"),
        [0; 0],
        "a heading's underline"
    );
    assert_eq!(
        starts("```\n# أ\n\u{c}\n# ب\n\nت\nت\n\n***\n\nت\n\n```\n"),
        [0; 0],
        "a fenced block"
    );
    let fenced = |open: &str, close: &str| starts(&format!("أ\n{open}\n\u{c}ب\n{close}\n\u{c}ت"));
    assert_eq!(fenced("```sh", "```"), [6]);
    assert_eq!(fenced("~~~\n```", "~~~~"), [7]);
    assert_eq!(fenced("````", "```"), [3, 6], "never closed");
    assert_eq!(
        fenced("```", "```y"),
        [3, 6],
        "an info string closes nothing"
    );
    assert_eq!(
        fenced("~~~~\n```", "```"),
        [7],
        "a fence after one that is none"
    );
    assert_eq!(
        starts("صدر *** عجز\n\nصدر\n***\nعجز\n\nصدر *** عجز\n"),
        [0; 0],
        "hemistichs"
    );
}

/// The marks of bytes that come in pieces of `size`.
fn streamed(bytes: &[u8], size: usize) -> Vec<Mark> {
    let mut scan = Scan::from(0);
    let (mut from, mut to) = (0, 0);
    let mut found = Vec::new();
    loop {
        to = (to + size).min(bytes.len());
        let last = to == bytes.len();
        from += scan.feed(&bytes[from..to], last);
        found.extend(scan.take());
        if !last {
            continue;
        }
        let Some(again) = scan.finish() else {
            found.extend(scan.take());
            return found;
        };
        (from, to) = (again, again);
    }
}

proptest::proptest! {
    #[test]
    fn finds_the_same_in_pieces(
        lines in proptest::collection::vec("(# |\u{c})?[ab]?|\\*\\*\\*|---|~~~|```x?|a:|\u{a0}|«…»", 0..30),
        end in "\n|\r\n|\r|\u{85}|\u{2028}",
        size in 1_usize..9,
    ) {
        let text = lines.join(&end);
        let whole = super::marks(text.as_bytes());
        proptest::prop_assert_eq!(streamed(text.as_bytes(), size), whole);
    }

    #[test]
    fn survives_any_bytes(bytes in proptest::collection::vec(proptest::sample::select(&b"a#* \n\r\x0c\xE2\x80\xA8\xC2\x85\xD8`-"[..]), 0..60), size in 1_usize..9) {
        proptest::prop_assert_eq!(streamed(&bytes, size), super::marks(&bytes));
    }
}
