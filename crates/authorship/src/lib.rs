//! Tells who made a commit: a person, an agent, automation, or nobody who says so.
