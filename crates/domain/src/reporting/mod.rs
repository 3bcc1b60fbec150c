//! Decisions above a commune's list: a unit's review of a year is approved, its forms are marked official.
//! Start with [`may_approve`].

/// Why a decision was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportRefusal {
    /// RPT-001
    #[error("{communes} communes of the unit have not sent their list up")]
    NotAllSent { communes: usize },
    /// RPT-002
    #[error("form {form} has gaps, failed checks or values nobody confirmed")]
    NotReady { form: String },
    /// RPT-003
    #[error("the register is a sample; nothing made from it is official")]
    Sample,
    /// RPT-004
    #[error("somebody changed the unit's data while it was being frozen")]
    ChangedMeanwhile,
}

impl ReportRefusal {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAllSent { .. } => "RPT-001",
            Self::NotReady { .. } => "RPT-002",
            Self::Sample => "RPT-003",
            Self::ChangedMeanwhile => "RPT-004",
        }
    }
}

/// A unit's review can be approved once every commune with households in it has sent its list.
pub fn may_approve(communes: usize, sent: usize) -> Result<(), ReportRefusal> {
    match communes.saturating_sub(sent) {
        0 => Ok(()),
        open => Err(ReportRefusal::NotAllSent { communes: open }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_approved_when_every_commune_has_sent() {
        let table = [
            // communes, sent, how many are missing
            (3, 3, None),
            (3, 2, Some(1)),
            (3, 0, Some(3)),
            (0, 0, None),
        ];
        for (communes, sent, missing) in table {
            let expected = missing.map_or(Ok(()), |communes| Err(ReportRefusal::NotAllSent { communes }));
            assert_eq!(may_approve(communes, sent), expected, "{communes} {sent}");
        }
    }
}
