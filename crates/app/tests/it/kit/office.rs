//! The kit's office: a ward with two schools and a year, and a database of its own on a PostgreSQL server.

use sqlx::{Connection, Executor};
use tongket::{
    office::Office,
    platform::db::{Bound, insert_rows},
};

/// Phường Long Biên.
pub const WARD: &str = "N00145";
/// An invented primary school of the ward.
pub const SCHOOL: &str = "90000001";
/// An invented lower secondary school of the ward.
pub const OTHER_SCHOOL: &str = "90000002";
/// The year in which the kit's office works.
pub const YEAR: &str = "2025-2026";

/// Puts units, names, parents and a year with its end-of-year period into the office.
pub async fn furnish(office: &Office) {
    let text = Bound::Text;
    let units = [
        ("VN", "country", ""),
        ("N01", "province", ""),
        (WARD, "commune", ""),
        (SCHOOL, "school", "primary"),
        (OTHER_SCHOOL, "school", "lower_secondary"),
    ];
    let names = [
        ("VN", "Việt Nam"),
        ("N01", "Thành phố Hà Nội"),
        (WARD, "Phường Long Biên"),
        (SCHOOL, "Trường Tiểu học Hoa Sữa"),
        (OTHER_SCHOOL, "Trường THCS Bồ Câu"),
    ];
    let parents = [("N01", "VN"), (WARD, "N01"), (SCHOOL, WARD), (OTHER_SCHOOL, WARD)];
    let mut transaction = office.db().begin().await.unwrap();
    let rows: Vec<_> = units.iter().map(|&(code, kind, levels)| [code, kind, levels].map(text).to_vec()).collect();
    insert_rows(&mut *transaction, "insert into unit (code, kind, levels)", &rows, "").await.unwrap();
    let rows: Vec<_> = names.iter().map(|&(code, name)| vec![text(code), text(name)]).collect();
    insert_rows(&mut *transaction, "insert into unit_name (unit_code, name)", &rows, "").await.unwrap();
    let rows: Vec<_> =
        parents.iter().map(|&(code, parent)| vec![text(code), text("management"), text(parent)]).collect();
    insert_rows(&mut *transaction, "insert into unit_parent (unit_code, line, parent_code)", &rows, "").await.unwrap();
    let year = [vec![text(YEAR), text("2025-09-05T00:00:00Z"), text("officer")]];
    insert_rows(&mut *transaction, "insert into school_year (year, opened_at, opened_by)", &year, "").await.unwrap();
    let period = ["2025-2026-CN", YEAR, "end_of_year", "số liệu cuối năm học 2025-2026", "2026-05-31", "2026-06-30"];
    let head = "insert into reporting_period (code, year, kind, label, as_of, due_on)";
    insert_rows(&mut *transaction, head, &[period.map(text).to_vec()], "").await.unwrap();
    transaction.commit().await.unwrap();
}

/// Makes a database of this name on the server and returns its address.
pub async fn database_on(server: &str, name: &str) -> String {
    let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    let (address, _) = server.rsplit_once('/').unwrap();
    format!("{address}/{name}")
}
