//! A line in visual order becomes logical: all is turned round, then what runs from left to right is turned back.
//!
//! This undoes UAX #9 for a paragraph from right to left without bidi controls. Latin runs take the numbers after them along
//! (W7) and a bracket that closes in them (N0); numbers after Arabic letters hold together by single separators only (W2, W4).

use super::evidence::Evidence;
use crate::doc::is_line_end;
use crate::text::mirror::mirrored;
use crate::text::properties::{BidiClass, Properties};

/// Pairs of brackets, the opening one first.
const BRACKETS: [char; 6] = ['(', ')', '[', ']', '«', '»'];

/// What moves as one: a character, and the marks on it when marks stand after their letters.
#[derive(Clone, Copy, Debug)]
struct Unit<'a> {
    text: &'a str,
    base: char,
    class: BidiClass,
    /// Part of what runs from left to right.
    left_to_right: bool,
}

/// How lines in visual order were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Marks stand before their letters, because characters were reversed and not clusters.
    marks_first: bool,
    /// Brackets stand as they stood in the logical line: not every system mirrored what it stored.
    brackets_kept: bool,
}

impl Made {
    /// Tells from a text how its lines were made: brackets close what was opened.
    pub fn of(text: &str, evidence: &Evidence) -> Self {
        let mut made = Self {
            marks_first: evidence.marks_first(),
            brackets_kept: false,
        };
        let (mut mirrored, mut kept) = (0, 0);
        for line in text
            .split(is_line_end)
            .filter(|line| line.contains(BRACKETS))
        {
            let strays = |made| strays(&logical(line, made));
            mirrored += strays(made);
            kept += strays(Self {
                brackets_kept: true,
                ..made
            });
        }
        made.brackets_kept = kept < mirrored;
        made
    }
}

/// The line in logical order.
pub fn logical(line: &str, made: Made) -> String {
    let mut units = units(line, made.marks_first);
    mark_latin(&mut units);
    mark_numbers(&mut units);
    let mut out = String::with_capacity(line.len());
    for run in units
        .chunk_by(|a, b| a.left_to_right == b.left_to_right)
        .rev()
    {
        if run.first().is_some_and(|unit| unit.left_to_right) {
            out.extend(run.iter().map(|unit| unit.text));
        } else {
            let turned = run.iter().rev();
            turned.for_each(|unit| push(&mut out, unit, !made.brackets_kept));
        }
    }
    out
}

fn push(out: &mut String, unit: &Unit, mirror: bool) {
    match mirrored(unit.base).filter(|_| mirror) {
        Some(mirrored) => {
            out.push(mirrored);
            out.push_str(&unit.text[unit.base.len_utf8()..]);
        }
        None => out.push_str(unit.text),
    }
}

fn units(line: &str, marks_first: bool) -> Vec<Unit<'_>> {
    let mut units: Vec<Unit> = Vec::with_capacity(line.len() / 2);
    let mut start = 0;
    for (byte, c) in line.char_indices() {
        let class = Properties::of(c).bidi_class();
        let end = byte + c.len_utf8();
        if class == BidiClass::NSM
            && !marks_first
            && let Some(unit) = units.last_mut()
        {
            unit.text = &line[start..end];
            continue;
        }
        start = byte;
        units.push(Unit {
            text: &line[byte..end],
            base: c,
            class,
            left_to_right: false,
        });
    }
    units
}

const fn is_right_to_left(class: BidiClass) -> bool {
    matches!(class, BidiClass::R | BidiClass::AL)
}

/// Marks the runs that begin with a left-to-right letter: up to the last such letter or number before one from right to left.
fn mark_latin(units: &mut [Unit]) {
    let mut at = 0;
    while let Some(start) = units[at..]
        .iter()
        .position(|unit| unit.class == BidiClass::L)
    {
        let start = at + start;
        let rest = &units[start..];
        let limit = rest
            .iter()
            .position(|unit| is_right_to_left(unit.class) || unit.class == BidiClass::AN)
            .unwrap_or(rest.len());
        let last = rest[..limit]
            .iter()
            .rposition(|unit| matches!(unit.class, BidiClass::L | BidiClass::EN));
        let mut end = start + last.map_or(1, |last| last + 1);
        // What opened in the run closes in it.
        while end < start + limit && is_closing_of(&units[start..end], units[end].base) {
            end += 1;
        }
        for unit in &mut units[start..end] {
            unit.left_to_right = true;
        }
        at = end;
    }
}

/// Whether a bracket closes one that is still open in a run.
fn is_closing_of(run: &[Unit], closing: char) -> bool {
    let opening = match closing {
        ')' => '(',
        ']' => '[',
        '}' => '{',
        _ => return false,
    };
    let count = |bracket| run.iter().filter(|unit| unit.base == bracket).count();
    count(opening) > count(closing)
}

/// Marks the numbers outside of Latin runs.
fn mark_numbers(units: &mut [Unit]) {
    let mut at = 0;
    while at < units.len() {
        let digits = units[at].class;
        if units[at].left_to_right || !matches!(digits, BidiClass::EN | BidiClass::AN) {
            at += 1;
            continue;
        }
        // What stands before a number in logical order stands on its right.
        let before = units[at..]
            .iter()
            .find(|unit| is_right_to_left(unit.class) || unit.left_to_right);
        let arabic =
            digits == BidiClass::AN || before.is_some_and(|unit| unit.class == BidiClass::AL);
        let end = number_end(units, at, arabic);
        for unit in &mut units[at..end] {
            unit.left_to_right = true;
        }
        at = end;
        if !arabic {
            mark_terminators(units, at);
        }
    }
}

/// Where the number that starts at a unit ends: digits of one kind, and single separators between two of them.
fn number_end(units: &[Unit], start: usize, arabic: bool) -> usize {
    let digits = units[start].class;
    let is_digit = |at: usize| units.get(at).is_some_and(|unit| unit.class == digits);
    let separates = |at: usize| {
        units.get(at).is_some_and(|unit| match unit.class {
            BidiClass::CS => true,
            BidiClass::ES => !arabic,
            _ => false,
        })
    };
    let mut end = start + 1;
    loop {
        if is_digit(end) {
            end += 1;
        } else if separates(end) && is_digit(end + 1) {
            end += 2;
        } else {
            return end;
        }
    }
}

/// Marks the signs of currency and per cent on both sides of the European number that ends at a unit (W5).
fn mark_terminators(units: &mut [Unit], end: usize) {
    let is_terminator = |unit: &&mut Unit| unit.class == BidiClass::ET && !unit.left_to_right;
    let (before, after) = units.split_at_mut(end);
    for unit in after.iter_mut().take_while(is_terminator) {
        unit.left_to_right = true;
    }
    let number = before
        .iter()
        .rev()
        .take_while(|unit| unit.left_to_right)
        .count();
    let head = before.len() - number;
    for unit in before[..head].iter_mut().rev().take_while(is_terminator) {
        unit.left_to_right = true;
    }
}

/// How many brackets close what was never opened, or open what is never closed.
fn strays(line: &str) -> usize {
    let pairs = BRACKETS.chunks_exact(2).map(|pair| {
        let (mut open, mut strays) = (0usize, 0);
        for c in line.chars() {
            if c == pair[0] {
                open += 1;
            } else if c == pair[1] && open > 0 {
                open -= 1;
            } else if c == pair[1] {
                strays += 1;
            }
        }
        strays + open
    });
    pairs.sum()
}
