//! Markdown goes in; the text that is printed of it and what its blocks are come out.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::doc::{Block, SpanKind};

fn document(text: &str) -> Document {
    let decoded = Decoded {
        text: text.to_owned(),
        ..Decoded::default()
    };
    parse(Writer::new("دفتر/كتاب.md"), decoded).unwrap()
}

fn text(markdown: &str) -> String {
    document(markdown).text.to_string()
}

fn titles(document: &Document) -> Vec<&str> {
    let articles = document.articles.iter();
    articles.map(|article| article.title.as_str()).collect()
}

fn blocks(document: &Document) -> impl Iterator<Item = &Block> + Clone {
    document.articles.iter().flat_map(|article| &article.blocks)
}

fn kinds(document: &Document) -> Vec<&BlockKind> {
    blocks(document).map(|block| &block.kind).collect()
}

#[test]
fn reads_headings_and_paragraphs() {
    let document =
        document("# عنوان *أول*\n\nسطر\nوسطر.  \nسطر جديد\n\n## فصل\n\nنص ~~قديم~~\n\n---\n\nنص");
    assert_eq!(
        &*document.text,
        "عنوان أول\n\nسطر وسطر.\nسطر جديد\n\nفصل\n\nنص قديم\n\n* * *\n\nنص"
    );
    assert_eq!(titles(&document), ["عنوان أول"]);
    let paragraph = BlockKind::Paragraph;
    assert_eq!(
        kinds(&document),
        [
            &BlockKind::Title,
            &paragraph,
            &paragraph,
            &BlockKind::Heading(2),
            &paragraph,
            &BlockKind::Rule,
            &paragraph
        ]
    );
}

#[test]
fn starts_articles_at_headings_when_there_are_two() {
    let two = document("مقدمة\n\n# أ\n\nنص\n\nب\n===\n\nنص");
    assert_eq!(titles(&two), ["مقدمة", "أ", "ب"]);
    assert_eq!(&*two.text, "مقدمة\n\n\nأ\n\nنص\n\n\nب\n\nنص");
    let inside = document("# أ\n\n> # ب\n\n- # ج\n");
    assert_eq!(titles(&inside), ["أ"]);
    assert_eq!(titles(&document("نص قصير\n\n## فصل")), ["نص قصير"]);
    assert_eq!(titles(&document("نص قصير\n\n# عنوان")), ["عنوان"]);
    assert_eq!(titles(&document(&"كلمة ".repeat(100))), ["كتاب.md"]);
    assert_eq!(titles(&document("")), ["كتاب.md"]);
}

#[test]
fn shows_front_matter_below_the_title() {
    let front = "---\ntitle: رحلة\nauthor: ليلى\ndate: 2024\nx: y\n---\n\n";
    assert_eq!(text(&format!("{front}نص")), "رحلة\n\nليلى · 2024\n\nنص");
    assert_eq!(
        text(&format!("{front}# رحلة\n\nنص")),
        "رحلة\n\nليلى · 2024\n\nنص"
    );
    assert_eq!(
        text(&format!("{front}# أ\n\nنص\n\n# ب")),
        "أ\n\nرحلة · ليلى · 2024\n\nنص\n\n\nب"
    );
    assert_eq!(
        text("+++\nauthor = \"ليلى\"\n+++\n# أ\n\nنص"),
        "أ\n\nليلى\n\nنص"
    );
}

#[test]
fn reads_lists_and_quotes() {
    let list = "- أ\n- ب\n  1. ج\n  2. د\n\n     فقرة\n- [x] تم\n";
    assert_eq!(
        text(list),
        "• أ\n• ب\n\n  1. ج\n\n  2. د\n\n     فقرة\n• [x] تم"
    );
    assert_eq!(text("9. أ\n10. ب\n"), "9. أ\n10. ب");
    assert_eq!(text("- أ\n\n- ب\n"), "• أ\n\n• ب");
    assert_eq!(text("> أ\n>\n> > ب\n\nج"), "> أ\n\n> > ب\n\nج");
}

#[test]
fn reads_code_as_it_was_typed() {
    let code = document("قل `let  x` ثم:\n\n```rust\nfn a() {\n\n    b();\n}\n```\n\nنص");
    assert_eq!(
        &*code.text,
        "قل \u{2066}let x\u{2069} ثم:\n\n    fn a() {\n\n        b();\n    }\n\nنص"
    );
    let first = blocks(&code).next().unwrap();
    assert_eq!(first.spans[0].kind, SpanKind::Code);
    let lines = blocks(&code).filter(|block| block.kind == BlockKind::Code);
    assert!(
        lines
            .clone()
            .all(|line| line.direction == Some(Direction::Ltr))
    );
    assert_eq!(lines.map(|line| line.gap).collect::<Vec<_>>(), [1, 1, 0]);
    assert_eq!(text("```\nnever *closed*\n"), "    never *closed*");
}

#[test]
fn knows_where_links_lead() {
    let linked = document(
        "# عنوان أول\n\n[نص](https://a.example/%D8) و<https://b.example> و[فوق](#%D8%B9نوان-أول) و[لا](#لا)",
    );
    let block = blocks(&linked).nth(1).unwrap();
    let text = linked.block_text(block);
    let spans: Vec<_> = block
        .spans
        .iter()
        .map(|span| (&text[span.range.clone()], span.kind.clone()))
        .collect();
    assert_eq!(
        spans,
        [
            ("نص", SpanKind::Link("https://a.example/%D8".into())),
            (
                "https://b.example",
                SpanKind::Link("https://b.example".into())
            ),
            ("فوق", SpanKind::Jump(0)),
        ]
    );
}

#[test]
fn puts_notes_at_the_end_of_their_article() {
    let notes =
        document("# أ\n\nنص[^b] ونص[^a].\n\n[^a]: حاشية\n\n    تتمة\n\n[^b]: أخرى\n\n# ب\n\nنص");
    assert_eq!(
        &*notes.text,
        "أ\n\nنص[1] ونص[2].\n\n[2] حاشية\n    تتمة\n[1] أخرى\n\n\nب\n\nنص"
    );
    let marks = &blocks(&notes).nth(1).unwrap().spans;
    let note = |start: usize| {
        let note = blocks(&notes).find(|block| block.range.start == start);
        (note.unwrap().kind.clone(), notes.block_text(note.unwrap()))
    };
    let SpanKind::Jump(to) = marks[0].kind else {
        panic!("{marks:?}");
    };
    assert_eq!(note(to), (BlockKind::Note, "أخرى"));
}

#[test]
fn keeps_words_of_pictures_and_of_raw_html() {
    assert_eq!(
        text("![قلعة **قديمة**](x.png) في [![شعار](y.png)](https://z)"),
        "[قلعة قديمة] في [شعار]"
    );
    let html = document(
        "<div dir=\"rtl\">\n\nOnly Latin\n\n</div>\n\nسطر<br>ثان <b>و</b>ثالث\n\n<p>a &amp;\nb</p>\n<p>c</p>",
    );
    assert_eq!(&*html.text, "Only Latin\n\nسطر\nثان وثالث\n\na & b\n\nc");
    assert_eq!(
        blocks(&html).next().unwrap().direction,
        Some(Direction::Rtl)
    );
    assert_eq!(blocks(&html).nth(1).unwrap().direction, None);
}

#[test]
fn reads_tables() {
    let table = document("| أ | ب |\n|--:|:-:|\n| ج `\\|` | [د](x) |\n| وحدها |\n");
    assert_eq!(
        &*table.text,
        "| أ | ب |\n| ج \u{2066}|\u{2069} | د |\n| وحدها |  |"
    );
    let BlockKind::Row(row) = kinds(&table)[1] else {
        panic!("{table:?}");
    };
    assert_eq!(row.table.columns[0].side, Some(Side::Right));
    assert_eq!((row.cells.len(), row.table.head), (2, 1));
    assert_eq!(blocks(&table).nth(1).unwrap().spans.len(), 2);
}

#[test]
fn reads_verse() {
    let poem = document(
        "قال:\n\nقفا نبك من **ذكرى** *** بسقط اللوى[^1] بين\nفتوضح فالمقراة لم *** لما نسجتها من\n\nثم … مضى\n\n[^1]: موضع",
    );
    assert_eq!(
        &*poem.text,
        "قال:\n\nقفا نبك من ذكرى *** بسقط اللوى[1] بين\nفتوضح فالمقراة لم *** لما نسجتها من\n\nثم … مضى\n\n[1] موضع"
    );
    let verses = blocks(&poem).filter(|block| matches!(block.kind, BlockKind::Verse(_)));
    assert_eq!(
        verses
            .map(|verse| (verse.gap, verse.spans.len()))
            .collect::<Vec<_>>(),
        [(1, 1), (0, 0)]
    );
}

#[test]
fn takes_bounded_time_and_memory() {
    for text in [
        ">".repeat(10_000) + " x",
        "- ".repeat(10_000) + "x",
        (0..300).map(|depth| "  ".repeat(depth) + "- x\n").collect(),
        "|".to_owned()
            + &" x |".repeat(250_000)
            + "\n"
            + &"|-".repeat(250_000)
            + "|\n"
            + &"| y |\n".repeat(50),
        "```\n".repeat(20_001),
        "[".repeat(20_000) + &"](".repeat(20_000),
        "![".repeat(10_000),
        "*a **b ".repeat(20_000),
        "[^a]".repeat(20_000) + "\n\n[^a]: [^a]\n",
        "<div dir=rtl>\n\n".repeat(10_000),
    ] {
        let document = document(&text);
        assert!(
            document.text.len() <= text.len() * 4 + 100,
            "{}",
            &text[..20]
        );
    }
}
