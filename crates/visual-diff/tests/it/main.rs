//! Pictures and what is told of them.

mod areas;
