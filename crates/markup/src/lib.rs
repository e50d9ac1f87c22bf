//! Escaping for every place that untrusted text reaches, and the shell of a self-contained page.
