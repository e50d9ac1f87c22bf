//! Rules on Dockerfiles, and what an image weighs.

mod dockerfile;
mod dockerignore;
mod image;
mod template;
