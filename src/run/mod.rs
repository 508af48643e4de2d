//! The reader at work: what comes from the system and goes to it, around the pure rooms.

pub mod jobs;
pub mod reader;
pub mod signals;
