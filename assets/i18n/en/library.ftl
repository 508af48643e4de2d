# The library: the state file, the shelf, marks.

state-set-aside = The state file was damaged; it was set aside as { $name }, and a fresh one begun.
hint-state-set-aside = What it held may still be read with the sqlite3 program (.recover).
state-newer = A newer qari wrote { $name }; this one keeps nothing.
hint-state-newer = Update qari, or name another folder in QARI_STATE.
state-not-kept = { $name } cannot be written: places and marks are not kept.
state-no-home = There is no home directory: places and marks are not kept.
state-read-only = The state file may not be written: this is not kept.
hint-state-not-kept = QARI_STATE names a folder that may be written.
state-busy = Another program holds the state file: this is not kept.
hint-state-busy = Try again when it is done; fuser shows which one it is.
state-no-room = There is no room left on the disk for { $name }: places and marks are not kept.
state-full = There is no room left on the disk: this is not kept.
hint-state-full = Make room, or name a folder on another disk in QARI_STATE.
state-failed = The state file does not go along: { $detail }

error-silent = { $name }: { $seconds ->
    [one] no answer within a second.
   *[other] no answer within { $seconds } seconds.
}
hint-silent = Try again later; the other sources are read all the same.
error-refused = { $name }: the server refuses ({ $code }).
hint-refused = The server may want one to log in; a browser shows what it says.
error-no-page = { $name }: the server has no such page ({ $code }).
hint-no-page = Check how the address is written; the page may have moved.
error-no-address = { $name }: this is, or leads to, no address of the web.
hint-no-address = An address is like https://example.org/page.
error-no-connection = { $name }: no connection to the server ({ $detail }).
error-broken-off = { $name }: the connection broke off before all was there.
error-answer = { $name }: the server's answer is of no use ({ $detail }).
hint-answer = Look in a browser what is there; if it reads well, save it and open the file.
error-no-letters = { $name }: this is no text ({ $detail }).
hint-no-letters = Pages, texts, books and feeds are read; save anything else with another program.
error-no-host = { $name }: there is no such host, or no way to it.
hint-no-host = Check the address and the connection; what was read once can be read without it.
error-redirects = { $name }: the server sends one from address to address without end.
hint-redirects = Open the address in a browser and take the one that it ends at.
error-no-feed = { $name }: a feed was expected, and this is none; what was fetched before stays.
hint-no-feed = Look whether the feed has moved; qari remove takes it off the shelf.

about-shelf = Lists the shelf: what was put there, how much of it was read
about-add = Puts files, directories, addresses and OPML lists of feeds on the shelf
about-fetch = Fetches the feeds and pages of the shelf
about-remove = Takes sources off the shelf, by name or number
source-net = a page or a feed in the net, http or https
option-timeout = Seconds that one answer may take (30)
error-no-source = This command needs a source.
error-not-on-shelf = { $name } is not on the shelf.
hint-not-on-shelf = { $shelf } lists what is.

table-source = Source
table-read = Read
table-fetched = Fetched
source-kind-feed = feed
source-kind-page = page
source-kind-directory = directory
source-kind-file = file
source-kind-missing = gone
shelf-title = qari: feeds
shelf-empty = Nothing was put on the shelf yet; the built-in articles are always there. qari add puts files, directories and addresses on it.
shelf-added = Added: { $name }
shelf-there = On the shelf already: { $name }
shelf-removed = Removed: { $name }
read-articles = { $count ->
    [one] 1 article opened
   *[other] { $count } articles opened
}
read-finished = { $count ->
    [one] 1 read to the end
   *[other] { $count } read to the end
}
read-minutes = { $count ->
    [one] 1 minute of reading
   *[other] { $count } minutes of reading
}
read-here = { $count ->
    [0] under a minute in this article
    [one] 1 minute in this article
   *[other] { $count } minutes in this article
}
read-today = { $count ->
    [one] 1 minute today
   *[other] { $count } minutes today
}

fetch-nothing = There is nothing in the net on the shelf; qari add puts an address there.
fetch-same = [{ $at }/{ $of }] { $title }: nothing new
fetch-page = [{ $at }/{ $of }] { $title }: fetched
fetch-feed = [{ $at }/{ $of }] { $title }: { $count ->
    [0] no new articles
    [one] 1 new article
   *[other] { $count } new articles
}

prompt-bookmark = Bookmark:
prompt-note = Note:
marks-heading = Bookmarks and highlights ({ $count })
help-mode-selecting = While selecting
help-mode-marks = In the list of bookmarks
status-looking = { $select } fixes the start, { $choose } highlights, { $note } adds a note, { $copy } copies
status-selecting = { $choose } highlights, { $note } adds a note, { $copy } copies, { $select } lets the start go
message-bookmarked = Bookmarked: { $name }
message-highlighted = Highlighted
message-copied = Copied: { $count ->
    [one] 1 word
   *[other] { $count } words
}
message-no-marks = Nothing is marked yet
message-no-word = There is no word to begin at
message-not-open = That article is not open; it is in { $source }

about-export = Writes bookmarks, highlights and notes as Markdown, or the feeds of the shelf as OPML
option-opml = The feeds of the shelf as OPML, for other programs
export-bookmark = Bookmark
hint-no-marks = In the reader m makes a bookmark, and v begins to select what is to be highlighted.
message-renewed = { $name } has changed and was read again
