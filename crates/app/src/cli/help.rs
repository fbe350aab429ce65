//! The help texts: Vietnamese stands at the commands themselves, English here.

use std::ffi::OsString;

use clap::{Arg, ArgAction, CommandFactory};

use super::Cli;

/// Command (path with blanks) and its English description.
const ENGLISH: &[(&str, &str)] = &[
    ("", "Runs the school year of an education office: figures, reports, the review conference."),
    ("migrate", "Create or upgrade the database schema"),
    ("demo", "Make a demo office by the steps of real users, then serve it"),
    ("document", "Write official documents as DOCX and PDF"),
    ("check-document", "Check the layout of a .docx or .pdf against Decree 30/2020/ND-CP"),
    ("formula", "The formula language"),
    ("formula eval", "Evaluate formulas: JSON lines in, JSON lines out"),
    ("backup", "Write a consistent copy of database and files, even while serving"),
    ("restore", "Put a backup into an empty data folder"),
    ("serve", "Serve the office's web pages"),
    ("work", "Do background work (large imports, letters, clearing away) in a process of its own"),
    ("account", "Accounts that sign in"),
    ("account add", "Create an account; the password comes from standard input or is generated and shown once"),
    ("account reset-password", "Set a new generated password, shown once"),
    ("account token", "Make a token with which a program signs in for the account, shown once"),
    ("account revoke-token", "Revoke a token"),
    ("doctor", "Check this installation, naming the broken part and the mend"),
    ("units", "The register of units: import, show, create, rename, move, merge, split, dissolve"),
    ("units import", "Take units and successions, or a list of schools, into the register: all or nothing"),
    ("units show", "A unit on a day: parent, children, successors, predecessors"),
    ("units create", "Create a unit from a day on"),
    ("units rename", "Give a unit another name from a day on"),
    ("units move", "Put a unit under another parent from a day on"),
    ("units merge", "Merge units from a day on; the units below follow"),
    ("units split", "Divide a unit among several from a day on, with shares"),
    ("units dissolve", "End a unit from a day on, with heirs or without"),
    ("indicators", "A unit's indicators of a year, with the reason where there is no value"),
    ("evaluate", "Score, grade and rank units by a criteria set, with the working of every point"),
    ("gaps", "How far schools are apart in an indicator, year by year"),
    ("awards", "Honours: a dossier checked against the law, clause by clause"),
    ("awards check", "Check a dossier against the law of the day on which it was accepted; never decides"),
    ("conference", "Conferences: list, record, archive"),
    ("conference list", "The office's conferences"),
    ("conference show", "The record of a conference"),
    ("conference forget", "Forget the personal data of conferences whose time has come, or of one"),
    ("conference record", "Record a conference that was held without being run here"),
    ("conference take-article", "Take over an article that was published elsewhere about its conference"),
    ("conference export", "Write the whole record as one file that opens without this program"),
    ("bench", "Measure the fast roads on seeded data; --export writes the same data for peers"),
    ("packs", "The office's own data packs: elements, forms, indicators, checks"),
    ("packs check", "Check a folder of packs together with the shipped ones; every fault with file and line"),
    ("template", "The .xlsx workbook that a unit fills for a period"),
    ("submit", "Take in filled workbooks: files, folders, zips; every problem at once"),
    ("approve", "Approve one form, as the officer would"),
    ("return", "Give one form back with reasons, as the officer would"),
];

/// Option and its English description.
const ENGLISH_OPTIONS: &[(&str, &str)] = &[
    ("data", "The office's data folder"),
    ("database", "A PostgreSQL database instead of the SQLite file (postgres://…)"),
    ("json", "Print exactly one JSON document on standard output"),
    ("file", "The backup file (.zip)"),
    ("port", "Port to listen on"),
    ("address", "Address to listen on; open it to the network only behind HTTPS"),
    ("no_work", "Do no background work in this process (where tongket work runs beside it)"),
    (
        "trusted_proxy",
        "Address of the HTTPS proxy in front; only its X-Forwarded-For is believed; may be given several times",
    ),
    ("public_address", "The address that people outside can open, for QR codes on papers and links in letters"),
    ("folder", "A folder with elements/, forms/, indicators/, checks/, options.toml or constants.toml"),
    ("user", "User name"),
    ("name", "The person's name"),
    ("role", "administrator, officer, leader, principal, clerk, editor, reader"),
    ("unit", "Code of the unit"),
    ("set", "Code of the criteria set, such as khoi-thcs"),
    ("dossier", "Number of the award dossier"),
    ("rules", "Code of another rule pack to compare with, such as award_law_2026"),
    ("indicator", "Code of the indicator"),
    ("from_year", "First school year (2022-2023)"),
    ("to_year", "Last school year (2024-2025)"),
    ("days", "How many days it is good for"),
    ("id", "The token's number, as the account's page shows it"),
    ("email", "E-mail address"),
    ("password_stdin", "Read the password from one line of standard input"),
    ("lang", "Language of the help texts and of layout findings"),
    ("pages", "How many pages the invented report has (bench paper)"),
    ("form", "Code of the form, such as 02-TH-CN"),
    ("period", "Code of the reporting period, such as 2025-2026-CN"),
    ("dry_run", "Check only, store nothing"),
    ("mark", "Write copies with comments in the very cells into this folder"),
    ("codes", "List the codes of the problems that this command can name"),
    ("cells", "A reason at one cell; may be given several times"),
    ("reason", "The reason"),
    ("files", "Workbooks, folders or .zip archives"),
    ("out", "The file to be written"),
    ("on", "The first day on which it holds (2026-07-01)"),
    ("basis", "The decision that it rests on"),
    ("line", "The line of authority: management or professional"),
    ("parent", "Code of the parent"),
    ("professional_parent", "Code of the parent on the professional line"),
    ("levels", "Levels of a school: primary,lower_secondary"),
    ("ownership", "public, private, people_founded"),
    ("into", "Code of the unit that takes over"),
    ("to", "Code of an heir; may be given several times"),
    ("new", "Name of a unit that is made by the same decision: CODE=NAME"),
    ("share", "Share of an heir: CODE=0.6"),
    ("main", "Code of the main heir"),
    ("child", "Heir of a unit below: CHILD=HEIR"),
];

/// Options that mean something else in one command than elsewhere, or occur there only: command, option, description.
const ENGLISH_OF: &[(&str, &str, &str)] = &[
    (
        "demo",
        "scale",
        "ward: one ward, 24 schools, four years; province: about 2,800 schools, one year; nation: 52,000",
    ),
    ("demo", "no_serve", "Make the office only, serve nothing"),
    ("units import", "file", "A CSV file of administrative units, or a list of schools (CSV, Excel)"),
    ("units import", "successors", "A CSV file of successions (predecessor, successor, share)"),
    ("units import", "shipped", "Take the register of administrative units that ships with the program"),
    ("units show", "code", "Code of the unit"),
    ("units show", "on", "On which day (2025-06-30)"),
    ("units create", "code", "Code of the new unit"),
    ("units create", "name", "Its name"),
    ("units create", "kind", "Kind of the unit (school, commune_culture_social_division, team …)"),
    ("units rename", "code", "Code of the unit"),
    ("units rename", "name", "Its new name"),
    ("units move", "code", "Code of the unit"),
    ("units merge", "codes", "Codes of the units that end"),
    ("units split", "code", "Code of the unit that is divided"),
    ("units dissolve", "code", "Code of the unit that ends"),
    ("indicators", "year", "School year (2024-2025)"),
    ("indicators", "on_map", "Draw the year on the map of this day; without it on the year's own"),
    ("evaluate", "year", "School year (2024-2025)"),
    ("document", "kind", "Kind of document: bao-cao-tong-ket, ke-hoach, giay-moi, chuong-trinh, bien-ban, to-trinh …"),
    ("document", "whose", "Code of a unit (its latest paper of the kind), or the number of a paper"),
    ("document", "year", "School year (the latest opened by default)"),
    ("document", "level", "Level (all by default)"),
    ("document", "out", "The folder to write into"),
    ("document", "format", "Formats: docx,pdf; zip for letters to many"),
    ("check-document", "document", "A .docx or .pdf file"),
    ("conference show", "id", "The conference's number"),
    ("conference export", "id", "The conference's number"),
    ("conference export", "out", "The .zip file to be written"),
    ("conference record", "id", "The conference's number"),
    ("conference record", "basis", "From what it is recorded (an article, minutes on paper …)"),
    ("conference take-article", "files", "Text files that hold the articles word for word"),
    ("conference take-article", "from", "Where they were published (name of the site or paper)"),
    (
        "conference take-article",
        "conference",
        "The conference's number; without it the one whose name and day the article tells",
    ),
    ("conference take-article", "publish", "Publish at once on the page of articles"),
    ("conference take-article", "dry_run", "Read and report only, write nothing"),
    ("conference forget", "id", "The conference's number; without it all whose time has come"),
    ("bench", "work", "What is measured"),
    ("bench", "scale", "Scale: ward, province, nation"),
    ("bench", "export", "Write the data and the right results as CSV for peers"),
    ("bench", "phones", "How many phones are in the hall (bench hall)"),
    (
        "bench",
        "faults",
        "bench hall: every fault instead of speed: a killed server, a full disk, forgeries, a cut network, phones asleep, two desks, a clock set back",
    ),
    ("bench", "kills", "How many times the server is killed (bench hall --faults)"),
];

/// What stands below the options of `serve`.
const ENGLISH_OF_LETTERS: &str = "Letters: set the environment variables TONGKET_SMTP_URL (smtps://user:password@server) and \
     TONGKET_MAIL_FROM (the sender's address). Without them letters wait in the queue.";

/// The command tree, in the language that the arguments ask for.
pub(super) fn command(arguments: &[OsString]) -> clap::Command {
    let command = Cli::command();
    let text: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let english = text.iter().any(|argument| argument == "--lang=en")
        || text.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en");
    if english { in_english(command, "") } else { with_version(in_vietnamese(command)) }
}

/// How a help text is laid out in Vietnamese.
const VIETNAMESE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// The parts of a help text that the parser names itself.
fn in_vietnamese(command: clap::Command) -> clap::Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("In hướng dẫn này");
    let heading = |argument: Arg| {
        let heading = if argument.is_positional() { "Đối số" } else { "Tuỳ chọn" };
        argument.help_heading(heading)
    };
    let mut command = command.disable_help_flag(true).arg(help).mut_args(heading);
    command = command.help_template(VIETNAMESE).subcommand_help_heading("Lệnh").subcommand_value_name("LỆNH");
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, in_vietnamese))
}

fn with_version(command: clap::Command) -> clap::Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("In phiên bản");
    command.disable_version_flag(true).arg(version.help_heading("Tuỳ chọn"))
}

fn in_english(mut command: clap::Command, path: &str) -> clap::Command {
    if let Some((_, text)) = ENGLISH.iter().find(|(name, _)| *name == path) {
        command = command.about(*text).long_about(*text);
    }
    command = command.mut_args(|argument| {
        let of_command = ENGLISH_OF.iter().find(|(command, name, _)| *command == path && argument.get_id() == name);
        let anywhere = ENGLISH_OPTIONS.iter().find(|(name, _)| argument.get_id() == name);
        match (of_command, anywhere) {
            // What stands beside single values is Vietnamese; the text names the values itself.
            (Some((.., text)), _) => {
                let takes_value = argument.get_action().takes_values();
                let argument = argument.help(*text).long_help(*text);
                if takes_value { argument.hide_possible_values(true) } else { argument }
            }
            (None, Some((_, text))) => argument.help(*text).long_help(*text),
            (None, None) => argument,
        }
    });
    if path == "serve" {
        command = command.after_help(ENGLISH_OF_LETTERS);
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        let below = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command = command.mut_subcommand(name, |sub| in_english(sub, &below));
    }
    command
}

#[cfg(test)]
mod tests;
