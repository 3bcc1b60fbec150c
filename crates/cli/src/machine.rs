//! The machine's clock and ids, and the loading of norms: what the rest of the house takes as parameters.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use kernel::{Clock, Day, Ids};
use norms::Norms;

use crate::said::both;

/// Việt Nam keeps one offset the whole year and has since 1975.
const VIETNAM_HOURS: i8 = 7;

/// The time of this machine, the day in Việt Nam.
#[derive(Debug)]
pub struct MachineClock;

impl Clock for MachineClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    fn now_ms(&self) -> i64 {
        jiff::Timestamp::now().as_millisecond()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    fn today(&self) -> Day {
        let now = jiff::Timestamp::now();
        Day::from(jiff::tz::offset(VIETNAM_HOURS).to_datetime(now).date())
    }
}

/// Time-ordered ids.
#[derive(Debug)]
pub struct MachineIds;

impl Ids for MachineIds {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    fn next(&self) -> uuid::Uuid {
        uuid::Uuid::now_v7()
    }
}

/// The built-in norms, or those of a folder.
pub fn load_norms(folder: Option<&Path>) -> Result<Arc<Norms>> {
    let loaded = match folder {
        Some(folder) => Norms::from_dir(folder),
        None => Norms::embedded(),
    };
    match loaded {
        Ok(norms) => Ok(Arc::new(norms)),
        Err(faults) => {
            for fault in &faults {
                eprintln!("{fault}");
            }
            bail!(both(
                format!("quy định có {} lỗi; sửa rồi chạy `vuon norms check`", faults.len()),
                format!("{} fault(s) in the norms; mend them, then run `vuon norms check`", faults.len()),
            ))
        }
    }
}

/// Makes a folder when it is not there.
pub fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| {
        let folder = folder.display();
        both(format!("khi tạo thư mục {folder}"), format!("making the folder {folder}"))
    })
}
