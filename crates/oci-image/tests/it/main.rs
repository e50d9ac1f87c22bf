//! What holds of reading and writing images, on images made here.

mod choosing;
mod forms;
mod fuzzed;
mod hostile;
mod layers;
mod make;
mod writing;
