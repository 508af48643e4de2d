//! What typists of plain text mean: lines of verse, marks of a printed book's pages, notes and the marks that lead to them.
//!
//! Nothing of the text changes. A note is a paragraph that begins with a number in brackets when the same stands inside an earlier
//! paragraph; a list that is numbered in brackets is none.

use std::collections::HashMap;
use std::ops::Range;

use super::verse;
use crate::doc::{Block, BlockKind, Span, SpanKind, Writer};

/// The most digits of a note's number.
const DIGITS: usize = 3;

/// The longest mark of a page, in bytes.
const PAGE: usize = 48;

/// Marks what is in the blocks of an article that stands as it was typed.
pub fn mark_up(text: &str, blocks: &mut [Block]) {
    mark_verse(text, blocks, true);
    mark_rest(text, blocks);
}

/// Marks what is in the blocks of a document that was put together; their gaps are part of its text.
pub fn mark_up_all(document: &mut Writer) {
    document.each_article(mark_up_written);
}

/// Marks what is in the blocks of an article of such a document.
pub fn mark_up_written(text: &str, blocks: &mut [Block]) {
    mark_verse(text, blocks, false);
    mark_rest(text, blocks);
}

fn mark_rest(text: &str, blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|block| is_text(block)) {
        let content = text.get(block.range.clone()).unwrap_or_default();
        block.spans.extend(pages(content));
    }
    link_notes(text, blocks);
}

/// Whether a block's text is for reading, not code.
fn is_text(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Code | BlockKind::Row(_))
}

/// Makes verse of lines that stand together, a blank line between them or not, and are divided alike.
fn mark_verse(text: &str, blocks: &mut [Block], typed: bool) {
    let is_paragraph = |block: &Block| block.kind == BlockKind::Paragraph;
    let ends = |one: usize, next: usize| {
        let between = text.get(one..next).unwrap_or_default();
        let ends = between.replace("\r\n", "\n");
        ends.matches(crate::doc::is_line_end).count()
    };
    let follow = |one: &Block, next: &Block| {
        is_paragraph(one)
            && is_paragraph(next)
            && (1..=2).contains(&ends(one.range.end, next.range.start))
    };
    for lines in blocks.chunk_by_mut(follow) {
        if !is_paragraph(&lines[0]) {
            continue;
        }
        let content = |block: &Block| text.get(block.range.clone()).unwrap_or_default();
        let mut before = None;
        let near: Vec<bool> = lines
            .iter()
            .map(|block| {
                let end = before.replace(block.range.end);
                end.is_some_and(|end| ends(end, block.range.start) == 1)
            })
            .collect();
        let texts = lines.iter().map(content);
        let divided = verse::divide(texts.zip(near.iter().copied()));
        // Where all lines of a text stand apart, blank lines part no stanzas.
        let is_sparse = !near.contains(&true);
        let mut in_poem = false;
        for ((block, between), is_near) in lines.iter_mut().zip(divided).zip(near) {
            let Some(between) = between else {
                in_poem = false;
                continue;
            };
            let line = content(block);
            let blanks = line.len() - line.trim_start().len();
            block.range.start += blanks;
            block.kind = BlockKind::Verse(crate::doc::Verse {
                between: between.start - blanks..between.end - blanks,
                widest: 0,
            });
            if typed {
                block.lead = blanks;
                block.gap = u8::from(!(in_poem && (is_near || is_sparse)));
            }
            in_poem = true;
        }
    }
}

/// The marks of pages in a paragraph: `[ص: 12]`, `[ج: 1، ص: 12]`, `(ص 12)`, `[صفحة 12]`.
fn pages(text: &str) -> Vec<Span> {
    let opens = memchr::memchr2_iter(b'(', b'[', text.as_bytes());
    let pages = opens.filter_map(|open| {
        let near = &text.as_bytes()[open..text.len().min(open + PAGE)];
        let end = open + memchr::memchr(closing(near[0]), near)?;
        is_page(&text[open + 1..end]).then_some(Span {
            range: open..end + 1,
            kind: SpanKind::Page,
        })
    });
    pages.collect()
}

/// Whether a part and a page are named here, and nothing else.
fn is_page(mark: &str) -> bool {
    let mark = mark.replace("صفحة", "ص").replace("جزء", "ج");
    mark.starts_with(['ص', 'ج'])
        && mark.contains('ص')
        && mark.contains(char::is_numeric)
        && mark.chars().all(|c| {
            c.is_numeric() || matches!(c, 'ص' | 'ج' | 'ـ' | ' ' | ':' | '/' | '،' | ',' | '.' | '-')
        })
}

/// The byte that closes what this one opens.
const fn closing(bracket: u8) -> u8 {
    if bracket == b'(' { b')' } else { b']' }
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
        if !is_text(block) {
            continue;
        }
        let led: Vec<Range<usize>> = block.spans.iter().filter_map(led).collect();
        for mark in note_marks(content) {
            // The format has said where this leads.
            if led
                .iter()
                .any(|led| led.start < mark.end && mark.start < led.end)
            {
                continue;
            }
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

/// The bytes of a span that leads somewhere.
fn led(span: &Span) -> Option<Range<usize>> {
    matches!(span.kind, SpanKind::Jump(_) | SpanKind::Link(_)).then(|| span.range.clone())
}

fn add(block: &mut Block, range: Range<usize>, to: usize) {
    block.spans.push(Span {
        range,
        kind: SpanKind::Jump(to),
    });
}

/// Numbers in brackets: `(1)`, `[١]`.
pub fn note_marks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let opens = memchr::memchr2_iter(b'(', b'[', text.as_bytes());
    opens.filter_map(|open| {
        let inside = &text[open + 1..];
        let digits = inside
            .chars()
            .take_while(|c| matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹'));
        let (count, length) = digits.fold((0, 0), |(count, length), c| {
            (count + 1, length + c.len_utf8())
        });
        let close = char::from(closing(text.as_bytes()[open]));
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
        assert_eq!(
            marked(&poem.replace('\n', "\n\n")),
            ["verse 01", "verse 20"]
        );
        assert_eq!(
            marked(&format!("{poem}\n\n{poem}")),
            ["verse 01", "verse 20", "verse 01", "verse 20"]
        );
        assert_eq!(
            marked(&poem.replace('\n', "\n\n\n")),
            ["verse 01", "verse 21"]
        );
    }

    #[test]
    fn knows_pages() {
        assert_eq!(
            marked("نص [ص: 12] نص [ج ١/ص ١٣] نص [صحيح 2] [12] [ص] [ص: 1"),
            ["text [ص: 12] [ج ١/ص ١٣]"]
        );
        assert_eq!(
            marked("(ص 12) نص (ج 2، ص: 13) [صفحة ١٤] (انظر ص 5) (ص: 6] [ص. 7]"),
            ["text (ص 12) (ج 2، ص: 13) [صفحة ١٤] [ص. 7]"]
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
