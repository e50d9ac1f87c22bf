//! `bench`: what our commands cost as whole processes.
pub(crate) fn main(_: &[&str]) -> crate::sh::Result {
    Ok(())
}
