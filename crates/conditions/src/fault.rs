//! Why a condition was not taken: what is wrong and at which sign of the text.

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionFault {
    #[error("position {at}: {message}")]
    Unreadable { at: usize, message: String },
    #[error("position {at}: there is no field {field}")]
    UnknownField { at: usize, field: String },
    #[error("position {at}: {field} has no answer {choice}")]
    UnknownChoice { at: usize, field: String, choice: String },
    #[error("position {at}: {field} cannot be used so")]
    WrongKind { at: usize, field: String },
    /// Good CEL, but outside the subset that can also be asked of columns.
    #[error("position {at}: {what} is not taken in a condition")]
    NotTaken { at: usize, what: String },
}

impl ConditionFault {
    /// What is wrong, in Vietnamese and in English.
    pub fn says(&self) -> (String, String) {
        match self {
            Self::Unreadable { at, message } => (
                format!("Vị trí {at}: không đọc được ({message})."),
                format!("Position {at}: cannot be read ({message})."),
            ),
            Self::UnknownField { at, field } => (
                format!("Vị trí {at}: không có trường \"{field}\"."),
                format!("Position {at}: there is no field \"{field}\"."),
            ),
            Self::UnknownChoice { at, field, choice } => (
                format!("Vị trí {at}: \"{field}\" không có câu trả lời \"{choice}\"."),
                format!("Position {at}: \"{field}\" has no answer \"{choice}\"."),
            ),
            Self::WrongKind { at, field } => (
                format!("Vị trí {at}: không dùng \"{field}\" theo cách này được."),
                format!("Position {at}: \"{field}\" cannot be used in this way."),
            ),
            Self::NotTaken { at, what } => (
                format!("Vị trí {at}: điều kiện không nhận \"{what}\"; chỉ dùng &&, ||, !, so sánh và in."),
                format!("Position {at}: \"{what}\" is not taken; use &&, ||, !, comparisons and in."),
            ),
        }
    }
}
