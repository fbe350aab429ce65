//! The officer at the desk, over HTTP: signed in once, then acting by the forms of the pages.

use std::{sync::Arc, time::Duration};

use super::{prepare, server::Server};
use crate::{
    cli::bench_pages,
    platform::{
        Error, Result,
        wire::{Answer, Caller},
    },
};

const FORM: &str = "application/x-www-form-urlencoded";

/// A signed-in officer.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    id: i64,
    stranger: Caller,
    caller: Caller,
    cookies: Arc<str>,
    csrf: Arc<str>,
}

impl Desk {
    pub(super) async fn sign_in(server: &Server, id: i64) -> Result<Self> {
        let stranger = Caller::of(&format!("http://{}", server.address()));
        let cookies = bench_pages::sign_in(&stranger, prepare::OFFICER, prepare::PASSWORD).await?;
        let caller = stranger.clone().with_cookies(&cookies);
        let page = caller.get(&format!("/hoi-nghi/{id}/dieu-hanh")).await?;
        let page = String::from_utf8_lossy(&page.body).into_owned();
        let csrf = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let csrf = csrf.ok_or_else(|| Error::inside("the desk's page has no form"))?;
        Ok(Self { id, stranger, caller, cookies: cookies.into(), csrf: csrf.into() })
    }

    pub(super) fn id(&self) -> i64 {
        self.id
    }

    pub(super) fn cookies(&self) -> &str {
        &self.cookies
    }

    /// Does something at the desk.
    pub(super) async fn act(&self, form: &[(&str, &str)]) -> Result<()> {
        let answer = self.post("dieu-hanh", form).await?;
        must_be(303, &answer)
    }

    /// Closes a poll.
    pub(super) async fn close_poll(&self, poll: usize) -> Result<()> {
        self.act(&[("verb", "close_poll"), ("poll", &poll.to_string())]).await
    }

    /// Takes somebody by the badge; how long it took.
    pub(super) async fn check_in(&self, badge: &str, scan: &str) -> Result<Duration> {
        let form = [("verb", "check_in"), ("who", badge), ("scan", scan), ("ban", "Bàn 1")];
        let answer = self.post("diem-danh", &form).await?;
        must_be(303, &answer).map(|()| answer.took)
    }

    /// Sends a form of a page of the conference; the answer as it comes.
    pub(super) async fn post(&self, page: &str, form: &[(&str, &str)]) -> Result<Answer> {
        let mut fields = form.to_vec();
        fields.push(("csrf", &self.csrf));
        let body = serde_html_form::to_string(fields).map_err(Error::inside)?;
        self.caller.post(&format!("/hoi-nghi/{}/{page}", self.id), FORM, body).await
    }

    /// The same without a session, with the token of a form that somebody has seen.
    pub(super) async fn forge(&self, page: &str, form: &[(&str, &str)]) -> Result<u16> {
        let mut fields = form.to_vec();
        fields.push(("csrf", &self.csrf));
        let body = serde_html_form::to_string(fields).map_err(Error::inside)?;
        Ok(self.stranger.post(&format!("/hoi-nghi/{}/{page}", self.id), FORM, body).await?.status)
    }

    /// Sends a form of a delegate's page.
    pub(super) async fn as_delegate(&self, token: &str, form: &[(&str, &str)]) -> Result<u16> {
        let body = serde_html_form::to_string(form).map_err(Error::inside)?;
        Ok(self.stranger.post(&format!("/hn/{token}"), FORM, body).await?.status)
    }

    /// Asks for the projector's page, as its script does when it hears of something new.
    pub(super) async fn sees_the_projector(&self) -> bool {
        let page = self.caller.get(&format!("/hoi-nghi/{}/man-chieu", self.id)).await;
        page.is_ok_and(|page| page.status == 200)
    }
}

fn must_be(status: u16, answer: &Answer) -> Result<()> {
    if answer.status == status {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&answer.body);
    let said = said.split("<main").nth(1).unwrap_or(&said).chars().take(600).collect::<String>();
    Err(Error::inside(format!("the desk was answered with {}: {said}", answer.status)))
}
