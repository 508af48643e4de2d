# What qari doctor says of the terminal, and its test sheet.

about-doctor = Shows how this terminal is written to and why, and lets you choose the line that reads right

doctor-terminal = Terminal
doctor-terminal-plain = one that shows letters where they are sent
doctor-terminal-marks = one that shows letters where they are sent, and tashkeel on wrong ones
doctor-terminal-named = { $name }
doctor-terminal-behind = { $name }, behind { $multiplexer }
doctor-profile = Display profile
doctor-profile-wish = { $profile }: told by --profile or QARI_PROFILE
doctor-profile-choice = { $profile }: chosen for this terminal
doctor-profile-memory = { $profile }: found here before
doctor-profile-finding = { $profile }: found now
doctor-found = Found
doctor-lines = Outside the panes
doctor-tashkeel = Tashkeel
doctor-tashkeel-kept = shown
doctor-tashkeel-hidden = hidden, because this terminal puts it on wrong letters
doctor-switch = Own switch
doctor-switch-none = none
doctor-before = Own order
doctor-before-implicit = on before qari, and on again after it
doctor-before-explicit = off before qari, and off after it
doctor-colours = Colours
doctor-colours-none = none
doctor-colours-ansi = 16
doctor-colours-indexed = 256
doctor-colours-true = 16 million
doctor-rows = Rows that need marks
doctor-rows-count = { $count } of { $of } rows of the built-in articles

doctor-answers = What was asked, and what was answered:
doctor-ask-bidi = order (DECRQM 8)
doctor-ask-direction = direction (DECRQM ?2501)
doctor-ask-version = name (XTVERSION)
doctor-ask-model = model (DA2)
doctor-ask-background = ground (OSC 11)
doctor-ask-attributes = attributes (DA1)
doctor-no-answer = no answer
doctor-not-asked = not asked

doctor-why = What led to it:
doctor-no-clue = Nothing gave it away; most terminals show letters where they are sent.
doctor-kitty = kitty makes letters smaller that are wider than their cell, more at some font sizes than at others. If last letters stand apart, try font_size 12 in kitty.conf.
doctor-memory-broken = The file of remembered terminals was broken and has been set aside.

doctor-sheet-question = Which line reads right? Press its number; it is kept for this terminal.
doctor-sheet-boxes = Boxes instead of letters? Then the font lacks joined forms: try visual-base.
doctor-sheet-keys = a finds out by itself, q leaves all as it is.
doctor-sheet-small = The window is too small for the test sheet.
doctor-sample = قَالَ الأستاذُ (عمر): لا تكتب 2024 ولا ١٢٣ في Linux!
doctor-chosen = From now on { $profile } is used in this terminal.
doctor-automatic = From now on the display profile of this terminal is found out.
