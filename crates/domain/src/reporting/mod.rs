//! Decisions above a commune's list: a unit's review of a year is approved, its forms are marked official.
//! Start with [`may_approve`].

/// Why a decision was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportRefusal {
    /// RPT-001
    #[error("{communes} communes of the unit have not sent their list up")]
    NotAllSent { communes: usize },
    /// RPT-005
    #[error("{communes} communes of the unit have asked for an opinion and are not recognised yet")]
    NotRecognised { communes: usize },
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
            Self::NotRecognised { .. } => "RPT-005",
            Self::NotReady { .. } => "RPT-002",
            Self::Sample => "RPT-003",
            Self::ChangedMeanwhile => "RPT-004",
        }
    }
}

/// How far the communes with households in a year's review are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reviewed {
    pub communes: usize,
    /// Their list is with the level above.
    pub sent: usize,
    /// Of those that sent it through a round: the chairman has not recognised the results yet.
    pub unrecognised: usize,
}

/// A unit's review can be approved once every commune with households in it has sent its list, and once the results of
/// every round are recognised: before that, the classes are not decided.
pub fn may_approve(reviewed: Reviewed) -> Result<(), ReportRefusal> {
    match (reviewed.communes.saturating_sub(reviewed.sent), reviewed.unrecognised) {
        (0, 0) => Ok(()),
        (0, communes) => Err(ReportRefusal::NotRecognised { communes }),
        (communes, _) => Err(ReportRefusal::NotAllSent { communes }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_approved_when_every_commune_has_sent_and_every_round_is_recognised() {
        let table = [
            // communes, sent, not recognised
            ((3, 3, 0), Ok(())),
            ((3, 2, 0), Err(ReportRefusal::NotAllSent { communes: 1 })),
            ((3, 0, 0), Err(ReportRefusal::NotAllSent { communes: 3 })),
            ((3, 3, 2), Err(ReportRefusal::NotRecognised { communes: 2 })),
            ((3, 2, 1), Err(ReportRefusal::NotAllSent { communes: 1 })),
            ((0, 0, 0), Ok(())),
        ];
        for ((communes, sent, unrecognised), expected) in table {
            assert_eq!(may_approve(Reviewed { communes, sent, unrecognised }), expected, "{communes} {sent}");
        }
    }
}
