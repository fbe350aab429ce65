//! The order of a book: its days follow its numbers and no number is left out, unless a reason says why. The reason stands
//! in the book, for whoever reads it years later.

use domain::{Reason, Refusal, vietnamese::short_date};
use jiff::civil::Date;

use super::{Entry, Request, cancel_line, store};
use crate::{
    guidance::numbers::Book,
    platform::{Context, Error, Result, Transaction},
};

/// So many numbers are left out at once with one reason; more is a slip of the pen.
const SKIPPED_MAX: u32 = 200;

/// What stands in the book in place of the subject of a number that no paper carries.
const NOT_USED: &str = "Số không sử dụng";

/// The day of a number may not be before that of a lesser number of its book, unless a reason is given.
///
/// # Errors
/// `day_out_of_order`.
pub(super) async fn check_day(
    transaction: &mut Transaction,
    book: &Book,
    number: u32,
    request: &Request<'_>,
) -> Result<()> {
    let Some((printed, day)) = store::latest_before(transaction, book, number).await? else { return Ok(()) };
    let latest: Date = day.parse().map_err(Error::inside)?;
    if request.signed_on >= latest || !request.out_of_order.trim().is_empty() {
        return Ok(());
    }
    let message = format!(
        "Ngày ký {} đứng trước ngày {} của số {printed} trong cùng sổ. Hãy kiểm tra ngày, hoặc ghi lý do; lý do nằm lại \
         trong sổ.",
        short_date(request.signed_on),
        short_date(latest)
    );
    Err(Refusal::from(Reason::new("day_out_of_order", message).at("out_of_order")).into())
}

/// Numbers between the last of the book and this one stand in the book as not used, with the reason. A book that is empty
/// here was kept elsewhere before, and goes on from any number.
///
/// # Errors
/// `numbers_skipped` where no reason is given or too many are left out.
pub(super) async fn explain_skipped(
    transaction: &mut Transaction,
    context: &Context,
    entry: &Entry,
    request: &Request<'_>,
) -> Result<()> {
    let last = store::last(transaction, &entry.book).await?;
    let skipped = last + 1..entry.number;
    if last == 0 || skipped.is_empty() {
        return Ok(());
    }
    let (first, final_) = (last + 1, entry.number - 1);
    let which = if first == final_ {
        format!("số {first:02}")
    } else {
        format!("các số từ {first:02} đến {final_:02}")
    };
    let reason = request.out_of_order.trim();
    if reason.is_empty() || entry.number - first > SKIPPED_MAX {
        let ask = match reason.is_empty() {
            true => {
                "Hãy kiểm tra lại số, hoặc ghi lý do; các số đó nằm trong sổ là không sử dụng, kèm lý do.".to_owned()
            }
            false => format!("Mỗi lần chỉ bỏ được {SKIPPED_MAX} số; hãy kiểm tra lại số."),
        };
        let message = format!("Nhập {} thì {which} của sổ bị bỏ trống. {ask}", entry.printed);
        return Err(Refusal::from(Reason::new("numbers_skipped", message).at("out_of_order")).into());
    }
    let code = entry.printed.split_once('/').map_or("", |(_, code)| code);
    for number in skipped {
        let printed = format!("{number:02}/{code}");
        let not_used = Entry {
            number,
            printed: printed.clone(),
            subject: NOT_USED.to_owned(),
            signer: String::new(),
            document: String::new(),
            note: String::new(),
            ..entry.clone()
        };
        if store::enter(transaction, context, &not_used).await? {
            cancel_line(transaction, context, (&entry.book, number, &printed), reason).await?;
        }
    }
    Ok(())
}
