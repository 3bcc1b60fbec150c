//! What the loader refuses, each with its code.

