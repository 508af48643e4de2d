//! Files, directories, standard input and the built-in shelf become documents.
