//! Writes the summary report of the invented ward and says how long each output takes, for looking at and measuring:
//! `cargo run --release -p documents --example summary -- DATA_FOLDER OUT_FOLDER`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use domain::figures::pack::{self, PackFile};
use domain::reports::summary::{self, SummaryPlan, sample};
use jiff::civil::datetime;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = |n| std::env::args().nth(n).map(PathBuf::from).ok_or("cần hai thư mục: dữ liệu và kết quả");
    let (data, out) = (folder(1)?, folder(2)?);
    let files = pack_files(&data)?;
    let files: Vec<PackFile<'_>> = files.iter().map(|(name, text)| PackFile { name, text }).collect();
    let catalogue = pack::load(&files).map_err(|faults| format!("{faults:?}"))?;
    let plan = SummaryPlan::parse(&std::fs::read_to_string(data.join("reports/bao-cao-tong-ket.toml"))?)?;
    let figures = sample::InventedFigures::new(&catalogue, &sample::schools());
    let mut facts = sample::facts(&catalogue, &figures);
    let made_at = datetime(2026, 6, 30, 9, 5, 0, 0);
    for round in ["cold", "warm", "warm"] {
        // Another name each time: nothing may come from a document that was laid out before.
        facts.office.signer.push(' ');
        let start = Instant::now();
        let document = summary::write(&facts, &plan);
        let written = Instant::now();
        let docx = documents::docx::write(&document, made_at)?;
        let worded = Instant::now();
        let pdf = documents::pdf::write(&document, made_at)?;
        let told = (written - start, worded - written, worded.elapsed());
        eprintln!("{round}: content {:?}, docx {:?}, pdf {:?} ({} pages)", told.0, told.1, told.2, pdf.pages);
        std::fs::write(out.join("summary.pdf"), pdf.bytes)?;
        std::fs::write(out.join("summary.docx"), docx)?;
        std::fs::write(out.join("summary.txt"), document.to_text())?;
    }
    Ok(())
}

fn pack_files(data: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut files = Vec::new();
    for folder in ["", "elements", "forms", "indicators", "checks"] {
        for entry in std::fs::read_dir(data.join(folder))? {
            let path = entry?.path();
            let name = path.strip_prefix(data)?.to_string_lossy().into_owned();
            if path.is_file() && pack::belongs(&name) {
                files.push((name, std::fs::read_to_string(&path)?));
            }
        }
    }
    Ok(files)
}
