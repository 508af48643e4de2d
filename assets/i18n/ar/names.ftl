# أنواع الأسماء، بصيغة المفرد.
kind-person = شخص
kind-place = مكان
kind-organization = منظمة
kind-group = جماعة
kind-date = تاريخ
kind-number = عدد
kind-money = مبلغ
kind-percent = نسبة
kind-event = حدث
kind-work = عمل
kind-product = منتج
