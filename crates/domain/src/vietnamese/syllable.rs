//! One word as letters with their marks, and the place where its tone belongs.

use unicode_normalization::UnicodeNormalization;

/// The five written tones: huyền, hỏi, ngã, sắc, nặng, in the order of Vietnamese dictionaries.
pub(super) const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// A letter, its shape marks (breve, circumflex, horn) and its tone.
pub(super) struct Letter {
    /// The bare letter, in its own case.
    pub(super) base: char,
    /// Marks that make another letter of it (ă, â, ê, ô, ơ, ư), and foreign marks.
    pub(super) marks: Vec<char>,
    /// The tone.
    pub(super) tone: Option<char>,
}

impl Letter {
    fn lower(&self) -> char {
        self.base.to_lowercase().next().unwrap_or(self.base)
    }

    fn is_vowel(&self) -> bool {
        matches!(self.lower(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
    }
}

/// The letters of a text, in order; a mark without a letter before it stands alone.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    for c in text.nfd() {
        match letters.last_mut() {
            Some(last) if TONES.contains(&c) && last.tone.is_none() => last.tone = Some(c),
            Some(last) if unicode_normalization::char::is_combining_mark(c) => last.marks.push(c),
            _ => letters.push(Letter { base: c, marks: Vec::new(), tone: None }),
        }
    }
    letters
}

/// Letters back to text in NFC.
pub(super) fn compose(letters: &[Letter]) -> String {
    letters
        .iter()
        .flat_map(|letter| std::iter::once(letter.base).chain(letter.marks.iter().copied()).chain(letter.tone))
        .nfc()
        .collect()
}

/// The vowels and the final consonants of a Vietnamese syllable, as ranges of its letters.
pub(super) struct Parts {
    /// Where the vowels begin, after the initial consonants (`qu` and `gi` count as consonants before a vowel).
    pub(super) vowels_from: usize,
    /// Where the final consonants begin.
    pub(super) final_from: usize,
}

/// Takes a word apart; `None` where it is not built like a Vietnamese syllable.
pub(super) fn parts(word: &[Letter]) -> Option<Parts> {
    let mut vowels_from = word.iter().position(Letter::is_vowel)?;
    let glide = vowels_from.checked_sub(1).map(|before| (word[before].lower(), word[vowels_from].lower()));
    let next_is_vowel = word.get(vowels_from + 1).is_some_and(Letter::is_vowel);
    if next_is_vowel && word[vowels_from].marks.is_empty() && matches!(glide, Some(('q', 'u') | ('g', 'i'))) {
        vowels_from += 1;
    }
    let length = word[vowels_from..].iter().take_while(|letter| letter.is_vowel()).count();
    let final_from = vowels_from + length;
    let ending: String = word[final_from..].iter().map(Letter::lower).collect();
    let is_syllable = length <= 3 && matches!(ending.as_str(), "" | "c" | "ch" | "m" | "n" | "ng" | "nh" | "p" | "t");
    is_syllable.then_some(Parts { vowels_from, final_from })
}

/// Moves the tone to where the older style puts it: `hoà` → `hòa`, `uỷ` → `ủy`, `qúy` → `quý`, `hòan` → `hoàn`.
pub(super) fn settle_tone(word: &mut [Letter]) {
    let mut toned = word.iter().filter_map(|letter| letter.tone);
    let (Some(tone), None) = (toned.next(), toned.next()) else { return };
    let Some(parts) = parts(word) else { return };
    let place = tone_place(word, &parts);
    for letter in word.iter_mut() {
        letter.tone = None;
    }
    word[place].tone = Some(tone);
}

fn tone_place(word: &[Letter], parts: &Parts) -> usize {
    let vowels = &word[parts.vowels_from..parts.final_from];
    if let Some(shaped) = vowels.iter().rposition(|letter| !letter.marks.is_empty()) {
        return parts.vowels_from + shaped;
    }
    let closed = parts.final_from < word.len();
    match vowels.len() {
        1 => parts.vowels_from,
        2 if !closed => parts.vowels_from,
        _ => parts.vowels_from + 1,
    }
}
