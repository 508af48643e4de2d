# سطر الأوامر: المساعدة والأخطاء والجداول. نصوص المساعدة عبارات بلا نقطة في آخرها، والأخطاء والتلميحات جمل.

about = يعرض المقالات العربية في الطرفية: حروف موصولة وأسطر مرتبة وأسماء بارزة
about-print = يطبع المقالات نصا
about-articles = يسرد المقالات: الرقم والعنوان وعدد الكلمات
about-entities = يسرد الأسماء الواردة في المقالات: أشخاص وأماكن ومنظمات وغيرها
about-index = يسرد من تذكرهم المقالات وما تذكره، وكم مرة وفي أيها
about-graph = يكتب شبكة الأسماء التي تجتمع في فقرة واحدة، لبرنامج Graphviz أو بصورة JSON
about-corrections = يسرد ما صححته من الأسماء، أو يضم تصحيحات من ملف

help-usage = الاستعمال
help-commands = الأوامر
help-sources = المصادر
help-options = الخيارات
help-more = يشرح { $help } الأمر المذكور.

source-file = ملف نصي
source-directory = كل النصوص في مجلد وما تحته
source-input = الدخل القياسي
source-none = بلا مصدر: الدخل القياسي إن وُصل به أنبوب أو ملف، وإلا فالرف المرفق بالبرنامج

argument-source = ملفات أو مجلدات، أو - للدخل القياسي
argument-corrections = ملفات تصحيحات تُضم، كما تُكتب مع --json، أو - للدخل القياسي، وبلا ملف تُسرد التصحيحات القائمة
option-lang = لغة الواجهة
option-profile = طريقة العرض على هذه الطرفية: visual أو kitty أو override أو غيرها، ومع auto يختارها البرنامج (ويعرضها الأمر qari doctor)
option-linear = القراءة سطرا سطرا لقارئات الشاشة وأجهزة برايل: بلا إطارات ولا ألوان، والحروف بترتيبها المنطقي
option-encoding = ترميز المصادر، مثل UTF-8 وwindows-1256 وISO-8859-6 وMacArabic وCP864 (يتعرفه البرنامج ما لم يُذكر)
option-repair = يرد الحروف المخزونة بأشكالها المرسومة أو بترتيبها المرئي إلى أصلها
option-sidebar = الجهة التي يقف فيها الشريط الجانبي
option-direction = اتجاه الفقرات
option-width = عدد أعمدة السطر، و0 يضع كل فقرة في سطر واحد (في الطرفية: عرضها، و80 على الأكثر؛ وفي الأنبوب: 0)
option-order = ترتيب الحروف (في الطرفية: visual؛ وفي الأنبوب: logical)
option-justify = ملء الأسطر المرتبة بصريا إلى عرضها بالفراغ والكشيدة
option-no-join = يترك الحروف منفصلة في الترتيب المرئي
option-align = الجهة التي تبدأ منها الأسطر في الترتيب المرئي، وstart يملأ الأسطر الجارية من اليمين حتى العرض كله (في الطرفية: start؛ وفي الأنبوب: left)
option-color = يلوّن الأسماء في الأنبوب أيضا
option-json = كائن JSON واحد في كل سطر
option-format = صورة القائمة (في الطرفية: table؛ وفي الأنبوب: tsv)
option-graph-format = صورة الشبكة (dot ما لم يُذكر غيرها)
option-kinds = أسماء من هذه الأنواع فقط: { $kinds }
option-min-count = ما ذُكر N مرة على الأقل
option-help = يعرض هذه المساعدة
option-version = يعرض رقم الإصدار
option-generate = يكتب صفحة الدليل أو ملف الإكمال لإحدى الصدفات

error-unknown-option = لا يوجد خيار { $option }.
error-missing-value = يحتاج الخيار { $option } إلى قيمة.
error-invalid-value = لا يقبل الخيار { $option } القيمة «{ $value }».
error-unexpected-value = لا يقبل الخيار { $option } قيمة.
error-conflict = لا يجتمع الخياران { $option } و{ $other }.
error-late-command = يسبق الأمر كل المصادر، وقد جاء { $source } قبل { $command }.
error-usage = سطر الأوامر غير مفهوم: { $detail }
hint-similar = هل تقصد { $similar }؟
hint-values = القيم المقبولة: { $values }.
hint-encodings = ترميزات العربية هي { $values }، وتُقبل أسماء غيرها المعروفة في الوب.
hint-number = القيمة المقبولة عدد من 0 إلى { $most }.
hint-help = يعرض { $help } كل ما هو متاح.
hint-file-name = يُكتب الملف الذي يحمل اسم أمر هكذا: { $path }

error-not-found = { $name }: لا يوجد ملف أو مجلد بهذا الاسم.
hint-not-found = راجع كتابة المسار، فهو يبدأ من المجلد الحالي.
error-permission = { $name }: قراءته غير مسموح بها.
hint-permission = يبين الأمر ls -l من يحق له أن يقرأه.
error-special = { $name }: هذا جهاز أو مقبس وليس نصا.
hint-special = اذكر ملفا أو مجلدا، أو - للدخل القياسي.
error-too-large = { $name }: حجمه أكبر من { $size }.
hint-too-large = جزّئ الملف واذكر أجزاءه.
hint-too-large-page = احفظه ببرنامج آخر ثم افتح الملف.
error-loop = { $name }: رابط يعود إلى نفسه.
hint-loop = يبين الأمر ls -l إلى أين تؤدي الروابط.
error-no-text = { $name }: لا يوجد نص في هذا المجلد.
hint-no-text = تُترك الملفات المخفية والفارغة والثنائية، أما الملف الذي يُذكر باسمه فيُقرأ على أي حال.
error-too-much = { $name }: حجمه أكبر مما يُحلَّل.
hint-too-much = احفظ نصه في ملف نصي وافتحه.
error-bomb = { $name }: ينفتح من الضغط إلى حجم لا يبلغه نص.
hint-bomb = قد يكون مصنوعا لملء الذاكرة، ففك ضغطه في مكان آخر وانظر ما فيه.
error-nested = { $name }: مضغوط مرة بعد مرة.
hint-nested = فك ضغطه وافتح ما فيه.
error-archive = { $name }: هذا أرشيف وليس كتابا.
hint-archive = استخرج ما فيه وافتح الملفات.
error-too-slow = { $name }: قراءته تستغرق وقتا أطول مما ينبغي.
error-no-pdftotext = { $name }: صفحات الطباعة يقرؤها البرنامج pdftotext، وهو غير مثبّت.
hint-no-pdftotext = يأتي مع poppler، في الحزمة poppler-utils أو poppler.
error-no-text-in-pages = { $name }: لا نص في هذه الصفحات.
hint-no-text-in-pages = قد تكون صورا لنص، وبرامج التعرف على النصوص تحوّلها إلى حروف.
error-damaged = { $name }: تالف أو مبتور ({ $detail }).
hint-damaged = نزّله أو انسخه مرة أخرى.
error-no-name = في المصادر اسم فارغ.
hint-no-name = اذكر ملفا أو مجلدا، أو - للدخل القياسي.
error-io = { $name }: { $detail }
error-parser = { $name }: أخطأ البرنامج: { $detail }
hint-bug = هذا خلل في قارئ، فنرجو أن تبلغنا به.
error-no-keyboard = لا طرفية تُقرأ منها المفاتيح.
hint-no-keyboard = الأمر qari print يكتب النص من غير طرفية.
error-terminal = الطرفية لا تستجيب: { $detail }
config-unreadable = تعذرت قراءة { $name } ({ $detail })، فلا يُعمل بشيء منه.
config-no-text = ليس { $name } بترميز UTF-8، فلا يُعمل بشيء منه.
config-syntax = { $name }، السطر { $line }: ليس هذا من صيغة TOML ({ $detail }).
config-unknown = { $name }، السطر { $line }: لا يوجد اختيار باسم { $key }.
config-value = { $name }، السطر { $line }: لا يقبل { $key } القيمة { $value }.
hint-config = في assets/config.toml من المصدر كل ما يمكن اختياره.
hint-config-keys = الاختيارات هي: { $values }.
error-write = تعذرت الكتابة: { $detail }

notice-bad-lines = { $count ->
    [zero] { $name }: في كل سطر مقال.
    [one] { $name }: لا مقال في السطر { $first }.
    [two] { $name }: سطران لا مقال فيهما، أولهما السطر { $first }.
    [few] { $name }: { $count } أسطر لا مقال فيها، أولها السطر { $first }.
    [many] { $name }: { $count } سطرا لا مقال فيها، أولها السطر { $first }.
   *[other] { $name }: { $count } سطر لا مقال فيها، أولها السطر { $first }.
}
notice-missing-parts = { $count ->
    [zero] { $name }: لا ينقص من الكتاب شيء.
    [one] { $name }: ينقص من الكتاب جزء واحد.
    [two] { $name }: ينقص من الكتاب جزءان.
    [few] { $name }: ينقص من الكتاب { $count } أجزاء.
    [many] { $name }: ينقص من الكتاب { $count } جزءا.
   *[other] { $name }: ينقص من الكتاب { $count } جزء.
}
notice-stored-forms = { $name }: الحروف مخزونة بأشكالها المرسومة، والخيار --repair يردها إلى أصلها.
notice-stored-visual = { $name }: الحروف مخزونة بترتيبها المرئي، والخيار --repair يردها إلى أصلها.
notice-stored-both = { $name }: الحروف مخزونة بأشكالها المرسومة وبترتيبها المرئي، والخيار --repair يردها إلى أصلها.
notice-invalid-bytes = { $count ->
    [zero] { $name }: كل ما في النص سليم في UTF-8.
    [one] { $name }: في النص تتابع واحد من البايتات لا يصح في UTF-8، ويظهر U+FFFD.
    [two] { $name }: في النص تتابعان من البايتات لا يصحان في UTF-8، ويظهر كل منهما U+FFFD.
    [few] { $name }: في النص { $count } تتابعات من البايتات لا تصح في UTF-8، ويظهر كل منها U+FFFD.
    [many] { $name }: في النص { $count } تتابعا من البايتات لا يصح في UTF-8، ويظهر كل منها U+FFFD.
   *[other] { $name }: في النص { $count } تتابع من البايتات لا يصح في UTF-8، ويظهر كل منها U+FFFD.
}

table-number = الرقم
table-title = العنوان
table-words = الكلمات
table-kind = النوع
table-name = الاسم
table-mentions = المرات
table-articles = المقالات
table-first = أولها
table-last = آخرها

table-correction = التصحيح
correction-nothing = ليس اسما
correction-name = اسم أينما ورد
notice-bad-corrections = { $count ->
    [zero] { $name }: كل الأسطر تصحيحات.
    [one] { $name }: السطر { $first } ليس تصحيحا فتُرك.
    [two] { $name }: سطران ليسا تصحيحين فتُركا، أولهما { $first }.
    [few] { $name }: { $count } أسطر ليست تصحيحات فتُركت، أولها { $first }.
    [many] { $name }: { $count } سطرا ليست تصحيحات فتُركت، أولها { $first }.
   *[other] { $name }: { $count } سطر ليست تصحيحات فتُركت، أولها { $first }.
}
hint-bad-corrections = يكتبها الأمر qari corrections --json كما تُضم.
