//! The pages of Vươn: rendered on the server, Vietnamese first, usable without scripts.
//! Translates requests to use cases and results to pages; decides nothing. Start with [`pages`] and [`language`].

pub mod assets;
pub mod language;
pub mod pages;
