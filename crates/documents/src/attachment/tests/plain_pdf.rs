//! A PDF written by hand from its objects: smaller and plainer than any program makes one.

/// The file of these objects, numbered from 1; the first is the catalogue.
pub(crate) fn of_objects(objects: &[String]) -> Vec<u8> {
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(text.len());
        text += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, size) = (text.len(), objects.len() + 1);
    text += &format!("xref\n0 {size}\n0000000000 65535 f \n");
    places.iter().for_each(|place| text += &format!("{place:010} 00000 n \n"));
    text += &format!("trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF");
    text.into_bytes()
}
