//! `tongket doctor`: what works, what does not, and the mend.

mod machine;
mod office;

use serde_json::{Value, json};

use super::{Globals, Output};
use crate::{
    platform::{Error, Result},
    submissions::layouts::CELLS_ALTERED,
};

/// One thing that was looked at.
#[derive(Debug)]
struct Check {
    name: &'static str,
    ok: bool,
    detail: String,
    mend: &'static str,
}

pub(super) async fn run(globals: &Globals) -> Result<Output> {
    let mut checks = vec![machine::folder(&globals.data), machine::disk(&globals.data), machine::fonts()];
    checks.push(machine::time_zone());
    let packs = machine::packs(&globals.data);
    let can_open = packs.ok;
    checks.push(packs);
    match globals.open().await {
        Ok(office) => {
            checks.push(Check::found("database", format!("{:?}", office.db().engine())));
            checks.extend(office::all(&office).await);
        }
        // Told by the packs already.
        Err(_) if !can_open => {}
        Err(Error::Refused(refusal)) if refusal.reasons.iter().all(|reason| reason.code == CELLS_ALTERED) => {
            checks.push(Check::broken(
                "forms",
                refusal.to_string(),
                "Tăng version của các biểu này trong gói dữ liệu để số liệu cũ không bị đọc nhầm ô.",
            ));
        }
        Err(fault) => checks.push(Check::broken(
            "database",
            fault.to_string(),
            "Kiểm tra địa chỉ cơ sở dữ liệu và quyền đọc tệp; nếu cơ sở dữ liệu mới hơn chương trình thì cài bản tongket \
             mới; nếu tệp hỏng thì phục hồi bản sao lưu: tongket restore.",
        )),
    }
    let all_ok = checks.iter().all(|check| check.ok);
    let text = checks.iter().map(Check::line).collect::<Vec<_>>().join("\n");
    let json = json!({ "checks": checks.iter().map(Check::json).collect::<Vec<_>>() });
    Ok(Output::new(json, text).failed_if(!all_ok))
}

impl Check {
    fn found(name: &'static str, detail: impl Into<String>) -> Self {
        Self { name, ok: true, detail: detail.into(), mend: "" }
    }

    fn broken(name: &'static str, detail: impl Into<String>, mend: &'static str) -> Self {
        Self { name, ok: false, detail: detail.into(), mend }
    }

    /// Sound unless a fault is told.
    fn unless(name: &'static str, fault: Option<String>, sound: impl Into<String>, mend: &'static str) -> Self {
        match fault {
            Some(fault) => Self::broken(name, fault, mend),
            None => Self::found(name, sound),
        }
    }

    fn line(&self) -> String {
        let sign = if self.ok { "✓" } else { "✗" };
        let mend = if self.ok { String::new() } else { format!(" — {}", self.mend) };
        format!("{sign} {}: {}{mend}", self.name, self.detail)
    }

    fn json(&self) -> Value {
        json!({ "name": self.name, "ok": self.ok, "detail": self.detail, "mend": self.mend })
    }
}

#[cfg(test)]
mod tests;
