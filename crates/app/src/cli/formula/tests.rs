//! The command as a script sees it: lines in, lines out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn answers(input: &[u8]) -> Vec<String> {
    let mut output = Vec::new();
    run(input, &mut output).unwrap();
    String::from_utf8(output).unwrap().lines().map(str::to_owned).collect()
}

/// The single answer, with the message of an error left out.
fn answered(line: &str) -> String {
    let answers = answers(line.as_bytes());
    assert_eq!(answers.len(), 1, "{answers:?}");
    let json: Json = serde_json::from_str(&answers[0]).unwrap();
    match json.get("error") {
        Some(error) => format!("{} {} {}", json_text(&error["code"]), error["at"], json["id"]),
        None => answers[0].clone(),
    }
}

fn json_text(json: &Json) -> &str {
    json.as_str().unwrap()
}

#[test]
fn one_line_for_each_in_order() {
    let input = b"{\"id\":1,\"formula\":\"1+1\"}\nnonsense\n\n\xff\xfe\n{\"id\":\"b\",\"formula\":\"'\xc4\x91\\\"'\"}\r\n{\"id\":2,\"formula\":\"1 +\"}";
    let answers = answers(input);
    assert_eq!(answers.len(), 6);
    assert_eq!(answers[0], r#"{"id":1,"value":2}"#);
    for unreadable in &answers[1..4] {
        assert!(unreadable.starts_with(r#"{"id":null,"error":{"code":"request","message":""#), "{unreadable}");
    }
    assert_eq!(answers[4], r#"{"id":"b","value":"đ\""}"#);
    assert!(answers[5].starts_with(r#"{"id":2,"error":{"code":"syntax","message":""#));
    assert!(answers[5].ends_with(r#","at":3}}"#));
}

#[test]
fn nothing_in_nothing_out() {
    assert!(answers(b"").is_empty());
}

#[test]
fn values_and_reasons() {
    for (line, expected) in [
        (r##"{"id":1,"formula":"#{a.b} + C{k}","values":{"a.b":2,"C{k}":"3","x":null}}"##, r#"{"id":1,"value":5}"#),
        (r##"{"id":1,"formula":"#{a}","values":{"a":null}}"##, r#"{"id":1,"value":null,"reason":"missing"}"#),
        (r##"{"id":1,"formula":"#{a}","missing":"never"}"##, r#"{"id":1,"value":0}"#),
        (
            r##"{"id":1,"formula":"parent(prev(#{a.b}))","values":{"parent:prev:a.b":true}}"##,
            r#"{"id":1,"value":true}"#,
        ),
        (r#"{"id":[1.50,{"z": 0}],"formula":"null"}"#, r#"{"id":[1.50,{"z": 0}],"value":null,"reason":"undefined"}"#),
        (r#"{"id":1,"formula":"1/0"}"#, r#"{"id":1,"value":null,"reason":"not_finite"}"#),
        (r#"{"id":1,"formula":"-0"}"#, r#"{"id":1,"value":0}"#),
        (r##"{"id":1,"formula":"#{a}","values":{"a":-0.0}}"##, r#"{"id":1,"value":0}"#),
        (r##"{"id":1,"formula":"#{a}","values":{"a":12.0}}"##, r#"{"id":1,"value":12}"#),
        (
            r##"{"id":1,"formula":"#{a}","values":{"a":0.30000000000000004}}"##,
            r#"{"id":1,"value":0.30000000000000004}"#,
        ),
        (r##"{"id":1,"formula":"#{a}","values":{"a":1,"a":2}}"##, r#"{"id":1,"value":2}"#),
        (r#"{"id":null,"formula":"1","extra":[]}"#, r#"{"id":null,"value":1}"#),
    ] {
        assert_eq!(answered(line), expected, "{line}");
    }
}

#[test]
fn what_is_no_request_is_refused_by_name() {
    for (line, expected) in [
        ("[]", "request 0 null"),
        (r#"{"id":1,"formula":"1"} x"#, "request 0 null"),
        (r#"{"formula":"1"}"#, "request 0 null"),
        (r#"{"id":"x"}"#, r#"request 0 "x""#),
        (r#"{"id":"x","formula":5}"#, r#"request 0 "x""#),
        (r#"{"id":7,"formula":"1","values":[]}"#, "request 0 7"),
        (r#"{"id":7,"formula":"1","values":null}"#, "request 0 7"),
        (r#"{"id":7,"formula":"1","values":{"a":[1]}}"#, "request 0 7"),
        (r#"{"id":7,"formula":"1","values":{"a":1e999}}"#, "request 0 7"),
        (r#"{"id":7,"formula":"1","missing":"some"}"#, "request 0 7"),
        (r#"{"id":7,"formula":"1","missing":null}"#, "request 0 7"),
        (r#"{"id":7,"formula":"'đ' + foo(1)"}"#, "unknown_name 6 7"),
        (r#"{"id":7,"formula":"C{none}","values":{"C{none}":null}}"#, "unknown_constant 0 7"),
    ] {
        assert_eq!(answered(line), expected, "{line}");
    }
}
