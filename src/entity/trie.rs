//! A map over folded keys of one or more words, walked word by word over a paragraph's tokens.
//!
//! What begins with one word is found once for each form (`form`); the further words are looked for where they stand.

use fst::raw::{Fst, Node, Output};

use super::token::Tokens;

/// No name has more words.
const MOST_WORDS: usize = 9;

/// One map; none when its bytes are not one.
pub struct Trie {
    pub map: Option<Fst<&'static [u8]>>,
    /// A bit for the number of each word that an entry begins with: most words begin none, and need not be looked for.
    firsts: &'static [u8],
}

/// The byte, among `bytes` of them, and the bit for a word's number.
#[must_use]
#[allow(clippy::cast_possible_truncation)]
pub const fn first_place(number: u64, bytes: usize) -> (usize, u8) {
    let upper = (number >> 32) as usize;
    ((upper >> 3) % bytes, 1 << (upper & 7))
}

impl Trie {
    /// Opens a map, with the bits of its first words.
    pub fn open(bytes: &'static [u8], firsts: &'static [u8]) -> Self {
        Self {
            map: Fst::new(bytes).ok(),
            firsts,
        }
    }

    /// The value of a whole key.
    pub fn get(&self, key: &[u8]) -> Option<u64> {
        Some(self.map.as_ref()?.get(key)?.value())
    }

    /// The entries whose first word is `word` behind `before`, if there are any; `number` is the word's.
    pub fn begin(&self, number: u64, before: &[u8], word: &[u8]) -> Option<Begun> {
        let (byte, bit) = first_place(number, self.firsts.len().max(1));
        if self.firsts.get(byte)? & bit == 0 {
            return None;
        }
        let fst = self.map.as_ref()?;
        let (node, sum) = Self::go(fst, fst.root(), Output::zero(), before)?;
        let (node, sum) = Self::go(fst, node, sum, word)?;
        let value = node
            .is_final()
            .then(|| sum.cat(node.final_output()).value());
        let further = Self::space(&node, sum);
        (value.is_some() || further.is_some()).then_some(Begun { value, further })
    }

    /// Goes on from a node over some bytes.
    fn go<'f>(
        fst: &'f Fst<&'static [u8]>,
        mut node: Node<'f>,
        mut sum: Output,
        bytes: &[u8],
    ) -> Option<(Node<'f>, Output)> {
        for &byte in bytes {
            let step = node.transition(node.find_input(byte)?);
            sum = sum.cat(step.out);
            node = fst.node(step.addr);
        }
        Some((node, sum))
    }

    /// Where further words go on.
    fn space(node: &Node, sum: Output) -> Option<(usize, u64)> {
        let step = node.transition(node.find_input(b' ')?);
        Some((step.addr, sum.cat(step.out).value()))
    }

    /// Calls `found` with the token after each entry that begins so at token `n`.
    pub fn walk(
        &self,
        begun: &Begun,
        tokens: &Tokens,
        n: usize,
        mut found: impl FnMut(usize, u64),
    ) {
        let mut at = n + 1;
        if let Some(value) = begun.value {
            found(at, value);
        }
        let (Some(fst), Some((mut addr, mut sum))) = (&self.map, begun.further) else {
            return;
        };
        for _ in 1..MOST_WORDS {
            let dash = |c| matches!(c, '-' | '‑' | '–');
            if tokens.mark(at).is_some_and(dash) && tokens.get(at).is_some_and(|t| !t.spaced) {
                at += 1;
            }
            let word = tokens.key(at);
            if word.is_empty() {
                return;
            }
            let Some((node, out)) = Self::go(fst, fst.node(addr), Output::new(sum), word) else {
                return;
            };
            at += 1;
            if node.is_final() {
                found(at, out.cat(node.final_output()).value());
            }
            let Some(further) = Self::space(&node, out) else {
                return;
            };
            (addr, sum) = further;
        }
    }
}

/// The entries of a map that begin with one word.
#[derive(Clone, Copy, Debug)]
pub struct Begun {
    /// That word alone.
    value: Option<u64>,
    /// Where further words go on in the map.
    further: Option<(usize, u64)>,
}
