# The reader's own words: sidebar, status line, messages.

articles-scanning = Articles ({ $count }, { $percent }% searched)
articles-heading = Articles ({ $count })
names-heading = Names ({ $count })
names-heading-part = Names around here ({ $count })
names-heading-filtered = Names ({ $shown } of { $count })
names-tagging = Names: looking …
names-none = No names here

kinds-person = People
kinds-place = Places
kinds-organization = Organisations
kinds-group = Peoples
kinds-date = Dates
kinds-number = Numbers
kinds-money = Money
kinds-percent = Percentages
kinds-event = Events
kinds-work = Works
kinds-product = Products

kind-letter-person = P
kind-letter-place = L
kind-letter-organization = O
kind-letter-group = G
kind-letter-date = D
kind-letter-number = N
kind-letter-money = M
kind-letter-percent = %
kind-letter-event = E
kind-letter-work = W
kind-letter-product = R

status-article = Article { $at }/{ $of }
status-percent = { $percent }%
status-minutes = { $minutes ->
    [0] under a minute left
    [one] 1 min left
   *[other] { $minutes } min left
}
status-paragraph = ¶ { $at }/{ $of }
status-mention = { $letter }: { $name } { $at }/{ $of }
status-keys = { $help } help  { $quit } quit
status-pending = { $typed }

card-mentions = { $count ->
    [one] 1 mention
   *[other] { $count } mentions
}
card-articles = { $count ->
    [one] in 1 article
   *[other] in { $count } articles
}
card-forms = Also written
card-roles = Roles
card-together = Named together with
card-here = In this article ({ $count })
card-waiting = Looking …
index-title = Names of the shelf
index-progress = { $at } of { $of } articles read
index-sort-mentions = by mentions
index-sort-articles = by articles
index-sort-kind = by kind
index-sort-name = by name
index-sort-first = by first mention

correct-nothing = It is no name
correct-same = It is the same as another name …
correct-kind = Kind: { $kind }
correct-hint = { $left } { $right } move its end, { $first } { $last } its beginning; { $choose } keeps it
index-same = “{ $name }” is the same as:
message-corrected = Corrected everywhere: { $name }; { $back } takes it back
message-taken-back = Taken back: { $name }
message-no-correction = No corrections to take back

prompt-search = Search:
prompt-go-to = Article number or percentage:
prompt-filter = Names with:

message-not-found = “{ $needle }” is not in this article
message-hit = Hit { $at } of { $of }
message-hit-so-far = Hit { $at }; still searching
message-seeking = Searching, { $percent }% ({ $key } stops)
message-hit-wrapped = Hit { $at } of { $of }, round the article’s end
message-no-mention = No more names that way
message-no-name-at-hand = No name is at hand: { $next } goes to one, { $select } and then { $correct } make one of words
message-kind-only = Only: { $kind }
message-kind-all = Names of all kinds
message-no-place = No jumps that way
message-still-tagging = The names are still being looked for
message-no-article = No more articles that way
message-no-such-place = No article { $typed }; there are { $count }
message-scanning = No article { $typed } yet; { $percent }% of the text searched for articles
message-grown = The file has grown; { $key } follows it
message-shortened = The file was cut short; what is left of it is shown
message-shortened-held = The file was cut short; what was read of it is still shown, { $key } reads it anew
message-rewritten = The file was written anew
message-rewritten-held = The file was written anew; { $key } reads it
message-replaced = Another file has taken this one’s place; what was opened is still shown
message-gone = The file is gone; what was opened is still shown
message-not-followed = Only files can be followed
message-profile = Display profile: { $profile }
message-profile-found = Display profile: { $profile }, as found
message-invalid-bytes = { $count ->
    [one] { $source }: 1 invalid byte sequence is shown as �
   *[other] { $source }: { $count } invalid byte sequences are shown as �
}

message-stored-forms = Letters are stored as presentation forms; { $key } turns them back
message-stored-visual = Letters are stored in visual order; { $key } turns them back
message-stored-both = Letters are stored as forms and in visual order; { $key } turns them back
message-repaired = { $encoding }, letters turned back
message-as-stored = { $encoding }, letters as stored
message-encoding = Encoding: { $encoding }
message-nothing-to-repair = The letters are stored as they should be
message-reading-again = Reading the source again …
message-unread = { $count } sources cannot be read: { $names }
list-comma = {", "}

empty-loading = Reading …
empty-nothing = Nothing to read here. { $quit } quits; qari FILE opens a file.
empty-article = This article is empty.

linear-article = Article { $at } of { $of }: { $title }
linear-mention = { $kind }: { $name }, { $at } of { $of }
linear-end = End of the article.
linear-start = Start of the article.
linear-keys = Enter goes on; a key and Enter does what it does in the reader; ? and Enter says the keys.

help-title = Keys
help-mode-reading = In the text
help-mode-sidebar = In the sidebar
help-mode-names = In a card and in the index of names
help-mode-correcting = Where a name is corrected
help-mode-prompt = In the search line
help-mode-help = In this help
help-count = A number before a key repeats it: 3j.
help-layout = The keys work with an Arabic keyboard layout too.

keys-heading = Keys
keys-action-heading = What they do

message-tashkeel-shown = Tashkeel is shown
message-tashkeel-hidden = Tashkeel is hidden
message-tatweel-shown = Tatweel is shown
message-tatweel-hidden = Tatweel is hidden
message-controls-shown = Bidi controls are shown
message-controls-hidden = Bidi controls are hidden
message-digits-written = Digits as written
message-digits-arabic = Digits ٠١٢٣
message-digits-ascii = Digits 0123
message-justify-ragged = Lines end where their words end
message-justify-spaces = Lines are filled by spaces
message-justify-kashida = Lines are filled by spaces and kashida
status-override = ⚠ direction override in the text
status-following = following the file ({ $key } stops)
status-so-far = reading: { $count } so far
status-windows = very long paragraph, laid out piece by piece
message-no-link = No links or notes in this article
message-link = Link: { $address }
message-note = To: { $text }
message-no-search = Nothing is being sought; { $search } begins a search
