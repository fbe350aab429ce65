//! `tongket doctor`: what works, what does not, and the mend.

use serde_json::{Value, json};

use super::{Globals, Output};
use crate::platform::Result;

struct Check {
    name: &'static str,
    ok: bool,
    detail: String,
    mend: &'static str,
}

pub(super) async fn run(globals: &Globals) -> Result<Output> {
    let checks = [folder(globals), database(globals).await];
    let all_ok = checks.iter().all(|check| check.ok);
    let text = checks.iter().map(Check::line).collect::<Vec<_>>().join("\n");
    let json = json!({ "checks": checks.iter().map(Check::json).collect::<Vec<_>>() });
    Ok(Output::new(json, text).failed_if(!all_ok))
}

impl Check {
    fn line(&self) -> String {
        let sign = if self.ok { "✓" } else { "✗" };
        let mend = if self.ok { String::new() } else { format!(" — {}", self.mend) };
        format!("{sign} {}: {}{mend}", self.name, self.detail)
    }

    fn json(&self) -> Value {
        json!({ "name": self.name, "ok": self.ok, "detail": self.detail, "mend": if self.ok { "" } else { self.mend } })
    }
}

fn folder(globals: &Globals) -> Check {
    let tried = std::fs::create_dir_all(&globals.data).and_then(|()| {
        let probe = globals.data.join(".doctor");
        std::fs::write(&probe, b"")?;
        std::fs::remove_file(probe)
    });
    Check {
        name: "folder",
        ok: tried.is_ok(),
        detail: tried.map_or_else(|e| e.to_string(), |()| globals.data.display().to_string()),
        mend: "Cho phép người chạy tongket ghi vào thư mục dữ liệu, hoặc chọn thư mục khác bằng --data.",
    }
}

async fn database(globals: &Globals) -> Check {
    let opened = globals.open().await;
    Check {
        name: "database",
        ok: opened.is_ok(),
        detail: opened.map_or_else(|e| e.to_string(), |o| format!("{:?}", o.db().engine())),
        mend: "Kiểm tra địa chỉ cơ sở dữ liệu, quyền đọc tệp, rồi chạy: tongket migrate.",
    }
}
