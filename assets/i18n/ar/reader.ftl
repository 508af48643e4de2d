# كلمات القارئ نفسه: الشريط الجانبي وسطر الحالة والرسائل.

articles-scanning = المقالات ({ $count }، فُحص { $percent }%)
articles-heading = المقالات ({ $count })
names-heading = الأسماء ({ $count })
names-heading-part = الأسماء حول هذا الموضع ({ $count })
names-heading-filtered = الأسماء ({ $shown } من { $count })
names-tagging = الأسماء: يجري البحث عنها…
names-none = لا أسماء هنا

kinds-person = أشخاص
kinds-place = أماكن
kinds-organization = منظمات
kinds-group = شعوب ونسب
kinds-date = تواريخ
kinds-number = أعداد
kinds-money = مبالغ
kinds-percent = نسب مئوية
kinds-event = أحداث
kinds-work = أعمال
kinds-product = منتجات

kind-letter-person = ش
kind-letter-place = م
kind-letter-organization = ن
kind-letter-group = ق
kind-letter-date = ت
kind-letter-number = ع
kind-letter-money = ل
kind-letter-percent = ٪
kind-letter-event = ح
kind-letter-work = ك
kind-letter-product = ج

status-article = مقال { $at }/{ $of }
status-percent = { $percent }%
status-minutes = { $minutes ->
    [0] بقي أقل من دقيقة
    [one] بقيت دقيقة
    [two] بقيت دقيقتان
    [few] بقيت { $minutes } دقائق
    [many] بقيت { $minutes } دقيقة
   *[other] بقيت { $minutes } دقيقة
}
status-paragraph = فقرة { $at }/{ $of }
status-mention = { $letter }: { $name } { $at }/{ $of }
status-keys = { $help } مساعدة  { $quit } خروج
status-pending = { $typed }

card-mentions = { $count ->
    [zero] لم يُذكر
    [one] ذُكر مرة واحدة
    [two] ذُكر مرتين
    [few] ذُكر { $count } مرات
    [many] ذُكر { $count } مرة
   *[other] ذُكر { $count } مرة
}
card-articles = { $count ->
    [zero] في أي مقال
    [one] في مقال واحد
    [two] في مقالين
    [few] في { $count } مقالات
    [many] في { $count } مقالا
   *[other] في { $count } مقال
}
card-forms = صيغ أخرى للاسم
card-roles = الصفات والمناصب
card-together = أسماء تُذكر معه
card-here = في هذا المقال ({ $count })
card-waiting = يجري البحث…
index-title = أسماء الرف
index-progress = قُرئ { $at } من { $of } من المقالات
index-sort-mentions = حسب عدد المرات
index-sort-articles = حسب عدد المقالات
index-sort-kind = حسب النوع
index-sort-name = حسب الاسم
index-sort-first = حسب أول ذكر

correct-nothing = ليس اسما
correct-same = هو نفسه اسم آخر…
correct-kind = نوعه: { $kind }
correct-hint = { $left } { $right } لنقل آخره، و{ $first } { $last } لنقل أوله، و{ $choose } للحفظ
index-same = «{ $name }» هو نفسه:
message-corrected = صُحح في كل موضع: { $name }، وللتراجع { $back }
message-taken-back = جرى التراجع عن تصحيح { $name }
message-no-correction = لا تصحيحات ليُتراجع عنها

prompt-search = بحث:
prompt-go-to = رقم المقال أو النسبة:
prompt-filter = أسماء فيها:

message-not-found = لم يرد «{ $needle }» في هذا المقال
message-hit = الموضع { $at } من { $of }
message-hit-so-far = الموضع { $at }، والبحث مستمر
message-seeking = يجري البحث، { $percent }% ({ $key } للتوقف)
message-hit-wrapped = الموضع { $at } من { $of }، بعد الدوران حول طرف المقال
message-no-mention = لا أسماء أخرى في هذا الاتجاه
message-no-name-at-hand = لا اسم محددا: { $next } ينتقل إلى اسم، و{ $select } ثم { $correct } لكلمات ليست معلّمة
message-kind-only = { $kind } فقط
message-kind-all = الأسماء من كل الأنواع
message-no-place = لا قفزات أخرى في هذا الاتجاه
message-still-tagging = ما زال البحث عن الأسماء جاريا
message-no-article = لا مقالات أخرى في هذا الاتجاه
message-no-such-place = لا مقال بالرقم { $typed }، وعدد المقالات { $count }
message-scanning = لم يُعثر بعد على المقال { $typed }، وقد فُحص { $percent }% من النص
message-grown = زاد الملف، والمفتاح { $key } يتابعه
message-shortened = اقتُطع من الملف، والمعروض ما بقي منه
message-shortened-held = اقتُطع من الملف، والمعروض ما قُرئ منه من قبل، والمفتاح { $key } يقرؤه من جديد
message-rewritten = كُتب الملف من جديد
message-rewritten-held = كُتب الملف من جديد، والمفتاح { $key } يقرؤه
message-replaced = حلّ ملف آخر محل هذا الملف، وما زال المعروض ما فُتح من قبل
message-gone = لم يعد الملف موجودا، وما زال المعروض ما فُتح من قبل
message-not-followed = لا يُتابَع إلا الملفات
message-profile = طريقة العرض: { $profile }
message-profile-found = طريقة العرض: { $profile }، وهي التي اختارها البرنامج
message-invalid-bytes = { $count ->
    [zero] { $source }: لا بايتات معطوبة
    [one] { $source }: موضع واحد معطوب الترميز يظهر بالعلامة �
    [two] { $source }: موضعان معطوبا الترميز يظهران بالعلامة �
    [few] { $source }: { $count } مواضع معطوبة الترميز تظهر بالعلامة �
    [many] { $source }: { $count } موضعا معطوب الترميز تظهر بالعلامة �
   *[other] { $source }: { $count } موضع معطوب الترميز تظهر بالعلامة �
}

message-stored-forms = الحروف مخزونة بأشكالها المرسومة، والمفتاح { $key } يردها إلى أصلها
message-stored-visual = الحروف مخزونة بترتيبها المرئي، والمفتاح { $key } يردها إلى أصلها
message-stored-both = الحروف مخزونة بأشكالها وترتيبها المرئي، والمفتاح { $key } يردها إلى أصلها
message-repaired = { $encoding }، والحروف مردودة إلى أصلها
message-as-stored = { $encoding }، والحروف كما خُزنت
message-encoding = الترميز: { $encoding }
message-nothing-to-repair = الحروف مخزونة كما ينبغي
message-reading-again = يُقرأ المصدر من جديد …
message-unread = { $count ->
    [zero] لا مصدر تعذرت قراءته
    [one] تعذرت قراءة مصدر واحد: { $names }
    [two] تعذرت قراءة مصدرين: { $names }
    [few] تعذرت قراءة { $count } مصادر: { $names }
    [many] تعذرت قراءة { $count } مصدرا: { $names }
   *[other] تعذرت قراءة { $count } مصدر: { $names }
}
list-comma = {"، "}

empty-loading = تجري القراءة…
empty-nothing = لا شيء يُقرأ هنا. للخروج { $quit }، ولفتح ملف: qari FILE
empty-article = هذا المقال فارغ.

linear-article = المقال { $at } من { $of }: { $title }
linear-mention = { $kind }: { $name }، { $at } من { $of }
linear-end = نهاية المقال.
linear-start = بداية المقال.
linear-keys = مفتاح Enter يتابع القراءة، وأي مفتاح ثم Enter يفعل ما يفعله في القارئ، والمفتاح ? ثم Enter يسرد المفاتيح.

help-title = المفاتيح
help-mode-reading = في النص
help-mode-sidebar = في الشريط الجانبي
help-mode-names = في بطاقة الاسم وفي فهرس الأسماء
help-mode-correcting = عند تصحيح اسم
help-mode-prompt = في سطر البحث
help-mode-help = في هذه المساعدة
help-count = العدد قبل المفتاح يكرر فعله: 3j.
help-layout = والمفاتيح تعمل ولوحة المفاتيح عربية.

keys-heading = المفاتيح
keys-action-heading = ما تفعله

message-tashkeel-shown = التشكيل ظاهر
message-tashkeel-hidden = التشكيل مخفي
message-tatweel-shown = التطويل ظاهر
message-tatweel-hidden = التطويل مخفي
message-controls-shown = محارف الاتجاه ظاهرة
message-controls-hidden = محارف الاتجاه مخفية
message-digits-written = الأرقام كما كُتبت
message-digits-arabic = الأرقام ٠١٢٣
message-digits-ascii = الأرقام 0123
message-justify-ragged = الأسطر تنتهي حيث تنتهي كلماتها
message-justify-spaces = الأسطر مضبوطة بالفراغ
message-justify-kashida = الأسطر مضبوطة بالفراغ والكشيدة
status-override = ⚠ في النص محرف يقلب الاتجاه
status-following = الملف يُتابَع ({ $key } للتوقف)
status-so-far = جارٍ القراءة: { $count } حتى الآن
status-windows = فقرة طويلة جدا تُعرض جزءا جزءا
message-no-link = لا روابط في هذا المقال ولا حواشي
message-link = الرابط: { $address }
message-note = إلى: { $text }
message-no-search = لا بحث جاريا، والمفتاح { $search } يبدأ بحثا
