//! `tongket bench letters`: invitations to five hundred guests as one zip of PDFs, from what an officer typed to bytes.

use std::{
    io::{Cursor, Read},
    path::Path,
    sync::Arc,
    time::Instant,
};

use domain::reports::{Document, paper::PaperContent};
use jiff::civil::{DateTime, datetime};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use super::{
    Output,
    bench::SEED,
    bench_paper::holds_every_word,
    usage::{core_seconds, peak_rss_mb},
};
use crate::{
    figures::synthetic::{self, Scale},
    office::Office,
    platform::{Context, Error, Result},
    reports::papers::{
        Bundle, draw, find,
        operations::{self, NewPaper},
    },
};

const LETTER_COUNT: usize = 500;

/// Letters that are written out one by one for peers: a word processor takes long.
const EXPORTED_COUNT: usize = 50;

const MADE_AT: DateTime = datetime(2026, 6, 30, 9, 5, 0, 0);

const FAMILIES: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"];
const MIDDLES: [&str; 8] = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Thu", "Quang", "Thanh"];
const NAMES: [&str; 10] = ["Anh", "Bình", "Dũng", "Hương", "Khánh", "Lan", "Phương", "Sơn", "Thuỷ", "Yến"];
const POSTS: [&str; 4] = ["Hiệu trưởng", "Phó Hiệu trưởng", "Chủ tịch Công đoàn", "Tổng phụ trách Đội"];

pub(super) async fn run(export: Option<&Path>) -> Result<Output> {
    let folder = std::env::temp_dir().join(format!("tongket-bench-letters-{}", std::process::id()));
    let measured = measure(&folder, export).await;
    let _ = std::fs::remove_dir_all(&folder);
    measured
}

async fn measure(folder: &Path, export: Option<&Path>) -> Result<Output> {
    let office = Office::open(folder, None).await?;
    let context = Context::command_line();
    let year = synthetic::fill(&office, &context, Scale::Ward, SEED).await?.to_string();
    let (unit, wording) = (Scale::Ward.top(), find("giay-moi")?);
    let mut inputs = operations::sample(&office, &context, unit, &year, wording).await?;
    inputs.insert("guests".to_owned(), guests(SEED));
    let new = NewPaper { unit: unit.to_owned(), year, kind: wording.slug.clone(), inputs };
    let began = Instant::now();
    let cores_before = core_seconds().unwrap_or(0.0);
    let content = Arc::new(operations::compose(&office, &context, &new, wording).await?);
    let seconds_composing = began.elapsed().as_secs_f64();
    let drawn = Arc::clone(&content);
    let drawing = tokio::task::spawn_blocking(move || draw(&drawn, "Giấy mời", Bundle::Zip, MADE_AT));
    let zip = drawing.await.map_err(Error::inside)??;
    let seconds = began.elapsed().as_secs_f64();
    let peak_rss_mb = peak_rss_mb();
    let letters = content.documents();
    compare(letters, &zip.bytes)?;
    if let Some(folder) = export {
        write_out(&content, &zip.bytes, folder)?;
    }
    let json = json!({
        "work": "letters", "letters": letters.len(), "pages": zip.page_count, "bytes": zip.bytes.len(),
        "seconds": seconds, "seconds_composing": seconds_composing,
        "core_seconds": core_seconds().map(|now| now - cores_before), "peak_rss_mb": peak_rss_mb,
    });
    let each = seconds / letters.len() as f64 * 1e3;
    Ok(Output::new(
        json,
        format!("{} giấy mời trong một tệp zip: {seconds:.2} giây, {each:.1} ms mỗi giấy", letters.len()),
    ))
}

/// Invented guests, a line each, as an officer types them.
fn guests(seed: u64) -> String {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut guest = |number: usize| {
        let mut one_of = |words: &[&'static str]| words.choose(&mut random).copied().unwrap_or_default();
        let (family, middle, name) = (one_of(&FAMILIES), one_of(&MIDDLES), one_of(&NAMES));
        let (post, title) = (one_of(&POSTS), one_of(&["Ông", "Bà"]));
        let school = random.random_range(1..60_u32);
        format!("{title} {family} {middle} {name} {number} | {post} | Trường Tiểu học Ánh Dương {school}")
    };
    (1..=LETTER_COUNT).map(&mut guest).collect::<Vec<_>>().join("\n")
}

/// Every letter is in the zip with every word of it.
fn compare(letters: &[Document], zip: &[u8]) -> Result<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).map_err(Error::inside)?;
    if (letters.len(), archive.len()) != (LETTER_COUNT, LETTER_COUNT) {
        return Err(Error::Inside(format!("{} letters, {} files", letters.len(), archive.len())));
    }
    for (at, letter) in letters.iter().enumerate() {
        let mut bytes = Vec::new();
        archive.by_index(at).map_err(Error::inside)?.read_to_end(&mut bytes)?;
        holds_every_word(letter, &bytes).map_err(|word| Error::Inside(format!("letter {at}: «{word}» is missing")))?;
    }
    Ok(())
}

fn write_out(content: &PaperContent, zip: &[u8], folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("letters.zip"), zip)?;
    for (number, letter) in (1..).zip(content.documents().iter().take(EXPORTED_COUNT)) {
        let bytes = documents::docx::write(letter, MADE_AT).map_err(Error::inside)?;
        std::fs::write(folder.join(format!("letter-{number:03}.docx")), bytes)?;
    }
    Ok(())
}
