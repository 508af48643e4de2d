//! The graph of who is named together: an edge for two entries of the index that share a paragraph; Graphviz DOT or JSON.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;

use serde::Serialize;

use super::Outcome;
use super::output::Output;
use super::record;
use super::survey::Survey;
use super::wanted::Wanted;
use crate::entity::Kind;
use crate::entity::index::{Entry, Pairs, pairs};
use crate::locale::Locale;
use crate::source::Reading;
use crate::text::sanitise;

/// The kinds that are nodes unless others are asked for.
pub const KINDS: [Kind; 4] = [Kind::Person, Kind::Place, Kind::Organization, Kind::Event];

/// What the command line says about the graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The sources, as named.
    pub sources: Vec<OsString>,
    /// How their letters are read.
    pub reading: Reading,
    /// The form.
    pub format: Format,
    /// Which names are nodes.
    pub wanted: Wanted,
}

/// The form of the graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Graphviz DOT, undirected.
    #[default]
    Dot,
    /// One JSON object.
    Json,
}

/// The graph as other programs see it.
#[derive(Serialize)]
struct Graph<'a> {
    nodes: Vec<Node<'a>>,
    edges: Vec<Edge>,
}

/// An entry of the index.
#[derive(Serialize)]
struct Node<'a> {
    id: usize,
    kind: Kind,
    name: &'a str,
    mentions: usize,
    articles: usize,
}

/// Two entries, by the ids of their nodes, and the number of paragraphs that name both.
#[derive(Serialize)]
struct Edge {
    source: usize,
    target: usize,
    paragraphs: usize,
}

/// Writes the graph over the named sources.
///
/// # Errors
/// Whatever writing says.
pub fn run(options: &Options, locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    let survey = Survey::of(&options.sources, options.reading, locale, output)?;
    let mut wanted = options.wanted.clone();
    if wanted.kinds.is_empty() {
        wanted.kinds = KINDS.into();
    }
    let mut found = Pairs::new();
    for article in &survey.articles {
        let entry_of = |entity: &crate::entity::Entity| {
            let at = survey.index.find(entity.kind, &entity.name)?;
            let entry = survey.index.entries.get(at)?;
            wanted.admits(entry.kind, entry.mentions).then_some(at)
        };
        pairs(&article.names, entry_of, &mut found);
    }
    let graph = Graph::of(&survey.index.entries, &wanted, &found);
    let text = match options.format {
        Format::Dot => graph.dot(),
        Format::Json => record::json(&graph)?,
    };
    output.text(&text)?;
    Ok(survey.outcome)
}

impl<'a> Graph<'a> {
    /// The wanted entries, counted from 0, and their edges, the heaviest first.
    fn of(entries: &'a [Entry], wanted: &Wanted, pairs: &Pairs) -> Self {
        let shown = entries.iter().enumerate();
        let shown: Vec<(usize, &Entry)> = shown
            .filter(|(_, entry)| wanted.admits(entry.kind, entry.mentions))
            .collect();
        let ids: BTreeMap<usize, usize> =
            (0..).zip(&shown).map(|(id, &(at, _))| (at, id)).collect();
        let nodes = (0..).zip(&shown).map(|(id, (_, entry))| Node {
            id,
            kind: entry.kind,
            name: &entry.name,
            mentions: entry.mentions,
            articles: entry.places.len(),
        });
        let mut edges: Vec<Edge> = pairs
            .iter()
            .filter_map(|((one, other), &paragraphs)| {
                Some(Edge {
                    source: *ids.get(one)?,
                    target: *ids.get(other)?,
                    paragraphs,
                })
            })
            .collect();
        edges.sort_by_key(|edge| (std::cmp::Reverse(edge.paragraphs), edge.source, edge.target));
        Self {
            nodes: nodes.collect(),
            edges,
        }
    }

    fn dot(&self) -> String {
        let mut lines = vec!["graph names {".to_owned()];
        for node in &self.nodes {
            let (id, kind, name) = (node.id, node.kind, quoted(node.name));
            let mentions = node.mentions;
            lines.push(format!(
                "  n{id} [label={name}, class=\"{kind}\", mentions={mentions}];"
            ));
        }
        for edge in &self.edges {
            let (source, target, weight) = (edge.source, edge.target, edge.paragraphs);
            lines.push(format!("  n{source} -- n{target} [weight={weight}];"));
        }
        lines.push("}\n".to_owned());
        lines.join("\n")
    }
}

/// A string of DOT: a quotation mark needs a backslash, and a backslash would begin an escape of a label.
fn quoted(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = sanitise(&name).trim().replace('\\', "\\\\");
    format!("\"{}\"", name.replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, kind: Kind, mentions: usize) -> Entry {
        Entry {
            kind,
            name: name.to_owned(),
            forms: vec![],
            mentions,
            places: vec![(0, mentions)],
        }
    }

    #[test]
    fn leaves_out_what_is_not_wanted_and_numbers_the_rest() {
        let entries = [
            entry("موسكو", Kind::Place, 3),
            entry("2022", Kind::Date, 3),
            entry("صحيفة \"س\"\n\u{202e}", Kind::Organization, 2),
            entry("كييف", Kind::Place, 1),
        ];
        let wanted = Wanted {
            kinds: KINDS.into(),
            min_count: 2,
        };
        let pairs = Pairs::from([((0, 1), 9), ((0, 2), 4), ((2, 3), 1)]);
        let dot = Graph::of(&entries, &wanted, &pairs).dot();
        let expected = "graph names {\n  n0 [label=\"موسكو\", class=\"place\", mentions=3];\n  n1 [label=\"صحيفة \\\"س\\\"\", class=\"organization\", mentions=2];\n  n0 -- n1 [weight=4];\n}\n";
        assert_eq!(dot, expected);
    }
}
