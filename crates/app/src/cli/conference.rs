//! `tongket conference list|show|export|record|take-article|forget`: the record of a conference, whole; one that is written
//! down afterwards, with the article that told of it; what of it is forgotten.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use super::{Globals, Output};
use crate::{
    conference::{
        live,
        operations::{archive, forget, found, recording},
        queries,
    },
    office::Office,
    platform::{Context, Error, Result},
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

impl Taking<'_> {
    async fn all(&self, office: &Office, files: &[PathBuf]) -> Result<Output> {
        let (mut articles, mut lines) = (Vec::new(), Vec::new());
        for file in files {
            let text = std::fs::read_to_string(file)
                .map_err(|fault| Error::refused("no_file", format!("Không đọc được {}: {fault}", file.display())))?;
            let article = found::read(&text)?;
            let id = match self.conference {
                Some(id) => id,
                None => found::conference_of(office, &article).await?,
            };
            if !self.dry_run {
                let context = Context::command_line();
                found::take_over(office, &context, id, &text, self.from).await?;
                if self.publish {
                    found::show(office, &context, id).await?;
                }
            }
            let shown = if article.title.is_empty() { "(không có tên bài)" } else { article.title.as_str() };
            lines.push(format!(
                "{}: hội nghị {id} · {shown} · {} chỗ có thể gõ sai",
                file.display(),
                article.slips.len()
            ));
            articles
                .push(json!({ "file": file, "conference": id, "category": article.category(), "article": article }));
        }
        Ok(Output::new(json!({ "articles": articles, "dry_run": self.dry_run }), lines.join("\n")))
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
            Ok(Output::new(json!({ "conference": id, "file": out, "bytes": size }), text))
        }
        Verb::Record { id, basis } => {
            recording::record_afterwards(&office, &Context::command_line(), *id, basis).await?;
            let listed = queries::one(&office, *id).await?;
            let text = format!("Đã ghi hội nghị {id} là đã họp ngày {}", listed.held_on);
            Ok(Output::new(json!({ "conference": listed }), text))
        }
        Verb::TakeArticle { files, from, conference, publish, dry_run } => {
            let taking = Taking { from, conference: *conference, publish: *publish, dry_run: *dry_run };
            taking.all(&office, files).await
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
