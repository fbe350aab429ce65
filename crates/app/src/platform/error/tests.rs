//! What is said of a file that could not be read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[test]
fn a_file_that_is_not_read_is_named_with_the_mend_in_the_reader_s_language() {
    for kind in [ErrorKind::NotFound, ErrorKind::PermissionDenied, ErrorKind::InvalidData, ErrorKind::TimedOut] {
        let fault = IoError::new(kind, "os says so");
        for (language, mends) in
            [(Language::Vietnamese, &["Hãy"][..]), (Language::English, &["Check", "Ask", "Save", "Copy"][..])]
        {
            let Error::Refused(refusal) = Error::not_read(Path::new("a/b.xlsx"), &fault, language) else { panic!() };
            let reason = &refusal.reasons[0];
            assert_eq!(reason.code, "file_not_read");
            assert!(reason.message.contains("«a/b.xlsx»") && !reason.message.contains("os says"), "{}", reason.message);
            assert!(mends.iter().any(|mend| reason.message.contains(mend)), "{}", reason.message);
        }
    }
}
