//! A conference that took place without this program: written down afterwards, with what is known of it.

use domain::conference::Command;

use super::{Done, command};
use crate::{
    conference::live,
    office::Office,
    platform::{Context, Error, Result},
};

/// Says that the conference took place, and from what it is written down. Hours that nobody knows stay unknown.
///
/// # Errors
/// `not_yet` where its day has not come; what the domain refuses: no day, held here, already written down.
pub async fn record_afterwards(office: &Office, context: &Context, id: i64, basis: &str) -> Result<Done> {
    let held_on = live::hall(office, id).await?.state().await.head.held_on;
    if held_on.is_some_and(|day| day > context.today()) {
        let message = "Ngày họp chưa tới; hội nghị này được điều hành tại đây, không ghi lại sau.";
        return Err(Error::refused("not_yet", message));
    }
    command(office, context, id, Command::RecordAfterwards(basis.to_owned())).await
}
