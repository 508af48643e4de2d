-- Articles are looked for by their titles too: those whose files were moved and edited.
CREATE INDEX article_title ON article (title);
