//! What typists of plain text mean: lines of verse, marks of a printed book's pages, notes and the marks that lead to them.
//!
//! Nothing of the text changes. A note is a paragraph that begins with a number in brackets when the same stands inside an earlier
//! paragraph; a list that is numbered in brackets is none.

use std::collections::HashMap;
use std::ops::Range;

use super::verse;
use crate::doc::{Block, BlockKind, Span, SpanKind};

/// The most digits of a note's number.
const DIGITS: usize = 3;

/// The longest mark of a page, in bytes.
const PAGE: usize = 48;

/// Marks what is in the blocks of an article.
pub fn mark_up(text: &str, blocks: &mut [Block]) {
    mark_verse(text, blocks);
    for block in blocks.iter_mut() {
        let content = text.get(block.range.clone()).unwrap_or_default();
        block.spans = pages(content);
    }
    link_notes(text, blocks);
}

/// Makes verse of lines that stand together and are divided alike.
fn mark_verse(text: &str, blocks: &mut [Block]) {
    let is_paragraph = |block: &Block| block.kind == BlockKind::Paragraph;
    let follow = |one: &Block, next: &Block| {
        let between = text
            .get(one.range.end..next.range.start)
            .unwrap_or_default();
        let ends = between
            .replace("\r\n", "\n")
            .matches(crate::doc::is_line_end)
            .count();
        is_paragraph(one) && is_paragraph(next) && ends == 1
    };
    for lines in blocks.chunk_by_mut(follow).filter(|lines| lines.len() > 1) {
        let content = |block: &Block| text.get(block.range.clone()).unwrap_or_default();
        let divided = verse::divide(lines.iter().map(content));
        let mut in_poem = false;
        for (block, between) in lines.iter_mut().zip(divided) {
            let Some(between) = between else {
                in_poem = false;
                continue;
            };
            let line = content(block);
            let blanks = line.len() - line.trim_start().len();
            block.range.start += blanks;
            block.lead = blanks;
            block.gap = u8::from(!in_poem);
            block.kind = BlockKind::Verse(crate::doc::Verse {
                between: between.start - blanks..between.end - blanks,
                widest: 0,
            });
            in_poem = true;
        }
    }
}

/// The marks of pages in a paragraph: `[ص: 12]`, `[ج: 1، ص: 12]`.
fn pages(text: &str) -> Vec<Span> {
    let opens = memchr::memchr_iter(b'[', text.as_bytes());
    let pages = opens.filter_map(|open| {
        let near = &text.as_bytes()[open..text.len().min(open + PAGE)];
        let end = open + memchr::memchr(b']', near)?;
        is_page(&text[open + 1..end]).then_some(Span {
            range: open..end + 1,
            kind: SpanKind::Page,
        })
    });
    pages.collect()
}

/// Whether a part and a page are named here, and nothing else.
fn is_page(mark: &str) -> bool {
    mark.starts_with(['ص', 'ج'])
        && mark.contains('ص')
        && mark.contains(char::is_numeric)
        && mark.chars().all(|c| {
            c.is_numeric() || matches!(c, 'ص' | 'ج' | 'ـ' | ' ' | ':' | '/' | '،' | ',' | '.' | '-')
        })
}

/// Links notes and the marks that lead to them, both ways.
fn link_notes(text: &str, blocks: &mut [Block]) {
    // Where marks stand that no note was found for yet: the block, and bytes of it.
    let mut waiting: HashMap<&str, Vec<(usize, Range<usize>)>> = HashMap::new();
    for index in 0..blocks.len() {
        let block = &blocks[index];
        let (start, range) = (block.range.start, block.range.clone());
        let content = text.get(range).unwrap_or_default();
        let blanks = content.len() - content.trim_start().len();
        for mark in marks(content) {
            let number = &content[mark.clone()];
            if mark.start > blanks {
                waiting.entry(number).or_default().push((index, mark));
                continue;
            }
            let Some(from) = waiting.remove(number) else {
                continue;
            };
            if blocks[index].kind == BlockKind::Paragraph {
                blocks[index].kind = BlockKind::Note;
            }
            let back = blocks[from[0].0].range.start;
            add(&mut blocks[index], mark, back);
            for (place, mark) in from {
                add(&mut blocks[place], mark, start);
            }
        }
    }
    for block in blocks {
        block.spans.sort_by_key(|span| span.range.start);
    }
}

fn add(block: &mut Block, range: Range<usize>, to: usize) {
    block.spans.push(Span {
        range,
        kind: SpanKind::Jump(to),
    });
}

/// Numbers in brackets: `(1)`, `[١]`.
fn marks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let opens = memchr::memchr2_iter(b'(', b'[', text.as_bytes());
    opens.filter_map(|open| {
        let inside = &text[open + 1..];
        let digits = inside
            .chars()
            .take_while(|c| matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹'));
        let (count, length) = digits.fold((0, 0), |(count, length), c| {
            (count + 1, length + c.len_utf8())
        });
        let close = if text.as_bytes()[open] == b'(' {
            ')'
        } else {
            ']'
        };
        ((1..=DIGITS).contains(&count) && inside[length..].starts_with(close))
            .then_some(open..open + length + 2)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::doc::Builder;

    /// The blocks of lines: each its kind's first letter, its lead and gap, and what spans are in it.
    fn marked(text: &str) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            if !line.trim().is_empty() {
                blocks.push(Block::new(BlockKind::Paragraph, start..start + line.len()));
            }
            start += line.len() + 1;
        }
        mark_up(text, &mut blocks);
        let document = Builder::new("t", text)
            .article("t", 0..text.len(), blocks)
            .build()
            .unwrap();
        let blocks = &document.articles[0].blocks;
        let number = |to: usize| {
            blocks
                .iter()
                .position(|block| block.range.start == to)
                .unwrap()
        };
        let told = blocks.iter().map(|block| {
            let text = document.block_text(block);
            let spans = block.spans.iter().map(|span| {
                let to = match span.kind {
                    SpanKind::Jump(to) => format!("→{}", number(to)),
                    _ => String::new(),
                };
                format!(" {}{to}", &text[span.range.clone()])
            });
            let spans: String = spans.collect();
            match &block.kind {
                BlockKind::Verse(_) => format!("verse {}{}", block.lead, block.gap),
                BlockKind::Note => format!("note{spans}"),
                _ => format!("text{spans}"),
            }
        });
        told.collect()
    }

    #[test]
    fn knows_poems() {
        let poem = "قفا نبك من *** بسقط اللوى\n  فتوضح فالمقراة *** لما نسجتها";
        assert_eq!(
            marked(&format!("قال\n{poem}\nثم\n\n{poem}")),
            [
                "text", "verse 01", "verse 20", "text", "verse 01", "verse 20"
            ]
        );
        assert_eq!(marked(&poem.replace('\n', "\n\n")), ["text", "text"]);
    }

    #[test]
    fn knows_pages() {
        assert_eq!(
            marked("نص [ص: 12] نص [ج ١/ص ١٣] نص [صحيح 2] [12] [ص] [ص: 1"),
            ["text [ص: 12] [ج ١/ص ١٣]"]
        );
    }

    #[test]
    fn links_notes_and_their_marks() {
        assert_eq!(
            marked("نص (1) نص (٢) [1]\nنص (1)\n(1) حاشية (3)\n\n  (٢) أخرى\n(1) بند"),
            [
                "text (1)→2 (٢)→3",
                "text (1)→2",
                "note (1)→0",
                "note (٢)→0",
                "text",
            ]
        );
        assert_eq!(
            marked("(1) بند\n(2) بند\nنص (1990) (أ) ()"),
            ["text", "text", "text"]
        );
    }
}
