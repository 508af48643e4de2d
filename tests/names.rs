//! What the tagger makes of sentences: spans without clitics and titles, kinds, and which mentions are one entity.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use qari::entity::{Kind, Names, Tagger};

fn tag(text: &str) -> Names {
    let mut at = 0;
    let paragraphs: Vec<(usize, &str)> = text
        .lines()
        .map(|line| {
            let start = at;
            at += line.len() + 1;
            (start, line)
        })
        .collect();
    Tagger::new().tag(paragraphs)
}

/// The mentions of one kind as written.
fn written(text: &str, kind: Kind) -> Vec<&str> {
    let names = tag(text);
    let whole =
        |m: &qari::entity::Mention| &text[m.paragraph + m.range.start..m.paragraph + m.range.end];
    names
        .mentions
        .iter()
        .filter(|m| m.kind == kind)
        .map(whole)
        .collect()
}

#[test]
fn clitics_are_no_part_of_a_name() {
    let text = "وكازاخستان ولأوكرانيا وبالناتو، ثم للهند وللأردن كالولايات المتحدة.";
    assert_eq!(
        written(text, Kind::Place),
        ["كازاخستان", "أوكرانيا", "لهند", "لأردن", "الولايات المتحدة"]
    );
    assert_eq!(written(text, Kind::Organization), ["الناتو"]);
    let names = tag(text);
    assert!(names.entities.iter().any(|entity| entity.name == "الهند"));
    assert!(names.entities.iter().any(|entity| entity.name == "الأردن"));
}

#[test]
fn running_text_of_another_script_is_no_name() {
    for text in [
        "Names in the text carry the colour of their kind, and a line where the line does not hide the dots.",
        "The wide area is the reading pane. Beside it is the sidebar, with the articles above.",
        "Главная страница нашего сайта открывается каждое утро.",
    ] {
        assert_eq!(tag(text).mentions, []);
    }
    let text = "قالت شركة مايكروسوفت (Microsoft) إنها ستفتتح مكتبا في القاهرة.";
    assert_eq!(written(text, Kind::Place), ["القاهرة"]);
}

#[test]
fn keys_to_press_are_no_things() {
    let text = "اضغط ‹d› و‹u› لنصف صفحة، وينزل بك ‹3j›، ومثله «٣j»، ثلاثة أسطر.";
    assert_eq!(written(text, Kind::Number), ["ثلاثة أسطر"]);
    assert_eq!(written(text, Kind::Product), [""; 0]);
    assert_eq!(written("وزنها «خفيف» (5 g) لا غير", Kind::Number), ["5 g"]);
}

#[test]
fn words_that_start_like_clitics_stay_whole() {
    for (text, kind, name) in [
        ("قال بايدن إن بلاده ستبقى", Kind::Person, "بايدن"),
        ("سافر إلى واشنطن أمس", Kind::Place, "واشنطن"),
        ("تقع كندا في الشمال", Kind::Place, "كندا"),
        (
            "زار وزير الخارجية الأميركي أنتوني بلينكن المنطقة",
            Kind::Person,
            "أنتوني بلينكن",
        ),
        ("انضمت فنلندا إلى الحلف", Kind::Place, "فنلندا"),
        ("كانت العلاقة بروسيا متوترة", Kind::Place, "روسيا"),
        ("تاريخ مملكة بروسيا طويل", Kind::Place, "مملكة بروسيا"),
    ] {
        assert_eq!(written(text, kind), [name], "{text}");
    }
    assert_eq!(written("والي المدينة", Kind::Place), [""; 0]);
}

#[test]
fn ordinary_words_are_not_taken_for_a_clitic_and_a_name() {
    for text in [
        "ولهذا فإن شعب البلاد راض",
        "فازوا بأول بطولة لهم",
        "لها أهمية كبرى في حياتنا",
        "تكرر فعله فينزل بك ثلاثة أسطر",
        "وكان بجانبه غلام يلف البضاعة",
        "الأحمر رمزه ظاهر في اللوح",
    ] {
        assert_eq!(written(text, Kind::Person), [""; 0], "{text}");
    }
}

#[test]
fn what_is_mine_is_no_person() {
    for text in [
        "قال لي أبي إن الطريق طويل",
        "دفعت إليه ديناري وانصرفت",
        "رُدَّ عَلَيَّ دِينَارِي، فَقَدْ قَرَأْتُهُ",
        "اكتب كلمة «محمد» على الورقة",
        "وكان القرار الحكيم مكلفا",
    ] {
        assert_eq!(written(text, Kind::Person), [""; 0], "{text}");
    }
}

#[test]
fn a_word_before_a_name_says_what_it_is() {
    assert_eq!(
        written(
            "أعلنت شركة صخر، التي أسسها مهندس، أرباحها",
            Kind::Organization
        ),
        ["صخر"]
    );
    let text = "جمدت ألمانيا مشروع أنبوب «نورد ستريم 2» أمس";
    assert_eq!(written(text, Kind::Product), ["نورد ستريم 2"]);
    let text = "وضعت الشركة عام 1978 طرفيتها VT100 ثم معيار ISO 8859-6 وغيره";
    assert_eq!(written(text, Kind::Product), ["VT100"]);
    assert_eq!(written(text, Kind::Work), ["ISO 8859-6"]);
    let text = "وصلت الطائرات إلى مطار بيروت الدولي فجرا";
    assert_eq!(written(text, Kind::Place), ["مطار بيروت الدولي"]);
    let text = "ثم جاءت الحرب الأهلية (1975–1990) فهاجروا";
    assert_eq!(written(text, Kind::Event), ["الحرب الأهلية"]);
    let text = "عنصر البلاتين (Pt) ثقيل";
    assert_eq!(tag(text).mentions, []);
}

#[test]
fn a_place_beside_a_place_is_one() {
    let text = "سواء كان الكاتب في بيروت أو في الرباط فالأمر واحد";
    assert_eq!(written(text, Kind::Place), ["بيروت", "الرباط"]);
}

#[test]
fn titles_announce_a_person_and_are_no_part_of_it() {
    for (text, name) in [
        ("التقى الرئيس الروسي، فلاديمير بوتين، ضيفه", "فلاديمير بوتين"),
        ("صرح المستشار الألماني أولاف شولتس بذلك", "أولاف شولتس"),
        ("قال الدكتور محمد عبد الرحمن في كتابه", "محمد عبد الرحمن"),
        ("كتب أبو الطيب المتنبي قصيدته", "أبو الطيب المتنبي"),
    ] {
        assert_eq!(written(text, Kind::Person), [name], "{text}");
    }
}

#[test]
fn a_surname_later_is_the_same_person() {
    let text = "التقى الرئيس قاسم الجواهري وفدا.\nثم قال الجواهري إن الوفد عاد.";
    let names = tag(text);
    assert_eq!(written(text, Kind::Person), ["قاسم الجواهري", "الجواهري"]);
    assert_eq!(
        names
            .entities
            .iter()
            .filter(|e| e.kind == Kind::Person)
            .count(),
        1
    );
}

#[test]
fn a_name_in_brackets_is_another_mention_of_the_same() {
    let text =
        "وسعت دول حلف شمال الأطلسي (الناتو) تعاونها، وقالت منظمة الأمن الغذائي (FSO) إنها ترحب.";
    let names = tag(text);
    assert_eq!(
        written(text, Kind::Organization),
        ["حلف شمال الأطلسي", "الناتو", "منظمة الأمن الغذائي", "FSO"]
    );
    assert_eq!(
        names
            .entities
            .iter()
            .filter(|e| e.kind == Kind::Organization)
            .count(),
        2
    );
}

#[test]
fn generic_words_belong_only_where_they_open_the_name() {
    assert_eq!(
        written("أعلنت شركة تويوتا أرباحها", Kind::Organization),
        ["تويوتا"]
    );
    assert_eq!(
        written("انضمت إلى حلف الناتو وإلى شركة شيفرون", Kind::Organization),
        ["الناتو", "شيفرون"]
    );
    assert_eq!(
        written("دول الاتحاد السوفيتي السابق في القارة الأوروبية", Kind::Place),
        ["الاتحاد السوفيتي"]
    );
    assert_eq!(written("حوصرت مدينة حلب طويلا", Kind::Place), ["حلب"]);
    assert_eq!(written("يجري نهر النيل شمالا", Kind::Place), ["نهر النيل"]);
    assert_eq!(
        written("حذرت منظمة الصحة العالمية منه", Kind::Organization),
        ["منظمة الصحة العالمية"]
    );
    assert_eq!(
        written("قررت الحكومة ووزارة الخارجية ذلك", Kind::Organization),
        [""; 0]
    );
}

#[test]
fn the_council_of_a_state_is_not_that_of_the_nations() {
    let councils = |text| written(text, Kind::Organization);
    assert_eq!(councils("اجتمع مجلس الأمن الروسي أمس"), [""; 0]);
    assert_eq!(councils("اجتمع مجلس الأمن أمس"), ["مجلس الأمن"]);
}

#[test]
fn words_that_say_how_long_are_no_place() {
    assert_eq!(written("حوصرت مدينة حلب طويلا", Kind::Place), ["حلب"]);
    assert_eq!(written("سافر إلى فيينا كثيرا", Kind::Place), ["فيينا"]);
}

#[test]
fn peoples_are_groups_in_all_their_forms() {
    let text = "رأى الروس والأوروبيين والروسية وللأميركيين وكازاخي";
    assert_eq!(
        written(text, Kind::Group),
        ["الروس", "الأوروبيين", "الروسية", "لأميركيين", "كازاخي"]
    );
}

#[test]
fn quantities_take_their_units() {
    let text = "في 24 فبراير/شباط 2022 خسر 5% و٣٫٥ مليون دولار أميركي وسار 20 كيلومترا سنة 1991.";
    assert_eq!(written(text, Kind::Date), ["24 فبراير/شباط 2022", "1991"]);
    assert_eq!(written(text, Kind::Percent), ["5%"]);
    assert_eq!(written(text, Kind::Money), ["٣٫٥ مليون دولار أميركي"]);
    assert_eq!(written(text, Kind::Number), ["20 كيلومترا"]);
}

#[test]
fn numbers_take_what_they_count() {
    let text = "أرسلت 100 ألف جندي ثم 30 مليون نسمة، وبعد 45 دقيقة وجدوا 14 قتيلا";
    assert_eq!(
        written(text, Kind::Number),
        ["100 ألف جندي", "30 مليون نسمة", "45 دقيقة", "14 قتيلا"]
    );
}

#[test]
fn numbers_take_powers_fractions_and_what_they_count_of() {
    let text = "سرعته 299,792,458 m/s، وثابته 6.6 × 10⁻³⁴ J·s، وطوله ٥٦ ميلا وثلثا ميل، واستدعى 300 ألف من جنود الاحتياط.";
    assert_eq!(
        written(text, Kind::Number),
        [
            "299,792,458 m/s",
            "6.6 × 10⁻³⁴ J·s",
            "٥٦ ميلا وثلثا ميل",
            "300 ألف من جنود الاحتياط"
        ]
    );
}

#[test]
fn a_month_is_a_date_where_it_says_when() {
    let text = "وقع ذلك أواخر أغسطس، ثم في يناير. فالشهر الثامن أغسطس عند قوم، وغشت عند غيرهم.";
    assert_eq!(written(text, Kind::Date), ["أغسطس", "يناير"]);
}

#[test]
fn years_take_their_era_and_their_second_year() {
    let text = "وُلد سنة ٣٦٢ هـ (٩٧٣ م)، وحكم ٨١٣–٨٣٣ م، ودامت الحرب (1975–1990)، وفي 1889 أصدر صحيفة، ووصل 2000 جندي.";
    assert_eq!(
        written(text, Kind::Date),
        ["٣٦٢ هـ", "٩٧٣ م", "٨١٣–٨٣٣ م", "1975–1990", "1889"]
    );
    assert_eq!(written(text, Kind::Number), ["2000 جندي"]);
}

#[test]
fn decades_and_centuries_are_dates() {
    let text = "في الثمانينيات وفي ثمانينيات القرن العشرين، ثم القرنين الثامن عشر والتاسع عشر وأوائل القرن 19 وقرن آخر";
    assert_eq!(
        written(text, Kind::Date),
        [
            "الثمانينيات",
            "ثمانينيات القرن العشرين",
            "القرنين الثامن عشر والتاسع عشر",
            "القرن 19"
        ]
    );
}

#[test]
fn bek_is_a_title_only_behind_a_name() {
    let people = |text| written(text, Kind::Person);
    assert_eq!(people("زاره محمد سعيد بك أمس"), ["محمد سعيد بك"]);
    assert_eq!(people("ويمضي بك السهم إلى آخره"), [""; 0]);
}

#[test]
fn marks_and_tatweel_change_nothing_but_the_bytes() {
    let text = "زَارَ الرَّئِيسُ فْلادِيمِير بُوتِين القـــاهِرَةَ.";
    assert_eq!(written(text, Kind::Person), ["فْلادِيمِير بُوتِين"]);
    assert_eq!(written(text, Kind::Place), ["القـــاهِرَةَ"]);
    let names = tag(text);
    assert_eq!(names.entities[1].name, "القاهرة");
}

#[test]
fn spellings_of_one_name_are_one_entity() {
    let names = tag("أميركا وأمريكا، والاتحاد السوفيتي والاتحاد السوفياتي، وأوكرانيا واوكرانيا");
    let places: Vec<usize> = names
        .entities
        .iter()
        .filter(|e| e.kind == Kind::Place)
        .map(|e| e.mentions.len())
        .collect();
    assert_eq!(places, [2, 2, 2]);
}

/// Bytes without rhyme or reason, as far as they are characters.
fn noise(bytes: usize) -> String {
    let mut seed = 1_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_le_bytes()[3]
    })
    .take(bytes)
    .collect();
    String::from_utf8_lossy(&noise).into_owned()
}

#[test]
fn monstrous_input_is_read_in_one_go() {
    for text in [
        "م".repeat(1_000_000),
        "و".repeat(50_000),
        "(".repeat(50_000),
        "َ".repeat(50_000),
        "ب ".repeat(10_000),
        "بن ".repeat(10_000),
        "الرئيس ".repeat(10_000),
        "منظمة ".repeat(10_000),
        "20 ألف ".repeat(10_000),
        "abc".repeat(50_000),
        "plain latin words, again and again. ".repeat(2_000),
        "محمدفيموسكو".repeat(20_000),
        noise(200_000),
    ] {
        assert!(tag(&text).mentions.len() <= 10_000);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_mention_is_a_stretch_of_its_paragraph(text in "(\\PC|[ابتلنويهكف ]|الرئيس |بن |محمد |روسيا|\\(|20|%|\u{64e}|\u{640}){0,80}") {
        let names = Tagger::new().tag([(7, text.as_str())]);
        let mut end = 0;
        for (n, mention) in names.mentions.iter().enumerate() {
            prop_assert_eq!(mention.paragraph, 7);
            prop_assert!(mention.range.start >= end && mention.range.start < mention.range.end);
            prop_assert!(text.get(mention.range.clone()).is_some());
            prop_assert!(names.entities[mention.entity].mentions.contains(&n));
            prop_assert_eq!(names.entities[mention.entity].kind, mention.kind);
            end = mention.range.end;
        }
    }
}
