//! What comes back of documents that were handed out, against the same documents held.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use super::*;
use crate::doc::{Article, BlockKind, Writer};

/// Writes the same twice: to be held, and handed out from so many bytes on.
fn twice(held: usize, write: impl Fn(&mut Writer)) -> (Document, Arc<Composed>) {
    let mut page = Writer::new("t/كتاب");
    write(&mut page);
    let document = page.finish().unwrap();
    let composed = Composed::new(0, Arc::default());
    let press = Press::for_document(&composed);
    let mut page = Writer::to_outlet("t/كتاب", held, Box::new(press));
    write(&mut page);
    composed.end(Ok(page.finish().unwrap()));
    (document, composed)
}

fn marks(composed: &Composed) -> Vec<Mark> {
    let news = composed.news(0, 0).unwrap();
    assert!(news.done);
    news.marks
}

/// The links of a block that lead inside the document, by where they lead in the whole text.
fn links(document: &Document, block: &Block) -> Vec<usize> {
    let to = block.spans.iter().filter_map(|span| match span.kind {
        SpanKind::Jump(to) => Some(document.origin.source(to)),
        SpanKind::Away(to) => Some(to),
        _ => None,
    });
    to.collect()
}

/// All that is known of the blocks of an article, by where they stand in the whole text.
fn known(document: &Document, article: &Article) -> BTreeMap<usize, String> {
    let blocks = article.blocks.iter().map(|block| {
        let mut shown = block.clone();
        shown.range = 0..block.range.len();
        shown
            .spans
            .retain(|span| !matches!(span.kind, SpanKind::Jump(_) | SpanKind::Away(_)));
        let told = format!(
            "{:?} {:?} {shown:?} {:?}",
            document.lead(block),
            document.block_text(block),
            links(document, block),
        );
        (document.origin.source(block.range.start), told)
    });
    blocks.collect()
}

/// The same of an article that is read passage by passage.
fn walked(composed: &Composed, mark: Mark, next: Option<Mark>) -> BTreeMap<usize, String> {
    let mut all = BTreeMap::new();
    let mut around = mark.offset();
    loop {
        let passage = composed
            .passage("t", (mark, next), Some(around), 100)
            .unwrap();
        let document = &passage.document;
        let start = document.origin.source(0);
        assert_eq!(passage.above, start > mark.offset());
        all.extend(known(document, &document.articles[0]));
        if !passage.below {
            assert_eq!(
                passage.range.end,
                document.origin.source(document.text.len())
            );
            return all;
        }
        around = document.origin.source(document.text.len());
    }
}

fn assert_same(document: &Document, composed: &Composed) {
    let marks = marks(composed);
    let articles: Vec<&Article> = document.articles.iter().collect();
    assert_eq!(marks.len(), articles.len());
    for (index, article) in articles.into_iter().enumerate() {
        let next = marks.get(index + 1).copied();
        assert_eq!(composed.title(marks[index]).unwrap(), article.title);
        assert_eq!(marks[index].offset(), article.range.start);
        assert!(walked(composed, marks[index], next) == known(document, article));
        let opening = composed
            .passage("t", (marks[index], next), None, 100)
            .unwrap();
        assert_eq!(opening.document.articles[0].title, article.title);
        assert_eq!(opening.document.direction, document.direction);
    }
    let all = composed
        .articles("t", marks.first().copied(), None)
        .unwrap();
    assert_eq!(all.text, document.text);
    assert!(!all.verbatim);
    let titles = |document: &Document| {
        let articles = document.articles.iter();
        articles
            .map(|article| article.title.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(titles(&all), titles(document));
}

fn paragraph(page: &mut Writer, text: &str) {
    page.begin(BlockKind::Paragraph, None);
    page.text(text);
    page.end();
}

#[test]
fn many_articles_come_back_whole() {
    let (document, composed) = twice(1000, |page| {
        for number in 0..4000 {
            page.article(&format!("مقال  {number}"));
            page.label(&format!("a{number}"));
            page.begin(BlockKind::Title, None);
            page.text(&format!("مقال {number}"));
            page.end();
            paragraph(page, &"نص المقال، وفيه كلام كثير. ".repeat(1 + number % 20));
            page.begin(BlockKind::Paragraph, None);
            page.open_jump(&format!("a{}", (number * 7 + 3) % 4100));
            page.text("إحالة");
            page.close();
            page.end();
            page.open_table(&[], None);
            for cell in ["أ", "ب"] {
                page.open_row(false);
                page.open_cell();
                page.text(cell);
            }
            page.end_table();
            page.begin_verse(false);
            page.text("صدر");
            page.divide("    ");
            page.text(&"عجز ".repeat(1 + number % 3));
        }
    });
    assert!(composed.begun().unwrap().is_none());
    assert_same(&document, &composed);
}

#[test]
fn an_article_without_end_is_read_in_parts() {
    let (document, composed) = twice(1000, |page| {
        page.article("");
        for number in 0..20_000 {
            if number == 10_000 {
                page.title("عنوان عرف متأخرا");
            }
            page.open_quote();
            paragraph(page, &format!("الفقرة {number}، وفيها كلام كثير من كل لون."));
            page.close_quote();
        }
        page.article("ثان");
        paragraph(page, "نص");
    });
    assert_same(&document, &composed);
}

#[test]
fn what_is_short_is_held() {
    let (document, composed) = twice(1000, |page| paragraph(page, "نص"));
    let held = composed.begun().unwrap().unwrap();
    assert_eq!(format!("{held:?}"), format!("{document:?}"));
}

#[test]
fn a_paragraph_without_end_comes_in_pieces() {
    let words = "كلمة ".repeat(400_000);
    let (document, composed) = twice(1000, |page| {
        page.article("أ");
        paragraph(page, "قبل");
        page.begin(BlockKind::Paragraph, None);
        page.text(&words);
        page.open_link("https://a.example/");
        page.text(&words);
        page.close();
        page.end();
        paragraph(page, "بعد");
    });
    let mark = marks(&composed)[0];
    let mut text = String::new();
    let (mut around, mut linked, mut reached) = (0, 0, 0);
    loop {
        let passage = composed
            .passage("t", (mark, None), Some(around), 100)
            .unwrap();
        assert!(passage.document.text.len() < 8 * 256 * 1024);
        for block in &passage.document.articles[0].blocks {
            let start = passage.document.origin.source(block.range.start);
            if start >= reached {
                text.push_str(passage.document.block_text(block));
                linked += block
                    .spans
                    .iter()
                    .map(|span| span.range.len())
                    .sum::<usize>();
                reached = start + block.range.len();
            }
        }
        if !passage.below {
            break;
        }
        around = passage.document.origin.source(passage.document.text.len());
    }
    let held: String = document.articles[0]
        .blocks
        .iter()
        .map(|block| document.block_text(block))
        .collect();
    assert!(text == held);
    let links = &document.articles[0].blocks[1].spans;
    assert_eq!(linked, links[0].range.len());
}

#[test]
fn nobody_writes_for_nobody() {
    let composed = Composed::new(0, Arc::default());
    let press = Press::for_document(&composed);
    let mut page = Writer::to_outlet("t", 10, Box::new(press));
    paragraph(&mut page, "نص أطول من عشرة");
    assert!(!page.is_over());
    drop(composed);
    for _ in 0..2 {
        paragraph(&mut page, &"نص ".repeat(200_000));
    }
    assert!(page.is_over());
}

#[test]
fn what_goes_wrong_is_told_after_all_that_came_before() {
    let composed = Composed::new(0, Arc::default());
    let press = Press::for_document(&composed);
    let mut page = Writer::to_outlet("t", 10, Box::new(press));
    paragraph(&mut page, "نص أطول من عشرة");
    composed.end(Err(Problem::Bomb));
    assert!(composed.begun().unwrap().is_none());
    let news = composed.news(0, 0).unwrap();
    assert_eq!((news.marks.len(), news.done), (1, false));
    let problem = composed.news(1, news.text).unwrap_err();
    assert!(matches!(problem, Problem::Bomb));
    assert!(composed.news(1, news.text).unwrap().done, "told once");
}
