//! Commands that want all of the machine: each is ended by its bound.
