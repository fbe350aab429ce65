//! Names of people, posts and units in a text, by their capitals and by the words around them.

use super::{Claim, ClaimKind};

/// The usual family names, in small letters.
const FAMILY_NAMES: [&str; 58] = [
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương",
    "lý", "đào", "đoàn", "vương", "trịnh", "trương", "đinh", "lâm", "phùng", "mai", "tô", "hà", "tạ", "cao", "lương",
    "lưu", "chu", "châu", "khúc", "kiều", "la", "quách", "thái", "thân", "tống", "triệu", "văn", "viên", "nghiêm",
    "nông", "ma", "hứa", "giang", "đàm", "diệp", "cù", "bạch", "âu", "an", "tăng", "từ", "ứng", "phí",
];

/// Words before a name.
const ADDRESSES: [&str; 6] = ["ông", "bà", "cô", "thầy", "anh", "chị"];

/// Words with which a unit's name begins.
const UNIT_HEADS: [&str; 26] = [
    "trường",
    "phòng",
    "sở",
    "bộ",
    "ban",
    "ủy",
    "uỷ",
    "hội",
    "liên",
    "công",
    "trung",
    "đảng",
    "quận",
    "huyện",
    "phường",
    "xã",
    "tỉnh",
    "thành",
    "cụm",
    "tổ",
    "viện",
    "học",
    "đoàn",
    "mặt",
    "tòa",
    "chi",
];

/// Words before the name of a place or a school.
const BEFORE_PLACES: [&str; 13] =
    ["trường", "phường", "xã", "quận", "huyện", "tỉnh", "phố", "sở", "phòng", "non", "học", "đường", "thôn"];

/// Posts, each of the chief; a deputy's is the same after [`DEPUTY`].
const POSTS: [&[&str]; 23] = [
    &["chánh", "văn", "phòng"],
    &["tổng", "biên", "tập"],
    &["thành", "ủy", "viên"],
    &["tỉnh", "ủy", "viên"],
    &["quận", "ủy", "viên"],
    &["huyện", "ủy", "viên"],
    &["đảng", "ủy", "viên"],
    &["tổng", "phụ", "trách"],
    &["tổng", "bí", "thư"],
    &["thủ", "tướng"],
    &["bộ", "trưởng"],
    &["thứ", "trưởng"],
    &["cục", "trưởng"],
    &["vụ", "trưởng"],
    &["chủ", "tịch"],
    &["giám", "đốc"],
    &["trưởng", "phòng"],
    &["trưởng", "ban"],
    &["bí", "thư"],
    &["hiệu", "trưởng"],
    &["tổ", "trưởng"],
    &["chuyên", "viên"],
    &["đại", "tá"],
];

/// The word that makes a chief's post a deputy's.
pub(super) const DEPUTY: &str = "phó";

/// Words with which the body of a post begins: a chair of the council is no chair of the committee.
const BODIES: [&str; 13] =
    ["ủy", "hội", "đảng", "quận", "huyện", "thành", "tỉnh", "sở", "công", "liên", "mặt", "chi", "phường"];

struct Word {
    text: String,
    small: String,
    /// Whether a sentence, or a piece that begins like one, begins here.
    begins: bool,
    /// Whether a mark stands between it and the word before.
    is_parted: bool,
}

impl Word {
    fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    fn is_all_capitals(&self) -> bool {
        self.text.chars().count() > 1 && self.text.chars().all(char::is_uppercase)
    }
}

fn read(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut marks = ".".to_owned();
    let mut word = String::new();
    let mut flush = |word: &mut String, marks: &mut String| {
        if !word.is_empty() {
            let begins = marks.contains(['.', '!', '?', '…', ':', '«', '"', '“', '\n']);
            let is_parted = !marks.trim().is_empty() || marks.contains('\n');
            words.push(Word { small: word.to_lowercase(), text: std::mem::take(word), begins, is_parted });
            marks.clear();
        }
    };
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            word.push(letter);
        } else {
            flush(&mut word, &mut marks);
            marks.push(letter);
        }
    }
    flush(&mut word, &mut marks);
    words
}

/// All words in small letters, each followed by a blank.
pub(super) fn words(text: &str) -> String {
    read(text).into_iter().map(|word| word.small + " ").collect()
}

/// The names that a text has. A text all in capitals shows none.
pub(super) fn names(text: &str) -> Vec<Claim> {
    let words = read(text);
    if !text.chars().any(char::is_lowercase) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut place = 0;
    while place < words.len() {
        if let Some(length) = post_at(&words, place) {
            found.push(claim(ClaimKind::Post, &words[place..place + length]));
            place += length;
        } else if words[place].is_capital() {
            let length = run_at(&words, place);
            found.extend(of_run(&words, place, length));
            place += length;
        } else {
            place += 1;
        }
    }
    found
}

fn claim(kind: ClaimKind, words: &[Word]) -> Claim {
    let joined = |part: fn(&Word) -> &str| words.iter().map(part).collect::<Vec<_>>().join(" ");
    Claim { kind, text: joined(|word| &word.text), key: joined(|word| &word.small) }
}

/// How many words a post takes here: the deputy's word, the chief's post, the first words of its body.
fn post_at(words: &[Word], place: usize) -> Option<usize> {
    let deputy = usize::from(words.get(place)?.small == DEPUTY);
    let is_here = |post: &&&[&str]| {
        let all = words.get(place + deputy..place + deputy + post.len());
        all.is_some_and(|all| all.iter().zip(post.iter()).all(|(word, wanted)| word.small == *wanted))
    };
    let length = deputy + POSTS.iter().find(is_here)?.len();
    if words[place + 1..place + length].iter().any(|word| word.is_parted) {
        return None;
    }
    let rest = words[place + length..].iter().take(4).take_while(|word| !word.is_parted);
    let rest: Vec<&str> = rest.map(|word| word.small.as_str()).collect();
    let more = match rest.as_slice() {
        ["ủy", "ban", "nhân", "dân"] | ["hội", "đồng", "nhân", "dân"] => 4,
        ["sở", _, _, ..] => 3,
        [body, _, ..] if BODIES.contains(body) => 2,
        _ => 0,
    };
    Some(length + more)
}

/// Capitals that follow one another.
fn run_at(words: &[Word], place: usize) -> usize {
    let mut length = 1;
    while words.get(place + length).is_some_and(|word| word.is_capital() && !word.is_parted)
        && post_at(words, place + length).is_none()
    {
        length += 1;
    }
    length
}

fn of_run(words: &[Word], place: usize, length: usize) -> Option<Claim> {
    let mut run = &words[place..place + length];
    let before = |back: usize| place.checked_sub(back).map_or("", |at| words[at].small.as_str());
    let is_near = !run[0].is_parted;
    let addressed = is_near && (ADDRESSES.contains(&before(1)) || (before(1) == "chí" && before(2) == "đồng"));
    if ADDRESSES.contains(&run[0].small.as_str()) && run.len() > 1 {
        return Some(claim(ClaimKind::Person, &run[1..]));
    }
    let is_family_name = FAMILY_NAMES.contains(&run[0].small.as_str());
    // «trung học cơ sở» is a level, no department.
    let is_of_level = before(1) == "sở" && before(2) == "cơ";
    let is_of_place = is_near && BEFORE_PLACES.contains(&before(1)) && !is_of_level;
    if (addressed && !is_of_place) || (is_family_name && run.len() > 1 && !is_of_place) {
        return Some(claim(ClaimKind::Person, run));
    }
    let is_head = UNIT_HEADS.contains(&run[0].small.as_str());
    if run[0].begins && !is_head && !run[0].is_all_capitals() {
        run = &run[1..];
    }
    let end = place + length;
    match run {
        [] => None,
        [one] if one.is_all_capitals() => Some(claim(ClaimKind::Unit, run)),
        // «cấp học Tập trung»: a level is no place; nor is what follows a line that ends without a mark.
        [one] if is_of_place && !matches!(before(1), "học" | "non") && run.len() == length => {
            let next = words.get(end).filter(|word| !word.is_parted && !word.is_capital());
            if one.small == "hội" && next.is_some_and(|next| next.small == "nghị") {
                return None;
            }
            Some(claim(ClaimKind::Unit, &words[place - 1..end + usize::from(next.is_some())]))
        }
        [_] => None,
        _ if is_head => {
            let next = words.get(end).filter(|word| !word.is_parted && word.text.chars().all(char::is_alphabetic));
            Some(claim(ClaimKind::Unit, &words[end - run.len()..end + usize::from(next.is_some())]))
        }
        _ => Some(claim(ClaimKind::Unit, run)),
    }
}
