//! What pages and commands ask about nominations: the dossiers of an office and a year, one dossier with its check, quotas.

use std::borrow::Cow;

use domain::{
    Confidence, Source,
    awards::{
        AwardHold, Judgement, RulePack, check,
        dossier::{AwardDossier, Facts, Nominee},
        pack::{self, Choice, GrantorRow, Occasion},
        quota::{Headroom, QuotaInUse, Rounding, headroom},
    },
    school_year::SchoolYear,
    vietnamese::{person_sort_key, sort_key},
};
use jiff::civil::Date;
use rust_decimal::Decimal;

use self::honours::Honour;
use crate::{
    office::Office,
    platform::{Error, Result},
    shipped,
};

pub mod council;
pub mod honours;
pub mod suggestions;

const OF_YEAR: &str = "select id, unit_code, year, nominee_key, is_person, nominee_name, nominee_post, nominee_unit, award, \
     occasion, achievement, grantor, facts, revision, accepted_on, sending_note, nominated_at, nominated_by \
     from award_dossier where unit_code = $1 and year = $2 order by id";

const COUNT: &str = "select count(*) from award_dossier where unit_code = $1 and year = $2";
const OFFICE_OF: &str = "select unit_code, year from award_dossier where id = $1";

const HOLDS: &str = "select hold.dossier_id, hold.since, hold.reason, hold.released_on, hold.release_reason, hold.held_by \
     from award_hold hold join award_dossier dossier on dossier.id = hold.dossier_id \
     where dossier.unit_code = $1 and dossier.year = $2 order by hold.dossier_id, hold.number";

const QUOTAS: &str = "select award, percent, rounding, base from award_quota where unit_code = $1 and year = $2 \
     order by award";

const GRANTORS: &str = "select pack, award, unit_kind, grantor, source from award_grantor where unit_code = $1 \
     order by pack, award, unit_kind";

const DEADLINE: &str = "select due_on from award_deadline where unit_code = $1 and year = $2";

#[derive(Clone, Debug, sqlx::FromRow)]
struct DossierRow {
    id: i64,
    unit_code: String,
    year: String,
    nominee_key: String,
    is_person: i64,
    nominee_name: String,
    nominee_post: String,
    nominee_unit: String,
    award: String,
    occasion: String,
    achievement: String,
    grantor: String,
    facts: String,
    revision: i64,
    accepted_on: String,
    sending_note: String,
    nominated_at: String,
    nominated_by: String,
}

#[derive(Clone, Debug, sqlx::FromRow)]
struct HoldRow {
    dossier_id: i64,
    since: String,
    reason: String,
    released_on: String,
    release_reason: String,
    held_by: String,
}

#[derive(Clone, Debug, sqlx::FromRow)]
struct QuotaRow {
    award: String,
    percent: String,
    rounding: String,
    base: i64,
}

/// A dossier with what is known of its road.
#[derive(Clone, Debug)]
pub struct Filed {
    /// The dossier, with the honours that the register holds of the nominee: what it is judged by, everywhere.
    pub dossier: AwardDossier,
    /// What its writers typed, without the register: what they amend.
    pub typed: Facts,
    /// The office whose council sits on it.
    pub office: String,
    /// How often it was written, from 1.
    pub revision: i64,
    /// What was said when it was sent.
    pub sending_note: String,
    /// When it was nominated.
    pub nominated_at: String,
    /// By whom.
    pub nominated_by: String,
    /// For each hold why it ended and who put it there.
    pub hold_notes: Vec<(String, String)>,
}

/// The dossiers of an office in a year, and the quotas that it set.
#[derive(Clone, Debug)]
pub struct YearOfAwards {
    /// The office.
    pub office: String,
    /// The year.
    pub year: SchoolYear,
    /// The dossiers by number.
    pub filed: Vec<Filed>,
    /// Until when dossiers are to be sent, where the office has said so.
    pub due_on: Option<Date>,
    /// Who grants what, as the office has filled it in: the pack's code with the row.
    pub own_grantors: Vec<(String, GrantorRow)>,
    own_quotas: Vec<(String, QuotaInUse)>,
}

/// A dossier judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The pack.
    pub pack: &'static RulePack,
    /// What it says, with the office's own matrix of grantors.
    pub judgement: Judgement,
    /// Later packs whose better rules the dossier may have.
    pub later: Vec<&'static RulePack>,
}

/// The school year in an address.
///
/// # Errors
/// `NotFound` for anything else.
pub fn year(text: &str) -> Result<SchoolYear> {
    SchoolYear::parse(text).ok_or_else(|| Error::NotFound(format!("năm học {text}")))
}

/// Every dossier of an office in a year.
///
/// # Errors
/// Where the database cannot be read.
pub async fn of_year(office: &Office, unit: &str, year: SchoolYear) -> Result<YearOfAwards> {
    let mut connection = office.db().pool().acquire().await?;
    load(office, &mut connection, unit, year).await
}

/// How many dossiers an office has in a year.
///
/// # Errors
/// Where the database cannot be read.
pub async fn count(office: &Office, unit: &str, year: &str) -> Result<i64> {
    let question = sqlx::query_as(COUNT).bind(unit.to_owned()).bind(year.to_owned());
    let (count,): (i64,) = question.fetch_one(office.db().pool()).await?;
    Ok(count)
}

/// The same inside a transaction.
pub(super) async fn load(
    office: &Office,
    connection: &mut sqlx::AnyConnection,
    unit: &str,
    year: SchoolYear,
) -> Result<YearOfAwards> {
    let rows: Vec<DossierRow> = of_rows(OF_YEAR, unit, year).fetch_all(&mut *connection).await?;
    let holds: Vec<HoldRow> = of_rows(HOLDS, unit, year).fetch_all(&mut *connection).await?;
    let quotas: Vec<QuotaRow> = of_rows(QUOTAS, unit, year).fetch_all(&mut *connection).await?;
    let honours = honours::of_nominees(connection, unit, &year.to_string()).await?;
    let grantors: Vec<GrantorOfOffice> =
        sqlx::query_as(GRANTORS).bind(unit.to_owned()).fetch_all(&mut *connection).await?;
    let due: Option<(String,)> = of_rows(DEADLINE, unit, year).fetch_optional(connection).await?;
    let registry = office.registry().await?;
    let kind = |code: &str| registry.unit(code).map_or("", |unit| unit.kind.as_str()).to_owned();
    let filed = rows.into_iter().map(|row| filed(row, (&holds, &honours), &kind)).collect::<Result<_>>()?;
    let own_quotas = quotas.into_iter().map(own_quota).collect::<Result<_>>()?;
    let due_on = due.and_then(|(day,)| day.parse().ok());
    let own_grantors = grantors.into_iter().filter_map(own_grantor).collect();
    Ok(YearOfAwards { office: unit.to_owned(), year, filed, due_on, own_grantors, own_quotas })
}

type Rows<'q, R> = sqlx::query::QueryAs<'q, sqlx::Any, R, sqlx::any::AnyArguments>;

fn of_rows<R: for<'r> sqlx::FromRow<'r, sqlx::any::AnyRow>>(
    sql: &'static str,
    unit: &str,
    year: SchoolYear,
) -> Rows<'static, R> {
    sqlx::query_as(sql).bind(unit.to_owned()).bind(year.to_string())
}

fn filed(row: DossierRow, (holds, honours): (&[HoldRow], &[Honour]), kind: &dyn Fn(&str) -> String) -> Result<Filed> {
    let inside = |what: &str| Error::inside(format!("dossier {}: {what}", row.id));
    let own: Vec<&HoldRow> = holds.iter().filter(|hold| hold.dossier_id == row.id).collect();
    let hold = |hold: &&HoldRow| {
        Some(AwardHold {
            since: hold.since.parse().ok()?,
            reason: hold.reason.clone(),
            released_on: hold.released_on.parse().ok(),
        })
    };
    let typed: Facts = serde_json::from_str(&row.facts).map_err(Error::inside)?;
    let mut facts = typed.clone();
    // What came of the dossier itself says nothing about whether it was deserved.
    let known = honours.iter().filter(|one| one.nominee_key == row.nominee_key && one.dossier_id != row.id);
    facts.add_awards(known.filter_map(Honour::past).collect());
    let dossier = AwardDossier {
        id: row.id,
        nominee: Nominee {
            unit_kind: kind(&row.nominee_unit),
            key: row.nominee_key.clone(),
            is_person: row.is_person == 1,
            name: row.nominee_name.clone(),
            post: row.nominee_post.clone(),
            unit: row.nominee_unit.clone(),
        },
        award: row.award.clone(),
        year: SchoolYear::parse(&row.year).ok_or_else(|| inside("year"))?,
        occasion: Occasion::parse(&row.occasion).ok_or_else(|| inside("occasion"))?,
        achievement: row.achievement.clone(),
        grantor: Choice::parse(&row.grantor),
        accepted_on: row.accepted_on.parse().ok(),
        facts,
        holds: own.iter().filter_map(hold).collect(),
    };
    Ok(Filed {
        dossier,
        typed,
        office: row.unit_code,
        revision: row.revision,
        sending_note: row.sending_note,
        nominated_at: row.nominated_at,
        nominated_by: row.nominated_by,
        hold_notes: own.iter().map(|hold| (hold.release_reason.clone(), hold.held_by.clone())).collect(),
    })
}

fn own_quota(QuotaRow { award, percent, rounding, base }: QuotaRow) -> Result<(String, QuotaInUse)> {
    let percent: Decimal = percent.parse().map_err(Error::inside)?;
    let rounding = Rounding::parse(&rounding).ok_or_else(|| Error::inside(format!("rounding {rounding}")))?;
    let typed_base = u32::try_from(base).ok();
    Ok((award, QuotaInUse { percent, rounding, is_own: true, typed_base }))
}

type GrantorOfOffice = (String, String, String, String, String);

/// A row of the office's matrix; none where a word of it is not known any more. What an office has found it vouches for.
fn own_grantor((pack, award, unit_kind, grantor, source): GrantorOfOffice) -> Option<(String, GrantorRow)> {
    let source = Source { text: source, confidence: Confidence::Confirmed };
    Some((pack, GrantorRow { award, unit_kind, grantor: Choice::parse(&grantor)?, source }))
}

/// The office and the year of a dossier.
///
/// # Errors
/// `NotFound` where there is none.
pub async fn office_of(office: &Office, id: i64) -> Result<(String, SchoolYear)> {
    let row: Option<(String, String)> = sqlx::query_as(OFFICE_OF).bind(id).fetch_optional(office.db().pool()).await?;
    let (unit, text) = row.ok_or_else(|| Error::NotFound(format!("hồ sơ khen thưởng số {id}")))?;
    Ok((unit, year(&text)?))
}

/// A dossier among those of its office and year.
///
/// # Errors
/// `NotFound` where there is none.
pub async fn dossier(office: &Office, id: i64) -> Result<(YearOfAwards, Filed)> {
    let (unit, year) = office_of(office, id).await?;
    let all = of_year(office, &unit, year).await?;
    let own = all.filed(id)?.clone();
    Ok((all, own))
}

/// The pack of a day.
///
/// # Errors
/// `no_pack` on a day under none.
pub fn pack_on(day: Date) -> Result<&'static RulePack> {
    pack::on(shipped::award_law()?, day).ok_or_else(|| {
        let day = domain::vietnamese::short_date(day);
        Error::refused("no_pack", format!("Ngày {day} không có gói quy tắc khen thưởng nào; hãy bổ sung gói."))
    })
}

/// The pack with this code.
///
/// # Errors
/// `NotFound` for an unknown code.
pub fn pack_named(code: &str) -> Result<&'static RulePack> {
    let packs = shipped::award_law()?;
    packs.iter().find(|pack| pack.code == code).ok_or_else(|| Error::NotFound(format!("gói quy tắc {code}")))
}

impl YearOfAwards {
    /// The dossiers alone.
    pub fn dossiers(&self) -> Vec<AwardDossier> {
        self.filed.iter().map(|filed| filed.dossier.clone()).collect()
    }

    /// The dossier with this number.
    ///
    /// # Errors
    /// `NotFound` where the office has none in this year.
    pub fn filed(&self, id: i64) -> Result<&Filed> {
        let found = self.filed.iter().find(|filed| filed.dossier.id == id);
        found.ok_or_else(|| Error::NotFound(format!("hồ sơ khen thưởng số {id}")))
    }

    /// The numbers of the dossiers as lists show them: by the pack's order of awards, then by given name.
    pub fn in_order(&self, pack: &RulePack) -> Vec<&Filed> {
        let mut found: Vec<&Filed> = self.filed.iter().collect();
        let place = |filed: &Filed| pack.awards.iter().position(|award| award.code == filed.dossier.award);
        found.sort_by_cached_key(|filed| {
            let nominee = &filed.dossier.nominee;
            let name = if nominee.is_person { person_sort_key(&nominee.name) } else { sort_key(&nominee.name) };
            (place(filed).unwrap_or(usize::MAX), name, filed.dossier.id)
        });
        found
    }

    /// The room of every quota of a pack, with the office's own settings.
    pub fn headroom(&self, pack: &RulePack) -> Vec<Headroom> {
        let dossiers = self.dossiers();
        let in_use = |award: &str| self.own_quotas.iter().find(|(own, _)| own == award).map(|(_, in_use)| *in_use);
        let quotas = pack.quotas.iter().filter(|quota| !quota.is_comparison);
        quotas
            .map(|quota| headroom(quota, in_use(&quota.award).unwrap_or_else(|| QuotaInUse::of(quota)), &dossiers))
            .collect()
    }

    /// A pack with the rows of the office's own matrix before its own.
    fn with_own_grantors<'a>(&self, pack: &'a RulePack) -> Cow<'a, RulePack> {
        let rows = self.own_grantors.iter().filter(|(code, _)| *code == pack.code).map(|(_, row)| row.clone());
        let rows: Vec<GrantorRow> = rows.chain(pack.grantors.iter().cloned()).collect();
        if rows.len() == pack.grantors.len() {
            return Cow::Borrowed(pack);
        }
        Cow::Owned(RulePack { grantors: rows, ..pack.clone() })
    }

    /// A dossier judged: by the pack of the day on which it was accepted, a draft by today's; or by a pack that is asked for.
    ///
    /// # Errors
    /// `no_pack`, `NotFound`.
    pub fn judged(&self, dossier: &AwardDossier, asked: Option<&str>, today: Date) -> Result<Judged> {
        let pack = match asked {
            Some(code) => pack_named(code)?,
            None => pack_on(dossier.accepted_on.unwrap_or(today))?,
        };
        let judgement = check(&self.with_own_grantors(pack), dossier, &self.dossiers());
        let later = pack::later_that_may_be_better(shipped::award_law()?, pack, today);
        Ok(Judged { pack, judgement, later })
    }
}
