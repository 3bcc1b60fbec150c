//! Every route of the program, asked by a stranger, by a reader and by the neighbour commune: a stranger signs in first, a
//! reader changes nothing, a neighbour is told that there is no such thing. Never a fault of ours, never another's household.
//! The routes are read from the handlers' own tables; the addresses asked for are those that pages of the sample register
//! lead to, so that the ids are real. A route that no page leads to needs its line in [`BY_HAND`].

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops; that is its report")]

#[path = "every_route/asking.rs"]
mod asking;
#[path = "every_route/table.rs"]
mod table;

use std::collections::{BTreeMap, BTreeSet};

use asking::{Answer, Desk, Found, Sent};
use table::{Route, Verb, routes};

/// What anybody may ask, signed in or not: starting, signing in, the language, what is published, the self-assessment, blank papers.
const FOR_ANYBODY: &[&str] = &[
    "/sign-in",
    "/sign-out",
    "/access/role",
    "/access/shortcuts",
    "/language/{code}",
    "/start",
    "/start/sample",
    "/start/loading",
    "/start/empty",
    "/published/poverty",
    "/published/poverty.csv",
    "/published/results",
    "/self-check",
    "/household",
    "/household/ask",
    "/household/request",
    "/papers/{file}",
    "/survey/worker.js",
];

/// What somebody signed in changes of their own, whatever their role.
const OF_ONESELF: &[&str] = &["/access/password"];

/// Addresses that no page of the sample leads to, with an example. `-` where an id is made up.
const BY_HAND: &[(&str, &str)] = &[
    ("/language/{code}", "/language/en"),
    ("/start", "/start"),
    ("/start/loading", "/start/loading"),
    ("/start/empty", "/start/empty"),
    ("/start/sample", "/start/sample"),
    ("/sign-in", "/sign-in"),
    ("/sign-out", "/sign-out"),
    ("/survey/worker.js", "/survey/worker.js"),
];

/// The address with made-up ids where no page leads to the route.
fn made_up(path: &str) -> String {
    if let Some((_, address)) = BY_HAND.iter().find(|(route, _)| *route == path) {
        return (*address).to_owned();
    }
    let nobody = "01910000-0000-7000-8000-000000000000";
    let value = |name: &str| match name {
        "year" => "2023",
        "number" => "7.1",
        "act" => "open",
        "level" => "commune",
        "code" => "18073",
        "day" => "2023-01-01",
        "file" => "list.pdf",
        "name" | "hash" => "0000000000000000000000000000000000000000000000000000000000000000",
        _ => nobody,
    };
    let part = |part: &str| match part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some(name) => value(name).to_owned(),
        None => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// What is asked of a route: where pages lead, else a made-up address.
fn asked(route: &Route, found: &BTreeMap<(Verb, String), Vec<Sent>>, verb: Verb) -> Vec<Sent> {
    let known = found.get(&(verb, route.path.clone())).cloned().unwrap_or_default();
    if known.is_empty() { vec![Sent::to(made_up(&route.path))] } else { known }
}

fn wrong(told: &mut Vec<String>, holds: bool, who: &str, verb: Verb, sent: &Sent, answer: &Answer) {
    if !holds {
        told.push(format!("{who} {verb:?} {}: {} {}", sent.address, answer.status, answer.location));
    }
}

#[tokio::test]
async fn no_route_opens_to_a_stranger_or_is_changed_by_a_reader_or_shows_a_neighbour_anothers_household() {
    let desk = Desk::open().await;
    let routes = routes();
    assert!(routes.len() > 150, "{} routes were found in the handlers", routes.len());
    let found: Found = desk.walk(&routes).await;
    let reader = desk.reader().await;
    let neighbour = desk.neighbour().await;
    let before = desk.trail_length().await;
    let mut told = Vec::new();
    let mut real = 0;
    for (route, verb) in routes.iter().flat_map(|route| route.verbs.iter().map(move |verb| (route, *verb))) {
        let is_public = FOR_ANYBODY.contains(&route.path.as_str());
        let of_oneself = OF_ONESELF.contains(&route.path.as_str());
        for sent in asked(route, &found.of_commune, verb).iter().chain(&asked(route, &found.above, verb)) {
            real += usize::from(!sent.address.contains("01910000-0000-7000"));
            if is_public {
                continue;
            }
            let answer = desk.ask(verb, sent, "").await;
            // What a phone's script sends is told so in a status, a person's page by the way to the sign-in.
            let to_sign_in = answer.status == 303 && answer.location.starts_with("/sign-in");
            let is_sent_to_sign_in = to_sign_in || answer.status == 401;
            wrong(&mut told, is_sent_to_sign_in, "stranger", verb, sent, &answer);

            let answer = desk.ask(verb, sent, &reader).await;
            let may_be = match verb {
                Verb::Get => answer.status < 500,
                Verb::Post => of_oneself || desk.is_refused(&answer, &reader).await,
            };
            wrong(&mut told, may_be, "reader", verb, sent, &answer);
        }
        for sent in asked(route, &found.of_commune, verb).into_iter().filter(|_| !is_public) {
            let plain = sent.without_unit();
            for sent in [&sent, &plain] {
                let answer = desk.ask(verb, sent, &neighbour).await;
                wrong(&mut told, answer.status < 500, "neighbour", verb, sent, &answer);
                let seen: Vec<&String> = found.households.iter().filter(|id| answer.text.contains(*id)).collect();
                wrong(&mut told, seen.is_empty(), "neighbour sees a household at", verb, sent, &answer);
                if sent.names_a_commune(&desk.commune) || sent.names_one_of(&found.households) {
                    wrong(&mut told, matches!(answer.status, 403 | 404), "neighbour", verb, sent, &answer);
                }
            }
        }
    }
    assert!(told.is_empty(), "{} of {real} real addresses:\n{}", told.len(), told.join("\n"));
    assert!(real > 150, "only {real} real addresses were asked");
    assert_eq!(desk.trail_length().await, before, "somebody refused has left an entry");
    desk.done().await;
}

#[tokio::test]
async fn the_table_of_the_test_is_the_table_of_the_router() {
    let desk = Desk::open_empty().await;
    for route in routes() {
        for verb in [Verb::Get, Verb::Post] {
            let sent = Sent::to(made_up(&route.path));
            let answer = desk.ask(verb, &sent, "").await;
            let is_known = answer.status != 405;
            assert_eq!(is_known, route.verbs.contains(&verb), "{verb:?} {} ({})", route.path, answer.status);
        }
    }
    let paths: BTreeSet<String> = routes().into_iter().map(|route| route.path).collect();
    for (path, _) in BY_HAND {
        assert!(paths.contains(*path), "{path} is no route any more");
    }
    for path in FOR_ANYBODY.iter().chain(OF_ONESELF) {
        assert!(paths.contains(*path), "{path} is no route any more");
    }
    desk.done().await;
}

#[tokio::test]
async fn in_a_real_register_nobody_tries_a_role() {
    let desk = Desk::open_empty().await;
    let fields = vec![("role".to_owned(), "administrator".to_owned())];
    let sent = Sent { address: "/access/role".into(), fields, is_file: false };
    let answer = desk.ask(Verb::Post, &sent, "").await;
    assert!(answer.status == 422 && answer.text.contains("ACC-013"), "{}: {}", answer.status, answer.text);
    let first = desk.ask(Verb::Get, &Sent::to("/".to_owned()), "").await;
    assert_eq!((first.status, first.location.as_str()), (303, "/sign-in?then=/"));
    let page = desk.ask(Verb::Get, &Sent::to("/sign-in".to_owned()), "").await;
    assert!(page.status == 200 && !page.text.contains("/access/role"), "the bar is not shown");
    desk.done().await;
}
