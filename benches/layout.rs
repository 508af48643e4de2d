//! How long one screen of text takes to lay out, from nothing.

use criterion::{Criterion, criterion_group, criterion_main};
use qari::layout::{Options, lay_out};
use qari::text::{bidi, breaks, cluster, fold, joining, words};
use std::hint::black_box;

/// Letters, spaces and common punctuation: what most paragraphs are.
const PROSE: &str = "تعلّم الناس القراءة على مهل، ثم صاروا لا يستغنون عنها في بيوتهم وأسواقهم، وكان الكتاب في أول أمره \
نادراً لا يملكه إلا القليل. فلما انتشرت المطابع رخص ثمنه وكثر قراؤه، وصارت الصحيفة تصل إلى القرى البعيدة كما تصل إلى \
المدن الكبيرة. وقال أحد الكتّاب: «إن الكلمة المطبوعة أبقى من الصوت»، ولم يكن مخطئاً في ما قال؛ فالأصوات تذهب والأوراق تبقى.";

/// Numbers, units, Latin names, brackets and an address.
const MIXED: &str = "في 12 مارس 2021 أعلنت شركة Example (EX) أن أرباحها بلغت 1,250.5 مليون دولار، بزيادة 17% عن عام 2020، \
وأن سعر السهم ارتفع من 3.20$ إلى 4.75$ في بورصة New York. ووصف تقرير نشرته The Daily Reader على https://example.com/a?b=1 \
الزيادة بأنها «غير مسبوقة» (انظر الجدول 4-2)، وذكر أن 60–70% من المبيعات جاءت من Android وiOS.";

/// As many paragraphs as fill a screen of 80 columns and 24 lines.
fn screen(text: &str, width: usize, height: usize) -> usize {
    let options = Options {
        width,
        ..Options::default()
    };
    let (mut lines, mut cells) = (0, 0);
    while lines < height {
        let layout = lay_out(black_box(text), &options);
        lines += layout.lines().len();
        cells += layout.cells(&layout.lines()[0]).len();
    }
    cells
}

fn screens(criterion: &mut Criterion) {
    for (name, text) in [("prose", PROSE), ("mixed", MIXED)] {
        criterion.bench_function(&format!("80x24 {name}"), |bencher| {
            bencher.iter(|| screen(text, 80, 24));
        });
        criterion.bench_function(&format!("200x60 {name}"), |bencher| {
            bencher.iter(|| screen(text, 200, 60));
        });
    }
}

fn steps(criterion: &mut Criterion) {
    for (name, text) in [("prose", PROSE), ("mixed", MIXED)] {
        let clusters: Vec<_> = cluster::clusters(text).collect();
        criterion.bench_function(&format!("clusters {name}"), |bencher| {
            bencher.iter(|| cluster::clusters(black_box(text)).count());
        });
        criterion.bench_function(&format!("levels {name}"), |bencher| {
            bencher.iter(|| bidi::levels(black_box(text), qari::text::Direction::Rtl));
        });
        criterion.bench_function(&format!("breaks {name}"), |bencher| {
            bencher.iter(|| breaks::opportunities(black_box(text), clusters.iter()));
        });
        criterion.bench_function(&format!("shapes {name}"), |bencher| {
            bencher.iter(|| joining::shapes(black_box(&clusters), |_| 1));
        });
        criterion.bench_function(&format!("fold {name}"), |bencher| {
            bencher.iter(|| fold::fold(black_box(text)));
        });
        criterion.bench_function(&format!("words {name}"), |bencher| {
            bencher.iter(|| words::count(black_box(text)));
        });
    }
}

criterion_group!(benches, screens, steps);
criterion_main!(benches);
