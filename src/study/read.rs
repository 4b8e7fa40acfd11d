//! From the text of a study file to a [`Study`], telling everything that is wrong at once.

use std::ops::Range;

use crate::calendar::{self, Closures, Date};
use crate::finding::{Finding, Grades, blocks};
use crate::format::definition::{At, Table};
use crate::format::{Typed, read_as};

use super::definition::{ArmDef, ClosuresDef, ContactDef, HeadDef, MoreDef, SiteDef, StudyDef, TextsDef, tables};
use super::{
    Arm, Contact, Jurisdiction, LabelSize, Paper, PatientTexts, Study, StudySite, code_fault, facts, findings,
};

/// What reading came to.
#[derive(Debug, Clone)]
pub struct Read {
    /// The study, when nothing blocks.
    pub study: Option<Study>,
    /// Everything found, in the order of the text.
    pub findings: Vec<Finding>,
    /// SHA-256 of the text after byte-order mark and line ends were made alike; lower-case hex.
    pub sha256: String,
}

/// Reads a study file and tells everything that is wrong with it at once.
pub fn read(text: &[u8]) -> Read {
    let Typed { file, pruned, findings, sha256 } = read_as::<StudyDef>(text, &tables());
    // Nobody need say that what could not be read is missing.
    let mut told = Told { findings, complete: pruned.is_empty() };
    let study = file.and_then(|file| told.study(&file));
    let mut findings = told.findings;
    findings.sort_by_key(|finding| finding.places.first().map_or(0, |place| place.range.start));
    Read { study: study.filter(|_| !blocks(&findings)), findings, sha256 }
}

/// The closed and opened days of a table, and everything that is wrong with it.
pub fn closures(def: &ClosuresDef) -> (Closures, Vec<Finding>) {
    let mut told = Told { findings: Vec::new(), complete: true };
    let closures = told.closures(def);
    (closures, told.findings)
}

struct Told {
    findings: Vec<Finding>,
    complete: bool,
}

impl Told {
    fn tell(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// A text that is there and not empty.
    fn text(&mut self, key: &str, at: Option<&At<String>>) -> Option<String> {
        let at = at?;
        let text = at.value.trim();
        if text.is_empty() {
            self.tell(findings::empty(key, at.span.clone()));
            return None;
        }
        Some(text.to_owned())
    }

    /// The same of one that must be there.
    fn needed(
        &mut self,
        (table, span): (&str, &Range<usize>),
        (key, example): (&str, &str),
        at: Option<&At<String>>,
    ) -> String {
        if at.is_none() && self.complete {
            self.tell(findings::missing(table, key, example, span.clone()));
        }
        self.text(key, at).unwrap_or_default()
    }

    fn texts(&mut self, key: &str, list: &[At<String>]) -> Vec<String> {
        list.iter().filter_map(|one| self.text(key, Some(one))).collect()
    }

    /// A word of a closed list.
    fn word<T>(&mut self, key: &str, words: &[&str], of: fn(&str) -> Option<T>, at: Option<&At<String>>) -> Option<T> {
        let at = at?;
        let found = of(&at.value);
        if found.is_none() {
            self.tell(findings::no_such_word(key, &at.value, words, at.span.clone()));
        }
        found
    }

    fn study(&mut self, file: &StudyDef) -> Option<Study> {
        match &file.format {
            Some(format) if format.value != 1 => self.tell(findings::other_format(format.span.clone())),
            None if self.complete => self.tell(findings::no_format()),
            _ => {}
        }
        let Some(head) = &file.study else {
            if self.complete {
                self.tell(findings::no_study());
            }
            return None;
        };
        let tablets = self.told(facts::tablets(&file.tablets));
        let grades = self.told(facts::grades(&file.grades, &Grades::default()));
        let whole = (&tablets, &grades);
        let study = Study {
            code: self.code(head),
            namespace: self.namespace(head),
            title: self.text("title", head.title.as_ref()),
            protocol: self.text("protocol", head.protocol.as_ref()),
            protocol_version: self.text("protocol_version", head.protocol_version.as_ref()),
            jurisdiction: self.jurisdiction(head.jurisdiction.as_ref()),
            arms: file.arm.iter().map(|arm| self.arm(arm)).collect(),
            sites: file.site.iter().map(|site| self.site(site, whole)).collect(),
            patients: file.patients.iter().map(|texts| self.patients(texts)).collect(),
            tablets: tablets.clone(),
            grades: grades.clone(),
        };
        self.no_two("sites", study.sites.iter().map(|site| site.name.as_str()).zip(spans(&file.site)));
        self.no_two("arms", study.arms.iter().map(|arm| arm.name.as_str()).zip(spans(&file.arm)));
        self.no_two_texts(&study.patients, &file.patients);
        Some(study)
    }

    fn code(&mut self, head: &Table<HeadDef>) -> String {
        let code = self.needed(("[study]", &head.span), ("code", "code = \"TR-01\""), head.code.as_ref());
        if let (Some(at), Some(why)) = (&head.code, code_fault(&code))
            && !code.is_empty()
        {
            self.tell(findings::bad_code(&code, why, at.span.clone()));
        }
        code
    }

    fn namespace(&mut self, head: &Table<HeadDef>) -> String {
        match &head.namespace {
            None => {
                if self.complete {
                    self.tell(findings::no_namespace(head.span.clone()));
                }
                String::new()
            }
            Some(at) => {
                if !super::is_namespace(&at.value) {
                    self.tell(findings::bad_namespace(&at.value, at.span.clone()));
                }
                at.value.to_ascii_lowercase()
            }
        }
    }

    fn jurisdiction(&mut self, at: Option<&At<String>>) -> Option<Jurisdiction> {
        self.word("jurisdiction", Jurisdiction::WORDS, Jurisdiction::of, at)
    }

    fn arm(&mut self, arm: &Table<ArmDef>) -> Arm {
        let here = ("[[arm]]", &arm.span);
        Arm {
            name: self.needed(here, ("name", "name = \"A\""), arm.name.as_ref()),
            regimen: self.needed(here, ("regimen", "regimen = \"gi-mfolfox6\""), arm.regimen.as_ref()),
        }
    }

    /// What was read, its findings told.
    fn told<T>(&mut self, (read, findings): (T, Vec<Finding>)) -> T {
        self.findings.extend(findings);
        read
    }

    fn site(&mut self, site: &Table<SiteDef>, (tablets, grades): (&facts::Supplied, &Grades)) -> StudySite {
        let own = self.told(facts::tablets(&site.tablets));
        let tablets = tablets.iter().chain(&own).map(|(drug, list)| (drug.clone(), list.clone())).collect();
        let grades = self.told(facts::grades(&site.grades, grades));
        let name =
            self.needed(("[[site]]", &site.span), ("name", "name = \"Clinic of the North\""), site.name.as_ref());
        if site.contact.is_empty() && self.complete {
            self.tell(findings::nobody_to_call(&name, site.span.clone()));
        }
        StudySite {
            jurisdiction: self.jurisdiction(site.jurisdiction.as_ref()),
            paper: self.word("paper", Paper::WORDS, Paper::of, site.paper.as_ref()),
            labels: self.word("size of labels", LabelSize::WORDS, LabelSize::of, site.labels.as_ref()),
            bring: self.texts("bring", &site.bring),
            closures: site.closures.as_ref().map(|closures| self.closures(closures)),
            contacts: site.contact.iter().map(|contact| self.contact(contact)).collect(),
            values: site.values.clone(),
            tablets,
            grades,
            name,
        }
    }

    fn contact(&mut self, contact: &Table<ContactDef>) -> Contact {
        let here = ("[[site.contact]]", &contact.span);
        let number = self.needed(here, ("number", "number = \"01234 5678\""), contact.number.as_ref());
        if let Some(at) = contact.number.as_ref().filter(|_| !number.is_empty())
            && !number.contains(|c: char| c.is_ascii_digit())
        {
            self.tell(findings::no_number(&number, at.span.clone()));
        }
        Contact {
            who: self.needed(here, ("who", "who = \"study nurse\""), contact.who.as_ref()),
            number,
            when: self.text("when", contact.when.as_ref()),
        }
    }

    fn closures(&mut self, def: &ClosuresDef) -> Closures {
        let mut closures = Closures::weekends();
        if let Some(weekdays) = &def.weekdays {
            closures.weekdays.clear();
            for name in weekdays {
                match calendar::read_weekday(&name.value) {
                    Some(day) => closures.weekdays.push(day),
                    None => self.tell(findings::no_weekday(&name.value, name.span.clone())),
                }
            }
        }
        for (day, name) in &def.days {
            if let Some(day) = self.day(day, name) {
                closures.days.insert(day, name.value.clone());
            }
        }
        for (day, reason) in &def.opened {
            let Some(date) = self.day(day, reason) else { continue };
            if closures.days.contains_key(&date) {
                self.tell(findings::closed_and_opened(day, reason.span.clone()));
            }
            closures.opened.insert(date, reason.value.clone());
        }
        closures
    }

    fn day(&mut self, word: &str, name: &At<String>) -> Option<Date> {
        match calendar::read(word) {
            Ok(date) => Some(date),
            Err(error) => {
                self.tell(findings::no_day(word, &error.to_string(), name.span.clone()));
                None
            }
        }
    }

    fn patients(&mut self, def: &Table<TextsDef>) -> PatientTexts {
        let approved = def.approved.as_ref().and_then(|at| {
            let word = at.value.to_string();
            match calendar::read(&word) {
                Ok(date) => Some(date),
                Err(error) => {
                    self.tell(findings::no_day(&word, &error.to_string(), at.span.clone()));
                    None
                }
            }
        });
        let texts = PatientTexts {
            regimens: self.texts("regimens", &def.regimens),
            version: self.text("version", def.version.as_ref()),
            approved,
            treatment: self.text("treatment", def.treatment.as_ref()),
            about: self.text("about", def.about.as_ref()),
            call_at_once: self.texts("call_at_once", &def.call_at_once),
            stop_and_call: self.texts("stop_and_call", &def.stop_and_call),
            tell: self.text("tell", def.tell.as_ref()),
            how: self.text("how", def.how.as_ref()),
            missed: self.text("missed", def.missed.as_ref()),
            vomited: self.text("vomited", def.vomited.as_ref()),
            ask_first: self.text("ask_first", def.ask_first.as_ref()),
            at_home: self.text("at_home", def.at_home.as_ref()),
            on_the_day: self.text("on_the_day", def.on_the_day.as_ref()),
            more: def.more.iter().map(|more| self.more(more)).collect(),
        };
        if self.complete && !texts.is_approved() {
            self.tell(findings::unapproved(def.span.clone()));
        }
        if self.complete && texts.call_at_once.is_empty() {
            self.tell(findings::when_to_call_missing(def.span.clone()));
        }
        texts
    }

    fn more(&mut self, def: &Table<MoreDef>) -> (String, Option<String>) {
        let here = ("[[patients.more]]", &def.span);
        let heading = self.needed(here, ("heading", "heading = \"Contraception\""), def.heading.as_ref());
        (heading, self.text("text", def.text.as_ref()))
    }

    fn no_two<'a>(&mut self, what: &str, names: impl Iterator<Item = (&'a str, Range<usize>)>) {
        let mut seen: Vec<&str> = Vec::new();
        for (name, span) in names {
            if !name.is_empty() && seen.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                self.tell(findings::twice(what, name, span));
            }
            seen.push(name);
        }
    }

    fn no_two_texts(&mut self, texts: &[PatientTexts], defs: &[Table<TextsDef>]) {
        let mut seen: Vec<Option<&str>> = Vec::new();
        for (one, span) in texts.iter().zip(spans(defs)) {
            let named = one.regimens.iter().map(|id| Some(id.as_str()));
            for regimen in named.chain(one.regimens.is_empty().then_some(None)) {
                if seen.contains(&regimen) {
                    self.tell(findings::words_twice(regimen, span.clone()));
                }
                seen.push(regimen);
            }
        }
    }
}

fn spans<T>(tables: &[Table<T>]) -> impl Iterator<Item = Range<usize>> + '_ {
    tables.iter().map(|table| table.span.clone())
}
