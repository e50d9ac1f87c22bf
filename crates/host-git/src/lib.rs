//! Runs the user's git without ever executing configuration that a repository or an agent planted.
