//! After the hall: the log, attendance and votes as tables, pictures, the article, what the public reads.

pub mod article;
pub mod facts;
pub mod found;
pub mod log;
pub mod news;
pub mod photos;
pub mod tables;
