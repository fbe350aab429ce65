//! The signed PDF that comes back from the office's signing tool: looked over, its signatures checked, its words held
//! against what was frozen, kept beside the paper.

use std::path::PathBuf;

use documents::{
    attachment::{self, Attachment, Kind},
    compare::{self, Shown, Stamp},
    inspect,
    signature::{self, Roots, SignatureReport},
};
use domain::{Reason, Refusal, reports::Document, vietnamese::fold};
use jiff::Timestamp;

use super::{
    queries::{self, SignedFile, road},
    roots,
    store::{self, CameBack},
};
use crate::{
    audit,
    guidance::operations::files::{self, LookedOver},
    office::Office,
    platform::{Context, Error, Result, clock, kept},
    reports::papers::queries as papers,
};

/// The room's shelf of kept files.
pub(super) const SHELF: &str = "papers";

/// So many places are named at once where a file says something else than was frozen.
const DIFFERENCES_MAX: usize = 20;

/// Attaches the signed file of a signed paper, and to its line in the register, where its words are found; gives its hash. The same file sent again is judged again, by the
/// authorities that the office trusts by then.
///
/// # Errors
/// Refused with every reason: no PDF, not signed, a signature that does not hold, words other than those that were frozen
/// (each with its line); a paper that is not signed here or was taken back; a root certificate that cannot be read.
pub async fn attach(office: &Office, context: &Context, id: i64, name: &str, bytes: Vec<u8>) -> Result<String> {
    let paper = papers::paper(office, id).await?;
    road(office, &paper).await?.take_signed_file()?;
    let frozen = queries::frozen(office, id).await?;
    let (content, signer, slug) = (frozen.read_content()?, frozen.signer, frozen.register_slug);
    let (roots, now) = (roots::trusted(office)?, context.now);
    let looked_over = tokio::task::spawn_blocking(move || {
        examined(content.documents(), &signer, &bytes, &roots, now).map(|(file, reports)| (file, reports, bytes))
    });
    let (attachment, reports, bytes) = looked_over.await.map_err(Error::inside)??;
    let (sha256, name) = (kept::hash(&bytes), kept::plain_name(name, Kind::Pdf));
    // Written before the line that names it: a line never points at nothing.
    kept::keep(&path(office, &sha256), &bytes)?;
    let findings = serde_json::to_string(&reports).map_err(Error::inside)?;
    let byte_count = i64::try_from(bytes.len()).map_err(Error::inside)?;
    let file = CameBack { paper: id, sha256: &sha256, name: &name, byte_count };
    let mut transaction = office.db().begin().await?;
    store::keep_signed_file(&mut transaction, context, &file, &findings).await?;
    let detail = format!("{name} {sha256}");
    audit::write(&mut transaction, context, "papers.attach_signed", &format!("paper/{id}"), &detail).await?;
    if !slug.is_empty() {
        let file = LookedOver { name: &name, sha256: &sha256, bytes: &bytes, attachment: &attachment };
        files::attach_looked_over(office, &mut transaction, context, &slug, &file).await?;
    }
    transaction.commit().await?;
    Ok(sha256)
}

/// A signed file of a paper and its content.
///
/// # Errors
/// `NotFound` where the paper does not have it; an inside fault where its content was lost or altered.
pub async fn open(office: &Office, id: i64, sha256: &str) -> Result<(SignedFile, Vec<u8>)> {
    let files = queries::signed_files(office, id).await?;
    let known = files.into_iter().find(|file| file.sha256 == sha256);
    let known = known.ok_or_else(|| Error::NotFound("tệp này".to_owned()))?;
    let bytes = kept::read(&path(office, sha256), sha256).await?;
    Ok((known, bytes))
}

fn path(office: &Office, sha256: &str) -> PathBuf {
    kept::path(office.folder(), SHELF, sha256, Kind::Pdf)
}

/// What is found in a file and of its signatures, where nothing speaks against the file.
fn examined(
    frozen: &[Document],
    signer: &str,
    pdf: &[u8],
    roots: &Roots,
    now: Timestamp,
) -> Result<(Attachment, Vec<SignatureReport>), Refusal> {
    let attachment = attachment::admit(pdf)?;
    if attachment.kind != Kind::Pdf {
        return Err(Refusal::one("not_a_pdf", "Bản đã ký số phải là tệp PDF. Hãy chọn đúng tệp mà công cụ ký trả về."));
    }
    let stuck_on = attachment::stuck_on(pdf);
    if !stuck_on.is_empty() {
        let kinds = stuck_on.into_iter().collect::<Vec<_>>().join(", ");
        let message = format!(
            "Trên trang có ghi chú, ô chữ hoặc ô nhập dán thêm ({kinds}), người đọc thấy như lời của văn bản. Hãy ký lại từ \
             PDF của văn bản, không dán thêm gì ngoài chữ ký số."
        );
        return Err(Refusal::one("stuck_on", message));
    }
    let mut reports = signature::verify(pdf, roots, now)?;
    if reports.iter().all(|report| report.is_timestamp) {
        let message =
            "Tệp chưa có chữ ký số. Hãy tải PDF của văn bản, ký bằng công cụ ký số của cơ quan rồi gửi lại tệp đã ký.";
        return Err(Refusal::one("not_signed_file", message));
    }
    let broken = reports.iter().zip(1..).filter(|(report, _)| !report.intact).flat_map(|(report, nth)| {
        let whose =
            if report.signer.is_empty() { format!("thứ {nth}") } else { format!("của «{}»", report.signer) };
        let of = move |reason: &Reason| Reason::new(&reason.code, format!("Chữ ký {whose}: {}", reason.message));
        report.reasons.iter().map(of)
    });
    let shown = shown(frozen, &inspect::read(pdf)?, &stamps(&reports));
    Refusal::unless_empty(broken.chain(shown.refused).collect())?;
    note_stamps(&mut reports, &shown.stamps);
    note_another_signer(&mut reports, signer);
    Ok((attachment, reports))
}

/// What the stamps of these signatures may say.
fn stamps(reports: &[SignatureReport]) -> Vec<Stamp> {
    let day = |report: &SignatureReport| report.signed_at.map(|at| clock::in_vietnam(at).date());
    reports.iter().map(|report| Stamp { signer: report.signer.clone(), day: day(report) }).collect()
}

/// Where the words differ from those that were frozen, and what stamps say. Of letters to many, one alone may have been
/// signed.
fn shown(frozen: &[Document], paper: &inspect::Paper, stamps: &[Stamp]) -> Shown {
    let mut all = compare::signed(frozen, paper, stamps);
    if frozen.len() > 1 && !all.refused.is_empty() {
        let mut each = frozen.iter().map(std::slice::from_ref).filter(|one| !compare::lacks(one, paper));
        let alone =
            each.find_map(|one| Some(compare::signed(one, paper, stamps)).filter(|shown| shown.refused.is_empty()));
        all = alone.unwrap_or(all);
    }
    let told = |reason: Reason| Reason::new(reason.code, format!("Dòng «{}»: {}", reason.at, reason.message));
    Shown { refused: all.refused.into_iter().take(DIFFERENCES_MAX).map(told).collect(), ..all }
}

/// Lines of stamps are no words of the paper, and whoever receives the file sees each of them.
fn note_stamps(reports: &mut [SignatureReport], lines: &[String]) {
    if let Some(report) = reports.iter_mut().rfind(|report| !report.is_timestamp) {
        let told = |line: &String| {
            let message = format!("Ngoài lời văn đã chốt, tệp có dòng của dấu chữ ký: «{line}».");
            Reason::new("stamp_line", message)
        };
        report.reasons.extend(lines.iter().map(told));
    }
}

/// The name on the certificate should be that of the signer; an office's own seal beside it is no fault.
fn note_another_signer(reports: &mut [SignatureReport], signer: &str) {
    let wanted = fold(signer);
    let is_named = |report: &SignatureReport| !report.is_timestamp && fold(&report.signer).contains(&wanted);
    if wanted.is_empty() || reports.iter().any(is_named) {
        return;
    }
    if let Some(report) = reports.iter_mut().rfind(|report| !report.is_timestamp) {
        let message = format!("Chứng thư mang tên «{}», văn bản ghi người ký «{signer}».", report.signer);
        report.reasons.push(Reason::new("signer_differs", message));
    }
}
