//! Layouts that were made lately, kept so that a frame or a move lays out only what it shows for the first time.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::layout::{Layout, Options};
use crate::text::Direction;

/// Whose layout: the block and the start of its window.
pub type Key = (usize, usize);

/// Layouts that are kept; many more than a screen shows, few beside the text of a long article.
const KEPT: usize = 512;

/// The layouts of one article's windows.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    layouts: RefCell<BTreeMap<Key, (Way, Arc<Layout>)>>,
}

/// All that a layout depends on besides its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// How the text is laid out.
    pub options: Options,
    /// The side on which marks of lists stand.
    pub side: Direction,
    /// Whether the levels of the whole paragraph are known.
    pub resolved: bool,
}

impl Drawn {
    /// The layout of a window: the one that was kept, if it was made the same way, else what `make` gives.
    pub fn get(&self, key: Key, way: Way, make: impl FnOnce(&Options) -> Layout) -> Arc<Layout> {
        if let Some((made, layout)) = self.layouts.borrow().get(&key)
            && *made == way
        {
            return Arc::clone(layout);
        }
        let layout = Arc::new(make(&way.options));
        let mut layouts = self.layouts.borrow_mut();
        if layouts.len() >= KEPT {
            layouts.clear();
        }
        layouts.insert(key, (way, Arc::clone(&layout)));
        layout
    }
}

#[cfg(test)]
mod tests {
    use super::{Drawn, KEPT, Way};
    use crate::layout::{Options, lay_out};
    use crate::text::Direction::{Ltr, Rtl};

    fn way(width: usize) -> Way {
        Way {
            options: Options {
                width,
                ..Options::default()
            },
            side: Rtl,
            resolved: false,
        }
    }

    #[test]
    fn lays_out_again_only_what_is_asked_for_in_another_way() {
        let drawn = Drawn::default();
        let mut made = 0;
        let mut ask = |key, way| {
            drawn.get(key, way, |options| {
                made += 1;
                lay_out("نص", options)
            });
            made
        };
        assert_eq!(ask((0, 0), way(80)), 1);
        assert_eq!(ask((0, 0), way(80)), 1);
        assert_eq!(ask((0, 7), way(80)), 2);
        assert_eq!(ask((0, 0), way(40)), 3);
        let side = Way {
            side: Ltr,
            ..way(40)
        };
        assert_eq!(ask((0, 0), side), 4);
        let resolved = Way {
            resolved: true,
            ..way(40)
        };
        assert_eq!(ask((0, 0), resolved), 5);
    }

    #[test]
    fn keeps_no_more_than_so_many() {
        let drawn = Drawn::default();
        for block in 0..3 * KEPT {
            drawn.get((block, 0), way(80), |options| lay_out("نص", options));
            assert!(drawn.layouts.borrow().len() <= KEPT);
        }
    }
}
