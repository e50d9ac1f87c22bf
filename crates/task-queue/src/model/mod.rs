//! What a task is, apart from the file that holds it.

mod completion;
mod id;
mod priority;
mod task;

pub use completion::{Check, Completion};
pub use id::TaskId;
pub use priority::Priority;
pub use task::{Estimate, Task};
