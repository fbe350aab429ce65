//! PDF that would act by itself: scripts and calls of programs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::Refusal;
use hayro_syntax::{
    Pdf,
    object::{Dict, MaybeRef, Name, Object},
};

/// Objects nest no deeper in an honest file.
const DEPTH_MAX: usize = 16;

/// Refuses a PDF with a script or a call of a program in any of its objects.
pub(super) fn refuse(bytes: &[u8]) -> Result<(), Refusal> {
    // A stranger's file may break an assumption of the parser; the reader before this one has already taken it.
    let is_active = catch_unwind(AssertUnwindSafe(|| has_action(bytes))).unwrap_or(true);
    if is_active {
        let message = "Tệp PDF chứa mã lệnh hoặc lệnh gọi chương trình. Hãy in lại thành PDF thường rồi đính kèm.";
        return Err(Refusal::one("script", message));
    }
    Ok(())
}

fn has_action(bytes: &[u8]) -> bool {
    let Ok(pdf) = Pdf::new(bytes.to_vec()) else { return true };
    pdf.objects().into_iter().any(|object| acts(&object, 0))
}

fn acts(object: &Object<'_>, depth: usize) -> bool {
    match object {
        _ if depth > DEPTH_MAX => true,
        Object::Dict(dict) => dict_acts(dict, depth),
        Object::Stream(stream) => dict_acts(stream.dict(), depth),
        Object::Array(array) => array.raw_iter().any(|item| inside(item, depth)),
        _ => false,
    }
}

fn dict_acts(dict: &Dict<'_>, depth: usize) -> bool {
    let kind = dict.get::<Name<'_>>("S");
    let is_call = kind.is_some_and(|kind| matches!(kind.as_str(), "JavaScript" | "Launch"));
    is_call || dict.contains_key("JS") || dict.entries().any(|(_, value)| inside(value, depth))
}

/// References are not followed: what they lead to stands among the objects itself.
fn inside(value: MaybeRef<Object<'_>>, depth: usize) -> bool {
    match value {
        MaybeRef::Ref(_) => false,
        MaybeRef::NotRef(object) => acts(&object, depth + 1),
    }
}
