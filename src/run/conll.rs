//! Names as `CoNLL` has them: a token a line with its label (IOB2), a blank line after each paragraph.
//!
//! Tokens are the words of the text and the marks between them; where a name begins or ends inside a word, at its clitics, the word is
//! cut there. Labels are `O`, `B-` or `I-` with the kind's word.

use std::ops::Range;

use crate::entity::{Kind, Mention};
use crate::text::{sanitise, words};

/// The lines of a paragraph with its mentions, which are in order and do not overlap.
pub fn paragraph(text: &str, mentions: &[&Mention]) -> String {
    let mut lines = String::new();
    for token in tokens(text, mentions) {
        let shown = sanitise(text.get(token.clone()).unwrap_or_default());
        if shown.trim().is_empty() {
            continue;
        }
        lines.extend([shown.trim(), " ", &label(&token, mentions), "\n"]);
    }
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines
}

fn label(token: &Range<usize>, mentions: &[&Mention]) -> String {
    let holds =
        |mention: &&&Mention| mention.range.start <= token.start && token.end <= mention.range.end;
    match mentions.iter().find(holds) {
        Some(mention) if mention.range.start == token.start => label_of('B', mention.kind),
        Some(mention) => label_of('I', mention.kind),
        None => "O".to_owned(),
    }
}

fn label_of(place: char, kind: Kind) -> String {
    format!("{place}-{kind}")
}

/// The tokens in order.
fn tokens(text: &str, mentions: &[&Mention]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut free = 0;
    for word in words::words(text) {
        add_marks(text, free..word.start, &mut pieces);
        free = word.end;
        pieces.push(word);
    }
    add_marks(text, free..text.len(), &mut pieces);
    let edges = mentions
        .iter()
        .flat_map(|mention| [mention.range.start, mention.range.end]);
    let edges: Vec<usize> = edges.collect();
    let mut tokens = Vec::new();
    for piece in pieces {
        let mut start = piece.start;
        for &edge in &edges {
            if start < edge && edge < piece.end {
                tokens.push(start..edge);
                start = edge;
            }
        }
        tokens.push(start..piece.end);
    }
    tokens
}

/// The marks of a stretch without words, one by one.
fn add_marks(text: &str, stretch: Range<usize>, into: &mut Vec<Range<usize>>) {
    let marks = text.get(stretch.clone()).unwrap_or_default();
    for (at, mark) in marks.char_indices() {
        if !mark.is_whitespace() {
            let start = stretch.start + at;
            into.push(start..start + mark.len_utf8());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_words_at_clitics_and_labels_every_token() {
        let text = "زار «وفد الأمم المتحدة» وكندا.";
        let mention = |name: &str, kind| {
            let start = text.find(name).unwrap_or_default();
            Mention {
                kind,
                paragraph: 0,
                range: start..start + name.len(),
                entity: 0,
            }
        };
        let names = [
            mention("الأمم المتحدة", Kind::Organization),
            mention("كندا", Kind::Place),
        ];
        let names: Vec<&Mention> = names.iter().collect();
        assert_eq!(
            paragraph(text, &names),
            "زار O\n« O\nوفد O\nالأمم B-organization\nالمتحدة I-organization\n» O\nو O\nكندا B-place\n. O\n\n"
        );
        assert_eq!(paragraph(" \u{202e}\u{a0}", &[]), "");
    }
}
