//! A regimen with what was typed about a subject, and the plan that follows from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::{Date, Site};
use crate::course::{Course, CycleKey, Delay};
use crate::dosing;
use crate::finding::{Finding, Severity, blocks};
use crate::formula::{Inputs, bmi};
use crate::plan::{self, Options, Plan};
use crate::present::{self, Schedule};
use crate::quantity::{Bmi, Decimal, decimal};
use crate::regimen::CountKind;
use crate::regimen::{Regimen, genotype};
use crate::subject::{Fact, Subject, Value};

use super::confirming::{self, ToConfirm};
use super::field::TextField;
pub use super::form_field::{Field, FieldId, again_label};

/// A plan with everything it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// What is known of the subject.
    pub course: Course,
    /// Dates and doses.
    pub plan: Plan,
    /// The rows every face shows.
    pub schedule: Schedule,
}

/// A regimen, what was typed, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// The regimen.
    pub regimen: Arc<Regimen>,
    /// The fields of the form, in order.
    pub fields: Vec<Field>,
    /// The field being typed in.
    pub focus: FieldId,
    /// Delays tried out; nothing is recorded.
    pub delays: BTreeMap<CycleKey, Delay>,
    /// The plan; none while anything it needs is missing or wrong.
    pub planned: Option<Arc<Planned>>,
    /// Findings about what was typed, and about the plan.
    pub findings: Vec<Finding>,
    /// Labels of fields without which there is no plan.
    pub missing: Vec<&'static str>,
    /// Body surface, as soon as it can be had, with the formula's name.
    pub bsa: Option<(String, &'static str)>,
    /// Body-mass index.
    pub bmi: Option<Bmi>,
    /// Whether the plan was written to a file, or is on record.
    pub exported: bool,
    /// The subject, where everything comes from the record and nothing is typed.
    pub subject: Option<super::record::OpenSubject>,
    /// The subject as last measured, where the record has later measurements.
    pub newest: Option<Subject>,
    /// What is to be confirmed, or was in this form.
    pub to_confirm: Vec<ToConfirm>,
}

/// The fields a regimen's form has: all it needs, and no more.
fn fields(regimen: &Regimen) -> Vec<Field> {
    let mut facts = vec![(Fact::Start, true)];
    for fact in dosing::needs(regimen) {
        facts.push((fact, true));
        // A measured kidney function stands in for the creatinine.
        facts.extend((fact == Fact::Creatinine).then_some((Fact::Gfr, false)));
    }
    if !regimen.cohorts.is_empty() {
        facts.push((Fact::Cohort, true));
    }
    let body = facts.iter().any(|(fact, _)| matches!(fact, Fact::Height | Fact::Weight));
    if body {
        // What is plausible depends on them, and a child's dose may.
        let known: Vec<Fact> = facts.iter().map(|(fact, _)| *fact).collect();
        let more = [Fact::Sex, Fact::Age].into_iter().filter(|fact| !known.contains(fact));
        facts.extend(more.map(|fact| (fact, false)));
        facts.sort_by_key(|(fact, _)| *fact);
        facts.push((Fact::Measured, false));
    }
    facts.extend(dates(regimen).into_iter().map(|fact| (fact, false)));
    facts.extend(regimen.counts_hours().then_some((Fact::At, false)));
    let mut ids: Vec<(FieldId, bool)> = facts.into_iter().map(|(fact, needed)| (FieldId::Fact(fact), needed)).collect();
    if regimen.phases.iter().any(|phase| !matches!(phase.cycle.count.kind, CountKind::Planned(_))) {
        ids.push((FieldId::Cycles, false));
    }
    ids.into_iter().map(|(id, needed)| Field::empty(id, needed)).collect()
}

/// The days that visits are counted from, and that of consent, on which it is decided whom a study takes by age.
fn dates(regimen: &Regimen) -> Vec<Fact> {
    let mut dates = regimen.reference_dates();
    if regimen.eligibility.age.is_some() && !dates.contains(&Fact::Consented) {
        dates.insert(0, Fact::Consented);
    }
    dates
}

/// What the texts came to.
#[derive(Default)]
struct Typed {
    start: Option<Date>,
    /// Whether the age is below two years.
    young: bool,
    cycles: Option<u32>,
    subject: Subject,
}

impl Session {
    /// An empty form for a regimen.
    pub fn new(regimen: Arc<Regimen>) -> Self {
        Self {
            fields: fields(&regimen),
            regimen,
            focus: FieldId::Fact(Fact::Start),
            delays: BTreeMap::new(),
            planned: None,
            findings: Vec::new(),
            missing: Vec::new(),
            bsa: None,
            bmi: None,
            exported: false,
            subject: None,
            newest: None,
            to_confirm: Vec::new(),
        }
    }

    /// The same texts under another regimen, as far as it asks for them.
    pub fn change_regimen(&mut self, regimen: Arc<Regimen>) {
        let mut new = Self::new(regimen);
        for field in &mut new.fields {
            field.text = TextField::with(self.text(field.id));
        }
        new.delays = std::mem::take(&mut self.delays);
        *self = new;
    }

    /// The field with the focus.
    pub fn focused(&mut self) -> Option<&mut TextField> {
        let focus = self.focus;
        self.fields.iter_mut().find(|field| field.id == focus).map(|field| &mut field.text)
    }

    /// The text of a field; empty when the form has no such field.
    pub fn text(&self, id: FieldId) -> &str {
        self.fields.iter().find(|field| field.id == id).map_or("", |field| field.text.text.as_str())
    }

    /// Fills a field.
    pub fn fill(&mut self, id: FieldId, text: &str) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.id == id) {
            field.text = TextField::with(text);
        }
    }

    /// Delays that are only tried out: `what-if: cycle 2 7 days later`.
    pub fn tried_delays(&self) -> impl Iterator<Item = String> {
        let word = self.regimen.cycle_word;
        self.delays
            .iter()
            .map(move |((_, number), delay)| format!("what-if: {} {} days later", word.numbered(*number), delay.days))
    }

    /// Moves the focus by a number of fields; stays at the ends.
    pub fn move_focus(&mut self, by: isize) {
        let at = self.fields.iter().position(|field| field.id == self.focus).unwrap_or(0);
        let to = at.saturating_add_signed(by).min(self.fields.len().saturating_sub(1));
        self.focus = self.fields.get(to).map_or(self.focus, |field| field.id);
    }

    /// The next field that must be filled or mended, from the one with the focus on.
    pub fn next_open(&self) -> Option<FieldId> {
        let at = self.fields.iter().position(|field| field.id == self.focus).unwrap_or(0);
        let (before, after) = self.fields.split_at(at.min(self.fields.len()));
        let asked = |field: &Field| {
            matches!(field.id, FieldId::Again(_) | FieldId::Second | FieldId::SecondDose | FieldId::Why)
                && field.text.text.trim().is_empty()
        };
        let open = |field: &&Field| {
            let missing = field.needed && self.missing.contains(&field.id.label().label);
            field.fault.is_some() || missing || asked(field)
        };
        let again = |field: &&Field| field.fault.is_none() && asked(field);
        match after.iter().chain(before).find(open) {
            Some(field) if again(&field) => self.waits().or(Some(field.id)),
            Some(field) => Some(field.id),
            None => self.waits().or_else(|| self.in_question()),
        }
    }

    /// The empty field that a question waits for, such as the age of a child; before anything is measured again for it.
    fn waits(&self) -> Option<FieldId> {
        let barred = self.findings.iter().any(barred);
        let grave = |one: &&Finding| if barred { self::barred(one) } else { one.severity == Severity::Confirm };
        let remedies = self.findings.iter().filter(grave).filter_map(|one| one.remedy.as_ref());
        let wanted: Vec<_> = remedies.flat_map(|remedy| &remedy.fields).collect();
        let empty = |field: &&Field| field.text.text.trim().is_empty() && wanted.contains(&&field.id.label().about);
        // Whoever has come by it and left it empty is not led back to it.
        let behind = self.fields.iter().skip_while(|field| field.id != self.focus).skip(1);
        behind.into_iter().find(empty).map(|field| field.id)
    }

    /// Where something cannot stand: the first field that it, or what is asked beside it (are they exchanged?), is about.
    fn in_question(&self) -> Option<FieldId> {
        self.findings.iter().find(|one| barred(one))?;
        let asks = self.findings.iter().filter(|one| one.severity <= Severity::Confirm);
        let told: Vec<_> = asks.filter_map(|one| one.field.as_ref()).collect();
        self.fields.iter().find(|field| told.contains(&&field.id.label().about)).map(|field| field.id)
    }

    /// Reads every field and plans again.
    pub fn plan_again(&mut self, today: Date, site: &Site) {
        if self.subject.is_some() {
            return;
        }
        self.exported = false;
        let typed = self.read(today);
        let faulty = self.fields.iter().any(|field| field.fault.is_some());
        let mut course = Course::new(typed.start.unwrap_or(today), typed.subject);
        course.delays = self.delays.clone();
        course.answered = confirming::answered(&mut self.fields, &self.to_confirm, &course.subject, today);
        let faulty = faulty || self.fields.iter().any(|field| field.fault.is_some());
        self.update_size(&course.subject);
        let planned = plan_course(&self.regimen, course, site, Options { cycles: typed.cycles, ..Options::default() });
        self.planned = None;
        self.findings = match planned {
            Ok(planned) => {
                let findings = planned.plan.findings.clone();
                self.planned = (typed.start.is_some() && !faulty).then(|| Arc::new(planned));
                findings
            }
            Err(findings) => findings,
        };
        self.ask_again(typed.young);
        confirming::compare_doses(&mut self.fields, &self.to_confirm, &self.findings);
        self.missing = self.missing_now(typed.start.is_none());
        self.findings.retain(|finding| finding.code != crate::dosing::codes::MISSING_INPUT);
        if typed.start.is_none() {
            self.findings.retain(|finding| finding.field.is_some() && finding.severity != Severity::Note);
        }
    }

    /// A field for everything to be measured again and for why it is right, while it is questioned; and for the corrected
    /// age of a child below two years.
    fn ask_again(&mut self, young: bool) {
        // What can never be accepted is corrected first: nothing is measured again for it.
        let stands = !self.findings.iter().any(barred);
        self.to_confirm = if stands { confirming::asked(&self.findings) } else { Vec::new() };
        confirming::ask_again(&mut self.fields, &self.to_confirm, young);
        if !self.fields.iter().any(|field| field.id == self.focus) {
            self.focus = self.fields.first().map_or(self.focus, |field| field.id);
        }
    }

    /// Whether a field is not to be seen: what it holds is being typed again.
    pub fn is_hidden(&self, id: FieldId) -> bool {
        confirming::is_hidden(&self.fields, Some(self.focus), id)
    }

    fn missing_now(&self, no_start: bool) -> Vec<&'static str> {
        let names = |field: &&Field| {
            let about = field.id.label().about;
            let lacks = |finding: &Finding| {
                finding.code == crate::dosing::codes::MISSING_INPUT && finding.field.as_ref() == Some(&about)
            };
            (field.id == FieldId::Fact(Fact::Start) && no_start) || self.findings.iter().any(lacks)
        };
        self.fields.iter().filter(names).map(|field| field.id.label().label).collect()
    }

    /// A plan from the record: nothing to type, the subject as last measured.
    pub fn recorded(subject: &super::record::OpenSubject) -> Self {
        let opened = &subject.0.opened;
        let mut session = Self::new(Arc::new(opened.regimen.clone()));
        session.planned.clone_from(&subject.0.planned);
        session.findings = match &opened.plan {
            Ok(plan) => plan.findings.clone(),
            Err(findings) => findings.clone(),
        };
        let course = &opened.folded.course;
        let all = course.measured_until(crate::calendar::Date::MAX);
        let now = all.iter().fold(course.subject.clone(), |known, one| Subject {
            height: one.height.or(known.height),
            weight: one.weight.or(known.weight),
            creatinine: one.creatinine.or(known.creatinine),
            ..known
        });
        session.update_size(&now);
        session.newest = Some(now);
        session.exported = true;
        session.subject = Some(subject.clone());
        session
    }

    /// Body surface and body-mass index, as soon as height and weight are there.
    fn update_size(&mut self, subject: &Subject) {
        let state = dosing::SubjectOnDay {
            height: subject.height,
            weight: subject.weight,
            sex: subject.sex,
            age: subject.age,
            ..dosing::SubjectOnDay::default()
        };
        let size = self.regimen.body.as_ref().and_then(|body| Some((body.bsa?, dosing::size(body, &state).ok()?)));
        self.bsa = size.and_then(|(formula, size)| Some((size.bsa?.to_string(), formula.name())));
        let inputs = Inputs { height: subject.height, weight: subject.weight, ..Inputs::default() };
        self.bmi = bmi::compute(&inputs).ok().map(|computed| Bmi::new(decimal::half_up(computed.value, 1)));
    }

    fn read(&mut self, today: Date) -> Typed {
        let mut typed = Typed::default();
        for field in &mut self.fields {
            field.echo = None;
            field.fault = None;
            if field.text.text.trim().is_empty() {
                field.echo = (field.id == FieldId::Fact(Fact::Lab)).then(|| tests_asked(&self.regimen));
                continue;
            }
            if let Err(error) = read_field(field, &mut typed, today) {
                field.fault = Some(error);
            }
            typed.young = typed.subject.age_on(today).is_some_and(|age| age.value() < Decimal::TWO);
            // Which of the file's genotypes it is; what cannot be told stands beside the field.
            if let (FieldId::Fact(Fact::Genotype), Some(text)) = (field.id, &mut typed.subject.genotype) {
                *text = genotype::spelled(&self.regimen, text);
                field.echo = Some(text.clone()).filter(|used| *used != field.text.text.trim());
            }
        }
        typed
    }
}

/// Whether a finding can never be accepted; what is only missing yet is no such finding.
fn barred(finding: &Finding) -> bool {
    finding.severity == Severity::Block && finding.code != crate::dosing::codes::MISSING_INPUT
}

/// `needs platelets in 10^9/L`
fn tests_asked(regimen: &Regimen) -> String {
    let tests = dosing::tests(regimen).into_iter().map(|test| format!("{} in {}", test.test, test.unit));
    format!("needs {}", tests.collect::<Vec<_>>().join("; "))
}

fn read_field(field: &mut Field, typed: &mut Typed, today: Date) -> Result<(), String> {
    let text = field.text.text.trim();
    match field.id {
        FieldId::Cycles => {
            let cycles = text.parse().map_err(|_| format!("\"{text}\" is not how many to plan; write 6"))?;
            typed.cycles = Some(cycles);
        }
        FieldId::Again(_) | FieldId::Second | FieldId::SecondDose | FieldId::Why | FieldId::Figure(_) => {}
        FieldId::Fact(fact) => {
            let value = field.read(fact, today)?;
            if let Value::Start(start) = value {
                typed.start = Some(start);
            }
            typed.subject.set(value);
        }
    }
    Ok(())
}

/// Plans and makes the rows.
pub fn plan_course(regimen: &Regimen, course: Course, site: &Site, options: Options) -> Result<Planned, Vec<Finding>> {
    let plan = plan::plan(regimen, &course, site, options)?;
    if blocks(&plan.findings) {
        return Err(plan.findings);
    }
    let schedule = present::schedule(regimen, &course, &plan);
    Ok(Planned { course, plan, schedule })
}
