//! facts to bytes
