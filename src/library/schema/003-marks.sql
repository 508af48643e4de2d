-- What the reader marked: a bookmark at a place, or a highlight from one place to another, maybe with a note.
CREATE TABLE mark (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    made INTEGER NOT NULL,            -- milliseconds since 1970
    name TEXT,                        -- of a bookmark; a highlight has none
    note TEXT NOT NULL,               -- may be empty
    quotation TEXT NOT NULL,          -- what was highlighted, or the words at the bookmark
    start_paragraph INTEGER NOT NULL, -- two spots (library::spot); those of a bookmark are the same
    start_byte INTEGER NOT NULL,
    start_words TEXT NOT NULL,
    start_lead INTEGER NOT NULL,
    end_paragraph INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    end_words TEXT NOT NULL,
    end_lead INTEGER NOT NULL
) STRICT;
CREATE INDEX mark_article ON mark (article, start_paragraph, start_byte);
