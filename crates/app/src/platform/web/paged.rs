//! A page of a long list.

/// The rows of a page, and where it stands among the pages of its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paged<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// Its number, from 1.
    pub page: usize,
    /// How many pages the list has; an empty one has one.
    pub page_count: usize,
}

impl<T> Paged<T> {
    /// The page that is asked for, or the nearest that there is.
    pub fn of(
        list: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator>,
        asked: usize,
        row_count_max: usize,
    ) -> Self {
        let list = list.into_iter();
        let page_count = list.len().div_ceil(row_count_max).max(1);
        let page = asked.clamp(1, page_count);
        Self { rows: list.skip((page - 1) * row_count_max).take(row_count_max).collect(), page, page_count }
    }
}
