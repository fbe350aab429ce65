//! A letter goes from the queue to a tiny SMTP server; without one it waits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
};

use super::*;

/// Takes one letter and gives what was said between DATA and the lone point.
fn sink(listener: TcpListener) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut letter, mut is_data) = (String::new(), false);
        stream.write_all(b"220 sink\r\n").unwrap();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap() == 0 {
                return letter;
            }
            let reply = match line.trim_end() {
                "." if is_data => "250 taken\r\n",
                _ if is_data => {
                    letter.push_str(&line);
                    continue;
                }
                "DATA" => "354 go on\r\n",
                "QUIT" => return letter,
                _ => "250 ok\r\n",
            };
            is_data = line.trim_end() == "DATA";
            stream.write_all(reply.as_bytes()).unwrap();
        }
    })
}

#[tokio::test]
async fn a_letter_waits_until_a_server_takes_it() {
    let folder = std::env::temp_dir().join(format!("tongket-mail-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let db = Db::open_folder(&folder).await.unwrap();
    db.migrate().await.unwrap();
    let context = Context::command_line();
    let letter = Letter {
        recipient: "hieu.truong@truong.example".into(),
        subject: "Nhắc nộp số liệu".into(),
        body: "Xin nộp biểu 02-TH-CN.".into(),
    };
    let mut transaction = db.begin().await.unwrap();
    queue(&mut transaction, &context, &[letter]).await.unwrap();
    transaction.commit().await.unwrap();

    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = Post::at(&format!("smtp://{closed}"), "phong.vhxh@phuong.example").unwrap();
    assert_eq!(nobody.deliver(&db, &context).await.unwrap(), Delivery { sent: 0, failed: 1 });

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let soon = Post::at(&format!("smtp://{closed}"), "phong.vhxh@phuong.example").unwrap();
    assert_eq!(soon.deliver(&db, &context).await.unwrap(), Delivery::default(), "not before its next try");
    assert_eq!(queue_of(&db).await.unwrap(), Queue { waiting: 1, given_up: 0 });
    let context = Context { now: context.now + pause(0), ..context };
    let post = Post::at(&format!("smtp://{}", listener.local_addr().unwrap()), "phong.vhxh@phuong.example").unwrap();
    let server = sink(listener);
    assert_eq!(post.deliver(&db, &context).await.unwrap(), Delivery { sent: 1, failed: 0 });
    assert_eq!(post.deliver(&db, &context).await.unwrap(), Delivery::default(), "sent once");
    assert_eq!(queue_of(&db).await.unwrap(), Queue::default());
    drop(post);
    let received = server.join().unwrap();
    assert!(received.contains("To: hieu.truong@truong.example"), "{received}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn tries_come_ever_less_often() {
    let minutes: Vec<i64> = (0..12).map(|tries| pause(tries).as_mins()).collect();
    assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
}

#[test]
fn settings_that_cannot_be_read_are_refused() {
    assert!(Post::at("smtp://", "không phải địa chỉ").is_err());
}
