//! A regimen with what was typed about a subject, and the plan that follows from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::{Date, Site};
use crate::course::event::How;
use crate::course::{Course, CycleKey, Delay};
use crate::decide::Confirmation;
use crate::dosing;
use crate::finding::{self, Finding, Lift, Severity, blocks};
use crate::formula::{Inputs, bmi};
use crate::plan::{self, Options, Plan};
use crate::present::{self, Schedule};
use crate::quantity::body::Reading;
use crate::quantity::{Bmi, Decimal, decimal};
use crate::regimen::CountKind;
use crate::regimen::{Regimen, genotype};
use crate::subject::{Described, Fact, Subject, Value};

use super::field::TextField;
use super::when;

/// The fields of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldId {
    /// A fact of the subject.
    Fact(Fact),
    /// How many cycles are planned.
    Cycles,
    /// A fact measured again, and typed without seeing what was typed first.
    Again(Fact),
    /// The second person, who confirms a dose.
    Second,
    /// Why what was questioned is right.
    Why,
}

/// Label, unit, what to type, and the word under which findings name the field.
pub struct Label {
    /// On the form.
    pub label: &'static str,
    /// Behind the figure.
    pub unit: &'static str,
    /// What may be typed.
    pub hint: &'static str,
    /// What a finding about it names.
    pub about: finding::Field,
}

impl FieldId {
    /// How the field is labelled.
    pub fn label(self) -> Label {
        match self {
            FieldId::Fact(fact) => {
                let Described { name, label, unit, hint, .. } = fact.described();
                Label { label, unit, hint, about: name.into() }
            }
            FieldId::Cycles => {
                Label { label: "Cycles shown", unit: "", hint: "how many to plan: 6", about: finding::Field::Cycles }
            }
            FieldId::Again(fact) => {
                let Described { unit, .. } = fact.described();
                let label = again_label(fact);
                let hint = "measured once more, and typed without looking at the first figure";
                Label { label, unit, hint, about: finding::Field::Reason }
            }
            FieldId::Second => {
                let hint = "a pharmacist or investigator who has looked at the dose, by name";
                Label { label: "Second person", unit: "", hint, about: finding::Field::Reason }
            }
            FieldId::Why => {
                let hint = "the figure is right: why, in a few words; kept with the enrolment";
                Label { label: "Why it is right", unit: "", hint, about: finding::Field::Reason }
            }
        }
    }
}

/// The label of a fact that is typed again.
pub fn again_label(fact: Fact) -> &'static str {
    match fact {
        Fact::Height => "Height again",
        Fact::Weight => "Weight again",
        Fact::Age => "Age again",
        Fact::Creatinine => "Creatinine again",
        Fact::Gfr => "GFR again",
        _ => "Typed again",
    }
}

/// What is to be confirmed: a code, and what is measured again for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToConfirm {
    code: &'static str,
    again: Vec<Fact>,
    second: bool,
}

impl ToConfirm {
    /// Of a finding that asks for figures to be measured again or for a second person, or did until it was answered.
    fn of(finding: &Finding) -> Option<Self> {
        let (again, second) = match finding.lift()? {
            Lift::Again(fields) => {
                (fields.iter().filter_map(|field| Fact::called(&field.to_string())).collect(), false)
            }
            Lift::Second => (Vec::new(), true),
            Lift::Unit(_) | Lift::Reason => return None,
        };
        let asked = matches!(finding.severity, Severity::Confirm | Severity::Note);
        asked.then(|| Self { code: finding.code.name(), again, second })
    }
}

/// A field and what was made of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Which.
    pub id: FieldId,
    /// Its text.
    pub text: TextField,
    /// Whether there is no plan without it.
    pub needed: bool,
    /// What was read, where that is worth saying: a date in full, a conversion.
    pub echo: Option<String>,
    /// Why the text was refused.
    pub fault: Option<String>,
}

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
    facts.extend(regimen.reference_dates().into_iter().map(|fact| (fact, false)));
    let mut ids: Vec<(FieldId, bool)> = facts.into_iter().map(|(fact, needed)| (FieldId::Fact(fact), needed)).collect();
    if regimen.phases.iter().any(|phase| !matches!(phase.cycle.count.kind, CountKind::Planned(_))) {
        ids.push((FieldId::Cycles, false));
    }
    ids.into_iter().map(|(id, needed)| Field::empty(id, needed)).collect()
}

impl Field {
    fn empty(id: FieldId, needed: bool) -> Self {
        Self { id, text: TextField::default(), needed, echo: None, fault: None }
    }
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
        self.delays.iter().map(|((_, number), delay)| format!("what-if: cycle {number} {} days later", delay.days))
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
            matches!(field.id, FieldId::Again(_) | FieldId::Second | FieldId::Why) && field.text.text.trim().is_empty()
        };
        let open = |field: &&Field| {
            let missing = field.needed && self.missing.contains(&field.id.label().label);
            field.fault.is_some() || missing || asked(field)
        };
        after.iter().chain(before).find(open).map(|field| field.id)
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
        course.answered = self.confirmed(&course.subject, today).iter().map(Confirmation::provisional).collect();
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
        self.missing = self.missing_now(typed.start.is_none());
        self.findings.retain(|finding| finding.code != crate::dosing::codes::MISSING_INPUT);
        if typed.start.is_none() {
            self.findings.retain(|finding| finding.field.is_some() && finding.severity != Severity::Note);
        }
    }

    /// A field for everything to be measured again and for why it is right, while it is questioned; and for the corrected
    /// age of a child below two years.
    fn ask_again(&mut self, young: bool) {
        self.to_confirm = self.findings.iter().filter_map(ToConfirm::of).collect();
        let has = |fields: &[Field], id: FieldId| fields.iter().any(|field| field.id == id);
        let mut asked: Vec<FieldId> = Vec::new();
        for one in &self.to_confirm {
            let typed = one.again.iter().filter(|fact| has(&self.fields, FieldId::Fact(**fact)));
            asked.extend(typed.map(|fact| FieldId::Again(*fact)));
            asked.extend(one.second.then_some(FieldId::Second));
            asked.push(FieldId::Why);
        }
        asked.sort_unstable();
        asked.dedup();
        let corrected = FieldId::Fact(Fact::CorrectedAge);
        self.fields.retain(|field| match field.id {
            FieldId::Again(_) | FieldId::Second | FieldId::Why => asked.contains(&field.id),
            id if id == corrected => young || !field.text.text.is_empty(),
            _ => true,
        });
        if young && !has(&self.fields, corrected) {
            let after =
                self.fields.iter().position(|field| field.id == FieldId::Fact(Fact::Age)).map_or(0, |at| at + 1);
            self.fields.insert(after, Field::empty(corrected, false));
        }
        for id in asked {
            if !has(&self.fields, id) {
                self.fields.push(Field::empty(id, false));
            }
        }
        if !has(&self.fields, self.focus) {
            self.focus = self.fields.first().map_or(self.focus, |field| field.id);
        }
    }

    /// What was measured again and typed alike, with the reason; a figure that differs is a fault of its field.
    fn confirmed(&mut self, subject: &Subject, today: Date) -> Vec<Confirmation> {
        let mut agree: Vec<Fact> = Vec::new();
        for field in &mut self.fields {
            let FieldId::Again(fact) = field.id else { continue };
            let text = field.text.text.trim();
            if text.is_empty() {
                continue;
            }
            match fact.read(text, today) {
                Ok(read) if Some(&read.value) == subject.get(fact).as_ref() => agree.push(fact),
                Ok(_) => {
                    field.fault = Some("differs from what was typed first: measure again, and correct one".to_owned());
                }
                Err(error) => field.fault = Some(error.to_string()),
            }
        }
        let typed = |fact: &Fact| self.fields.iter().any(|field| field.id == FieldId::Again(*fact));
        let reason = self.text(FieldId::Why).trim().to_owned();
        let second = Some(self.text(FieldId::Second).trim().to_owned()).filter(|second| !second.is_empty());
        let done = self.to_confirm.iter().filter(|one| {
            if one.second {
                return second.is_some() && !reason.is_empty();
            }
            one.again.iter().filter(|fact| typed(fact)).all(|fact| agree.contains(fact))
                && one.again.iter().any(|fact| agree.contains(fact))
                && !reason.is_empty()
        });
        let confirmation = |one: &ToConfirm| Confirmation {
            code: one.code.to_owned(),
            how: if one.second { How::Second } else { How::Again },
            second: second.clone().filter(|_| one.second),
            reason: reason.clone(),
        };
        done.map(confirmation).collect()
    }

    /// Whether a field is not to be seen: what it holds is being typed again.
    pub fn is_hidden(&self, id: FieldId) -> bool {
        let FieldId::Fact(fact) = id else { return false };
        matches!(self.focus, FieldId::Again(_)) && self.fields.iter().any(|field| field.id == FieldId::Again(fact))
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

/// `needs platelets in 10^9/L`
fn tests_asked(regimen: &Regimen) -> String {
    let tests = dosing::tests(regimen).into_iter().map(|test| format!("{} in {}", test.test, test.unit));
    format!("needs {}", tests.collect::<Vec<_>>().join("; "))
}

fn read_field(field: &mut Field, typed: &mut Typed, today: Date) -> Result<(), String> {
    let text = field.text.text.trim();
    match field.id {
        FieldId::Cycles => {
            let cycles = text.parse().map_err(|_| format!("\"{text}\" is not a number of cycles; write 6"))?;
            typed.cycles = Some(cycles);
        }
        FieldId::Again(_) | FieldId::Second | FieldId::Why => {}
        FieldId::Fact(fact) => {
            let Reading { value, converted } = fact.read(text, today).map_err(|error| error.to_string())?;
            field.echo = echo(&value, today).or(converted);
            if let Value::Start(start) = value {
                typed.start = Some(start);
            }
            typed.subject.set(value);
        }
    }
    Ok(())
}

/// What was read, where the text does not say it all: a date in full, an age, a figure with its unit.
fn echo(value: &Value, today: Date) -> Option<String> {
    match value {
        Value::Born(born) => {
            let subject = Subject { born: Some(*born), ..Subject::default() };
            subject.age_on(today).map(|age| format!("{age} today; the date is not kept"))
        }
        Value::Height(_)
        | Value::Weight(_)
        | Value::CorrectedAge(_)
        | Value::Genotype(_)
        | Value::Lab(_)
        | Value::Cohort(_) => None,
        value => value.date().map_or_else(|| Some(value.to_string()), |date| Some(when::echo(date, today))),
    }
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
