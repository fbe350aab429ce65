//! `tongket units create|rename|move|merge|split|dissolve`: the changes of the register, as the pages make them.

use clap::Args;
use domain::{
    Level, Ownership, Reason, Refusal,
    organisation::{
        Line, Registry, SchoolFacts, Unit, UnitCode, UnitKind,
        operations::{Decision, Effect, NewUnit, Part, Successor},
        read_share,
    },
    vietnamese::short_date,
};
use jiff::civil::Date;
use serde_json::json;

use crate::{
    cli::{Globals, Output},
    organisation::operations,
    platform::{Context, Error, Result},
};

/// From when, on what basis, and whether for real.
#[derive(Debug, Args)]
pub(in crate::cli) struct When {
    /// Từ ngày nào (2026-07-01)
    #[arg(long, value_name = "DATE")]
    on: Date,
    /// Căn cứ, ví dụ «Quyết định số 12/QĐ-UBND»
    #[arg(long, default_value = "")]
    basis: String,
    /// Chỉ xem sẽ thay đổi gì, không ghi
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Create {
    /// Mã đơn vị mới
    code: String,
    /// Tên
    #[arg(long)]
    name: String,
    /// Loại đơn vị (school, commune_culture_social_division, team …)
    #[arg(long, default_value = "school")]
    kind: String,
    /// Mã cấp trên quản lý nhà nước
    #[arg(long)]
    parent: String,
    /// Mã cấp trên chỉ đạo chuyên môn
    #[arg(long)]
    professional_parent: Option<String>,
    /// Cấp học của trường: primary,lower_secondary
    #[arg(long, value_delimiter = ',')]
    levels: Vec<String>,
    /// Loại hình: public, private, people_founded
    #[arg(long)]
    ownership: Option<String>,
    #[command(flatten)]
    pub(super) when: When,
}

impl Create {
    pub(super) fn decision(&self) -> Result<Decision> {
        let kind = UnitKind::parse(&self.kind);
        let kind = kind.ok_or_else(|| refused("bad_kind", format!("Không có loại đơn vị «{}».", self.kind)))?;
        let level = |text: &String| {
            Level::parse(text).ok_or_else(|| refused("bad_level", format!("Không có cấp học «{text}».")))
        };
        let levels: Vec<Level> = self.levels.iter().map(level).collect::<Result<_>>()?;
        if kind.is_school() && levels.is_empty() {
            return Err(refused("no_level", "Trường cần ít nhất một cấp học (--levels).".to_owned()));
        }
        let school =
            SchoolFacts { levels, ownership: self.ownership.as_deref().and_then(Ownership::parse), sites: Vec::new() };
        let guide = self.professional_parent.as_ref().map(|code| (Line::Professional, UnitCode(code.clone())));
        let unit = NewUnit {
            code: UnitCode(self.code.clone()),
            official_code: None,
            kind,
            name: self.name.clone(),
            parents: [(Line::Management, UnitCode(self.parent.clone()))].into_iter().chain(guide).collect(),
            school: kind.is_school().then_some(school),
        };
        Ok(Decision::Create { unit })
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Rename {
    /// Mã đơn vị
    code: String,
    /// Tên mới
    #[arg(long)]
    name: String,
    #[command(flatten)]
    pub(super) when: When,
}

impl Rename {
    pub(super) fn decision(&self) -> Decision {
        Decision::Rename { code: UnitCode(self.code.clone()), name: self.name.clone() }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Move {
    /// Mã đơn vị
    code: String,
    /// Mã cấp trên mới
    #[arg(long)]
    parent: String,
    /// Theo tuyến nào: management hoặc professional
    #[arg(long, default_value = "management", value_parser = ["management", "professional"])]
    line: String,
    #[command(flatten)]
    pub(super) when: When,
}

impl Move {
    pub(super) fn decision(&self) -> Decision {
        let line = Line::parse(&self.line).unwrap_or(Line::Management);
        Decision::Move { code: UnitCode(self.code.clone()), line, parent: UnitCode(self.parent.clone()) }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Merge {
    /// Mã các đơn vị kết thúc
    #[arg(required = true)]
    codes: Vec<String>,
    /// Mã đơn vị nhận; đơn vị mới thì ghi thêm --new
    #[arg(long)]
    into: String,
    /// Tên của đơn vị lập mới: MÃ=TÊN
    #[arg(long)]
    new: Vec<String>,
    #[command(flatten)]
    pub(super) when: When,
}

impl Merge {
    pub(super) async fn decision(&self, globals: &Globals) -> Result<Decision> {
        known_words("--new", &self.new, &[self.into.as_str()], "đơn vị nhận (--into)").done()?;
        let registry = globals.open().await?.registry().await?;
        let ended: Vec<&Unit> = self.codes.iter().filter_map(|code| registry.unit(code)).collect();
        let into = heir(&ended, &self.into, &self.new, self.when.on)?;
        Ok(Decision::Merge { codes: self.codes.iter().map(|code| UnitCode(code.clone())).collect(), into })
    }
}

/// Who takes over from a unit that ends.
#[derive(Debug, Args)]
pub(in crate::cli) struct Heirs {
    /// Mã đơn vị kế thừa; ghi nhiều lần
    #[arg(long)]
    to: Vec<String>,
    /// Tên của đơn vị lập mới: MÃ=TÊN
    #[arg(long)]
    new: Vec<String>,
    /// Tỉ lệ của một đơn vị kế thừa: MÃ=0.6
    #[arg(long)]
    share: Vec<String>,
    /// Mã đơn vị kế thừa chính; không ghi thì là đơn vị đầu tiên
    #[arg(long)]
    main: Option<String>,
}

impl Heirs {
    /// Every word that names no heir.
    fn strangers(&self) -> Words {
        let heirs: Vec<&str> = self.to.iter().map(String::as_str).collect();
        let meant = "đơn vị kế thừa nào (--to)";
        let mut words = known_words("--new", &self.new, &heirs, meant);
        words.0.extend(known_words("--share", &self.share, &heirs, meant).0);
        if let Some(main) = self.main.as_deref().filter(|main| !heirs.contains(main)) {
            words.add("not_an_heir", format!("«--main {main}» không phải là {meant}."));
        }
        words
    }

    fn parts(&self, registry: &Registry, code: &str, on: Date) -> Result<Vec<Part>> {
        let main = self.main.as_ref().or(self.to.first());
        let ended: Vec<&Unit> = registry.unit(code).into_iter().collect();
        let part = |code: &String| {
            let share = named(&self.share, code).map_or(Ok(None), read_share);
            Ok(Part {
                successor: heir(&ended, code, &self.new, on)?,
                share: share.map_err(Refusal::from)?,
                is_main: main == Some(code),
            })
        };
        self.to.iter().map(part).collect()
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Split {
    /// Mã đơn vị được chia
    code: String,
    #[command(flatten)]
    heirs: Heirs,
    /// Đơn vị trực thuộc về đơn vị kế thừa nào: MÃ=MÃ; không ghi thì về đơn vị kế thừa chính
    #[arg(long)]
    child: Vec<String>,
    #[command(flatten)]
    pub(super) when: When,
}

impl Split {
    pub(super) async fn decision(&self, globals: &Globals) -> Result<Decision> {
        let registry = globals.open().await?.registry().await?;
        let below = registry.children_from(&self.code, self.when.on);
        let below: Vec<&str> = below.iter().map(|child| child.code.as_str()).collect();
        let mut words = self.heirs.strangers();
        let meant = format!("đơn vị trực thuộc của {}", self.code);
        words.0.extend(known_words("--child", &self.child, &below, &meant).0);
        words.done()?;
        let parts = self.heirs.parts(&registry, &self.code, self.when.on)?;
        let main = self.heirs.main.as_ref().or(self.heirs.to.first());
        let heir = |child: &Unit| {
            let chosen = named(&self.child, child.code.as_str()).or(main.map(String::as_str))?;
            Some((child.code.clone(), UnitCode::from(chosen)))
        };
        let children = registry.children_from(&self.code, self.when.on).into_iter().filter_map(heir).collect();
        Ok(Decision::Split { code: UnitCode(self.code.clone()), parts, children })
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Dissolve {
    /// Mã đơn vị kết thúc
    code: String,
    #[command(flatten)]
    heirs: Heirs,
    #[command(flatten)]
    pub(super) when: When,
}

impl Dissolve {
    pub(super) async fn decision(&self, globals: &Globals) -> Result<Decision> {
        self.heirs.strangers().done()?;
        let registry = globals.open().await?.registry().await?;
        let parts = self.heirs.parts(&registry, &self.code, self.when.on)?;
        Ok(Decision::Dissolve { code: UnitCode(self.code.clone()), parts })
    }
}

/// Words of options that name nothing: what they would have said must not be lost.
struct Words(Vec<Reason>);

impl Words {
    fn add(&mut self, code: &str, message: String) {
        self.0.push(Reason::new(code, message));
    }

    fn done(self) -> Result<()> {
        Ok(Refusal::unless_empty(self.0)?)
    }
}

/// Every `CODE=…` option that is written otherwise, names a code that is not meant, or names one twice.
fn known_words(option: &str, given: &[String], known: &[&str], meant: &str) -> Words {
    let mut words = Words(Vec::new());
    let mut seen = Vec::new();
    for word in given {
        match word.split_once('=') {
            None => words.add("bad_option", format!("«{option} {word}» phải có dạng MÃ=…")),
            Some((code, _)) if !known.contains(&code) => {
                words.add("not_an_heir", format!("«{option} {word}»: {code} không phải là {meant}."));
            }
            Some((code, _)) if seen.contains(&code) => {
                words.add("named_twice", format!("«{option} {word}»: {code} đã được ghi trước đó."));
            }
            Some((code, _)) => seen.push(code),
        }
    }
    words
}

/// What is given for a code among `CODE=…` options.
fn named<'a>(options: &'a [String], code: &str) -> Option<&'a str> {
    options.iter().find_map(|option| option.split_once('=').filter(|(known, _)| *known == code)).map(|(_, text)| text)
}

/// An heir that exists, or one made in the place of the unit that ends: of its kind and under its parents.
fn heir(ended: &[&Unit], code: &str, new: &[String], on: Date) -> Result<Successor> {
    let Some(name) = named(new, code) else {
        return Ok(Successor::Existing(UnitCode::from(code)));
    };
    let [first, others @ ..] = ended else {
        return Err(refused("unknown_unit", "Không có đơn vị kết thúc mang mã này.".to_owned()));
    };
    Ok(Successor::New(NewUnit::in_place_of(first, others, code, name, on)))
}

fn refused(code: &str, message: String) -> Error {
    Error::refused(code, message)
}

/// Tries or carries out the decision and says what it does: `{on, verb, done, effects: [{what, unit: {code, name}, …}]}`.
pub(super) async fn run(globals: &Globals, decision: Decision, when: &When) -> Result<Output> {
    let office = globals.open().await?;
    let (_, effects) = if when.dry_run {
        operations::preview(&office, &decision, when.on).await?
    } else {
        operations::apply(&office, &Context::command_line(), &decision, when.on, &when.basis).await?
    };
    let json = json!({ "on": when.on, "verb": decision.verb(), "done": !when.dry_run, "effects": effects });
    let head = format!("Từ ngày {}:", short_date(when.on));
    let lines = effects.iter().map(line);
    Ok(Output::new(json, std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")))
}

fn line(effect: &Effect) -> String {
    match effect {
        Effect::Created { unit, kind } => format!("  lập {} ({}), {}", unit.name, unit.code, kind.label().0),
        Effect::Renamed { unit, before } => format!("  đổi tên {before} ({}) thành {}", unit.code, unit.name),
        Effect::Ended { unit, last_day } => {
            format!("  kết thúc {} ({}) sau ngày {}", unit.name, unit.code, short_date(*last_day))
        }
        Effect::PassedOn { unit, to, kind, share } => {
            let share = share.map_or_else(String::new, |share| format!(", tỉ lệ {share}").replace('.', ","));
            format!("  {} → {} ({}{share})", unit.code, to.code, kind.as_str())
        }
        Effect::Moved { unit, line, from, to, .. } => {
            format!("  {} ({}), {}: {} → {}", unit.name, unit.code, line.label(), from.code, to.code)
        }
        Effect::Described { unit } => format!("  sửa thông tin {} ({})", unit.name, unit.code),
    }
}
