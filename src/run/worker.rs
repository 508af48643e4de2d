//! A thread that works off orders, one after another. It begins with the first of them: what nobody asks for costs nothing, and
//! a start is not kept waiting by threads that have nothing to do yet.

use std::cell::Cell;
use std::fmt;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// The thread, from outside; it ends when this is dropped and all is worked off.
pub struct Worker<T> {
    orders: Sender<T>,
    /// The work, until it has begun.
    idle: Cell<Option<Box<dyn FnOnce() + Send>>>,
}

impl<T: Send + 'static> Worker<T> {
    /// A thread that will do this.
    pub fn new(work: impl FnOnce(Receiver<T>) + Send + 'static) -> Self {
        let (orders, waiting) = channel();
        Self {
            orders,
            idle: Cell::new(Some(Box::new(move || work(waiting)))),
        }
    }

    /// Orders something.
    pub fn order(&self, order: T) {
        if let Some(work) = self.idle.take() {
            thread::spawn(work);
        }
        // The thread ends with this sender only.
        let _ = self.orders.send(order);
    }
}

impl<T> fmt::Debug for Worker<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Worker").finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ordered_is_done_in_order_and_nothing_begins_before() {
        let (told, heard) = channel();
        let worker = Worker::new(move |orders: Receiver<u8>| {
            told.send(0).unwrap();
            for order in orders {
                told.send(order).unwrap();
            }
        });
        assert!(heard.try_recv().is_err());
        worker.order(7);
        worker.order(9);
        drop(worker);
        assert_eq!(heard.iter().collect::<Vec<_>>(), [0, 7, 9]);
    }
}
