//! The kinds of papers the house makes. A kind has one context, one template and at least one sample, all of its name.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::context::{self, Standing};
use super::fault::PaperFault;

/// What one paper of a kind says: plain values, no layout.
pub trait Paper: Serialize + DeserializeOwned {
    const KIND: PaperKind;
    /// Whether it is made of invented data or of unconfirmed values.
    fn standing(&self) -> &Standing;
}

macro_rules! kinds {
    ($($name:ident $id:literal $label:literal;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum PaperKind { $($name,)* }

        /// Every kind, in the order of a round.
        pub const KINDS: &[PaperKind] = &[$(PaperKind::$name,)*];

        impl PaperKind {
            /// `posted_list`: the name of its template, its samples and its addresses.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// `Danh sách niêm yết`.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }

            pub(super) fn visit<V: Visit>(self, json: &serde_json::Value, visitor: V) -> Result<V::Out, PaperFault> {
                match self { $(Self::$name => visitor.paper(&read::<context::$name>(json)?),)* }
            }
        }

        $(impl Paper for context::$name {
            const KIND: PaperKind = PaperKind::$name;
            fn standing(&self) -> &Standing {
                &self.standing
            }
        })*
    };
}

kinds! {
    SurveySheet "survey_sheet" "Phiếu rà soát";
    MeetingMinutes "meeting_minutes" "Biên bản họp thôn";
    PostedList "posted_list" "Danh sách niêm yết";
    RecognitionDecision "recognition_decision" "Quyết định công nhận hộ nghèo, hộ cận nghèo";
    EscapeDecision "escape_decision" "Quyết định công nhận hộ thoát nghèo, hộ thoát cận nghèo";
    ChangeDecision "change_decision" "Quyết định thu hồi, đính chính";
    Certificate "certificate" "Giấy chứng nhận hộ nghèo, hộ cận nghèo";
    ReviewRequest "review_request" "Giấy đề nghị rà soát (mẫu 01)";
    EscapeRequest "escape_request" "Giấy đề nghị công nhận thoát nghèo (mẫu 04)";
    RefusalLetter "refusal_letter" "Văn bản trả lời không công nhận";
    IncomeList "income_list" "Danh sách niêm yết kết quả xác định thu nhập";
    IncomeDecision "income_decision" "Quyết định theo thu nhập";
    ReportForm "report_form" "Biểu tổng hợp 7.1–7.11";
    ResultsTable "results_table" "Bảng kết quả rà soát theo đơn vị";
    MonthlyReport "monthly_report" "Báo cáo rà soát thường xuyên hằng tháng";
    CoveringReport "covering_report" "Báo cáo kết quả rà soát";
}

/// Something done with a paper whose kind is known only when the program runs.
pub(super) trait Visit {
    type Out;
    fn paper<P: Paper>(self, paper: &P) -> Result<Self::Out, PaperFault>;
}

impl PaperKind {
    pub fn from_id(id: &str) -> Option<Self> {
        KINDS.iter().copied().find(|kind| kind.id() == id)
    }
}

fn read<P: Paper>(json: &serde_json::Value) -> Result<P, PaperFault> {
    P::deserialize(json).map_err(|error| {
        let kind = P::KIND.id();
        let vi = format!(
            "Số liệu không dùng được cho «{}»: {error}. So với mẫu: vuon paper sample {kind}.",
            P::KIND.label()
        );
        let en = format!("The data do not fit {kind}: {error}. Compare them with vuon paper sample {kind}.");
        PaperFault::new("PAP-006", vi, en)
    })
}
