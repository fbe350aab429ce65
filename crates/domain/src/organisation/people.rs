//! People, the posts of a unit, and who holds which from when to when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Registry, UnitCode, Validity, check};
use crate::Reason;

mod capacity;
mod changes;
mod signing;

use crate::vietnamese::{person_sort_key, sort_key};
pub use capacity::SigningCapacity;
pub use changes::{Appointment, PostEdit};
pub use signing::{UsualPost, capacity, usual_posts};

/// A person known to the office. No personal identifier: only tasks that need one may ask for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Our own key.
    pub code: String,
    /// Full name as written, family name first.
    pub name: String,
}

/// Which body a post belongs to. Titles are listed Party first, then council, then government.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostBody {
    /// Đảng.
    Party,
    /// Hội đồng nhân dân.
    Council,
    /// Ủy ban nhân dân và cơ quan chuyên môn.
    Government,
    /// Nhà trường.
    School,
    /// Công đoàn, đoàn thể.
    Union,
}

impl PostBody {
    /// Every body, in the order in which titles are read out.
    pub const ALL: [Self; 5] = [Self::Party, Self::Council, Self::Government, Self::School, Self::Union];

    /// The word used in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Council => "council",
            Self::Government => "government",
            Self::School => "school",
            Self::Union => "union",
        }
    }

    /// The body with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|body| body.as_str() == text)
    }
}

/// A post at a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Our own key.
    pub code: String,
    /// Where.
    pub unit: UnitCode,
    /// Title as printed (`Phó Trưởng phòng`).
    pub title: String,
    /// Which body.
    pub body: PostBody,
    /// Rank inside the body and unit: 1 is the head, 2 a deputy who signs for the head (KT.), 3 and more the others in
    /// their order.
    pub rank: u16,
    /// Whether only one person can hold it at a time.
    pub is_single: bool,
}

/// A person in a post for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The post.
    pub post: String,
    /// The person.
    pub person: String,
    /// When.
    pub validity: Validity,
    /// Whether the person acts for the holder (`Q.`).
    pub is_acting: bool,
    /// Whether a deputy is the standing one (thường trực): first to act and to sign for the head.
    pub is_standing: bool,
}

/// The office's people, posts and terms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staffing {
    /// People.
    pub people: Vec<Person>,
    /// Posts.
    pub posts: Vec<Post>,
    /// Terms.
    pub terms: Vec<Term>,
}

impl Staffing {
    /// Who holds the post on that day; by given name where it may have several holders.
    pub fn holders_on(&self, post: &str, day: Date) -> Vec<&Person> {
        let terms = self.terms.iter().filter(|term| term.post == post && term.validity.contains(day));
        let mut holders: Vec<&Person> = terms.filter_map(|term| self.person(&term.person)).collect();
        holders.sort_by_cached_key(|person| (person_sort_key(&person.name), person.code.clone()));
        holders
    }

    /// A person's posts on that day in the order in which they are read out: Party, council, government, then by rank.
    pub fn posts_on(&self, person: &str, day: Date) -> Vec<&Post> {
        let terms = self.terms.iter().filter(|term| term.person == person && term.validity.contains(day));
        let mut posts: Vec<&Post> = terms.filter_map(|term| self.post(&term.post)).collect();
        posts.sort_by(|left, right| (left.body, left.rank, &left.code).cmp(&(right.body, right.rank, &right.code)));
        posts
    }

    /// Every fault: `unknown_unit`, `unknown_post`, `unknown_person`, `bad_validity`, `outside_life` (the unit does not
    /// exist for the whole term), `overlapping_validity` (two holders of a single post).
    pub fn faults(&self, registry: &Registry) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for post in &self.posts {
            if registry.unit(post.unit.as_str()).is_none() {
                let message = format!("Đơn vị {} của chức vụ {} không có trong danh mục.", post.unit, post.title);
                reasons.push(Reason::new("unknown_unit", message).at(format!("chức vụ {}", post.code)));
            }
        }
        for term in &self.terms {
            self.term_faults(term, registry, &mut reasons);
        }
        for post in self.posts.iter().filter(|post| post.is_single) {
            let spans: Vec<Validity> =
                self.terms.iter().filter(|term| term.post == post.code).map(|term| term.validity).collect();
            if let Some((left, right)) = check::overlap(&spans) {
                let message = format!("Chức vụ {} có hai người giữ cùng thời gian: {left} và {right}.", post.title);
                reasons.push(Reason::new("overlapping_validity", message).at(format!("chức vụ {}", post.code)));
            }
        }
        for (place, term) in self.terms.iter().enumerate() {
            let is_same = |other: &&Term| {
                (&other.post, &other.person) == (&term.post, &term.person) && other.validity.overlaps(term.validity)
            };
            let is_twice = self.terms[..place].iter().any(|other| is_same(&other));
            if let Some(post) = self.post(&term.post).filter(|post| is_twice && !post.is_single) {
                let message = format!("Một người giữ chức vụ {} hai lần trong cùng thời gian.", post.title);
                reasons.push(Reason::new("overlapping_validity", message).at(format!("chức vụ {}", post.code)));
            }
        }
        reasons
    }

    /// The head's post of a body at a unit, held or not.
    pub fn head_post(&self, unit: &str, body: PostBody) -> Option<&Post> {
        self.posts.iter().find(|post| post.unit.as_str() == unit && post.body == body && post.rank == 1)
    }

    /// The terms of a unit's posts on a day, as they are listed: by body and rank, standing deputies first, then by
    /// given name.
    pub fn terms_on(&self, unit: &str, day: Date) -> Vec<(&Post, &Person, &Term)> {
        self.terms_where(unit, |term| term.validity.contains(day))
    }

    /// The terms of a unit's posts that the rule lets through, in the order of [`Staffing::terms_on`], latest first
    /// within a post.
    pub fn terms_where(&self, unit: &str, is_wanted: impl Fn(&Term) -> bool) -> Vec<(&Post, &Person, &Term)> {
        let wanted = self.terms.iter().filter(|term| is_wanted(term));
        let named = wanted.filter_map(|term| Some((self.post(&term.post)?, self.person(&term.person)?, term)));
        let mut terms: Vec<_> = named.filter(|(post, ..)| post.unit.as_str() == unit).collect();
        terms.sort_by_cached_key(|(post, person, term)| {
            let place = (post.body, post.rank, sort_key(&post.title), post.code.clone());
            let began = std::cmp::Reverse(term.validity.from);
            (place, !term.is_standing, began, person_sort_key(&person.name), person.code.clone())
        });
        terms
    }

    fn term_faults(&self, term: &Term, registry: &Registry, reasons: &mut Vec<Reason>) {
        let at = format!("nhiệm kỳ {} – {}", term.post, term.person);
        let mut add = |code: &str, message: String| reasons.push(Reason::new(code, message).at(at.as_str()));
        if self.person(&term.person).is_none() {
            add("unknown_person", format!("Không có người mang mã {}.", term.person));
        }
        if !term.validity.is_ordered() {
            add("bad_validity", format!("Ngày kết thúc trước ngày bắt đầu ({}).", term.validity));
        }
        let Some(post) = self.post(&term.post) else {
            return add("unknown_post", format!("Không có chức vụ mang mã {}.", term.post));
        };
        let life = registry.unit(post.unit.as_str()).map(|unit| unit.validity);
        if let Some(life) = life.filter(|life| !life.covers(term.validity)) {
            add("outside_life", format!("Đơn vị {} chỉ tồn tại {life}; hãy sửa thời gian giữ chức vụ.", post.unit));
        }
    }

    /// The person with this code.
    pub fn person(&self, code: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.code == code)
    }

    /// The post with this code.
    pub fn post(&self, code: &str) -> Option<&Post> {
        self.posts.iter().find(|post| post.code == code)
    }
}
