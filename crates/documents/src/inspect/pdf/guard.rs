//! The airlock of PDF: what the parser behind would follow without end or unpack without bound is refused here.
//!
//! The parser trusts a file's page tree and its packed streams. So every stream is unpacked within a limit and thrown
//! away as it comes, brackets are counted, and the page tree is walked for circles, before the parser sees the file.

mod filters;
mod nesting;

use std::collections::BTreeMap;

use domain::Refusal;

use self::filters::Unpacking;
use self::nesting::{Nesting, check_nesting};
use super::super::{UNPACKED_BYTES_MAX, bomb, damaged, encrypted};

/// How deep the tree of pages may be.
const TREE_DEPTH_MAX: usize = 40;

/// The most pages.
pub(super) const PAGES_MAX: usize = 3_000;

/// The longest packed stream that cannot be unpacked here.
const OPAQUE_BYTES_MAX: usize = 128 << 10;

/// The most that the objects packed in one stream come to: they are held to be read. Writers put a hundred or two in one.
const OBJECTS_BYTES_MAX: usize = 32 << 20;

/// The longest dictionary of a stream.
const DICTIONARY_BYTES_MAX: usize = 64 << 10;

/// So often a dictionary is looked through for one thing or another.
const DICTIONARY_LOOKS: usize = 8;

/// Looks a file over.
pub(super) fn admit(bytes: &[u8]) -> Result<(), Refusal> {
    if find(bytes, b"%%EOF").is_none() && find(bytes, b"startxref").is_none() {
        return Err(damaged("tệp PDF bị cắt cụt"));
    }
    let is_encrypted = all(bytes, b"/Encrypt")
        .any(|at| matches!(bytes.get(at + b"/Encrypt".len()), Some(b' ' | b'\r' | b'\n' | b'<' | b'\t')));
    if is_encrypted {
        return Err(encrypted("Mở bằng phần mềm đọc PDF, bỏ mật khẩu và quyền hạn chế (hoặc in lại thành PDF)"));
    }
    let mut tree = Tree::default();
    let mut unpacking = Unpacking::of(bytes);
    let (mut unpacked, mut from, mut object) = (0_usize, 0, 0);
    let (mut objects, mut ends) = (objects(bytes).peekable(), all(bytes, b"endstream").peekable());
    for at in all(bytes, b"stream").filter(|at| !bytes[..*at].ends_with(b"end")) {
        let head = &bytes[from.min(at)..at];
        check_nesting(head)?;
        tree.read_objects(head);
        // Looked for in the whole file before it: a stream may stand where another pretends not to have ended.
        while let Some(place) = objects.next_if(|place| place + b"obj".len() <= at) {
            object = place;
        }
        let own = filters::plain_names(&bytes[object.max(at.saturating_sub(DICTIONARY_BYTES_MAX))..at]);
        unpacking.spend(DICTIONARY_LOOKS * own.len())?;
        let start = at + b"stream".len();
        while ends.next_if(|end| *end < start).is_some() {}
        let end = ends.peek().copied();
        let packed = Packed { bytes: &bytes[start..], length: end.unwrap_or(bytes.len()) - start };
        let room = UNPACKED_BYTES_MAX - unpacked;
        unpacked += weigh(&mut unpacking, &own, &packed, room)?;
        if find(&own, b"/ObjStm").is_some()
            && let Some(content) = unpacking.unpacked::<Vec<u8>>(&own, packed.data(), room.min(OBJECTS_BYTES_MAX))?
        {
            tree.read_packed(&own, &content.sink, &mut unpacking)?;
        }
        from = end.unwrap_or(at);
    }
    check_nesting(&bytes[from.min(bytes.len())..])?;
    tree.read_objects(&bytes[from.min(bytes.len())..]);
    tree.check()
}

/// Where the word of every object's beginning stands.
fn objects(file: &[u8]) -> impl Iterator<Item = usize> {
    all(file, b"obj").filter(move |at| !file[..*at].ends_with(b"end"))
}

/// The bytes of a stream as it is packed.
struct Packed<'a> {
    /// From its first byte to the end of the file: nothing but its filters tells where it ends.
    bytes: &'a [u8],
    /// Up to the first word that says so.
    length: usize,
}

impl Packed<'_> {
    /// Without the line end behind the word that opens the stream.
    fn data(&self) -> &[u8] {
        let bytes = self.bytes;
        bytes.strip_prefix(b"\r\n").or_else(|| bytes.strip_prefix(b"\n")).unwrap_or(bytes)
    }
}

/// How much comes out of a stream; none of it is kept.
fn weigh(unpacking: &mut Unpacking<'_>, head: &[u8], packed: &Packed<'_>, room: usize) -> Result<usize, Refusal> {
    if is_picture(head) {
        return Ok(0);
    }
    let Some(content) = unpacking.unpacked::<Nesting>(head, packed.data(), room)? else { return Ok(0) };
    let is_opaque = content.length == 0 && packed.length > OPAQUE_BYTES_MAX && find(head, b"/Length1").is_none();
    if is_opaque || content.sink.is_too_deep() { Err(bomb()) } else { Ok(content.length) }
}

/// Pictures are never unpacked here, nor by the reader behind (see [`super::content`]).
fn is_picture(head: &[u8]) -> bool {
    let kinds: Vec<&[u8]> =
        all(head, b"/Subtype").map(|at| head[at + b"/Subtype".len()..].trim_ascii_start()).collect();
    let holds_objects = [b"/ObjStm".as_slice(), b"/XRef"].iter().any(|kind| find(head, kind).is_some());
    !kinds.is_empty() && kinds.iter().all(|kind| kind.starts_with(b"/Image")) && !holds_objects
}

/// Who holds whom in the tree of pages.
#[derive(Default)]
struct Tree {
    kids: BTreeMap<u32, Vec<u32>>,
}

impl Tree {
    /// Objects that stand in the file as they are.
    fn read_objects(&mut self, text: &[u8]) {
        let starts: Vec<usize> = all(text, b" obj").collect();
        for (at, start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(text.len());
            if let Some(number) = number_before(&text[..*start]) {
                self.read_object(number, &text[start + b" obj".len()..end]);
            }
        }
    }

    /// Objects that are packed in a stream: pairs of number and offset, then the objects.
    fn read_packed(&mut self, head: &[u8], content: &[u8], unpacking: &mut Unpacking<'_>) -> Result<(), Refusal> {
        let value = |key: &[u8]| {
            let at = find(head, key)? + key.len();
            numbers(&head[at..(at + 24).min(head.len())]).first().copied()
        };
        let (Some(count), Some(first)) = (value(b"/N "), value(b"/First ")) else { return Ok(()) };
        let (count, first) = (count as usize, (first as usize).min(content.len()));
        let pairs = numbers(&content[..first]);
        let body = &content[first..];
        let objects: Vec<(u32, usize)> =
            pairs.chunks_exact(2).take(count).map(|pair| (pair[0], pair[1] as usize)).collect();
        for (at, (number, start)) in objects.iter().enumerate() {
            let end = objects.get(at + 1).map_or(body.len(), |next| next.1).min(body.len());
            if let Some(text) = body.get(*start..end) {
                // Where the places go back and forth the same words are read again and again.
                unpacking.spend(text.len())?;
                self.read_object(*number, text);
            }
        }
        Ok(())
    }

    fn read_object(&mut self, number: u32, text: &[u8]) {
        let text = text.trim_ascii_start();
        let list = match find(text, b"/Kids") {
            Some(at) => &text[at + b"/Kids".len()..],
            // A list that stands on its own may be the one that a node of the tree points at.
            None if text.starts_with(b"[") => text,
            None => return,
        };
        let list = list.trim_ascii_start();
        let list = match list.strip_prefix(b"[") {
            Some(inside) => &inside[..find(inside, b"]").unwrap_or(inside.len())],
            None => &list[..find(list, b"R").map_or(list.len(), |at| at + 1)],
        };
        self.kids.entry(number).or_default().extend(references(list).take(4 * PAGES_MAX));
    }

    /// Refuses circles, great depth, and a tree whose branches meet again and again.
    fn check(&self) -> Result<(), Refusal> {
        let mut heights: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for root in self.kids.keys() {
            self.measure(*root, 0, &mut heights)?;
        }
        Ok(())
    }

    /// Depth below a node and how many leaves are reached from it.
    fn measure(
        &self,
        node: u32,
        depth: usize,
        known: &mut BTreeMap<u32, (usize, usize)>,
    ) -> Result<(usize, usize), Refusal> {
        if let Some(measured) = known.get(&node) {
            return Ok(*measured);
        }
        let Some(kids) = self.kids.get(&node) else { return Ok((0, 1)) };
        if depth > TREE_DEPTH_MAX {
            return Err(bomb());
        }
        let (mut height, mut leaves) = (0, 0_usize);
        for kid in kids {
            let (below, reached) = self.measure(*kid, depth + 1, known)?;
            height = height.max(below + 1);
            leaves = leaves.saturating_add(reached);
        }
        if height > TREE_DEPTH_MAX || leaves > 16 * PAGES_MAX {
            return Err(bomb());
        }
        known.insert(node, (height, leaves));
        Ok((height, leaves))
    }
}

/// The object number of `12 0` at the end of a text.
fn number_before(text: &[u8]) -> Option<u32> {
    let tail = &text[text.len().saturating_sub(24)..];
    let mut words = tail.rsplit(|byte| !byte.is_ascii_digit()).filter(|word| !word.is_empty());
    words.next()?;
    std::str::from_utf8(words.next()?).ok()?.parse().ok()
}

/// The objects that a text refers to, as `12 0 R`; other numbers (a place on a page, say) are none.
fn references(text: &[u8]) -> impl Iterator<Item = u32> {
    let words: Vec<&[u8]> = text
        .split(|byte| byte.is_ascii_whitespace() || b"[]<>()/\0".contains(byte))
        .filter(|word| !word.is_empty())
        .collect();
    let number = |word: &[u8]| std::str::from_utf8(word).ok()?.parse::<u32>().ok();
    let reference = |words: &[&[u8]]| match words {
        [object, generation, b"R"] => number(generation).and(number(object)),
        _ => None,
    };
    words.windows(3).filter_map(reference).collect::<Vec<_>>().into_iter()
}

/// All whole numbers of a text.
fn numbers(text: &[u8]) -> Vec<u32> {
    text.split(|byte| !byte.is_ascii_digit())
        .filter(|word| !word.is_empty())
        .filter_map(|word| std::str::from_utf8(word).ok()?.parse().ok())
        .collect()
}

/// Where a word stands first.
fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    all(text, word).next()
}

/// Every place where a word stands.
fn all<'a>(text: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let last = text.len().saturating_sub(word.len()) + usize::from(text.len() >= word.len());
    let first = word.first().copied().unwrap_or_default();
    (0..last).filter(move |at| text[*at] == first && text[*at..].starts_with(word))
}
