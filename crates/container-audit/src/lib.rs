//! What is wrong with a Dockerfile and heavy in an image, and how to mend it.

pub mod dockerfile;
pub mod dockerignore;
pub mod image;
pub mod pack;
pub mod template;
