# ما يقوله qari doctor عن الطرفية، وورقة الاختبار.

about-doctor = يبيّن كيف يُكتب إلى هذه الطرفية ولماذا، ويتيح اختيار السطر السليم

doctor-terminal = الطرفية
doctor-terminal-plain = طرفية تُظهر الحروف حيث تُرسل
doctor-terminal-marks = طرفية تُظهر الحروف حيث تُرسل، وتضع التشكيل على غير حروفه
doctor-terminal-named = { $name }
doctor-terminal-behind = { $name } من وراء { $multiplexer }
doctor-profile = طريقة العرض
doctor-profile-wish = { $profile }: بطلب من --profile أو QARI_PROFILE
doctor-profile-choice = { $profile }: اختيرت لهذه الطرفية
doctor-profile-memory = { $profile }: عُرفت هنا من قبل
doctor-profile-finding = { $profile }: عُرفت الآن
doctor-found = المعروف
doctor-lines = خارج النوافذ
doctor-tashkeel = التشكيل
doctor-tashkeel-kept = ظاهر
doctor-tashkeel-hidden = مخفي، لأن هذه الطرفية تضعه على غير حروفه
doctor-switch = مفتاح خاص
doctor-switch-none = لا يوجد
doctor-before = ترتيبها للحروف
doctor-before-implicit = كان مفعّلا قبل قارئ، ويعود بعده
doctor-before-explicit = كان معطّلا قبل قارئ، ويبقى كذلك بعده
doctor-colours = الألوان
doctor-colours-none = لا ألوان
doctor-colours-ansi = 16
doctor-colours-indexed = 256
doctor-colours-true = 16 مليونا
doctor-rows = أسطر تحتاج إلى علامات
doctor-rows-count = { $count } من { $of } من أسطر المقالات المدمجة

doctor-answers = ما سُئلت عنه الطرفية وما أجابت به:
doctor-ask-bidi = الترتيب (DECRQM 8)
doctor-ask-direction = الاتجاه (DECRQM ?2501)
doctor-ask-version = الاسم (XTVERSION)
doctor-ask-model = الطراز (DA2)
doctor-ask-background = لون الخلفية (OSC 11)
doctor-ask-attributes = الخصائص (DA1)
doctor-no-answer = لا جواب
doctor-not-asked = لم تُسأل

doctor-why = ما دلّ على ذلك:
doctor-no-clue = لم يدل عليها شيء، ومعظم الطرفيات تُظهر الحروف حيث تُرسل.
doctor-kitty = تصغّر kitty ما زاد عرضه من الحروف على خانته، ويختلف ذلك باختلاف حجم الخط. إن انفصلت أواخر الكلمات فجرّب font_size 12 في الملف kitty.conf.
doctor-memory-broken = كان ملف الطرفيات المحفوظة معطوبا فوُضع جانبا.

doctor-sheet-question = أي سطر يُقرأ سليما؟ اضغط رقمه، فيُحفظ لهذه الطرفية.
doctor-sheet-boxes = أترى مربعات مكان الحروف؟ إذن ليس في الخط حروف متصلة: جرّب visual-base.
doctor-sheet-keys = المفتاح a: يختار البرنامج بنفسه، والمفتاح q: يبقى كل شيء كما هو.
doctor-sheet-small = النافذة أصغر من أن تتسع لورقة الاختبار.
doctor-sample = قَالَ الأستاذُ (عمر): لا تكتب 2024 ولا ١٢٣ في Linux!
doctor-chosen = من الآن تُستعمل { $profile } في هذه الطرفية.
doctor-automatic = من الآن يختار البرنامج طريقة العرض في هذه الطرفية.
