//! Which values of law the province still has to vouch for, and its score packs. Never changes a norm.
//! Start with [`standing`] and [`unconfirmed`].

mod confirm;
mod packs;

pub use confirm::{Standing, confirm, confirmed_keys, standing, unconfirmed, unconfirmed_of};
pub(crate) use packs::{PACK_SETTING, known_packs, pack_in_use};
pub use packs::{PackView, active_pack, load_pack, pack_bases, packs, sign_off, use_pack};
