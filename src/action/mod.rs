//! What a reader can ask for, by name, and the keys that ask for it.
