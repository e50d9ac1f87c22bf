//! `package`: each package as a stranger gets it.
pub(crate) fn main(_: &[&str]) -> crate::sh::Result {
    Ok(())
}
