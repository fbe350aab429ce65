//! Approved figures without the long way through a form.

use domain::{
    figures::catalogue::ItemCode,
    submissions::{FormValues, Value},
};
use tongket::{
    audit,
    platform::db::{Bound, insert_rows},
    submissions::packed::Shape,
};

use super::TestApp;

impl TestApp {
    /// Puts an approved revision of a form: its items by code.
    pub async fn approve(&self, unit: &str, form: &str, period: &str, number: i64, values: &[(&str, f64)]) {
        let statistical = self.office.catalogue().form(form).unwrap();
        let mut cells = FormValues::empty(statistical);
        for (item, value) in values {
            let item = ItemCode::parse(item).unwrap();
            let place = statistical.cells().position(|cell| cell.item == item).unwrap();
            cells.set(place, Some(Value::Number(*value)));
        }
        let packed = Shape::of(self.office.catalogue(), statistical).pack(&cells);
        let text = Bound::Text;
        let key = [text(unit), text(form), text(period)];
        let (version, number) = (Bound::Whole(i64::from(statistical.version)), Bound::Whole(number));
        let content = [number.clone(), version, text("api"), Bound::Bytes(&packed.figures), text(""), text("")];
        let revision: Vec<_> = key.iter().cloned().chain(content).collect();
        let state = [text("approved"), number.clone(), number, text("")];
        let submission: Vec<_> = key.iter().cloned().chain(state).collect();
        let mut transaction = self.office.db().begin().await.unwrap();
        let head = "insert into revision \
            (unit_code, form_code, period_code, number, form_version, road, figures, sent_at, sent_by)";
        insert_rows(&mut *transaction, head, &[revision], "").await.unwrap();
        let head = "insert into submission \
            (unit_code, form_code, period_code, state, latest_revision, approved_revision, changed_at)";
        let tail = "on conflict (unit_code, form_code, period_code) do update set \
            approved_revision = excluded.approved_revision, latest_revision = excluded.latest_revision";
        insert_rows(&mut *transaction, head, &[submission], tail).await.unwrap();
        let object = format!("{period}/{form}/{unit}");
        audit::write(&mut transaction, &self.context(), "submissions.approve", &object, "").await.unwrap();
        transaction.commit().await.unwrap();
    }
}
