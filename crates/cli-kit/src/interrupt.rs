//! Signals: Control-C at once by default, or as a flag that a long command looks at; size limits as errors.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Tells a long command that the user wants it to stop.
///
/// The first SIGINT or SIGTERM sets the flag; a second one ends the process at once with 130.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// An interrupt that nobody raises, for tests.
    #[must_use]
    pub fn never() -> Self {
        Self::default()
    }

    /// Whether the user asked to stop.
    #[must_use]
    pub fn raised(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// The flag itself, for code that takes a plain one.
    #[must_use]
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }

    /// Listens to SIGINT and SIGTERM from now on.
    pub(crate) fn listen() -> std::io::Result<Self> {
        use signal_hook::consts::{SIGINT, SIGTERM};
        use signal_hook::flag;
        let interrupt = Self::default();
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds the flag unset and only sets it.
            flag::register_conditional_shutdown(
                signal,
                i32::from(crate::Exit::Interrupted.code()),
                interrupt.flag(),
            )?;
            flag::register(signal, interrupt.flag())?;
        }
        Ok(interrupt)
    }
}

/// A write beyond the size limit of files is from now on an error (EFBIG) instead of a silent end.
///
/// A handler rather than "ignore": programs that we start get the default back.
pub(crate) fn outlive_size_limits() {
    // Where it cannot be set, the default stays, and the process ends as any other would.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}
