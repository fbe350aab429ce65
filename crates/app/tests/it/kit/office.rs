//! The kit's office: a ward with two schools and a year, and a database of its own on a PostgreSQL server.

use domain::school_year::{SchoolCalendar, SchoolYear};
use sqlx::{Connection, Executor};
use tongket::{
    office::Office,
    platform::{
        Context,
        db::{Bound, insert_rows},
    },
    school_year,
};

/// Phường Long Biên.
pub const WARD: &str = "N00145";
/// An invented primary school of the ward.
pub const SCHOOL: &str = "90000001";
/// An invented lower secondary school of the ward.
pub const OTHER_SCHOOL: &str = "90000002";
/// The year in which the kit's office works.
pub const YEAR: &str = "2025-2026";

/// Puts units, names and parents into the office and opens its year.
pub async fn furnish(office: &Office, context: &Context) {
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
    transaction.commit().await.unwrap();
    let calendar = SchoolCalendar::usual(SchoolYear::parse(YEAR).unwrap());
    school_year::operations::open(office, context, &calendar).await.unwrap();
}

/// Puts one commune into an office that has none.
pub async fn add_unit(office: &Office, code: &str) {
    let text = Bound::Text;
    let mut transaction = office.db().begin().await.unwrap();
    let unit = vec![vec![text(code), text("commune"), text("")]];
    insert_rows(&mut *transaction, "insert into unit (code, kind, levels)", &unit, "").await.unwrap();
    let name = vec![vec![text(code), text("Phường Long Biên")]];
    insert_rows(&mut *transaction, "insert into unit_name (unit_code, name)", &name, "").await.unwrap();
    transaction.commit().await.unwrap();
}

/// Makes a database of this name on the server and returns its address.
pub async fn database_on(server: &str, name: &str) -> String {
    let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    let (address, _) = server.rsplit_once('/').unwrap();
    format!("{address}/{name}")
}
