-- The names that were found in a text, so that it need not be gone over again.
CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    content BLOB NOT NULL UNIQUE,     -- hash of its paragraphs (library::names)
    version BLOB NOT NULL,            -- hash of the model, the lexicons and the program's version
    body BLOB NOT NULL                -- as library::names writes them
) STRICT;
CREATE INDEX names_version ON names (version);
