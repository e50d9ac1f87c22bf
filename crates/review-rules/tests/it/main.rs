//! What a review looks at and says, on real git and on data.

mod change;
mod generated;
mod history;
mod repo;
