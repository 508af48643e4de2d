//! A spot: a place in an article that is found again after the article was edited or its file moved.
//!
//! It says where the place was, and quotes the words around it. The quotation decides: where it still stands at the old
//! place, nothing has changed; else it is looked for in the whole article, nearest to the old place first, then its second
//! half and its first alone. Only when none of it is left does the old place count.

use std::ops::Range;

use crate::doc::{Anchor, Article, Document};

/// How many bytes of text are quoted on either side of the place, at most.
const QUOTED: usize = 60;

/// How far from the old place the quotation is looked for, in bytes.
const REACH: usize = 4 << 20;

/// A place in an article, with the words around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// Where its paragraph starts, in bytes of the source from the article's start.
    pub paragraph: usize,
    /// A byte offset in that paragraph's own text.
    pub byte: usize,
    /// The words around the place, out of one paragraph.
    pub words: String,
    /// How many bytes of `words` stand before the place.
    pub lead: usize,
}

impl Spot {
    /// The spot of an anchor in an article.
    #[must_use]
    pub fn of(document: &Document, article: &Article, anchor: Anchor) -> Self {
        let start = document.origin.source(article.range.start);
        let text = article
            .blocks
            .get(article.block_at(document.origin.text(anchor.paragraph)))
            .map_or("", |block| document.block_text(block));
        let quoted = around(text, anchor.byte);
        Self {
            paragraph: anchor.paragraph.saturating_sub(start),
            byte: anchor.byte,
            words: text.get(quoted.clone()).unwrap_or_default().to_owned(),
            lead: anchor.byte.saturating_sub(quoted.start).min(quoted.len()),
        }
    }

    /// The anchor of the spot in an article as it is now.
    #[must_use]
    pub fn find(&self, document: &Document, article: &Article) -> Anchor {
        let (before, after) = self
            .words
            .split_at_checked(self.lead)
            .unwrap_or(("", &self.words));
        let origin = &document.origin;
        let wanted = origin
            .source(article.range.start)
            .saturating_add(self.paragraph);
        let old = article
            .block_at(origin.text(wanted))
            .min(article.blocks.len().saturating_sub(1));
        let tries = [
            (self.words.as_str(), before.len()),
            (after, 0),
            (before, before.len()),
        ];
        for (words, lead) in tries.into_iter().filter(|(words, _)| !words.is_empty()) {
            if let Some(anchor) = self.look(document, article, old, words, lead) {
                return anchor;
            }
        }
        let start = article.blocks.get(old);
        let paragraph = start.map_or(article.range.start, |block| block.range.start);
        let paragraph = origin.source(paragraph);
        let byte = start
            .filter(|_| paragraph == wanted)
            .map(|block| document.block_text(block))
            .filter(|text| text.is_char_boundary(self.byte))
            .map_or(0, |_| self.byte);
        Anchor { paragraph, byte }
    }

    /// Looks for `words` in the paragraphs from `old` outwards; the place is `lead` bytes into them.
    fn look(
        &self,
        document: &Document,
        article: &Article,
        old: usize,
        words: &str,
        lead: usize,
    ) -> Option<Anchor> {
        let blocks = &article.blocks;
        let (mut down, mut up) = (old, old);
        let mut left = REACH;
        loop {
            for index in [Some(down), (up != down).then_some(up)]
                .into_iter()
                .flatten()
            {
                let Some(block) = blocks.get(index) else {
                    continue;
                };
                let text = document.block_text(block);
                let wanted = self.byte.saturating_sub(lead);
                if let Some(at) = nearest(text, words, wanted) {
                    return Some(Anchor {
                        paragraph: document.origin.source(block.range.start),
                        byte: at + lead,
                    });
                }
                left = left.saturating_sub(text.len().max(1));
            }
            let ended = down >= blocks.len() && up == 0;
            if ended || left == 0 {
                return None;
            }
            down = down.saturating_add(1).min(blocks.len());
            up = up.saturating_sub(1);
        }
    }
}

/// Where `words` stand in `text`, nearest to `wanted`.
fn nearest(text: &str, words: &str, wanted: usize) -> Option<usize> {
    if text
        .get(wanted..)
        .is_some_and(|rest| rest.starts_with(words))
    {
        return Some(wanted);
    }
    text.match_indices(words)
        .map(|(at, _)| at)
        .min_by_key(|at| at.abs_diff(wanted))
}

/// The last character boundary at or before a byte.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// The bytes that are quoted around a place: whole words where there are any.
fn around(text: &str, byte: usize) -> Range<usize> {
    let byte = floor(text, byte);
    let mut from = floor(text, byte.saturating_sub(QUOTED));
    if from > 0 {
        let cut = &text[from..byte];
        from += cut.find(char::is_whitespace).unwrap_or(0);
    }
    let mut to = floor(text, byte.saturating_add(QUOTED));
    if to < text.len() {
        let cut = &text[byte..to];
        to = byte + cut.rfind(char::is_whitespace).unwrap_or(cut.len());
    }
    from..to
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::doc::{Block, BlockKind, Builder};

    const LINES: [&str; 5] = [
        "عنوان المقال",
        "وصل القطار إلى المحطة قبل الفجر بساعة، وكان الرصيف خاليا إلا من حارس نائم وقطة.",
        "قال الحارس إن القطار التالي لن يصل قبل المساء، وإن المقهى القريب يفتح في السابعة.",
        "جلس المسافر على حقيبته وأخذ يقرأ.",
        "وصل القطار إلى المحطة مرة أخرى في المساء، وكان الرصيف مزدحما.",
    ];

    /// A document whose second article has these lines; before it stands another of `before` bytes.
    fn document(before: usize, lines: &[String]) -> Document {
        let mut text = format!("{}\n", "س".repeat(before));
        let first = 0..text.len() - 1;
        let start = text.len();
        let mut blocks = Vec::new();
        for line in lines {
            let from = text.len();
            text.push_str(line);
            blocks.push(Block::new(BlockKind::Paragraph, from..text.len()));
            text.push('\n');
        }
        let range = start..text.len() - 1;
        Builder::new("t", text)
            .article("أ", first, Vec::new())
            .article("ب", range, blocks)
            .build()
            .unwrap()
    }

    fn lines() -> Vec<String> {
        LINES.map(str::to_owned).to_vec()
    }

    fn anchor_of(document: &Document, words: &str) -> Anchor {
        let article = &document.articles[1];
        let block = article
            .blocks
            .iter()
            .find(|block| document.block_text(block).contains(words))
            .unwrap();
        Anchor {
            paragraph: block.range.start,
            byte: document.block_text(block).find(words).unwrap(),
        }
    }

    fn spot(words: &str) -> Spot {
        let document = document(3, &lines());
        Spot::of(
            &document,
            &document.articles[1],
            anchor_of(&document, words),
        )
    }

    /// The text from where the spot of `words` is found in the article of other lines.
    fn found(words: &str, lines: &[String]) -> String {
        let document = document(500, lines);
        let article = &document.articles[1];
        let anchor = spot(words).find(&document, article);
        let block = &article.blocks[article.block_at(anchor.paragraph)];
        assert_eq!(block.range.start, anchor.paragraph);
        document.block_text(block)[anchor.byte..].to_owned()
    }

    #[test]
    fn a_spot_is_found_where_it_was() {
        assert!(found("المسافر", &lines()).starts_with("المسافر على"));
        assert!(found("وكان الرصيف مزدحما", &lines()).starts_with("وكان الرصيف مزدحما"));
    }

    #[test]
    fn a_spot_moves_with_its_words() {
        let mut edited = lines();
        edited.insert(1, "فقرة جديدة في أول المقال.".into());
        edited[3].insert_str(0, "وبعد صمت طويل ");
        assert!(found("المقهى", &edited).starts_with("المقهى القريب"));
        edited.remove(4);
        edited.swap(2, 3);
        assert!(found("المقهى", &edited).starts_with("المقهى القريب"));
    }

    #[test]
    fn half_of_the_quotation_is_enough() {
        let mut edited = lines();
        edited[2] = edited[2].replace("لن يصل قبل المساء، وإن", "لن يأتي، وأضاف أن");
        assert!(found("المقهى", &edited).starts_with("المقهى القريب"));
        edited[2] = "قال الحارس إن القطار التالي لن يصل قبل المساء، وإن الحانة مغلقة.".into();
        assert!(found("المقهى", &edited).starts_with("الحانة"));
    }

    #[test]
    fn of_two_the_nearer_is_meant() {
        assert!(found("وصل القطار إلى المحطة مرة", &lines()).contains("مزدحما"));
        assert!(found("وصل القطار إلى المحطة قبل", &lines()).contains("خاليا"));
    }

    #[test]
    fn without_its_words_the_old_place_counts() {
        let rest = found("المسافر", &["سطر".into(), "سطر".into()]);
        assert_eq!(rest, "سطر");
        assert_eq!(found("المسافر", &["سطر".into()]), "سطر");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn a_spot_of_an_article_unchanged_is_exact(line in 0..5_usize, at in 0..200_usize, before in 0..50_usize) {
            let document = document(before, &lines());
            let article = &document.articles[1];
            let block = &article.blocks[line];
            let text = document.block_text(block);
            let byte = floor(text, at);
            let anchor = Anchor { paragraph: block.range.start, byte };
            prop_assert_eq!(Spot::of(&document, article, anchor).find(&document, article), anchor);
        }

        #[test]
        fn any_spot_finds_a_place_in_any_article(
            paragraph in any::<usize>(), byte in any::<usize>(), words in ".{0,12}", lead in 0..40_usize,
        ) {
            let document = document(5, &lines());
            let article = &document.articles[1];
            let anchor = Spot { paragraph, byte, words, lead }.find(&document, article);
            let block = &article.blocks[article.block_at(anchor.paragraph)];
            prop_assert_eq!(block.range.start, anchor.paragraph);
            prop_assert!(document.block_text(block).is_char_boundary(anchor.byte));
        }
    }
}
