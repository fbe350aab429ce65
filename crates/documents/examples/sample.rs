//! Writes the sample report to a folder, for looking at: `cargo run -p documents --example sample -- FOLDER`.

use std::error::Error;
use std::path::PathBuf;

use domain::reports::sample;
use jiff::civil::datetime;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("thiếu thư mục")?);
    let document = sample::report();
    let made_at = datetime(2026, 6, 30, 9, 5, 0, 0);
    std::fs::write(folder.join("sample.pdf"), documents::pdf::write(&document, made_at)?.bytes)?;
    std::fs::write(folder.join("sample.docx"), documents::docx::write(&document, made_at)?)?;
    std::fs::write(folder.join("sample.txt"), document.to_text())?;
    Ok(())
}
