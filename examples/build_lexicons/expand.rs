//! From one form to all its forms: numbers and genders of a nationality, habits of spelling a foreign name.

use std::collections::BTreeMap;

use qari::entity::{Entry, Kind, Sort, Word, fold};

use crate::NameMap;

/// The forms of a people's word; `=` marks one to be taken as it is.
pub fn people(word: &str) -> Vec<Vec<u8>> {
    let mut forms = Vec::new();
    if let Some(plain) = word.strip_prefix('=') {
        forms.push(fold(plain));
        if !plain.starts_with("ال") {
            forms.push(fold(&format!("ال{plain}")));
        }
        return forms;
    }
    let definite = word
        .split(' ')
        .map(|part| format!("ال{part}"))
        .collect::<Vec<_>>()
        .join(" ");
    for stem in [word.to_owned(), definite] {
        for ending in ["", "ة", "ون", "ين", "ات", "تين", "تان", "ا"] {
            // Both words of كوري شمالي take the feminine ending, no other.
            let form = match (stem.contains(' '), ending) {
                (false, _) => format!("{stem}{ending}"),
                (true, "ة") => stem
                    .split(' ')
                    .map(|part| format!("{part}ة"))
                    .collect::<Vec<_>>()
                    .join(" "),
                (true, "") => stem.clone(),
                (true, _) => continue,
            };
            forms.push(fold(&form));
        }
    }
    forms
}

/// Adds other spellings of the places and peoples so far: how g and q are written, أمريكا and أميركا, which vowels of a loanword are.
pub fn spellings(names: &mut NameMap, known: &BTreeMap<Vec<u8>, Word>) {
    let swaps = [
        ("غ", "ج"),
        ("غ", "ك"),
        ("ج", "غ"),
        ("ق", "ك"),
        ("ك", "ق"),
        ("اميرك", "امريك"),
        ("امريك", "اميرك"),
        ("سوفيت", "سوفيات"),
        ("اوروب", "اورب"),
        ("ديمقراط", "ديموقراط"),
        ("فيدرال", "فدرال"),
        ("استراتيج", "ستراتيج"),
        ("اوكر", "اكر"),
        ("تش", "ش"),
        ("بورغ", "برغ"),
        ("بورغ", "بورج"),
        ("برغ", "برج"),
        ("لاند", "لند"),
        ("يي", "ي"),
    ]
    .map(|(old, new)| (fold(old), fold(new)));
    let varies = |entry: &Entry| {
        matches!(
            entry.sort,
            Sort::Name(Kind::Place | Kind::Group | Kind::Organization)
        ) && !entry.weak
            && !entry.rare
    };
    let old: Vec<_> = names
        .entries
        .iter()
        .filter(|(_, entry)| varies(entry))
        .map(|(key, entry)| (key.clone(), *entry))
        .collect();
    for (key, entry) in old {
        for (from, to) in &swaps {
            let other = replace(&key, from, to);
            let is_word = !other.contains(&b' ') && known.contains_key(&other);
            if other != key && key.len() > 4 && !is_word {
                names.add(other, entry);
            }
        }
    }
}

fn replace(key: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = key;
    while let Some((&first, tail)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(from) {
            out.extend_from_slice(to);
            rest = after;
        } else {
            out.push(first);
            rest = tail;
        }
    }
    out
}
