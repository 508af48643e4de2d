//! A paragraph and a width become lines of cells, and the map between bytes and cells both ways.
