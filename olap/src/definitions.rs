//! What is to be measured, from the same files and words as `vuon measure`.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use measures::poverty::FamilyPlan;
use measures::scoring::Pack;

#[derive(Debug, Args)]
pub struct Definitions {
    /// The score pack, the same file that `vuon measure` reads.
    #[arg(long)]
    pack: PathBuf,
    /// Columns to decompose by; `nation` is the whole.
    #[arg(long, value_delimiter = ',', default_value = "nation")]
    by: Vec<String>,
    /// Cut-offs, in parts of the weights: `1..12` or `3,4,6`. Every one from the union to the intersection when left out.
    #[arg(long)]
    k: Option<String>,
}

impl Definitions {
    pub fn read(&self) -> Result<(Pack, FamilyPlan)> {
        let pack = Pack::read(&self.pack)?;
        let plan = pack.family_at(self.k.as_deref(), self.by.clone())?;
        Ok((pack, plan))
    }
}
