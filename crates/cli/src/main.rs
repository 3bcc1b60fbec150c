//! `vuon`, the one binary: serves the pages, runs a review on a file, checks the norms, keeps backups.
//! Only puts rooms together; decides nothing. Start with [`Command`].

mod audit_command;
mod classify;
mod help;
mod machine;
mod measure;
mod norms_command;
mod paper_command;
mod plan_command;
mod replay;
mod review_run;
mod said;
mod serve;
mod snapshot;
mod store_command;
mod target_command;
mod units_command;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

/// A province's list is some millions of small texts, which the system's allocator makes dear.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Vươn: chương trình giảm nghèo của một tỉnh (the poverty-reduction programme of a province).
#[derive(Debug, Parser)]
#[command(name = "vuon", version, about)]
struct Arguments {
    /// Thư mục quy định dùng thay cho quy định kèm sẵn (a folder of norms instead of the built-in ones)
    #[arg(long, global = true, env = "VUON_NORMS")]
    norms: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Khởi động chương trình, in địa chỉ để mở (starts the program and prints the address to open)
    Serve(serve::ServeArguments),
    /// Rà soát hằng năm trên dòng lệnh (the yearly review)
    #[command(subcommand)]
    Review(ReviewCommand),
    /// Quy định dưới dạng dữ liệu (the law as data)
    #[command(subcommand)]
    Norms(norms_command::NormsCommand),
    /// Bản chốt: số liệu mà các quyết định dựa vào (the facts that decisions were made on, frozen)
    #[command(subcommand)]
    Snapshot(snapshot::SnapshotCommand),
    /// Tính lại một bản chốt; kết thúc 0 khi đúng từng số, 3 khi khác (runs the rules over a snapshot again; 3 when
    /// not the same)
    Replay(replay::ReplayArguments),
    /// Đơn vị hành chính qua thời gian (administrative units through time)
    #[command(subcommand)]
    Units(units_command::UnitsCommand),
    /// Chấm điểm và phân loại mọi hộ của một tệp (scores and classifies every household of a survey file)
    Classify(classify::ClassifyArguments),
    /// Thước đo nghèo đa chiều của tệp rà soát hay điều tra mẫu (poverty measures of a survey or of a sample)
    Measure(measure::MeasureArguments),
    /// Nhật ký ai làm gì (the trail of who did what)
    #[command(subcommand)]
    Audit(audit_command::AuditCommand),
    /// Kế hoạch của tỉnh, từng mục (the province's plan, clause by clause)
    #[command(subcommand)]
    Plan(plan_command::PlanCommand),
    /// Văn bản: PDF, Word hoặc trang in (official papers as PDF, Word or print page)
    #[command(subcommand)]
    Paper(paper_command::PaperCommand),
    /// Chỉ tiêu của kế hoạch (the plan's targets)
    #[command(subcommand)]
    Target(target_command::TargetCommand),
    /// Sao lưu, chương trình vẫn chạy (copies the embedded store into one file)
    Backup(store_command::BackupArguments),
    /// Phục hồi vào thư mục trống (puts a backup into an empty data folder)
    Restore(store_command::RestoreArguments),
    /// Dữ liệu mẫu, để thử và để đo (invented data)
    #[command(subcommand, hide = true)]
    Sample(store_command::SampleCommand),
}

#[derive(Debug, Subcommand)]
enum ReviewCommand {
    /// Đọc danh sách, phân loại, ghi biểu, danh sách, dòng để riêng và tóm tắt (reads a list, classifies, writes the
    /// papers)
    Run(review_run::RunArguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter =
        tracing_subscriber::EnvFilter::try_from_env("VUON_LOG").unwrap_or_else(|_| "warn,sqlx::query=error".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let asked = help::in_vietnamese(Arguments::command()).try_get_matches();
    let arguments = match asked.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(usage) => return say_usage(&usage),
    };
    let norms = arguments.norms.as_deref();
    let done = match arguments.command {
        Command::Serve(serve) => serve::run(serve, norms).await,
        Command::Review(ReviewCommand::Run(run)) => review_run::run(run, norms).await,
        Command::Norms(command) => norms_command::run(&command, norms),
        Command::Snapshot(command) => snapshot::run(&command, norms).await,
        Command::Replay(arguments) => replay::run(&arguments, norms),
        Command::Units(command) => units_command::run(command, norms).await,
        Command::Classify(classify) => Ok(classify::run(&classify)),
        Command::Measure(measure) => measure::run(&measure, norms),
        Command::Audit(command) => audit_command::run(command).await,
        Command::Plan(command) => plan_command::run(command, norms).await,
        Command::Paper(command) => paper_command::run(command, norms),
        Command::Target(command) => target_command::run(command, norms).await,
        Command::Backup(backup) => store_command::backup(backup).await,
        Command::Restore(restore) => store_command::restore(restore).await,
        Command::Sample(sample) => store_command::sample(sample, norms).await,
    };
    done.unwrap_or_else(|error| {
        // What the person handed in cannot be used: the sentence says what to do, and nothing of ours is broken.
        if let Some(unusable) = error.downcast_ref::<said::Unusable>() {
            eprintln!("{unusable}");
            return ExitCode::from(UNUSABLE);
        }
        eprintln!("lỗi (error): {error:#}");
        eprintln!("{}", said::advice(&error));
        ExitCode::FAILURE
    })
}

/// A file, folder or word that cannot be used, as `review run` ends too.
const UNUSABLE: u8 = 2;

/// A command that was typed wrongly (`EX_USAGE` of sysexits): no other code of this program means that.
const USAGE: u8 = 64;

/// Help and version go out as asked for; anything else is a command typed wrongly.
fn say_usage(usage: &clap::Error) -> ExitCode {
    if !usage.use_stderr() {
        return if usage.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    eprintln!("{}", help::typed_wrongly(usage));
    let _ = usage.print();
    ExitCode::from(USAGE)
}
