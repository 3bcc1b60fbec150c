//! How often somebody who has not signed in may try something: so many times a minute from one address.
//! Kept in memory only; never says who it was.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use app::AppError;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

use crate::Web;

const A_MINUTE: i64 = 60_000;
const TRIES: u32 = 30;
/// More addresses than this are forgotten together: memory has an end.
const ADDRESSES: usize = 10_000;

/// Tries of the present minute by address.
#[derive(Clone, Debug, Default)]
pub struct Limit(Arc<Mutex<HashMap<IpAddr, (i64, u32)>>>);

impl Limit {
    /// Counts one try; whether it is still allowed.
    pub fn allows(&self, from: IpAddr, now_ms: i64) -> bool {
        let Ok(mut seen) = self.0.lock() else { return true };
        if seen.len() > ADDRESSES {
            seen.clear();
        }
        let (began, tries) = seen.entry(from).or_insert((now_ms, 0));
        if now_ms - *began >= A_MINUTE {
            (*began, *tries) = (now_ms, 0);
        }
        *tries += 1;
        *tries <= TRIES
    }
}

/// Where a request comes from.
pub struct Peer(IpAddr);

impl Peer {
    /// Refuses when the address has tried too often.
    pub fn may_try(&self, web: &Web) -> Result<(), AppError> {
        if web.limit.allows(self.0, web.house.clock.now_ms()) {
            Ok(())
        } else {
            Err(AppError::Refused { code: "ONL-003" })
        }
    }
}

impl FromRequestParts<Web> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Self::Rejection> {
        let address = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Self(address.unwrap_or(IpAddr::from([127, 0, 0, 1]))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_tries_a_minute_are_allowed_and_each_address_counts_for_itself() {
        let limit = Limit::default();
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        assert!((0..30).all(|n| limit.allows(one, n)));
        assert!(!limit.allows(one, 31));
        assert!(limit.allows(other, 31));
        assert!(limit.allows(one, A_MINUTE));
    }
}
