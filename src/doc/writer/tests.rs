//! Parts go in, a text comes out, and every block knows where it stands in it.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::doc::Side;

fn paragraph(page: &mut Writer, text: &str) {
    page.begin(BlockKind::Paragraph, None);
    page.text(text);
    page.end();
}

fn items(page: &mut Writer, items: &[(&str, &str)]) {
    for (mark, text) in items {
        page.open_item(mark);
        paragraph(page, text);
        page.close_item();
    }
}

/// The texts of all blocks.
fn blocks(document: &Document) -> Vec<&str> {
    let blocks = document.articles.iter().flat_map(|article| &article.blocks);
    blocks.map(|block| document.block_text(block)).collect()
}

/// The spans of the document's first block, as text.
fn spans(document: &Document) -> Vec<(&str, &SpanKind)> {
    let block = &document.articles[0].blocks[0];
    let text = document.block_text(block);
    let spans = block.spans.iter();
    spans
        .map(|span| (&text[span.range.clone()], &span.kind))
        .collect()
}

#[test]
fn folds_white_space_and_shows_controls() {
    let mut page = Writer::new("t");
    paragraph(&mut page, " \n a\t b\r\n\u{2028}c\u{a0} d \u{1b}[0m ");
    paragraph(&mut page, " \n\t");
    let document = page.finish().unwrap();
    assert_eq!(&*document.text, "a b c\u{a0} d ␛[0m");
    assert!(!document.verbatim);
    assert_eq!(document.articles[0].title, "t");
}

#[test]
fn sets_articles_and_blocks_apart() {
    let mut page = Writer::new("t");
    page.article("a");
    paragraph(&mut page, "a");
    paragraph(&mut page, "b");
    page.article("none");
    page.article("c");
    paragraph(&mut page, "c");
    let document = page.finish().unwrap();
    assert_eq!(&*document.text, "a\n\nb\n\n\nc");
    let ranges = document
        .articles
        .iter()
        .map(|article| article.range.clone());
    assert_eq!(ranges.collect::<Vec<_>>(), [0..4, 4..4, 7..8]);
}

#[test]
fn keeps_lists_together() {
    let mut page = Writer::new("t");
    paragraph(&mut page, "قائمة");
    page.open_list(false);
    items(&mut page, &[("•", "a"), ("•", ""), ("•", "b")]);
    page.open_item("•");
    paragraph(&mut page, "c");
    page.open_list(false);
    items(&mut page, &[("9.", "d"), ("10.", "e")]);
    page.close_list();
    paragraph(&mut page, "f");
    page.close_item();
    page.close_list();
    page.open_list(true);
    items(&mut page, &[("•", "g"), ("•", "h")]);
    page.close_list();
    paragraph(&mut page, "i");
    let document = page.finish().unwrap();
    let text = "قائمة\n\n• a\n• b\n• c\n  9. d\n  10. e\n  f\n\n• g\n\n• h\n\ni";
    assert_eq!(&*document.text, text);
    assert_eq!(
        blocks(&document),
        ["قائمة", "a", "b", "c", "d", "e", "f", "g", "h", "i"]
    );
    assert_eq!(document.lead(&document.articles[0].blocks[4]), "  9. ");
}

#[test]
fn signs_quotes() {
    let mut page = Writer::new("t");
    page.open_quote();
    paragraph(&mut page, "a");
    page.open_quote();
    page.open_item("1.");
    page.code("x\n\n  y  \r\nz\n");
    page.close_quote();
    paragraph(&mut page, "b");
    page.close_quote();
    paragraph(&mut page, "c");
    let document = page.finish().unwrap();
    let text = "> a\n\n> > 1.     x\n\n> >          y\n> >        z\n\n> b\n\nc";
    assert_eq!(&*document.text, text);
    let code = &document.articles[0].blocks[1];
    assert_eq!(
        (code.kind.clone(), code.direction),
        (BlockKind::Code, Some(Direction::Ltr))
    );
}

#[test]
fn nests_only_so_deep() {
    let mut page = Writer::new("t");
    for _ in 0..10_000 {
        page.open_quote();
        page.open_item("•");
    }
    paragraph(&mut page, "a");
    paragraph(&mut page, "b");
    let document = page.finish().unwrap();
    assert!(document.text.len() < 120, "{}", document.text.len());
}

#[test]
fn knows_where_links_stand() {
    let mut page = Writer::new("t");
    page.text("a ");
    page.open_link("https://x");
    page.text(" b ");
    page.open_code();
    page.text("c");
    page.close();
    page.image(" d\ne");
    page.image(" ");
    page.text(" ");
    page.close();
    page.text("f");
    let document = page.finish().unwrap();
    assert_eq!(&*document.text, "a b \u{2066}c\u{2069}[d e] f");
    let link = SpanKind::Link("https://x".into());
    assert_eq!(
        spans(&document),
        [
            ("b \u{2066}c\u{2069}[d e]", &link),
            ("c", &SpanKind::Code),
            ("[d e]", &SpanKind::Image)
        ]
    );
}

#[test]
fn cuts_a_link_at_a_line_break() {
    let mut page = Writer::new("t");
    page.begin(BlockKind::Heading(2), Some(Direction::Rtl));
    page.open_link("x");
    page.text("a");
    page.break_line();
    page.text("b");
    page.close();
    page.end();
    let document = page.finish().unwrap();
    assert_eq!(&*document.text, "a\nb");
    for block in &document.articles[0].blocks {
        assert_eq!(block.kind, BlockKind::Heading(2));
        assert_eq!(block.direction, Some(Direction::Rtl));
        assert_eq!((block.spans.len(), block.spans[0].range.clone()), (1, 0..1));
    }
}

#[test]
fn links_to_labels_wherever_they_are() {
    let mut page = Writer::new("t");
    for label in ["note", "missing", "first"] {
        page.open_jump(label);
        page.text("[x]");
        page.close();
    }
    page.label("first");
    page.end();
    page.article("notes");
    page.label("note");
    page.open_list(false);
    page.open_item("[1]");
    page.begin(BlockKind::Note, None);
    page.text("a");
    let document = page.finish().unwrap();
    assert_eq!(&*document.text, "[x][x][x]\n\n\n[1] a");
    let jumps = spans(&document);
    assert_eq!(
        jumps,
        [("[x]", &SpanKind::Jump(16)), ("[x]", &SpanKind::Jump(0))]
    );
    assert_eq!(document.articles[1].blocks[0].range, 16..17);
}

#[test]
fn writes_tables_row_by_row() {
    let mut page = Writer::new("t");
    page.text("قبل");
    page.open_table(&[None, Some(Side::Left)], Some(Direction::Rtl));
    for (index, row) in [
        &["المدينة", "السكان"][..],
        &["أ ب\nج"],
        &[],
        &["", "1", "2"],
    ]
    .iter()
    .enumerate()
    {
        page.open_row(index == 0);
        for cell in *row {
            page.open_cell();
            paragraph(&mut page, cell);
        }
        page.end_row();
    }
    page.end_table();
    page.text("بعد");
    let document = page.finish().unwrap();
    assert_eq!(
        &*document.text,
        "قبل\n\n| المدينة | السكان |\n| أ ب ج |\n|  | 1 | 2 |\n\nبعد"
    );
    let last = &document.articles[0].blocks[3];
    let BlockKind::Row(row) = &last.kind else {
        panic!("{last:?}");
    };
    let text = document.block_text(last);
    let cells: Vec<_> = row.cells.iter().map(|cell| &text[cell.clone()]).collect();
    assert_eq!(cells, ["", "1", "2"]);
    assert_eq!((row.index, row.table.rows, row.table.head), (2, 3, 1));
    let columns = row.table.columns.iter();
    let needs: Vec<_> = columns
        .map(|column| (column.side, column.widest, column.word))
        .collect();
    assert_eq!(
        needs,
        [(None, 7, 7), (Some(Side::Left), 6, 6), (None, 1, 1)]
    );
}

#[test]
fn keeps_tables_inside_tables_as_text() {
    let mut page = Writer::new("t");
    page.open_table(&[], None);
    page.text("loose");
    page.open_table(&[], None);
    page.open_row(false);
    page.open_cell();
    page.text("a");
    page.open_cell();
    page.text("b");
    page.end_row();
    page.end_table();
    page.code("c");
    page.end_table();
    let document = page.finish().unwrap();
    assert_eq!(&*document.text, "| loose a b c |");
}

#[test]
fn divides_verses() {
    let mut page = Writer::new("t");
    for (index, (first, second)) in [("صدر أول", "عجز"), ("صدر", "عجز"), ("صدر وحده", "")]
        .iter()
        .enumerate()
    {
        page.begin_verse(index > 0);
        page.text(first);
        page.divide(" *** ");
        page.text(second);
        page.end();
    }
    let document = page.finish().unwrap();
    assert_eq!(
        &*document.text,
        "صدر أول *** عجز\nصدر *** عجز\nصدر وحده ***"
    );
    let blocks = &document.articles[0].blocks;
    for (block, between) in blocks[..2].iter().zip([13..18, 6..11]) {
        assert_eq!(block.kind, BlockKind::Verse(Verse { between, widest: 7 }));
    }
    assert_eq!(blocks[2].kind, BlockKind::Paragraph);
}
