//! `tongket conference list|show|export|forget`: the record of a conference, whole; what of it is forgotten.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use super::{Globals, Output};
use crate::{
    conference::{
        live,
        operations::{archive, forget},
        queries,
    },
    platform::{Context, Result},
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
    /// Xóa thông tin cá nhân của các hội nghị đã quá hạn lưu, hoặc của một hội nghị
    Forget {
        /// Mã hội nghị; để trống: mọi hội nghị đã quá hạn
        id: Option<i64>,
    },
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
            let text = [vec![listed.title.clone()], minutes.people.clone(), minutes.course.clone()].concat().join("\n");
            Ok(Output::new(json!({ "conference": listed, "record": *state }), text))
        }
        Verb::Export { id, out } => {
            let bytes = archive::pack(&office, &Context::command_line(), *id).await?;
            let size = bytes.len();
            std::fs::write(out, bytes)?;
            let text = format!("Đã ghi hồ sơ hội nghị {id} vào {}", out.display());
            Ok(Output::new(json!({ "conference": id, "file": out, "bytes": size }), text))
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
