//! The national list in the database, changed from a date, read back the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::organisation::{
    Line, SuccessionKind, UnitKind, admin_units,
    operations::{Decision, Successor},
    school_list,
};
use jiff::civil::date;

use super::{operations, queries};
use crate::{
    office::Office,
    platform::{Context, Error},
    shipped,
};

async fn office() -> (Office, std::path::PathBuf) {
    let folder =
        std::env::temp_dir().join(format!("tongket-units-{}-{:?}", std::process::id(), std::thread::current().id()));
    let _ = std::fs::remove_dir_all(&folder);
    (Office::open(&folder, None).await.unwrap(), folder)
}

async fn with_national_list() -> (Office, std::path::PathBuf) {
    let (office, folder) = office().await;
    let units = shipped::text("admin-units/units.csv").unwrap();
    let registry = admin_units::read(units, shipped::text("admin-units/successors.csv").unwrap()).unwrap();
    let context = Context::command_line();
    let imported = operations::import(&office, &context, registry.units().to_vec(), registry.successions().to_vec())
        .await
        .unwrap();
    assert_eq!((imported.added, imported.successions_added), (14_150, 10_597), "with the country above all");
    let again = operations::import(&office, &context, registry.units().to_vec(), registry.successions().to_vec())
        .await
        .unwrap();
    assert_eq!((again.added, again.changed, again.unchanged, again.successions_added), (0, 0, 14_150, 0));
    let kept = office.registry().await.unwrap();
    assert_eq!(kept.units(), registry.units());
    (office, folder)
}

#[tokio::test]
async fn the_national_list_is_kept_whole_and_answers_for_every_day() {
    let (office, folder) = with_national_list().await;
    let today = date(2026, 1, 5);
    let sheet = queries::unit_sheet(&office, "N00145", Line::Management, None, today).await.unwrap();
    assert_eq!((sheet.name.as_str(), sheet.kind), ("Phường Long Biên", UnitKind::Commune));
    assert_eq!(sheet.parent.unwrap().code, "N01");
    assert!(sheet.predecessors.iter().any(|unit| unit.code == "L00145"), "{:?}", sheet.predecessors);
    let district = queries::unit_sheet(&office, "L01.004", Line::Management, None, today).await.unwrap();
    assert_eq!((district.on, district.children.len(), district.successors.len()), (date(2025, 6, 30), 13, 7));
    let missing = queries::unit_sheet(&office, "X1", Line::Management, None, today).await;
    assert!(matches!(missing, Err(Error::NotFound(_))));
    let found = queries::search(&office, "long bien", today, 5).await.unwrap();
    assert!(found.iter().any(|unit| unit.unit.as_str() == "N00145"), "{found:?}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn schools_come_in_merge_and_are_refused_whole() {
    let (office, folder) = office().await;
    let context = Context::command_line();
    let units = "id,code,name,kind,parent_id,valid_from,valid_to\n\
        N01,01,Thành phố Hà Nội,province,,2025-07-01,\nN00145,00145,Phường Long Biên,commune,N01,2025-07-01,\n";
    let ward = admin_units::read(units, "predecessor_id,successor_id,share\n").unwrap();
    operations::import(&office, &context, ward.units().to_vec(), Vec::new()).await.unwrap();
    let list = "code,name,levels,ownership,parent,professional_parent,valid_from\n\
        10000001,Trường Tiểu học Bồ Đề,TH,public,N00145,N01,2025-07-01\n\
        10000002,Trường Tiểu học Ngọc Thụy,TH,public,N00145,N01,2025-07-01\n";
    let schools = school_list::read(list).unwrap();
    let (tried, _) = operations::import_list(&office, &context, schools.clone(), true).await.unwrap();
    assert_eq!((tried.added, office.registry().await.unwrap().unit("10000001")), (2, None), "a trial stores nothing");
    operations::import_list(&office, &context, schools, false).await.unwrap();
    let on = date(2026, 7, 1);
    let into = Successor::Existing("10000001".into());
    let merge = Decision::Merge { codes: vec!["10000002".into()], into };
    operations::apply(&office, &context, &merge, on, "Quyết định 12/QĐ-UBND").await.unwrap();
    let registry = office.registry().await.unwrap();
    let link = registry.successors("10000002").next().unwrap();
    assert_eq!((link.kind, link.successor.as_str()), (SuccessionKind::Merge, "10000001"));
    assert_eq!(registry.unit("10000002").unwrap().validity.to, Some(date(2026, 6, 30)));
    let bad = list.replace("10000001,", "10000003,").replace("10000002,", "10000004,").replace("N01,2025", "N99,2025");
    let refused = operations::import_list(&office, &context, school_list::read(&bad).unwrap(), false).await;
    let Err(Error::Refused(refusal)) = refused else { panic!("{refused:?}") };
    assert_eq!(refusal.reasons.iter().filter(|reason| reason.code == "unknown_parent").count(), 2);
    assert!(office.registry().await.unwrap().unit("10000003").is_none(), "nothing is half imported");
    let audited: Vec<(String,)> =
        sqlx::query_as("select verb from audit_line order by id").fetch_all(office.db().pool()).await.unwrap();
    let verbs: Vec<&str> = audited.iter().map(|(verb,)| verb.as_str()).collect();
    assert_eq!(verbs, ["guidance.load_pack", "organisation.import", "organisation.import", "organisation.merge"]);
    std::fs::remove_dir_all(folder).unwrap();
}
