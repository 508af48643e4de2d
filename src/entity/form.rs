//! Word forms: what the lexicons say of a word as it is written, looked up once however often an article repeats it.
//!
//! A form is a folded key with what else of its spelling counts (where hamza shows a seam, tanwin, how a ي is written). It has a number that
//! no other form of the same article has, by which others may remember what they found out about it.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::clitic::{Clitic, stem};
use super::evidence::Ready;
use super::fold::{hash, mix};
use super::lexicon::Lexicon;
use super::token::{Shape, Tokens};
use super::trie::Begun;
use super::words::Word;

/// So many forms are remembered; then all are forgotten, because what a text of a megabyte still repeats it repeats soon.
const MOST: usize = 1 << 13;

/// A way to read a word's beginning, and what is left of it.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// What is taken off.
    pub clitic: Clitic,
    /// What is known of the rest.
    pub word: Option<Word>,
    /// The number of the rest.
    pub stem: u64,
}

/// A way with the cues and the names that begin with what is left.
#[derive(Clone, Copy)]
pub struct Opening {
    pub way: Way,
    pub cue: Option<Begun>,
    pub name: Option<Begun>,
}

/// What is known of a form.
#[derive(Clone, Copy)]
struct Form {
    word: Option<Word>,
    /// Where its ways begin in the list of all, and how many it has.
    first: u32,
    count: u8,
}

/// The forms of an article.
pub struct Forms<'l> {
    /// Where they are looked up.
    pub lexicon: &'l Lexicon,
    places: HashMap<u64, u32, BuildHasherDefault<Ready>>,
    list: Vec<Form>,
    openings: Vec<Opening>,
    forgotten: u32,
}

impl<'l> Forms<'l> {
    /// No forms yet.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            places: HashMap::default(),
            list: Vec::new(),
            openings: Vec::new(),
            forgotten: 0,
        }
    }

    /// The form of the token at `n`: its number, what is known of it as it stands, and the ways to read it; none of what is no word.
    pub fn find(&mut self, tokens: &Tokens, n: usize) -> (u32, Option<Word>, &[Opening]) {
        let at = match self.places.get(&number(tokens, n)) {
            Some(&at) => at as usize,
            None => self.look_up(tokens, n),
        };
        let form = self.list[at];
        let first = form.first as usize;
        let openings = &self.openings[first..first + usize::from(form.count)];
        let number = self.forgotten.wrapping_add(place(at));
        (number, form.word, openings)
    }

    /// Looks the token at `n` up; where it lies in the list.
    fn look_up(&mut self, tokens: &Tokens, n: usize) -> usize {
        if self.list.len() == MOST {
            self.forgotten = self.forgotten.wrapping_add(place(MOST));
            self.places.clear();
            self.list.clear();
            self.openings.clear();
        }
        let at = self.list.len();
        self.places.insert(number(tokens, n), place(at));
        let first = self.openings.len();
        let mut word = None;
        if tokens.is_word(n) {
            let key = tokens.key(n);
            word = self.lexicon.word(key);
            for clitic in tokens.ways(n) {
                let rest = clitic.rest(key);
                let way = Way {
                    clitic,
                    word: if clitic == Clitic::NONE {
                        word
                    } else {
                        self.lexicon.word(rest)
                    },
                    stem: stem(clitic, rest),
                };
                self.openings.push(Opening {
                    way,
                    cue: self.lexicon.begin_cue(clitic, rest),
                    name: self.lexicon.begin_name(clitic, rest),
                });
            }
        }
        self.list.push(Form {
            word,
            first: place(first),
            count: u8::try_from(self.openings.len() - first).unwrap_or(0),
        });
        at
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// What tells the form of the token at `n` from others.
fn number(tokens: &Tokens, n: usize) -> u64 {
    let key = tokens.key(n);
    let Some(token) = tokens.get(n) else { return 0 };
    match token.shape {
        Shape::Word => {
            let spelling =
                u64::from(token.seam) << 3 | u64::from(token.tanwin) << 2 | token.yeh as u64;
            hash(key, spelling << 8)
        }
        Shape::Number => mix(8, u64::from(key.len() == 4)),
        Shape::Mark(c) => mix(9, c.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(forms: &mut Forms, text: &str) -> Vec<u32> {
        let tokens = Tokens::of(text);
        (0..tokens.len())
            .map(|n| forms.find(&tokens, n).0)
            .collect()
    }

    #[test]
    fn a_form_has_one_number_wherever_it_stands() {
        let lexicon = Lexicon::open();
        let mut forms = Forms::new(&lexicon);
        assert_eq!(numbers(&mut forms, "بيت، بيت 7 8"), [0, 1, 0, 2, 2]);
        assert_eq!(
            numbers(&mut forms, "بَيت بيتًا فإن فان على علي"),
            [0, 3, 4, 5, 6, 7]
        );
    }

    #[test]
    fn what_is_forgotten_comes_back_under_another_number() {
        let lexicon = Lexicon::open();
        let mut forms = Forms::new(&lexicon);
        let many: Vec<String> = (0..2 * MOST).map(letters).collect();
        let numbers = numbers(&mut forms, &format!("بيت {} بيت", many.join(" ")));
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), numbers.len());
        assert!(forms.list.len() <= MOST && forms.places.len() <= MOST);
    }

    /// A word for each number.
    fn letters(n: usize) -> String {
        n.to_string()
            .bytes()
            .map(|digit| char::from(digit + b'a' - b'0'))
            .collect()
    }
}
