//! `tongket conference list|show|export|record|take-article|forget`: the record of a conference, whole; one that is written
//! down afterwards, with the article that told of it; what of it is forgotten.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use domain::{Reason, Refusal};
use serde_json::json;

use super::{Globals, Output};
use crate::{
    conference::{
        live,
        operations::{
            archive, forget,
            found::{self, Found},
            recording,
        },
        queries,
    },
    office::Office,
    platform::{Context, Error, Language, Result},
};

/// What is asked of the conferences.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Các hội nghị của cơ quan
    List,
    /// Hồ sơ một hội nghị
    Show {
        /// Mã hội nghị
        id: i64,
    },
    /// Xuất toàn bộ hồ sơ thành một tệp mở được không cần chương trình này
    Export {
        /// Mã hội nghị
        id: i64,
        /// Tệp .zip sẽ ghi
        #[arg(long, value_name = "FILE.zip")]
        out: PathBuf,
    },
    /// Ghi một hội nghị đã họp mà không điều hành tại đây
    Record {
        /// Mã hội nghị
        id: i64,
        /// Ghi lại từ đâu (tin bài, biên bản giấy …)
        #[arg(long, value_name = "TEXT")]
        basis: String,
    },
    /// Lấy lại tin bài đã đăng ở nơi khác về hội nghị của nó
    TakeArticle {
        /// Tệp văn bản chép nguyên văn bài
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Bài lấy từ đâu (tên trang, tờ báo)
        #[arg(long, value_name = "TEXT")]
        from: String,
        /// Mã hội nghị; để trống: hội nghị có tên và ngày nêu trong bài
        #[arg(long, value_name = "ID")]
        conference: Option<i64>,
        /// Đăng ngay lên trang tin
        #[arg(long)]
        publish: bool,
        /// Chỉ đọc và báo, không ghi
        #[arg(long)]
        dry_run: bool,
    },
    /// Xóa thông tin cá nhân của các hội nghị đã quá hạn lưu, hoặc của một hội nghị
    Forget {
        /// Mã hội nghị; để trống: mọi hội nghị đã quá hạn
        id: Option<i64>,
    },
}

/// How articles are taken over.
struct Taking<'a> {
    from: &'a str,
    conference: Option<i64>,
    publish: bool,
    dry_run: bool,
}

/// A file and the article that was read from it.
struct Read<'a> {
    file: &'a Path,
    found: Found<'a>,
}

impl<'a> Taking<'a> {
    /// Takes all of them, or none where something is against one.
    async fn all(&self, office: &Office, language: Language, files: &'a [PathBuf]) -> Result<Output> {
        let articles = self.read(office, language, files).await?;
        if !self.dry_run {
            let all: Vec<Found<'_>> = articles.iter().map(|read| read.found.clone()).collect();
            found::keep(office, &Context::command_line(), &all, self.publish).await?;
        }
        let lines: Vec<String> = articles.iter().map(Read::line).collect();
        let articles: Vec<serde_json::Value> = articles.iter().map(Read::json).collect();
        Ok(Output::new(json!({ "articles": articles, "dry_run": self.dry_run }), lines.join("\n")))
    }

    /// Reads all files before anything is kept; what is against any of them is told at once, with its file.
    async fn read(&self, office: &Office, language: Language, files: &'a [PathBuf]) -> Result<Vec<Read<'a>>> {
        let (mut articles, mut reasons) = (Vec::<Read<'a>>::new(), Vec::new());
        for file in files {
            let name = file.display().to_string();
            match self.read_one(office, language, file).await {
                Ok(read) => {
                    if let Some(other) = articles.iter().find(|other| other.found.conference == read.found.conference) {
                        let message = format!(
                            "Hội nghị {} chỉ giữ một bài lấy lại, mà {} cũng nói về hội nghị này; hãy chọn một tệp.",
                            read.found.conference,
                            other.file.display()
                        );
                        reasons.push(Reason::new("one_article", message).at(name));
                    }
                    articles.push(read);
                }
                Err(Error::Refused(refusal)) => {
                    reasons.extend(refusal.reasons.into_iter().map(|reason| reason.at(name.clone())));
                }
                Err(fault) => return Err(fault),
            }
        }
        Refusal::unless_empty(reasons)?;
        Ok(articles)
    }

    async fn read_one(&self, office: &Office, language: Language, file: &'a Path) -> Result<Read<'a>> {
        let text = std::fs::read_to_string(file).map_err(|fault| Error::not_read(file, &fault, language))?;
        let article = found::read(&text)?;
        let conference = match self.conference {
            Some(id) => id,
            None => found::conference_of(office, &article).await?,
        };
        let revision = found::may_take_over(office, conference, self.from).await?;
        Ok(Read { file, found: Found { conference, revision, article, source: self.from } })
    }
}

impl Read<'_> {
    fn line(&self) -> String {
        let Self { file, found: Found { article, conference, .. } } = self;
        let shown = if article.title.is_empty() { "(không có tên bài)" } else { article.title.as_str() };
        format!("{}: hội nghị {conference} · {shown} · {} chỗ có thể gõ sai", file.display(), article.slips.len())
    }

    fn json(&self) -> serde_json::Value {
        let Self { file, found: Found { article, conference, .. } } = self;
        let (file, category) = (file.display().to_string(), article.category());
        json!({ "file": file, "conference": conference, "category": category, "article": article })
    }
}

pub(super) async fn run(globals: &Globals, verb: &Verb) -> Result<Output> {
    let office = globals.open().await?;
    match verb {
        Verb::List => {
            let all = queries::list(&office).await?;
            let line = |one: &queries::Listed| format!("{}  {}  {}  {}", one.id, one.held_on, one.phase, one.title);
            let text = all.iter().map(line).collect::<Vec<_>>().join("\n");
            Ok(Output::new(json!({ "conferences": all }), text))
        }
        Verb::Show { id } => {
            let listed = queries::one(&office, *id).await?;
            let hall = live::hall(&office, *id).await?;
            let state = hall.state().await;
            let minutes = state.minutes();
            let course = minutes.course.into_iter().flat_map(|passage| {
                std::iter::once(passage.heading).chain(passage.lines.into_iter().map(|line| format!("  - {line}")))
            });
            let lines = std::iter::once(listed.title.clone()).chain(minutes.people).chain(course);
            let text = lines.collect::<Vec<_>>().join("\n");
            Ok(Output::new(json!({ "conference": listed, "record": *state }), text))
        }
        Verb::Export { id, out } => {
            let bytes = archive::pack(&office, &Context::command_line(), *id).await?;
            let size = bytes.len();
            std::fs::write(out, bytes)?;
            let text = format!("Đã ghi hồ sơ hội nghị {id} vào {}", out.display());
            let file = out.display().to_string();
            Ok(Output::new(json!({ "conference": id, "file": file, "bytes": size }), text))
        }
        Verb::Record { id, basis } => {
            recording::record_afterwards(&office, &Context::command_line(), *id, basis).await?;
            let listed = queries::one(&office, *id).await?;
            let text = format!("Đã ghi hội nghị {id} là đã họp ngày {}", listed.held_on);
            Ok(Output::new(json!({ "conference": listed }), text))
        }
        Verb::TakeArticle { files, from, conference, publish, dry_run } => {
            let taking = Taking { from, conference: *conference, publish: *publish, dry_run: *dry_run };
            taking.all(&office, globals.language(), files).await
        }
        Verb::Forget { id } => {
            let context = Context::command_line();
            let forgotten = match id {
                Some(id) => forget::forget(&office, &context, *id).await.map(|_| vec![*id])?,
                None => forget::forget_due(&office, &context).await?,
            };
            let text = format!("Đã xóa thông tin cá nhân của {} hội nghị", forgotten.len());
            Ok(Output::new(json!({ "forgotten": forgotten }), text))
        }
    }
}
