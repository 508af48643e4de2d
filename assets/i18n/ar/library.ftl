# المكتبة: ملف الحالة والرف والعلامات.

state-set-aside = كان ملف الحالة تالفا، فنُحّي جانبا باسم { $name } وبُدئ ملف جديد.
hint-state-set-aside = قد يستخرج برنامج sqlite3 ما كان فيه (‎.recover).
state-newer = كتب إصدار أحدث من قارئ الملف { $name }، وهذا الإصدار لا يحفظ شيئا.
hint-state-newer = حدّث قارئ، أو عيّن مجلدا آخر في QARI_STATE.
state-not-kept = تتعذر الكتابة في { $name }: لا تُحفظ المواضع ولا العلامات.
state-no-home = لا مجلد منزل: لا تُحفظ المواضع ولا العلامات.
state-read-only = الكتابة في ملف الحالة ممنوعة: لم يُحفظ هذا.
hint-state-not-kept = يعيّن المتغير QARI_STATE مجلدا تجوز الكتابة فيه.
state-busy = يشغل برنامج آخر ملف الحالة: لم يُحفظ هذا.
hint-state-busy = حاول من جديد بعد أن يفرغ، ويبين الأمر fuser أي برنامج هو.
state-no-room = لم يبق في القرص مكان للملف { $name }: لا تُحفظ المواضع ولا العلامات.
state-full = لم يبق في القرص مكان: لم يُحفظ هذا.
hint-state-full = أفسح مكانا فيه، أو عيّن في QARI_STATE مجلدا على قرص آخر.
state-failed = خطأ في ملف الحالة: { $detail }

error-silent = { $name }: { $seconds ->
    [zero] لا رد.
    [one] لا رد خلال ثانية.
    [two] لا رد خلال ثانيتين.
    [few] لا رد خلال { $seconds } ثوان.
    [many] لا رد خلال { $seconds } ثانية.
   *[other] لا رد خلال { $seconds } ثانية.
}
hint-silent = حاول لاحقا، وتُقرأ المصادر الأخرى رغم ذلك.
error-refused = { $name }: يرفض الخادم الطلب ({ $code }).
hint-refused = قد يطلب الخادم تسجيل الدخول، ويعرض المتصفح ما يقوله.
error-no-page = { $name }: ليس عند الخادم صفحة بهذا العنوان ({ $code }).
hint-no-page = راجع كتابة العنوان، فقد تكون الصفحة نُقلت.
error-no-address = { $name }: ليس هذا عنوانا في الوب، أو لا يؤدي إلى عنوان فيه.
hint-no-address = يُكتب العنوان هكذا: https://example.org/page
error-no-connection = { $name }: تعذر الاتصال بالخادم ({ $detail }).
error-broken-off = { $name }: انقطع الاتصال قبل أن يصل كل شيء.
error-answer = { $name }: لا يُنتفع برد الخادم ({ $detail }).
hint-answer = انظر في متصفح ماذا هناك، فإن كان مقروءا فاحفظه وافتح الملف.
error-no-letters = { $name }: ليس هذا نصا ({ $detail }).
hint-no-letters = تُقرأ الصفحات والنصوص والكتب والتلقيمات، واحفظ غيرها ببرنامج آخر.
error-no-host = { $name }: لا يوجد هذا الخادم أو لا سبيل إليه.
hint-no-host = تحقق من العنوان ومن الاتصال، وما قُرئ مرة يُقرأ من دونه.
error-redirects = { $name }: يحيل الخادم من عنوان إلى عنوان بلا نهاية.
hint-redirects = افتح العنوان في متصفح وخذ العنوان الذي ينتهي إليه.
error-no-feed = { $name }: المنتظر تلقيم، وليس هذا تلقيما، ويبقى ما جُلب من قبل.
hint-no-feed = انظر هل انتقل التلقيم إلى عنوان آخر، ويزيله qari remove من الرف.

about-shelf = يسرد الرف: ما وُضع عليه وما قُرئ منه
about-add = يضع على الرف ملفات ومجلدات وعناوين وقوائم تلقيمات OPML
about-fetch = يجلب تلقيمات الرف وصفحاته
about-remove = يزيل مصادر من الرف باسمها أو برقمها
source-net = صفحة أو تلقيم على الشبكة، http أو https
option-timeout = أقصى عدد من الثواني لانتظار الرد الواحد (30)
error-no-source = يحتاج هذا الأمر إلى مصدر.
error-not-on-shelf = { $name } ليس على الرف.
hint-not-on-shelf = يسرد { $shelf } ما على الرف.

table-source = المصدر
table-read = المقروء
table-fetched = وقت الجلب
source-kind-feed = تلقيم
source-kind-page = صفحة
source-kind-directory = مجلد
source-kind-file = ملف
source-kind-missing = مفقود
shelf-title = قارئ: التلقيمات
shelf-empty = لم يوضع على الرف شيء بعد، والمقالات المرفقة عليه دائما. يضع qari add عليه ملفات ومجلدات وعناوين.
shelf-added = أضيف: { $name }
shelf-there = على الرف من قبل: { $name }
shelf-removed = أزيل: { $name }
read-articles = { $count ->
    [zero] لم يُفتح أي مقال
    [one] فُتح مقال واحد
    [two] فُتح مقالان
    [few] فُتحت { $count } مقالات
    [many] فُتح { $count } مقالا
   *[other] فُتح { $count } مقال
}
read-finished = { $count ->
    [zero] لم يُتم أي منها
    [one] أُتم واحد
    [two] أُتم اثنان
    [few] أُتمت { $count }
    [many] أُتم { $count }
   *[other] أُتم { $count }
}
read-minutes = { $count ->
    [zero] أقل من دقيقة قراءة
    [one] دقيقة قراءة
    [two] دقيقتا قراءة
    [few] { $count } دقائق قراءة
    [many] { $count } دقيقة قراءة
   *[other] { $count } دقيقة قراءة
}
read-here = { $count ->
    [zero] أقل من دقيقة في هذا المقال
    [one] دقيقة في هذا المقال
    [two] دقيقتان في هذا المقال
    [few] { $count } دقائق في هذا المقال
    [many] { $count } دقيقة في هذا المقال
   *[other] { $count } دقيقة في هذا المقال
}
read-today = { $count ->
    [zero] أقل من دقيقة اليوم
    [one] دقيقة اليوم
    [two] دقيقتان اليوم
    [few] { $count } دقائق اليوم
    [many] { $count } دقيقة اليوم
   *[other] { $count } دقيقة اليوم
}

fetch-nothing = ليس على الرف شيء من الشبكة، ويضع qari add عليه عنوانا.
fetch-same = [{ $at }/{ $of }] { $title }: لا جديد
fetch-page = [{ $at }/{ $of }] { $title }: جُلبت
fetch-feed = [{ $at }/{ $of }] { $title }: { $count ->
    [0] لا مقالات جديدة
    [zero] لا مقالات جديدة
    [one] مقال جديد
    [two] مقالان جديدان
    [few] { $count } مقالات جديدة
    [many] { $count } مقالا جديدا
   *[other] { $count } مقال جديد
}

prompt-bookmark = علامة:
prompt-note = ملاحظة:
marks-heading = العلامات والمقتطفات ({ $count })
help-mode-selecting = أثناء التحديد
help-mode-marks = في قائمة العلامات
status-looking = المفتاح { $select } يثبت أول التحديد، و{ $choose } يظلل، و{ $note } يضيف ملاحظة، و{ $copy } ينسخ
status-selecting = المفتاح { $choose } يظلل، و{ $note } يضيف ملاحظة، و{ $copy } ينسخ، و{ $select } يحرر أول التحديد
message-bookmarked = وُضعت العلامة: { $name }
message-highlighted = ظُلل المحدد
message-copied = { $count ->
    [zero] لم يُنسخ شيء
    [one] نُسخت كلمة
    [two] نُسخت كلمتان
    [few] نُسخت { $count } كلمات
    [many] نُسخت { $count } كلمة
   *[other] نُسخت { $count } كلمة
}
message-no-marks = لا علامات بعد
message-no-word = لا كلمة يبدأ التحديد عندها
message-not-open = ذلك المقال غير مفتوح، وهو في { $source }

about-export = يكتب العلامات والمقتطفات والملاحظات بصيغة Markdown، أو تلقيمات الرف بصيغة OPML
option-opml = تلقيمات الرف بصيغة OPML لبرامج أخرى
export-bookmark = علامة
hint-no-marks = في القارئ يضع المفتاح m علامة، ويبدأ المفتاح v تحديد ما يُظلل.
message-renewed = تغيّر { $name } فقُرئ من جديد
