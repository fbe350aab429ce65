//! Reminders: one mail for each person who answers for a late school's figures, put into the queue.

use std::collections::BTreeSet;

use domain::{organisation::UnitCode, vietnamese::short_date};

use super::queries;
use crate::{
    audit,
    office::Office,
    platform::{
        Context, Result,
        mail::{self, Letter},
    },
};

/// Queues a reminder to the people of these units who may enter figures, for what the unit has not sent yet; gives how
/// many letters that were.
pub async fn remind(office: &Office, context: &Context, period: &str, units: &[String]) -> Result<usize> {
    let period = queries::period(office, period).await?;
    let wanted: BTreeSet<&str> = units.iter().map(String::as_str).collect();
    let board = queries::board::board(office, &period, context.today(), |unit| wanted.contains(unit)).await?;
    let mut letters = Vec::new();
    for row in board.rows.iter().filter(|row| row.sent < row.forms.len()) {
        let owed: Vec<&str> = row
            .forms
            .iter()
            .filter(|form| !matches!(form.state, "submitted" | "approved" | "locked"))
            .map(|form| form.form.as_str())
            .collect();
        let unit = UnitCode::from(row.code.as_str());
        let due = owed.iter().map(|form| period.deadlines.due_on(form, &unit)).min().unwrap_or(period.deadlines.due_on);
        for recipient in queries::recipients(office, &row.code, &context.today().to_string()).await? {
            let body = format!(
                "Kính gửi {},\n\nĐến nay cơ quan chưa nhận đủ số liệu {} của đơn vị.\nBiểu còn thiếu: {}.\nHạn nộp: {}.\n\n\
                 Xin điền trên trang của trường hoặc nộp biểu mẫu Excel. Nếu gặp khó khăn, xin báo lại để được hỗ trợ.\n",
                row.name,
                period.label.vi,
                owed.join(", "),
                short_date(due)
            );
            let subject = format!("Nhắc nộp số liệu: {}", period.label.vi);
            letters.push(Letter { recipient, subject, body });
        }
    }
    let mut transaction = office.db().begin().await?;
    mail::queue(&mut transaction, context, &letters).await?;
    let detail = format!("{} thư đến {} đơn vị", letters.len(), units.len());
    audit::write(&mut transaction, context, "submissions.remind", &period.code, &detail).await?;
    transaction.commit().await?;
    Ok(letters.len())
}
