//! Vietnamese writing: folding for search, order of names, numbers and dates as offices print them.
