//! The papers of a whole round as the program hands them out: PDFs that poppler reads back, Word files that python opens
//! and that LibreOffice lays out. Where there is no office suite only that part is left out, and said so. Set VUON_SHOW to
//! a folder to keep the files and look at them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use app::review::papers::{
    PaperOf, commune_paper, covering_report, form_paper, monthly_report, request_paper, village_paper,
};
use app::review::requests::{code_of, file};
use app::review::rounds::{
    AmendInput, add_waiting, agree, amend, close_list, close_survey, end_posting, hold_meeting, open_round, post,
};
use app::review::survey::SentSurvey;
use app::{AppError, House};
use documents::official::{Format, PaperKind, Papers};
use domain::review::request::RequestKind;
use domain::review::round::{AmendmentKind, Route};
use kernel::{HouseholdId, RequestId};
use typeset::Typesetter;

use crate::rounds::{Commune, day, minutes, request, sent};

const YEARLY: (i16, Route) = (2023, Route::Yearly);

fn with_real_papers(house: &House) -> House {
    let page = house.norms.in_force::<norms::PageLayout>("documents.page", house.clock.today()).unwrap();
    let papers = Papers::load(None, page.value, Arc::new(Typesetter::new())).unwrap();
    house.clone().with_papers(papers, Path::new("/nowhere"))
}

/// A round in which one household escapes, one asks and is refused, and one is corrected afterwards.
struct Decided {
    c: Commune,
    house: House,
    asked: HouseholdId,
    request: RequestId,
}

impl Decided {
    async fn new() -> Self {
        let c = Commune::new().await;
        let house = with_real_papers(&c.world.house);
        let asked = c.world.household(&c.officer, &c.village, "Đỗ Thị Thuỷ Ượng").await;
        let filed = file(&house, &c.officer, &request(asked, RequestKind::Enter, "2023-08-20")).await.unwrap();
        open_round(&house, &c.officer, &c.scope, 2023, day("2023-09-05")).await.unwrap();
        add_waiting(&house, &c.officer, &c.at().await).await.unwrap();
        close_list(&house, &c.officer, &c.at().await, day("2023-09-10")).await.unwrap();
        c.survey_all("x").await;
        let better = SentSurvey { based_on: Some("x-2".into()), ..sent(c.households[2], "better", ("200", "0")) };
        house.surveys.take(&house, &c.head, better).await.unwrap();
        c.survey(&c.head, asked, "asked", ("200", "10")).await;
        close_survey(&house, &c.officer, &c.at().await, day("2023-10-10")).await.unwrap();
        hold_meeting(&house, &c.head, &c.at().await, day("2023-10-15"), &minutes("40", "30")).await.unwrap();
        post(&house, &c.officer, &c.at().await, day("2023-10-16")).await.unwrap();
        end_posting(&house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
        c.ask("10-23").await.unwrap();
        agree(&house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
        c.recognise("10-25").await.unwrap();
        let change = AmendInput {
            kind: AmendmentKind::Corrected,
            household: c.households[1],
            number: "95/QĐ-UBND".into(),
            signer: "Phạm Quốc Việt".into(),
            reason: "Tính nhầm điểm B2".into(),
            class: "near_poor".into(),
        };
        let at = (c.version().await, day("2023-11-20"));
        amend(&house, &c.chairman, &c.scope, YEARLY, at, &change).await.unwrap();
        Self { c, house, asked, request: filed.id }
    }

    async fn commune(&self, kind: PaperKind, of: PaperOf, format: Format) -> Result<Vec<u8>, AppError> {
        commune_paper(&self.house, &self.c.officer, &self.c.scope, YEARLY, (kind, of), format).await
    }

    async fn drawn(&self, which: &Which, format: Format) -> Result<Vec<u8>, AppError> {
        let (c, house) = (&self.c, &self.house);
        let unit = Some(&c.scope);
        match *which {
            Which::Village(kind, meeting) => {
                village_paper(house, &c.officer, c.village.id, YEARLY, (kind, meeting), format).await
            }
            Which::Decision(kind) => self.commune(kind, PaperOf::Decision(1), format).await,
            Which::Of(kind, household) => self.commune(kind, PaperOf::Household(household), format).await,
            Which::Request => request_paper(house, &c.officer, self.request, PaperKind::ReviewRequest, format).await,
            Which::Form(number) => form_paper(house, &c.officer, (unit, 2023), (number, None), format).await,
            Which::Covering => covering_report(house, &c.officer, (unit, 2023), format).await,
            Which::Monthly => monthly_report(house, &c.officer, unit, (2023, 8), format).await,
        }
    }

    /// Every paper with the words that must be read on it.
    fn expected(&self) -> Vec<(&'static str, Which, Vec<String>)> {
        use PaperKind::{
            Certificate, ChangeDecision, EscapeDecision, MeetingMinutes, PostedList, RecognitionDecision, RefusalLetter,
        };
        let [an, binh, _] = self.c.households[..] else { panic!("three households") };
        let table: [(&str, Which, &[&str]); 12] = [
            (
                "minutes",
                Which::Village(MeetingMinutes, Some(1)),
                &[
                    "Lê Thị An",
                    "Lê Thị Bình",
                    "Hộ nghèo: 2 hộ",
                    "Lê Thị Châu",
                    "Đặng Văn Thìn",
                    "Lê Văn Sáu",
                    "Trần Văn Bảy",
                    "Lê Thị Tám",
                    "75,0 %",
                    "ĐẠI DIỆN CÁC HỘ DÂN",
                ],
            ),
            (
                "posted-list",
                Which::Village(PostedList, None),
                &[
                    "Lê Thị An",
                    "Lê Thị Bình",
                    "Lê Thị Châu",
                    "Hộ thoát nghèo: 1 hộ",
                    "7 ngày làm việc",
                    "ngày 19 tháng 10 năm 2023",
                ],
            ),
            (
                "recognition",
                Which::Decision(RecognitionDecision),
                &[
                    "Số: 88/QĐ-UBND",
                    "Phạm Quốc Việt",
                    "năm 2024",
                    "Lê Thị An",
                    "Lê Thị Bình",
                    "huyện Hương Khê",
                    "ngày 25 tháng 10 năm 2023",
                ],
            ),
            ("escape", Which::Decision(EscapeDecision), &["Số: 89/QĐ-UBND", "Lê Thị Châu", "Phạm Quốc Việt"]),
            (
                "change",
                Which::Of(ChangeDecision, binh),
                &["Số: 95/QĐ-UBND", "Lê Thị Bình", "02/GCN-HN.HCN", "Tính nhầm điểm B2", "Hộ cận nghèo"],
            ),
            ("certificate-1", Which::Of(Certificate, an), &["Số: 01/GCN-HN.HCN", "Lê Thị An", "Thôn 1", "2024"]),
            ("certificate-2", Which::Of(Certificate, binh), &["Số: 02/GCN-HN.HCN", "Lê Thị Bình", "Nguyễn Thị Hoa"]),
            (
                "refusal",
                Which::Of(RefusalLetter, self.asked),
                &[
                    "Số: 01/UBND",
                    "Đỗ Thị Thuỷ Ượng",
                    "Điểm B1 của hộ là 200",
                    "điểm B1 trên 140 là hộ không nghèo",
                    "ngày 20 tháng 8 năm 2023",
                ],
            ),
            ("request", Which::Request, &["Mẫu số 01", "Đỗ Thị Thuỷ Ượng", "12/03/1975", "Nguyễn Văn Nam"]),
            ("form-7.1", Which::Form("7.1"), &["7.1", "Thôn 1", "Tổng cộng"]),
            ("covering", Which::Covering, &["Đã rà soát 4 hộ", "huyện Hương Khê", "Biểu 7.11", "15/10/2023"]),
            ("monthly", Which::Monthly, &["tháng 8 năm 2023", "đã nhận 1 giấy đề nghị"]),
        ];
        let code = |which: &Which| match which {
            Which::Of(Certificate | RefusalLetter, household) => Some(code_of(*household)),
            Which::Request => Some(code_of(self.asked)),
            _ => None,
        };
        let with_code = |(name, which, words): (&'static str, Which, &[&str])| {
            let words = words.iter().map(|words| (*words).to_owned()).chain(code(&which)).collect();
            (name, which, words)
        };
        table.into_iter().map(with_code).collect()
    }
}

#[derive(Debug, Clone, Copy)]
enum Which {
    Village(PaperKind, Option<u16>),
    Decision(PaperKind),
    Of(PaperKind, HouseholdId),
    Request,
    Form(&'static str),
    Covering,
    Monthly,
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program} is not there ({error}); run tests/tools/setup.sh"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// As the lines stand on the page, then cell by cell: words that a cell breaks stand together in one of the two.
fn printed(pdf: &str) -> String {
    run("pdftotext", &["-layout", pdf, "-"]) + &run("pdftotext", &[pdf, "-"])
}

/// Lines break where a page ends; words do not change.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn must_say(whose: &str, name: &str, text: &str, words: &[String]) {
    let text = squeezed(text);
    for words in words {
        assert!(text.contains(&squeezed(words)), "{whose} of {name}: {words} in {text}");
    }
}

/// A4 on every page, every font within the file.
fn must_print(name: &str, pdf: &str) {
    let fonts = run("pdffonts", &[pdf]);
    let embedded: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!embedded.is_empty() && embedded.iter().all(|font| font.contains(" yes yes ")), "{name}: {fonts}");
    let said = run("pdfinfo", &["-f", "1", "-l", "-1", pdf]);
    let sizes: Vec<&str> = said.lines().filter(|line| line.starts_with("Page") && line.contains("size:")).collect();
    assert!(!sizes.is_empty() && sizes.iter().all(|size| size.contains("(A4)")), "{name}: {said}");
}

#[tokio::test]
async fn the_papers_of_a_round_are_read_back_from_pdf_and_word_and_an_office_suite_lays_them_out() {
    const OPEN_WORD: &str = "import re,sys,zipfile\n\
                             text = zipfile.ZipFile(sys.argv[1]).read('word/document.xml').decode()\n\
                             print(re.sub('<[^>]+>', '', text))";
    let decided = Decided::new().await;
    let folder = tempfile::tempdir().unwrap();
    let folder = std::env::var_os("VUON_SHOW").map_or_else(|| folder.path().to_owned(), PathBuf::from);
    let file = |name: String, content: &[u8]| -> String {
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let expected = decided.expected();
    let mut of_word = Vec::new();
    for (name, which, words) in &expected {
        let pdf = decided.drawn(which, Format::Pdf).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let pdf = file(format!("{name}.pdf"), &pdf);
        must_say("PDF", name, &printed(&pdf), words);
        must_print(name, &pdf);
        let docx = file(format!("{name}.docx"), &decided.drawn(which, Format::Docx).await.unwrap());
        must_say("Word file", name, &run("python3", &["-c", OPEN_WORD, &docx]), words);
        of_word.push(docx);
    }
    if Command::new("soffice").arg("--version").output().is_err() {
        eprintln!("LEFT OUT: no office suite (soffice) is installed, so none laid the Word files out");
        return decided.c.world.done().await;
    }
    let (profile, out) = (folder.join("profile"), folder.join("laid-out"));
    let profile = format!("-env:UserInstallation=file://{}", profile.display());
    let mut arguments = vec![profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir", out.to_str().unwrap()];
    arguments.extend(of_word.iter().map(String::as_str));
    run("soffice", &arguments);
    for (name, _, words) in &expected {
        let laid_out = out.join(format!("{name}.pdf"));
        let laid_out = laid_out.to_str().unwrap();
        must_say("office suite's page", name, &printed(laid_out), words);
        must_print(name, laid_out);
    }
    decided.c.world.done().await;
}
