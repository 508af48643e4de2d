//! qari reads Arabic articles in a terminal: bytes → articles → names → layout → cells → terminal.
//!
//! Each module is a room of the house that `ARCHITECTURE.md` draws; a room uses only the rooms above it in this list.

pub mod text;

pub mod doc;

pub mod action;

pub mod locale;

pub mod source;

pub mod entity;

pub mod library;

pub mod layout;

pub mod search;

pub mod config;

pub mod term;

pub mod app;

pub mod ui;

pub mod run;

pub mod cli;

pub mod error;
