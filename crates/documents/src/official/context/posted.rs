//! The village's part of a round: the minutes of its meeting and the list that is posted.

use kernel::{Day, Points};
use serde::{Deserialize, Serialize};

use super::{Head, Person, Signer, Standing};

/// One household as lists print it: nothing that need not be public, so no identity number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedHousehold {
    pub head_name: String,
    /// `Nam` or `Nữ`.
    #[serde(default)]
    pub sex: Option<String>,
    #[serde(default)]
    pub birth_year: Option<i16>,
    /// Village or address.
    #[serde(default)]
    pub address: Option<String>,
    pub persons: u32,
    /// Tenths of a point.
    #[serde(default)]
    pub b1: Option<Points>,
    #[serde(default)]
    pub b2: Option<Points>,
    #[serde(default)]
    pub note: Option<String>,
}

/// Households of one result: `HỘ NGHÈO`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListGroup {
    pub title: String,
    pub households: Vec<ListedHousehold>,
}

/// The list that hangs at the commune office and in the village house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostedList {
    pub standing: Standing,
    pub head: Head,
    pub year: i16,
    /// `Thôn Tân Hội`; without it the list is the commune's.
    #[serde(default)]
    pub village: Option<String>,
    /// `xã Hương Trạch`.
    pub commune: String,
    pub bases: Vec<String>,
    pub groups: Vec<ListGroup>,
    pub posted_at: Vec<String>,
    pub first_day: Day,
    pub last_day: Day,
    /// `7 ngày làm việc`: within which a complaint is rechecked.
    #[serde(default)]
    pub recheck_within: Option<String>,
    /// `Ủy ban nhân dân xã Hương Trạch`.
    pub complaints_to: String,
    pub signer: Signer,
    pub recipients: Vec<String>,
}

/// How many of a kind came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// `Đại diện hộ gia đình được rà soát`.
    pub who: String,
    #[serde(default)]
    pub count: Option<u32>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    pub present: u32,
    pub agreed: u32,
    pub disagreed: u32,
    pub abstained: u32,
    /// `72,5 %`.
    pub agreed_share: String,
    /// `từ 50 % số người tham dự trở lên`.
    pub needed: String,
    pub passed: bool,
}

/// What somebody said, with what was answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    pub who: String,
    pub words: String,
    #[serde(default)]
    pub answer: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinutesSigner {
    /// `Chủ trì cuộc họp`.
    pub capacity: String,
    #[serde(default)]
    pub name: Option<String>,
}

/// The minutes of a village meeting. Without a vote it prints blank, to be filled by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingMinutes {
    pub standing: Standing,
    pub head: Head,
    pub year: i16,
    pub village: String,
    pub commune: String,
    pub bases: Vec<String>,
    /// `8 giờ 00`.
    #[serde(default)]
    pub opened_at: Option<String>,
    #[serde(default)]
    pub closed_at: Option<String>,
    #[serde(default)]
    pub held_on: Option<Day>,
    #[serde(default)]
    pub held_at: Option<String>,
    #[serde(default)]
    pub chair: Option<Person>,
    #[serde(default)]
    pub secretary: Option<Person>,
    /// Who watches over the meeting: the commune's Fatherland Front.
    #[serde(default)]
    pub supervisor: Option<Person>,
    pub attendance: Vec<Attendance>,
    #[serde(default)]
    pub remarks: Vec<Remark>,
    #[serde(default)]
    pub vote: Option<Vote>,
    pub groups: Vec<ListGroup>,
    /// How many copies are drawn up, and who keeps them.
    pub copies: u8,
    pub kept_by: Vec<String>,
    /// Who signs, in the order of the norm; without a name the line is free.
    pub signers: Vec<MinutesSigner>,
}
