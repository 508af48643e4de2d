//! The map between bytes and cells.
#![no_main]

mod alphabet;

use libfuzzer_sys::fuzz_target;
use qari::layout::{Digits, Justify, Layout, Options, lay_out, lay_out_label, lay_out_resolved};
use qari::text::{Direction, bidi};
use qari::text::cluster::clusters;
use qari::text::visible::is_bidi_control;
use qari::text::width::cluster_width;

fuzz_target!(|bytes: &[u8]| {
    let &[switches, width, more, ref rest @ ..] = bytes else {
        return;
    };
    let options = Options {
        width: usize::from(width % 40),
        direction: if switches & 1 == 1 { Direction::Rtl } else { Direction::Ltr },
        join: switches & 2 == 0,
        tashkeel: switches & 4 == 0,
        tatweel: switches & 8 == 0,
        controls: switches & 16 == 16,
        digits: [Digits::AsWritten, Digits::Arabic, Digits::Ascii][usize::from(more % 3)],
        justify: [Justify::Ragged, Justify::Spaces, Justify::Kashida][usize::from(more / 3 % 3)],
        code: if more < 128 { Vec::new() } else { vec![usize::from(more - 128)..usize::from(more)] },
    };
    let text = alphabet::text(rest, true);
    let layout = lay_out(&text, &options);
    // Where the levels are known, letters are joined by them; else while the text is read.
    let levels = bidi::levels(&text, options.direction);
    assert_eq!(lay_out_resolved(&text, &levels, &options), layout, "{text:?}");
    follows(&text, &layout);
    fits(&layout, options.width);
    draws_all(&text, &layout, &options);
    leads_back(&layout);
    let label = lay_out_label(&text, options.width, options.direction);
    assert_eq!(label.lines().len(), 1);
    assert!(label.lines()[0].width <= options.width);
    assert_eq!(label.lines()[0].range, 0..text.len());
});

/// Lines follow each other through the whole text.
fn follows(text: &str, layout: &Layout) {
    let mut end = 0;
    for line in layout.lines() {
        assert_eq!(line.range.start, end);
        assert!(text.is_char_boundary(line.range.end));
        end = line.range.end;
    }
    assert_eq!(end, text.len());
}

/// No line is too wide, and every glyph is safe and as wide as its cell.
fn fits(layout: &Layout, limit: usize) {
    for line in layout.lines() {
        let cells = layout.cells(line);
        let width: usize = cells.iter().map(|cell| usize::from(cell.width)).sum();
        assert_eq!(width, line.width);
        assert!(limit == 0 || width <= limit);
        for cell in cells {
            let glyph = layout.glyph(cell);
            assert!(!glyph.is_empty());
            assert!(!glyph.chars().any(|c| c.is_control() || is_bidi_control(c)), "{glyph:?}");
            assert_eq!(cluster_width(glyph), usize::from(cell.width), "{glyph:?}");
        }
    }
}

/// Every cluster is drawn once, or has a reason not to be.
fn draws_all(text: &str, layout: &Layout, options: &Options) {
    let cells = layout.lines().iter().flat_map(|line| layout.cells(line));
    let mut drawn: Vec<(usize, usize)> = cells
        .map(|cell| (cell.bytes.start as usize, cell.bytes.end as usize))
        .filter(|(start, end)| start < end)
        .collect();
    drawn.sort_unstable();
    drawn.dedup_by(|b, a| a == b && &text[b.0..b.1] == "\t");
    assert!(drawn.windows(2).all(|pair| pair[0].1 <= pair[1].0));
    for cluster in clusters(text) {
        let range = cluster.range();
        let first = drawn.partition_point(|(_, end)| *end <= range.start);
        let shown = drawn.get(first).is_some_and(|(start, _)| *start < range.end);
        let hidden = cluster.width == 0 || !options.tashkeel || !options.tatweel;
        assert!(shown || cluster.hangs() || hidden, "{:?}", &text[range]);
    }
}

/// Columns lead to bytes and back.
fn leads_back(layout: &Layout) {
    for (number, line) in layout.lines().iter().enumerate() {
        let mut column = 0;
        for cell in layout.cells(line) {
            let bytes = cell.bytes.start as usize..cell.bytes.end as usize;
            if !bytes.is_empty() {
                assert_eq!(layout.byte_at(line, column), Some(bytes.start));
                assert_eq!(layout.line_of(bytes.start), number);
                assert!(layout.columns(line, bytes).any(|run| run.contains(&column)));
            }
            column += usize::from(cell.width);
        }
        assert_eq!(layout.byte_at(line, column), None);
    }
}
