//! Panels without a window.
