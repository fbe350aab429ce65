//! Every route of the table as every role: the permission beside it is what happens.

use tongket::{identity::Role, platform::web::Permission, routes::routes};

use crate::kit::{Client, OTHER_SCHOOL, SCHOOL, TestApp, WARD, YEAR};

/// Routes that answer otherwise, with the reason. This list only shrinks.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("GET", "/", "public, and leads who is not signed in to the door"),
    ("POST", "/dang-xuat", "signs out: asked last, by nobody here"),
];

#[tokio::test]
async fn every_route_lets_in_whom_its_permission_names_and_nobody_else() {
    let app = TestApp::start().await;
    let mut callers: Vec<(Option<Role>, Client)> = vec![(None, app.anonymous())];
    for role in Role::ALL {
        callers.push((Some(role), app.sign_in_as(role).await));
    }
    let mut faults = Vec::new();
    for route in routes() {
        let is_exception = EXCEPTIONS.iter().any(|(method, path, _)| (*method, *path) == (route.method, route.path));
        if is_exception {
            continue;
        }
        for (role, client) in &callers {
            let mut client = client.clone();
            let path = filled(route.path);
            let answer = match route.method {
                "GET" => client.get(&path).await,
                _ => client.post(&path, &[]).await,
            };
            let is_let_in = match (route.permission, role) {
                (Permission::Public, _) | (Permission::SignedIn, Some(_)) => true,
                (Permission::Holds(right), Some(role)) => role.allows(right),
                (_, None) => false,
            };
            let is_told_so = match role {
                None => is_door(answer.location()) || answer.status == 401,
                Some(_) => answer.status == 403,
            };
            // The mark tells the route's own refusal from that of a row behind it.
            let is_right = answer.is_refused_by_route != is_let_in && (is_let_in || is_told_so);
            if !is_right || answer.status >= 500 {
                let by = if answer.is_refused_by_route { "route" } else { "row" };
                faults.push(format!("{} {path} as {role:?}: {} by the {by}", route.method, answer.status));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Routes about one unit, asked for by somebody whom the route lets in, about a unit that is not theirs.
#[tokio::test]
async fn a_row_refuses_whom_its_route_lets_in() {
    let app = TestApp::start().await;
    let mut clerk = app.sign_in_as(Role::Clerk).await;
    let mut faults = Vec::new();
    for route in routes().iter().filter(|route| route.path.contains("{unit}") || route.path == "/truong/{code}") {
        let Permission::Holds(right) = route.permission else { continue };
        assert!(Role::Clerk.allows(right), "{}: no row is asked", route.path);
        let path = filled(route.path).replace(SCHOOL, OTHER_SCHOOL).replace(WARD, OTHER_SCHOOL);
        let path = path.replace("02-TH-CN", "03-THCS-CN");
        clerk.get("/tai-khoan").await;
        let answer = match route.method {
            "GET" => clerk.get(&path).await,
            _ => clerk.post(&path, &[("verb", "save")]).await,
        };
        if answer.status != 403 || answer.is_refused_by_route {
            faults.push(format!("{} {path}: {}", route.method, answer.status));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn is_door(location: &str) -> bool {
    location.starts_with("/dang-nhap")
}

/// The path with its names filled in by things that exist in the kit's office.
pub fn filled(path: &str) -> String {
    let with = [
        ("{language}", "vi"),
        ("{year}", YEAR),
        ("{period}", "2025-2026-CN"),
        ("{user_name}", "officer"),
        ("{job}", "1"),
        ("{form}", "02-TH-CN"),
        ("{unit}", SCHOOL),
        ("{code}", WARD),
        ("{document}", "30-2020-nd-cp"),
        ("{kind}", "ke-hoach"),
        ("{id}", "1"),
        ("{change}", "doi-ten"),
        ("{file}", "no-such-file"),
        ("{indicator}", "pri_class_size"),
        ("{level}", "primary"),
        ("{set}", "khoi-tieu-hoc"),
        ("{number}", "1"),
        ("{format}", "docx"),
        ("{place}", "strengths"),
        ("{token}", "no-such-token"),
        ("{poll}", "1"),
    ];
    with.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
}

#[test]
fn every_route_stands_once_and_every_change_is_behind_a_post() {
    let mut seen = std::collections::BTreeSet::new();
    for route in routes() {
        assert!(seen.insert((route.method, route.path)), "{} {} stands twice", route.method, route.path);
        assert!(route.path.is_ascii() && route.path.starts_with('/'), "{}", route.path);
    }
}
