//! Levels of a stretch between two right-to-left letters, by rules W1–I2 alone: a number, a Latin name, what stands around them.
//!
//! The paragraph runs from right to left. Brackets (N0), what rule X9 removes and bidi controls are left to the whole algorithm.

use unicode_bidi::{BidiClass, BidiDataSource, Level};

use super::bidi::Classes;
use super::properties::Properties;

/// Sets the levels of what does not stand at 1, where they start all at 1; whether it could.
///
/// The stretch starts with a right-to-left letter or where the paragraph does, and ends likewise. `room` is what calls share.
pub(super) fn resolve(text: &str, room: &mut Vec<BidiClass>, levels: &mut [Level]) -> bool {
    if !read(text, room) {
        return false;
    }
    join_numbers(room);
    settle(room);
    let raised = Level::from(2);
    for ((byte, c), class) in text.char_indices().zip(room) {
        if *class != BidiClass::R {
            levels[byte..byte + c.len_utf8()].fill(raised);
        }
    }
    true
}

/// The classes of the characters after rules W1–W3; false where there is one that this is no place for.
fn read(text: &str, room: &mut Vec<BidiClass>) -> bool {
    use BidiClass::{AL, AN, CS, EN, ES, ET, L, NSM, ON, R, S, WS};
    room.clear();
    let (mut before, mut strong) = (R, R);
    for c in text.chars() {
        let properties = Properties::of(c);
        let mut class = properties.bidi_class();
        if properties.is_mirrored() && Classes.bidi_matched_opening_bracket(c).is_some() {
            return false;
        }
        if class == NSM {
            class = before;
        }
        before = class;
        room.push(match class {
            L | R | AL => {
                strong = class;
                if class == AL { R } else { class }
            }
            EN if strong == AL => AN,
            EN | AN | ES | ET | CS => class,
            WS | S | ON => ON,
            _ => return false,
        });
    }
    true
}

/// Rules W4–W7: what belongs to a number, and what number belongs to Latin letters.
fn join_numbers(room: &mut [BidiClass]) {
    use BidiClass::{AN, CS, EN, ES, ET, L, ON, R};
    for place in 1..room.len().saturating_sub(1) {
        let sides = (room[place - 1], room[place + 1]);
        match (room[place], sides) {
            (ES | CS, (EN, EN)) => room[place] = EN,
            (CS, (AN, AN)) => room[place] = AN,
            _ => {}
        }
    }
    replace_runs(
        room,
        ET,
        |before, after| {
            if before == EN || after == EN { EN } else { ON }
        },
    );
    let mut strong = R;
    for class in room {
        match class {
            L | R => strong = *class,
            EN if strong == L => *class = L,
            ES | CS => *class = ON,
            _ => {}
        }
    }
}

/// Rules N1 and N2: neutrals between Latin letters are as they, all others as the paragraph.
fn settle(room: &mut [BidiClass]) {
    use BidiClass::{L, ON, R};
    replace_runs(
        room,
        ON,
        |before, after| {
            if before == L && after == L { L } else { R }
        },
    );
}

/// Gives every run of a class the class that follows from those on its two sides; R stands beyond the ends.
fn replace_runs(
    room: &mut [BidiClass],
    class: BidiClass,
    by: impl Fn(BidiClass, BidiClass) -> BidiClass,
) {
    let mut before = BidiClass::R;
    let mut place = 0;
    while place < room.len() {
        let start = place;
        while room.get(place) == Some(&class) {
            place += 1;
        }
        if place > start {
            let after = room.get(place).copied().unwrap_or(BidiClass::R);
            before = by(before, after);
            room[start..place].fill(before);
        } else {
            before = room[place];
            place += 1;
        }
    }
}
