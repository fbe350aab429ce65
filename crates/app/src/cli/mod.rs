//! The command line: every command on one page, one file per command beside this one.
//!
//! `--json` prints exactly one JSON document on standard output; text for people otherwise; logs and progress go to
//! standard error. Exit status: 0 done, 1 refused or failed, 2 wrong usage.

mod account;
mod approve;
mod awards;
mod backup;
mod bench;
mod bench_check;
mod bench_evaluate;
mod bench_formulas;
mod bench_hall;
mod bench_letters;
mod bench_pages;
mod bench_paper;
mod bench_report;
mod bench_submit;
mod check_document;
mod conference;
mod demo;
mod doctor;
mod document;
mod evaluate;
pub mod formula;
mod gaps;
mod help;
mod indicators;
mod migrate;
mod output;
mod packs;
mod return_;
mod serve;
mod submit;
mod template;
mod units;
mod usage;
mod work;

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{Args, FromArgMatches, Parser, Subcommand};

use crate::{
    office::Office,
    platform::{Language, Result, Settings},
};

pub use output::Output;

/// Điều hành năm học của một cơ quan giáo dục: số liệu, báo cáo, hội nghị tổng kết.
#[derive(Debug, Parser)]
#[command(name = "tongket", version)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
pub struct Globals {
    /// Thư mục dữ liệu của cơ quan
    #[arg(long, global = true, env = "TONGKET_DATA", default_value = "./tongket-data", value_name = "DIR")]
    pub data: PathBuf,
    /// Cơ sở dữ liệu PostgreSQL thay cho tệp SQLite (postgres://…)
    #[arg(long, global = true, env = "TONGKET_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// In đúng một văn bản JSON ra đầu ra chuẩn
    #[arg(long, global = true)]
    pub json: bool,
    /// Ngôn ngữ của lời hướng dẫn và của kết quả kiểm tra thể thức
    #[arg(long, global = true, default_value = "vi", value_parser = ["vi", "en"])]
    pub lang: String,
}

impl Globals {
    /// Opens the office that the options name.
    pub async fn open(&self) -> Result<Office> {
        self.open_with(Settings::from_environment()).await
    }

    /// In which language results and refusals come.
    fn language(&self) -> Language {
        Language::parse(&self.lang).unwrap_or_default()
    }

    async fn open_with(&self, settings: Settings) -> Result<Office> {
        Office::open_with(&self.data, self.database.as_deref(), settings).await
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Tạo một cơ quan minh hoạ bằng chính các bước của người dùng, rồi mở trang web
    Demo(demo::Arguments),
    /// Tạo hoặc nâng cấp lược đồ cơ sở dữ liệu
    Migrate,
    /// Mở trang web của cơ quan
    Serve(serve::Arguments),
    /// Làm việc nền (nhận tệp lớn, gửi thư, dọn dẹp) trong một tiến trình riêng
    Work,
    /// Tài khoản đăng nhập
    #[command(subcommand)]
    Account(account::Verb),
    /// Tự kiểm tra, nêu phần hỏng và cách sửa
    Doctor,
    /// Sao lưu nhất quán cơ sở dữ liệu và tệp, ngay cả khi đang phục vụ
    Backup(backup::Arguments),
    /// Phục hồi một bản sao lưu vào thư mục dữ liệu trống
    Restore(backup::Arguments),
    /// Danh mục đơn vị: nạp, xem, lập, đổi tên, chuyển, sáp nhập, chia tách, giải thể
    #[command(subcommand)]
    Units(units::Units),
    /// Gói dữ liệu riêng của cơ quan: chỉ tiêu, biểu mẫu, chỉ số, quy tắc kiểm tra
    #[command(subcommand)]
    Packs(packs::Packs),
    /// Biểu mẫu .xlsx mà một đơn vị điền cho một kỳ
    Template(template::Template),
    /// Nhận biểu mẫu đã điền: tệp, thư mục, tệp nén; nêu mọi vấn đề cùng lúc
    Submit(submit::Submit),
    /// Duyệt một biểu, như cán bộ phụ trách
    Approve(approve::Approve),
    /// Trả lại một biểu kèm lý do, như cán bộ phụ trách
    Return(return_::Return),
    /// Chỉ số của một đơn vị trong một năm học, kèm lý do khi không có giá trị
    Indicators(indicators::Indicators),
    /// Chấm điểm, xếp loại, xếp hạng theo một bộ tiêu chí, kèm cách tính từng điểm
    Evaluate(evaluate::Evaluate),
    /// Khoảng cách giữa các trường của một chỉ số qua các năm học
    Gaps(gaps::Gaps),
    /// Khen thưởng: đối chiếu hồ sơ với luật, từng điều kiện một
    #[command(subcommand)]
    Awards(awards::Verb),
    /// Viết văn bản hành chính ra tệp Word, PDF
    Document(document::Arguments),
    /// Kiểm tra thể thức một văn bản .docx hoặc .pdf theo Nghị định 30/2020/NĐ-CP
    CheckDocument(check_document::Arguments),
    /// Hội nghị: danh sách, hồ sơ, xuất lưu trữ
    #[command(subcommand)]
    Conference(conference::Verb),
    /// Ngôn ngữ công thức
    #[command(subcommand)]
    Formula(FormulaVerb),
    /// Đo tốc độ trên dữ liệu giả định, lặp lại được
    Bench(bench::Bench),
}

async fn run(globals: &Globals, command: Command) -> Result<Output> {
    match command {
        Command::Demo(arguments) => demo::run(globals, &arguments).await,
        Command::Migrate => migrate::run(globals).await,
        Command::Serve(arguments) => serve::run(globals, &arguments).await,
        Command::Work => work::run(globals).await,
        Command::Account(verb) => account::run(globals, &verb).await,
        Command::Doctor => doctor::run(globals).await,
        Command::Backup(arguments) => backup::backup(globals, &arguments).await,
        Command::Restore(arguments) => backup::restore(globals, &arguments).await,
        Command::Units(units) => units::run(globals, &units).await,
        Command::Packs(packs) => packs::run(globals, &packs),
        Command::Template(template) => template::run(globals, &template).await,
        Command::Submit(submit) => submit::run(globals, &submit).await,
        Command::Approve(approve) => approve::run(globals, &approve).await,
        Command::Return(arguments) => return_::run(globals, &arguments).await,
        Command::Indicators(asked) => indicators::run(globals, &asked).await,
        Command::Evaluate(asked) => evaluate::run(globals, &asked).await,
        Command::Gaps(asked) => gaps::run(globals, &asked).await,
        Command::Awards(verb) => awards::run(globals, &verb).await,
        Command::Document(arguments) => document::run(globals, &arguments).await,
        Command::CheckDocument(arguments) => check_document::run(globals, &arguments),
        Command::Conference(verb) => conference::run(globals, &verb).await,
        Command::Formula(FormulaVerb::Eval) => formula_eval(),
        Command::Bench(bench) => bench::run(globals, &bench).await,
    }
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum FormulaVerb {
    /// Tính công thức: mỗi dòng JSON vào cho một dòng JSON ra
    Eval,
}

/// Its lines are its output, so nothing is printed after them.
fn formula_eval() -> Result<Output> {
    formula::run(std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(Output::silent())
}

/// Runs the command line and tells the exit status.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = help::command(&arguments).try_get_matches_from(&arguments).and_then(|m| Cli::from_arg_matches(&m));
    let cli = match cli {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    start_log();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return output::fail(&cli.globals, &error.into()),
    };
    match runtime.block_on(run(&cli.globals, cli.command)) {
        Ok(output) => output.print(&cli.globals),
        Err(error) => output::fail(&cli.globals, &error),
    }
}

fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("TONGKET_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,usvg=error"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
