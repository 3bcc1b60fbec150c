//! Signing in, users, the trail.

mod password;
mod sign_in;
mod trail;
mod user;
mod users;
mod year;

pub use password::OwnPassword;
pub use sign_in::SignIn;
pub use trail::Trail;
pub use user::UserPage;
pub use users::{UserRow, Users};
pub use year::WorkYear;

use super::Sample;
use super::form::Form;
use super::frame::{Frame, Section};
use super::parts::{Choice, Link, Pager, TrailRow, Verdict};
use crate::language::Lang;

pub fn samples(l: Lang) -> Vec<Sample> {
    let frame = || Frame::sample(l, Section::Admin);
    let form = Form::new([("login", "lan.huongtrach")]).with_fault("login", "field-login-wrong");
    vec![
        Sample::new(
            "access/sign-in",
            SignIn { l, frame: Frame::outside(l), form, next: "/registry/households".into() },
        ),
        Sample::new("access/users", Users { l, frame: frame(), rows: user_rows(l) }),
        Sample::new("access/password", OwnPassword { l, frame: frame(), form: old_password_wrong() }),
        Sample::new("access/year", year(l, String::new())),
        Sample::new("access/year-gap", year(l, "Chuẩn hộ nghèo năm 2027: chưa có ngưỡng.".into())),
        Sample::new("access/user-new", user(l, None)),
        Sample::new("access/user", user(l, Some("0191".into()))),
        Sample::new("access/trail", trail(l, sample_trail(), (Verdict::Open, l.t("trail-shown-fit")))),
        Sample::new(
            "access/trail-broken",
            trail(l, Vec::new(), (Verdict::Bad, l.t1("trail-broken-text", "entry", "0192-77"))),
        ),
    ]
}

fn user_rows(l: Lang) -> Vec<UserRow> {
    let row = |login: &str, name: &str, role: &str, unit: &str, is_active| UserRow {
        href: format!("/access/users/{login}"),
        login: login.into(),
        name: name.into(),
        role: l.t(role),
        unit: unit.into(),
        is_active,
    };
    vec![
        row("lan.huongtrach", "Nguyễn Thị Lan", "role-commune_officer", "Xã Hương Trạch, Huyện Hương Khê", true),
        row("que.huongkhe", "Trần Đình Quế", "role-district_officer", "Huyện Hương Khê", false),
    ]
}

fn old_password_wrong() -> Form {
    Form::default().with_fault("old_password", "field-password-wrong")
}

fn year(l: Lang, gap: String) -> WorkYear {
    let years = ["2023", "2022"].map(|year| Choice::new(year, year)).to_vec();
    let frame = Frame { manages_users: true, ..Frame::sample(l, Section::Admin) };
    WorkYear { l, frame, form: Form::new([("year", "2023")]), years, gap }
}

fn user(l: Lang, id: Option<String>) -> UserPage {
    let choices = |ids: [&str; 2]| ids.map(|id| Choice::new(id, l.t(&format!("role-{id}")))).to_vec();
    UserPage {
        l,
        frame: Frame::sample(l, Section::Admin),
        form: Form::new([("name", "Nguyễn Thị Lan"), ("role", "commune_officer"), ("active", "yes")]),
        id,
        roles: choices(["commune_officer", "district_officer"]),
        units: vec![Choice::new("commune:18073", "Xã Hương Trạch, Huyện Hương Khê")],
    }
}

fn trail(l: Lang, rows: Vec<TrailRow>, (verdict, words): (Verdict, String)) -> Trail {
    let pager = Pager { from: "1".into(), to: "2".into(), total: "2".into(), ..Pager::default() };
    Trail { l, frame: Frame::sample(l, Section::Admin), rows, pager, verdict, words }
}

/// Two entries as any trail shows them.
pub(crate) fn sample_trail() -> Vec<TrailRow> {
    vec![
        TrailRow {
            at: "23/11/2026 14:05".into(),
            who: "Nguyễn Thị Lan".into(),
            what: "Sửa thành viên".into(),
            detail: "Ngày sinh: 1985 → 02/09/1985".into(),
            subject: Some(Link::new("Nguyễn Thị Hường", "/registry/households/0191")),
        },
        TrailRow {
            at: "22/11/2026 09:12".into(),
            who: "Nguyễn Thị Lan".into(),
            what: "Nhập danh sách".into(),
            detail: "thêm 12, sửa 30, không đổi 900".into(),
            subject: None,
        },
    ]
}
