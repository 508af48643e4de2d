//! Front matter: of its keys, those that a reader wants to see. YAML and TOML are read as far as single lines go.

/// What front matter says of an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Front {
    /// Its title.
    pub title: Option<String>,
    /// Its authors and its date.
    pub byline: Vec<String>,
}

impl Front {
    /// Reads the lines between the marks.
    pub fn read(text: &str) -> Self {
        let mut front = Self::default();
        let mut date = None;
        let mut in_authors = false;
        for line in text.lines() {
            if let Some(item) = line.trim_start().strip_prefix("- ").filter(|_| in_authors) {
                let name = item.trim_start().trim_start_matches("name:");
                front.byline.push(value(name));
                continue;
            }
            in_authors = false;
            // What stands further in belongs to another key.
            if line.starts_with([' ', '\t', '#']) {
                continue;
            }
            let Some((key, told)) = line.split_once([':', '=']) else {
                continue;
            };
            let told = value(told);
            match key.trim().to_lowercase().as_str() {
                "title" => front.title = Some(told),
                "author" | "authors" if told.is_empty() => in_authors = true,
                "author" | "authors" => front.byline.push(told),
                "date" => date = Some(told),
                _ => {}
            }
        }
        front.byline.extend(date);
        front.byline.retain(|part| !part.is_empty());
        front
    }
}

/// A value without its quotes; a list as its items.
fn value(told: &str) -> String {
    let told = told.trim();
    let list = told
        .strip_prefix('[')
        .and_then(|list| list.strip_suffix(']'));
    let unquoted = |item: &str| {
        let item = item.trim();
        let inner = ['"', '\''].into_iter().find_map(|quote| {
            item.strip_prefix(quote)?
                .strip_suffix(quote)
                .map(str::to_owned)
        });
        inner.unwrap_or_else(|| item.to_owned())
    };
    match list {
        Some(items) => items
            .split(',')
            .map(unquoted)
            .collect::<Vec<_>>()
            .join("، "),
        None => unquoted(told),
    }
}

#[cfg(test)]
mod tests {
    use super::Front;

    fn front(title: &str, byline: &[&str]) -> Front {
        Front {
            title: Some(title.to_owned()),
            byline: byline.iter().map(|part| (*part).to_owned()).collect(),
        }
    }

    #[test]
    fn reads_yaml_and_toml() {
        assert_eq!(
            Front::read(
                "title: \"رحلة: أولى\"\nauthor: ليلى\ndate: 2024-05-01\ntags: [a]\nx:\n  title: no"
            ),
            front("رحلة: أولى", &["ليلى", "2024-05-01"])
        );
        assert_eq!(
            Front::read("title = 'رحلة'\nauthors = [\"ليلى\", 'سعيد']\n"),
            front("رحلة", &["ليلى، سعيد"])
        );
        assert_eq!(
            Front::read("date:\nauthors:\n  - ليلى\n- name: سعيد\ntitle: رحلة"),
            front("رحلة", &["ليلى", "سعيد"])
        );
        assert_eq!(Front::read("# x\n---\nno key"), Front::default());
    }
}
