//! The reader at work: what comes from the system and goes to it, around the pure rooms.

pub mod signals;
