//! What lists show of every subject: worked out from its events, or as it was kept from those very events.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Window, days_between, plus_days};
use crate::failure::Failure;
use crate::library::Library;
use crate::plan::way::Way;
use crate::plan::{self, Open};
use crate::settings;
use crate::store::{Heads, Store};

use super::register::{self, Listed};
use super::worklist::{WorklistItem, delay_words};
use super::{Opened, among};

/// The files beside the record; either may be deleted.
const LISTED: &str = "records.listed";
const WAITING: &str = "records.waiting";

/// What is planned so many days behind those asked for is kept with it, so that it serves for as many days.
const AHEAD: i32 = 7;

/// A day as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Day(i32);

const FIRST: Date = Date::constant(2000, 1, 1);

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(days_between(FIRST, date))
    }
}

impl Day {
    fn date(self) -> Option<Date> {
        plus_days(FIRST, self.0)
    }
}

/// What waits of a subject, whatever the day is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Waiting {
    /// What is planned for later days is not among the doses.
    until: Day,
    /// The last day of treatment.
    stopped: Option<Day>,
    /// The plan is blocked.
    blocked: bool,
    ways: Vec<Way>,
    doses: Vec<Dose>,
}

/// A dose of which nothing is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Dose {
    date: Day,
    latest: Day,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    outside: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    held: bool,
    weighed: Option<Day>,
    window: Option<(Day, Day)>,
    visit: String,
    drug: String,
    amount: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delay: Option<String>,
    /// Its visit, among the ways.
    way: usize,
}

impl Waiting {
    fn of(opened: &Opened, until: Date) -> Self {
        let course = &opened.folded.course;
        let (mut ways, mut doses) = (Vec::new(), Vec::new());
        if let Ok(plan) = &opened.plan {
            for (one, open) in plan::open(plan, course).filter(|(_, open)| open.held || open.date <= until) {
                let way = Way::of_dose(&opened.regimen, &opened.folded, plan, one);
                let at = ways.iter().position(|known| *known == way).unwrap_or_else(|| {
                    ways.push(way);
                    ways.len() - 1
                });
                doses.push(Dose {
                    date: open.date.into(),
                    latest: open.latest.into(),
                    outside: open.outside,
                    held: open.held,
                    weighed: open.weighed.map(Day::from),
                    window: one.window.map(|window| (window.earliest.into(), window.latest.into())),
                    visit: one.key.named(&opened.regimen).visit(),
                    drug: one.key.named(&opened.regimen).drug(),
                    amount: one.portion().to_string(),
                    delay: plan::delay_of(course, one).map(delay_words),
                    way: at,
                });
            }
        }
        let stopped = course.stopped.as_ref().map(|(on, _)| Day::from(*on));
        Self { until: until.into(), stopped, blocked: opened.plan.is_err(), ways, doses }
    }

    /// Whether it tells of all days up to one.
    fn reaches(&self, day: Date) -> bool {
        self.until >= day.into()
    }

    /// What waits on a day.
    pub(super) fn on(&self, code: &str, today: Date, within: i32) -> Vec<WorklistItem> {
        match self.stopped {
            Some(_) if self.blocked => Vec::new(),
            Some(on) if on <= today.into() => Vec::new(),
            _ if self.blocked => vec![WorklistItem::blocked(code, today)],
            _ => self.doses.iter().filter_map(|dose| self.item(dose, code, today, within)).collect(),
        }
    }

    fn item(&self, dose: &Dose, code: &str, today: Date, within: i32) -> Option<WorklistItem> {
        let open = Open {
            date: dose.date.date()?,
            latest: dose.latest.date()?,
            outside: dose.outside,
            held: dose.held,
            weighed: dose.weighed.and_then(Day::date),
        };
        let window =
            |(earliest, latest): (Day, Day)| Some(Window { earliest: earliest.date()?, latest: latest.date()? });
        Some(WorklistItem {
            date: open.date,
            subject: code.to_owned(),
            status: Some(open.status(today, within)?),
            what: format!("{} {}", dose.visit, dose.drug),
            visit: dose.visit.clone(),
            drug: dose.drug.clone(),
            dose: dose.amount.clone(),
            window: dose.window.and_then(window),
            delay: dose.delay.clone(),
            stale: open.stale(today),
            // A held dose has no day, so nothing is on its way to it.
            way: self.ways.get(dose.way).copied().filter(|_| !dose.held),
            unread: false,
        })
    }
}

/// What is wanted of each subject.
#[derive(Debug, Clone, Copy)]
pub(super) enum Want {
    /// What waits up to a day.
    Waiting(Date),
    /// Both.
    Both(Date),
}

/// One subject: what was wanted of it; why it cannot be read, where it cannot.
pub(super) struct Shown {
    pub code: String,
    pub listed: Option<Listed>,
    pub waiting: Option<Waiting>,
    pub fault: Option<String>,
}

/// Every subject, by code.
pub(super) fn everybody(store: &Store, library: &Library, today: Date, want: Want) -> Result<Vec<Shown>, Failure> {
    let library = library.with_approvals_read();
    let key = format!("{} {}", settings::program(), library.beside_texts());
    let heads = store.heads()?;
    let (line, until) = match want {
        Want::Waiting(day) => (false, Some(day)),
        Want::Both(day) => (true, Some(day)),
    };
    let mut lines: BTreeMap<String, Listed> = if line { store.kept(LISTED, &key, &heads) } else { BTreeMap::new() };
    let mut waiting: BTreeMap<String, Waiting> = match until {
        Some(_) => store.kept(WAITING, &key, &heads),
        None => BTreeMap::new(),
    };
    waiting.retain(|_, one| until.is_none_or(|day| one.reaches(day)));
    let ahead = until.unwrap_or(today);
    let ahead = plus_days(ahead, AHEAD).unwrap_or(ahead);
    let (mut all, mut fresh) = (Vec::with_capacity(heads.len()), Fresh::default());
    for (code, head) in &heads {
        let known = (lines.remove(code), waiting.remove(code));
        let enough = (known.0.is_some() || !line) && (known.1.is_some() || until.is_none());
        let shown = if enough {
            Shown { code: code.clone(), listed: known.0, waiting: known.1, fault: None }
        } else {
            match among(store, code, &library)? {
                Ok(opened) => {
                    fresh.anything = true;
                    // Somebody may have recorded since the heads were read: that is kept next time.
                    let same = opened.folded.last == head.seq;
                    fresh.passing.extend((!same).then(|| code.clone()));
                    let (listed, waiting) = (register::listed(&opened), Waiting::of(&opened, ahead));
                    Shown { code: code.clone(), listed: Some(listed), waiting: Some(waiting), fault: None }
                }
                Err(why) => Shown { code: code.clone(), listed: None, waiting: None, fault: Some(why) },
            }
        };
        all.push(shown);
    }
    if fresh.anything {
        fresh.keep(store, &key, &heads, &all);
    }
    Ok(all)
}

/// What was worked out anew.
#[derive(Default)]
struct Fresh {
    anything: bool,
    /// Those of whom more was read than the heads name.
    passing: Vec<String>,
}

impl Fresh {
    /// Keeps all of it; where that cannot be, it is worked out again. What was not wanted this time, and is kept of others,
    /// stays.
    fn keep(&self, store: &Store, key: &str, heads: &Heads, all: &[Shown]) {
        let (lines, waits) = (store.kept(LISTED, key, heads), store.kept(WAITING, key, heads));
        let stands = |one: &Shown| !self.passing.contains(&one.code);
        let all = || heads.iter().zip(all).filter(|(_, one)| stands(one)).map(|((code, head), one)| (code, head, one));
        let lines = all().filter_map(|(code, head, one)| {
            let line: &Listed = one.listed.as_ref().or_else(|| lines.get(code))?;
            Some((code.as_str(), head, line))
        });
        let waits = all().filter_map(|(code, head, one)| {
            let waits: &Waiting = one.waiting.as_ref().or_else(|| waits.get(code))?;
            Some((code.as_str(), head, waits))
        });
        let _ = store.keep(LISTED, key, lines).and_then(|()| store.keep(WAITING, key, waits));
    }
}
