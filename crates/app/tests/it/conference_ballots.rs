//! What the disk tells of a secret vote: the journal of the database cut at each of its commits, a backup taken in the middle
//! of the vote, a key that was lost, a key that a killed process left behind.

use std::path::{Path, PathBuf};

use domain::conference::{Arrival, Ballot, Command, Event, FoundBy, Id, PollKind, PollState, Question, Road};
use sqlx::Connection;
use tongket::{
    conference::{live, operations, queries},
    identity::Role,
    office::Office,
    platform::{Error, Settings, archive},
};

use crate::{
    conference::{done, id_of, opened, state},
    kit::TestApp,
};

const VOTERS: u32 = 6;

/// Six delegates here and a secret poll of three options open; the conference.
async fn voting(app: &TestApp) -> i64 {
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(app, &mut officer).await;
    let list: String = (1..=3).map(|number| format!("Đại biểu {number} | | Trường THCS Bồ Câu | THCS\n")).collect();
    let paste = [("verb", "paste"), ("side", "delegate"), ("may_vote", "1"), ("pasted", list.as_str())];
    done(&officer.post(&format!("{at}/dai-bieu"), &paste).await);
    let conference = state(&app.office, &at).await;
    let named = conference.records.participations.iter().filter(|(_, line)| line.name.starts_with("Đại biểu"));
    for (line, _) in named {
        must(app, id_of(&at), Command::CheckIn(arrival(line))).await;
    }
    must(app, id_of(&at), Command::OpenPoll(question())).await;
    id_of(&at)
}

fn arrival(line: Id) -> Arrival {
    Arrival {
        client_id: format!("line-{line}"),
        found_by: FoundBy::Line(line),
        road: Road::List,
        desk: String::new(),
        venue: None,
        heads: None,
        scanned_at: None,
    }
}

fn question() -> Question {
    let options = ["A", "B", "C"].map(str::to_owned).to_vec();
    let kind = PollKind::Choices { options, choice_count_max: 2 };
    Question { text: "Bầu".to_owned(), kind, by_hands: false, by_devices: true, is_secret: true, target: None }
}

async fn must(app: &TestApp, id: i64, command: Command) -> operations::Done {
    operations::command(&app.office, &app.context(), id, command).await.unwrap()
}

async fn refused(office: &Office, app: &TestApp, id: i64, command: Command) -> String {
    match operations::command(office, &app.context(), id, command).await {
        Err(Error::Refused(refusal)) => refusal.reasons[0].code.clone(),
        other => panic!("{other:?}"),
    }
}

/// Those who are here, in the order of the list.
async fn voters(app: &TestApp, id: i64) -> Vec<Id> {
    let voters: Vec<Id> = state(&app.office, &format!("/{id}")).await.roll().into_keys().collect();
    assert_eq!(voters.len(), VOTERS as usize);
    voters
}

/// One after another: each ballot in a commit of its own, as when a hall votes slowly. Some choose one option, some two.
async fn vote(app: &TestApp, id: i64, voters: &[Id]) -> Vec<String> {
    let mut tokens = Vec::new();
    for participation in voters.iter().copied() {
        let token = format!("a-random-token-{:04}", 9_000 - participation * 131);
        let choices = if participation % 2 == 0 { vec![0] } else { vec![1, 2] };
        must(app, id, Command::Vote(Ballot { poll: 1, participation, choices, token: token.clone() })).await;
        tokens.push(token);
    }
    tokens
}

fn keys(app: &TestApp) -> Vec<PathBuf> {
    let folder = app.office.folder().join("ballot-keys");
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// The lengths at which a journal ends with a commit.
fn commits(wal: &[u8]) -> Vec<usize> {
    let number = |at: usize| u32::from_be_bytes(wal[at..at + 4].try_into().unwrap());
    let frame = 24 + usize::try_from(number(8)).unwrap();
    let starts = (32..).step_by(frame).take_while(|at| at + frame <= wal.len());
    let own = starts.take_while(|at| wal[at + 8..at + 16] == wal[16..24]);
    own.filter(|at| number(at + 4) != 0).map(|at| at + frame).collect()
}

/// A state of the database that its journal still tells.
struct Past {
    boxes: Vec<String>,
    marked: i64,
    is_closed: bool,
}

/// Opens the copy of a database with its journal cut there; none before there was a box to look into.
async fn past(database: &Path, wal: &[u8], folder: &Path) -> Option<Past> {
    let copy = folder.join("past.sqlite");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("past.sqlite{ending}")));
    }
    std::fs::copy(database, &copy).unwrap();
    std::fs::write(folder.join("past.sqlite-wal"), wal).unwrap();
    let mut connection = sqlx::SqliteConnection::connect(&format!("sqlite://{}", copy.display())).await.unwrap();
    let boxes = "select ballots from conference_ballot_box";
    let boxes: Vec<String> = sqlx::query_scalar(boxes).fetch_all(&mut connection).await.ok()?;
    let count = "select count(*) from conference_event where kind = $1";
    let marked = sqlx::query_scalar(count).bind("secret_ballot_marked").fetch_one(&mut connection).await;
    let closed: Result<i64, _> = sqlx::query_scalar(count).bind("poll_closed").fetch_one(&mut connection).await;
    connection.close().await.unwrap();
    Some(Past { boxes, marked: marked.unwrap(), is_closed: closed.unwrap() > 0 })
}

#[tokio::test]
async fn the_journal_cut_at_every_commit_tells_no_ballot() {
    if std::env::var("TONGKET_TEST_POSTGRES").is_ok() {
        return;
    }
    let app = TestApp::start().await;
    let id = voting(&app).await;
    let (voters, folder) = (voters(&app, id).await, app.office.folder().to_owned());
    let tokens = vote(&app, id, &voters).await;
    must(&app, id, Command::ClosePoll(1, Vec::new())).await;
    assert_eq!(keys(&app), Vec::<PathBuf>::new(), "the key died with the poll");
    let database = folder.join("tongket.sqlite");
    let wal = std::fs::read(folder.join("tongket.sqlite-wal")).unwrap();
    let (mut lengths, mut seen, mut traced) = (Vec::new(), 0, 0);
    for end in commits(&wal) {
        let Some(past) = past(&database, &wal[..end], &folder).await else { continue };
        if past.is_closed || past.boxes.is_empty() {
            continue;
        }
        seen = seen.max(past.marked);
        traced += tokens.iter().filter(|token| past.boxes.iter().any(|text| text.contains(*token))).count();
        assert!(!past.boxes.concat().contains("choices"));
        lengths.push((past.marked, past.boxes.concat().len()));
    }
    assert_eq!(seen, i64::from(VOTERS), "the journal tells every state of the vote");
    assert_eq!(traced, 0, "and none of them a ballot");
    // One ballot more makes the box longer by the same, whatever was cast; base64 rounds by one letter.
    lengths.dedup();
    let steps: Vec<usize> = lengths.windows(2).map(|pair| pair[1].1 - pair[0].1).collect();
    assert_eq!(steps.len(), voters.len() - 1);
    assert!(steps.iter().max().unwrap() - steps.iter().min().unwrap() <= 1, "{steps:?}");
    let before_closing = wal.windows(6).position(|bytes| bytes == b"poll_c").unwrap_or(wal.len());
    let open = &wal[..before_closing];
    assert!(!tokens.iter().any(|token| open.windows(token.len()).any(|bytes| bytes == token.as_bytes())));
}

#[tokio::test]
async fn during_the_vote_only_the_key_opens_the_box_and_only_the_office_reads_the_key() {
    let app = TestApp::start().await;
    let id = voting(&app).await;
    let made = keys(&app);
    assert_eq!(made.len(), 1);
    assert_eq!(std::fs::metadata(&made[0]).unwrap().len(), 32);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&made[0]).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let tokens = vote(&app, id, &voters(&app, id).await).await;
    let read = "select ballots from conference_ballot_box";
    let sealed: String = sqlx::query_scalar(read).fetch_one(app.office.db().pool()).await.unwrap();
    assert!(tokens.iter().all(|token| !sealed.contains(token.as_str())) && !sealed.contains("choices"), "{sealed}");
    // Another process of the office that shares the folder opens the box as well.
    let other = app.another_process().await;
    let closed = operations::command(&other, &app.context(), id, Command::ClosePoll(1, Vec::new())).await.unwrap();
    let Some(Event::PollClosed { ballots, .. }) = closed.events.first() else { panic!("{closed:?}") };
    assert_eq!(ballots.len(), tokens.len());
    assert!(ballots.is_sorted() && ballots.iter().all(|ballot| tokens.contains(&ballot.token)));
    assert_eq!(keys(&app), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_lost_key_is_told_and_the_vote_is_repeated() {
    let app = TestApp::start().await;
    let id = voting(&app).await;
    let voters = voters(&app, id).await;
    vote(&app, id, &voters[..4]).await;
    std::fs::remove_file(&keys(&app)[0]).unwrap();
    let ballot =
        Ballot { poll: 1, participation: voters[4], choices: vec![0], token: "a-token-of-somebody".to_owned() };
    assert_eq!(refused(&app.office, &app, id, Command::Vote(ballot)).await, "ballot_key_lost");
    assert_eq!(refused(&app.office, &app, id, Command::ClosePoll(1, Vec::new())).await, "ballot_key_lost");
    let conference = state(&app.office, &format!("/{id}")).await;
    assert_eq!(conference.polls[&1].voted.len(), 4, "who was refused has not voted");
    must(&app, id, Command::CancelPoll(1, "Mất khóa hòm phiếu".to_owned())).await;
    must(&app, id, Command::OpenPoll(question())).await;
    let again =
        Ballot { poll: 2, participation: voters[0], choices: vec![0], token: "a-token-of-the-second".to_owned() };
    must(&app, id, Command::Vote(again)).await;
    must(&app, id, Command::ClosePoll(2, Vec::new())).await;
    let conference = state(&app.office, &format!("/{id}")).await;
    assert_eq!(conference.polls[&2].tally().voted, 1);
}

#[tokio::test]
async fn a_key_that_a_killed_process_left_is_destroyed_at_the_next_start() {
    let app = TestApp::start().await;
    let id = voting(&app).await;
    vote(&app, id, &voters(&app, id).await).await;
    let path = keys(&app).remove(0);
    live::destroy_leftover_keys(&app.office).await.unwrap();
    assert!(path.exists(), "the poll is still open");
    let key = std::fs::read(&path).unwrap();
    must(&app, id, Command::ClosePoll(1, Vec::new())).await;
    // As if the process had been killed between the commit and the end of the key.
    std::fs::write(&path, key).unwrap();
    live::destroy_leftover_keys(&app.another_process().await).await.unwrap();
    assert!(!path.exists());
    assert_eq!(state(&app.office, &format!("/{id}")).await.polls[&1].state, PollState::Closed);
}

#[tokio::test]
async fn a_backup_from_the_middle_of_a_vote_holds_no_ballot_that_opens() {
    if std::env::var("TONGKET_TEST_POSTGRES").is_ok() {
        return;
    }
    let app = TestApp::start().await;
    let id = voting(&app).await;
    vote(&app, id, &voters(&app, id).await).await;
    let (file, folder) = (app.office.folder().join("backup.zip"), app.office.folder().join("restored"));
    archive::backup(&app.office, &file).await.unwrap();
    archive::restore(&file, &folder).await.unwrap();
    assert!(!folder.join("ballot-keys").exists());
    let restored = Office::open_with(&folder, None, Settings::default()).await.unwrap();
    assert_eq!(refused(&restored, &app, id, Command::ClosePoll(1, Vec::new())).await, "ballot_key_lost");
    let cancel = Command::CancelPoll(1, "Phục hồi từ bản sao lưu".to_owned());
    operations::command(&restored, &app.context(), id, cancel).await.unwrap();
    assert_eq!(
        queries::log(&app.office, id).await.unwrap().len() + 1,
        queries::log(&restored, id).await.unwrap().len()
    );
}
