//! The verbs after the council: draft the decision with its list, record the honours once it is signed, or older ones.

use domain::{
    Reason, Refusal,
    awards::{
        RulePack,
        dossier::AwardDossier,
        pack::{AwardKind, Choice, Occasion},
    },
    reports::paper::Inputs,
    school_year::SchoolYear,
    vietnamese::{format_number, normalise, short_date},
};
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;

use super::{Nomination, Whom, office_for};
use crate::{
    audit,
    awards::{
        queries::{
            self, Filed,
            honours::{Decision, Honour},
        },
        store::honours as store,
    },
    office::Office,
    platform::{Context, Error, Result, Transaction},
    reports::{
        emulation::{self, Contribution},
        papers::{
            self,
            operations::{self as papers_operations, NewPaper},
        },
    },
};

/// The kind of paper of an award decision.
const PAPER: &str = "quyet-dinh-khen-thuong";

/// What the codes of this room's figures in the report begin with.
const PREFIX: &str = "award:";

/// Drafts the decision on one award for everyone whom a closed council approved; gives the decision's number here.
///
/// # Errors
/// `still_open`; `nobody_approved`; `decided_already`; what the paper refuses.
pub async fn decide(office: &Office, context: &Context, council: i64, award: &str) -> Result<i64> {
    let sitting = queries::council::sitting(office, council).await?;
    if !sitting.meeting.is_closed {
        return Err(Error::refused("still_open", "Hãy kết thúc phiên họp rồi dự thảo quyết định."));
    }
    let (unit, year) = (sitting.council.unit_code.clone(), sitting.council.year.clone());
    let known = queries::honours::decisions(office, &unit, &year).await?;
    if let Some(one) = known.iter().find(|one| one.council_id == council && one.award == award) {
        return Err(decided_already(&format!(" (văn bản số {})", one.paper_id)));
    }
    let all = queries::of_year(office, &unit, queries::year(&year)?).await?;
    let approved = sitting.items.iter().filter(|item| item.is_approved == Some(true));
    let mut honoured: Vec<&Filed> = approved.map(|item| all.filed(item.dossier)).collect::<Result<_>>()?;
    honoured.retain(|filed| filed.dossier.award == award);
    if honoured.is_empty() {
        return Err(Error::refused("nobody_approved", "Phiên họp không thông qua hồ sơ nào cho danh hiệu này."));
    }
    let held_on: Date = sitting.council.held_on.parse().map_err(Error::inside)?;
    let inputs = inputs(office, context, (&unit, &year), (&honoured, award), held_on).await?;
    let new = NewPaper { unit: unit.clone(), year: year.clone(), kind: PAPER.to_owned(), inputs };
    let ready = papers_operations::ready(office, context, &new).await?;
    let mut transaction = office.db().begin().await?;
    let paper = papers_operations::create_within(&mut transaction, context, &ready).await?;
    let written = store::insert_decision(&mut transaction, context, (&unit, &year), (council, award), paper).await?;
    let id = written.ok_or_else(|| decided_already(""))?;
    let detail = format!("paper {paper}, {} honoured", honoured.len());
    audit::write(&mut transaction, context, "awards.decide", &object(id), &detail).await?;
    transaction.commit().await?;
    Ok(id)
}

fn decided_already(paper: &str) -> Error {
    let message = format!("Đã có dự thảo quyết định{paper} cho danh hiệu này của phiên họp.");
    Error::refused("decided_already", message)
}

async fn inputs(
    office: &Office,
    context: &Context,
    (unit, year): (&str, &str),
    (honoured, award): (&[&Filed], &str),
    held_on: Date,
) -> Result<Inputs> {
    let registry = office.registry().await?;
    let pack =
        queries::pack_on(honoured.iter().filter_map(|filed| filed.dossier.accepted_on).max().unwrap_or(held_on))?;
    let money = money(pack, award, context.today());
    let unit_name = |code: &str| registry.unit(code).map_or(code, |unit| unit.name_on(held_on)).to_owned();
    let cell = |text: &str| text.replace('|', "/").replace('\n', " ");
    let (persons, collectives): (Vec<&AwardDossier>, Vec<&AwardDossier>) =
        honoured.iter().map(|filed| &filed.dossier).partition(|dossier| dossier.nominee.is_person);
    let person = |one: &&AwardDossier| {
        let (name, post) = (cell(&one.nominee.name), cell(&one.nominee.post));
        format!("{name} | {post} | {} | {money}", cell(&unit_name(&one.nominee.unit)))
    };
    let collective =
        |one: &&AwardDossier| format!("{} | {} | {money}", cell(&one.nominee.name), cell(&one.achievement));
    let named = pack.award(award);
    let label = named.map_or(award, |known| known.label.vi.as_str());
    let form = match named.map(|known| known.kind) {
        Some(AwardKind::Title) => format!("Công nhận danh hiệu “{label}”"),
        _ => format!("Tặng {label}"),
    };
    let wording = papers::find(PAPER)?;
    let mut inputs = papers_operations::initial(office, context, unit, year, wording).await?;
    inputs.extend([
        ("form".to_owned(), form),
        ("proposer".to_owned(), format!("Hội đồng Thi đua - Khen thưởng tại phiên họp ngày {}", short_date(held_on))),
        ("persons".to_owned(), persons.iter().map(person).collect::<Vec<_>>().join("\n")),
        ("collectives".to_owned(), collectives.iter().map(collective).collect::<Vec<_>>().join("\n")),
    ]);
    Ok(inputs)
}

/// The money of an award in words: đồng where the base salary of the day is known, else the multiple; empty where unknown.
pub fn money(pack: &RulePack, award: &str, day: Date) -> String {
    let Some(money) = pack.money(award) else { return String::new() };
    match pack.base_salary_on(day) {
        Some(salary) => {
            let amount = (money.multiple * salary.amount).to_f64().unwrap_or_default();
            format!("{} đồng", format_number(amount, 0))
        }
        None => {
            let multiple = money.multiple.to_f64().unwrap_or_default();
            format!("{} lần mức lương cơ sở", format_number(multiple, 1))
        }
    }
}

/// What the signed decision says.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Number and code.
    pub number: String,
    /// The day of signing.
    pub signed_on: Date,
    /// Who granted it.
    pub granted_by: String,
}

/// Records the honours of a decision that was signed: they stand in the register of persons and units from now on.
///
/// # Errors
/// `NotFound`; `recorded_already`; `no_number`, `no_grantor`, `too_early` for a day before the council met.
pub async fn record_honours(office: &Office, context: &Context, id: i64, signed: &Signed) -> Result<usize> {
    let decision = queries::honours::decision(office, id).await?;
    if !decision.number.is_empty() {
        return Err(Error::refused("recorded_already", "Quyết định này đã được ghi nhận."));
    }
    let sitting = queries::council::sitting(office, decision.council_id).await?;
    let mut reasons = faults(signed, context.today());
    if signed.signed_on.to_string() < sitting.council.held_on {
        let message = "Ngày ký đứng trước ngày Hội đồng họp; hãy kiểm tra lại.";
        reasons.push(Reason::new("too_early", message).at("signed_on"));
    }
    Refusal::unless_empty(reasons)?;
    let all = queries::of_year(office, &decision.unit_code, queries::year(&decision.year)?).await?;
    let approved = sitting.items.iter().filter(|item| item.is_approved == Some(true));
    let honoured: Vec<&Filed> = approved.map(|item| all.filed(item.dossier)).collect::<Result<_>>()?;
    let honours: Vec<Honour> = honoured
        .into_iter()
        .filter(|filed| filed.dossier.award == decision.award)
        .map(|filed| of_dossier(&decision, &filed.dossier, signed))
        .collect();
    let mut transaction = office.db().begin().await?;
    let words = [normalise(&signed.number), signed.signed_on.to_string(), normalise(&signed.granted_by)];
    if !store::sign(&mut transaction, id, [&words[0], &words[1], &words[2]]).await? {
        return Err(Error::refused("recorded_already", "Quyết định này đã được ghi nhận."));
    }
    store::insert(&mut transaction, context, &decision.unit_code, &honours).await?;
    tell_the_report(&mut transaction, context, (&decision.unit_code, &decision.year)).await?;
    let detail = format!("{}, {} honours", words[0], honours.len());
    audit::write(&mut transaction, context, "awards.record_honours", &object(id), &detail).await?;
    transaction.commit().await?;
    Ok(honours.len())
}

fn faults(signed: &Signed, today: Date) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if signed.number.trim().is_empty() {
        reasons.push(Reason::new("no_number", "Hãy ghi số, ký hiệu của quyết định đã ký.").at("number"));
    }
    if signed.granted_by.trim().is_empty() {
        reasons.push(Reason::new("no_grantor", "Hãy ghi cấp ký quyết định.").at("granted_by"));
    }
    if signed.signed_on > today {
        reasons.push(Reason::new("in_future", "Ngày ký còn ở phía trước; hãy kiểm tra lại.").at("signed_on"));
    }
    reasons
}

fn of_dossier(decision: &Decision, dossier: &AwardDossier, signed: &Signed) -> Honour {
    let nominee = &dossier.nominee;
    Honour {
        id: 0,
        unit_code: decision.unit_code.clone(),
        year: decision.year.clone(),
        nominee_key: nominee.key.clone(),
        is_person: i64::from(nominee.is_person),
        nominee_name: nominee.name.clone(),
        nominee_post: nominee.post.clone(),
        nominee_unit: nominee.unit.clone(),
        gender: dossier.facts.gender.map_or("", Choice::as_str).to_owned(),
        award: dossier.award.clone(),
        occasion: dossier.occasion.as_str().to_owned(),
        decision_number: normalise(&signed.number),
        signed_on: signed.signed_on.to_string(),
        granted_by: normalise(&signed.granted_by),
        dossier_id: dossier.id,
    }
}

/// Records an honour of an older decision, so that a history does not begin with this program.
///
/// # Errors
/// `NotFound` for an unknown unit; `unknown_award`, `no_name`, and the faults of what the decision says.
pub async fn record_past(
    office: &Office,
    context: &Context,
    (unit, whom): (&str, &Whom),
    (award, year, occasion): (&str, SchoolYear, Occasion),
    signed: &Signed,
) -> Result<()> {
    let nomination = Nomination {
        unit: unit.to_owned(),
        whom: whom.clone(),
        award: award.to_owned(),
        year,
        occasion,
        proposal: super::Proposal::default(),
    };
    let nominee = super::nominee(office, &nomination, signed.signed_on).await?;
    let mut reasons = faults(signed, context.today());
    if queries::pack_on(context.today())?.award(award).is_none() {
        let message = "Hãy chọn danh hiệu hoặc hình thức khen thưởng trong danh sách.";
        reasons.push(Reason::new("unknown_award", message).at("award"));
    }
    if nominee.name.is_empty() {
        reasons.push(Reason::new("no_name", "Hãy ghi họ tên người được khen.").at("name"));
    }
    Refusal::unless_empty(reasons)?;
    let recorder = office_for(office, unit, context.today()).await?;
    let honour = Honour {
        id: 0,
        unit_code: recorder.clone(),
        year: year.to_string(),
        nominee_key: nominee.key.clone(),
        is_person: i64::from(nominee.is_person),
        nominee_name: nominee.name,
        nominee_post: nominee.post,
        nominee_unit: nominee.unit,
        gender: String::new(),
        award: award.to_owned(),
        occasion: occasion.as_str().to_owned(),
        decision_number: normalise(&signed.number),
        signed_on: signed.signed_on.to_string(),
        granted_by: normalise(&signed.granted_by),
        dossier_id: 0,
    };
    let mut transaction = office.db().begin().await?;
    store::insert(&mut transaction, context, &recorder, &[honour]).await?;
    tell_the_report(&mut transaction, context, (&recorder, &year.to_string())).await?;
    let detail = format!("{award} {year} {}", signed.number.trim());
    audit::write(&mut transaction, context, "awards.record_past", &nominee.key, &detail).await?;
    Ok(transaction.commit().await?)
}

/// Hands the counts of a year's honours to the summary report, which stands before this room in the year.
async fn tell_the_report(transaction: &mut Transaction, context: &Context, (unit, year): (&str, &str)) -> Result<()> {
    let honours = queries::honours::load(transaction, unit, year).await?;
    let pack = queries::pack_on(context.today())?;
    let counted = pack.awards.iter().filter_map(|award| {
        let count = honours.iter().filter(|honour| honour.award == award.code).count();
        (count > 0).then(|| Contribution {
            code: format!("{PREFIX}{}", award.code),
            label: award.label.vi.clone(),
            measure: "lượt".to_owned(),
            value: u32::try_from(count).map_or(f64::NAN, f64::from),
            source: "quyết định khen thưởng đã ghi nhận".to_owned(),
        })
    });
    let figures: Vec<Contribution> = counted.collect();
    emulation::contribute(transaction, context, (unit, year), PREFIX, &figures).await
}

fn object(id: i64) -> String {
    format!("award-decision/{id}")
}
