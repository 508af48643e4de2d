# The command line: help, errors, tables. Help texts are phrases without a full stop, errors and hints are sentences.

about = Reads Arabic articles in a terminal: letters joined, lines in order, names marked
about-print = Prints the articles as text
about-articles = Lists the articles: number, title, words
about-entities = Lists the names in the articles: persons, places, organisations and more
about-index = Lists who and what a set of articles names, how often and in which
about-graph = Writes the graph of names that share a paragraph, for Graphviz or as JSON
about-corrections = Lists what you corrected in the names, or takes corrections in

help-usage = Usage
help-commands = Commands
help-sources = Sources
help-options = Options
help-more = { $help } explains a command.

source-file = a text file
source-directory = every text in a directory and below it
source-input = standard input
source-none = none: standard input when a pipe or a file is connected to it, otherwise the built-in shelf

argument-source = Files, directories, or - for standard input
argument-corrections = Files of corrections to take in, as written with --json, or - for standard input; none lists those that hold
option-lang = Language of the interface
option-profile = Display profile for this terminal: visual, kitty, override and others; auto finds it out (qari doctor shows them)
option-linear = Reads line by line for screen readers and braille displays: no boxes, no colours, logical order
option-encoding = the encoding of the sources, as in UTF-8, windows-1256, ISO-8859-6, MacArabic, CP864 (found out unless it is said)
option-repair = turn letters that are stored as presentation forms or in visual order back to plain text
option-sidebar = Side on which the sidebar stands
option-direction = Direction of the paragraphs
option-width = Columns of a line; 0 puts each paragraph on one line (on a terminal: its width, at most 80; in a pipe: 0)
option-order = Order of the letters (on a terminal: visual; in a pipe: logical)
option-justify = Fill lines in visual order up to the width, by wider spaces and kashida
option-no-join = Leaves the letters unjoined in visual order
option-align = Side on which lines in visual order begin; start pads right-to-left lines up to the width (on a terminal: start; in a pipe: left)
option-color = Colours the names in a pipe too
option-json = One JSON object a line
option-format = Form of the list (on a terminal: table; in a pipe: tsv)
option-graph-format = Form of the graph (dot unless told otherwise)
option-kinds = Only names of these kinds: { $kinds }
option-min-count = Only what is named at least N times
option-help = Shows this help
option-version = Shows the version
option-generate = Writes the manual page or the completions of a shell

error-unknown-option = There is no option { $option }.
error-missing-value = { $option } needs a value.
error-invalid-value = { $option } takes no value “{ $value }”.
error-unexpected-value = { $option } takes no value.
error-conflict = { $option } and { $other } exclude each other.
error-late-command = A command comes before all sources, and { $source } comes before { $command }.
error-usage = This command line makes no sense: { $detail }
hint-similar = Did you mean { $similar }?
hint-values = It takes one of these: { $values }.
hint-encodings = For Arabic there are { $values }; web names of other encodings do too.
hint-number = It takes a number from 0 to { $most }.
hint-help = { $help } shows what there is.
hint-file-name = A file with the name of a command is written { $path }.

error-not-found = { $name }: there is no such file or directory.
hint-not-found = Check how the path is written; it starts from the current directory.
error-permission = { $name }: reading it is not permitted.
hint-permission = ls -l shows who may read it.
error-special = { $name }: this is a device or a socket, not a text.
hint-special = Name a file or a directory, or - for standard input.
error-too-large = { $name }: this is larger than { $size }.
hint-too-large = Split the file and name its parts.
hint-too-large-page = Save it with another program, and open the file.
error-loop = { $name }: a link that leads back to itself.
hint-loop = ls -l shows where links lead.
error-no-text = { $name }: there is no text in this directory.
hint-no-text = Hidden, empty and binary files are passed over; a file that is named itself is read all the same.
error-too-much = { $name }: there is more of it than is parsed.
hint-too-much = Save the text of it as a plain file and open that.
error-bomb = { $name }: it unpacks out of all proportion, as no text does.
hint-bomb = It may have been made to fill the memory; unpack it elsewhere and look.
error-nested = { $name }: it is compressed again and again.
hint-nested = Unpack it, and open what is in it.
error-archive = { $name }: an archive, and no book.
hint-archive = Unpack it, and open the files in it.
error-too-slow = { $name }: it takes too long to read.
error-no-pdftotext = { $name }: pages for printing are read by pdftotext, which is not installed.
hint-no-pdftotext = It comes with poppler: the package poppler-utils, or poppler.
error-no-text-in-pages = { $name }: there is no text in these pages.
hint-no-text-in-pages = They may be pictures of text; a program for text recognition turns them to letters.
error-damaged = { $name }: damaged or cut off ({ $detail }).
hint-damaged = Fetch or copy it once more.
error-no-name = A source has an empty name.
hint-no-name = Name a file or a directory, or - for standard input.
error-io = { $name }: { $detail }
error-parser = { $name }: qari made a mistake: { $detail }
hint-bug = This is a bug in qari; please report it.
error-no-keyboard = There is no terminal to read keys from.
hint-no-keyboard = qari print writes the text without one.
error-terminal = The terminal does not go along: { $detail }
config-unreadable = { $name } cannot be read ({ $detail }): nothing of it holds.
config-no-text = { $name } is not in UTF-8: nothing of it holds.
config-syntax = { $name }, line { $line }: this is no TOML ({ $detail }).
config-unknown = { $name }, line { $line }: there is no choice { $key }.
config-value = { $name }, line { $line }: { $key } takes no value { $value }.
hint-config = assets/config.toml in the source shows all that can be chosen.
hint-config-keys = There are { $values }.
error-write = Writing failed: { $detail }

notice-bad-lines = { $count ->
    [one] { $name }: line { $first } holds no article.
   *[other] { $name }: { $count } lines hold no article, the first of them line { $first }.
}
notice-missing-parts = { $count ->
    [one] { $name }: one part of the book is missing.
   *[other] { $name }: { $count } parts of the book are missing.
}
notice-stored-forms = { $name }: letters are stored as presentation forms; --repair turns them back.
notice-stored-visual = { $name }: letters are stored in visual order; --repair turns them back.
notice-stored-both = { $name }: letters are stored as presentation forms and in visual order; --repair turns them back.
notice-invalid-bytes = { $count ->
    [one] { $name }: one sequence of bytes is no UTF-8 and shows as U+FFFD.
   *[other] { $name }: { $count } sequences of bytes are no UTF-8 and show as U+FFFD.
}

table-number = No.
table-title = Title
table-words = Words
table-kind = Kind
table-name = Name
table-mentions = Mentions
table-articles = Articles
table-first = First in
table-last = Last in

table-correction = Correction
correction-nothing = no name
correction-name = a name wherever it stands
notice-bad-corrections = { $count ->
    [one] { $name }: line { $first } is no correction and was left out.
   *[other] { $name }: { $count } lines are no corrections and were left out, the first is { $first }.
}
hint-bad-corrections = qari corrections --json writes them as they are taken in.
