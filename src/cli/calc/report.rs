//! How a calculation is printed: the inputs as understood, the figure, its working, its source.

use serde_json::{Value, json};

use crate::calculator::{Outcome, as_used};
use crate::cli::facts::Echo;
use crate::cli::{Output, json};
use crate::failure::Failure;
use crate::finding::Finding;
use crate::formula::{Computed, FormulaError, Need};
use crate::quantity::number;

/// Figures that are shown beside the answer: what it would be without what changed it.
#[derive(Debug, Default)]
pub(super) struct Besides {
    pub(super) without_cap: Option<Computed>,
    pub(super) without_floor: Option<Computed>,
}

impl Besides {
    fn given(&self) -> impl Iterator<Item = (&'static str, &'static str, &Computed)> {
        let cap = self.without_cap.as_ref().map(|computed| ("without_cap", "without the cap", computed));
        let floor = self.without_floor.as_ref().map(|computed| ("without_floor", "without the floor", computed));
        cap.into_iter().chain(floor)
    }
}

/// What stands around the figures.
pub(super) struct Sheet<'a> {
    pub(super) echo: &'a Echo,
    pub(super) findings: &'a [Finding],
}

/// The option that would give what a formula misses.
fn option(need: Need) -> &'static str {
    match need {
        Need::Height => "--height 170",
        Need::Weight => "--weight 65",
        Need::Sex => "--sex female or --sex male",
        Need::Age => "--age 46",
        Need::Creatinine => "--creatinine \"0.8 mg/dL\"",
        Need::Bsa => "--bsa 1.75, or the name of a formula, with height and weight",
        Need::Factor => "--factor 0.4",
        Need::Gfr => "--gfr \"90 mL/min\"",
        Need::TargetAuc => "--target 5",
    }
}

/// A formula's error as a failure of the command.
pub(super) fn failure(error: &FormulaError) -> Failure {
    match error {
        FormulaError::Missing { input, .. } => {
            Failure::missing(error.to_string()).hint(format!("add {}", option(*input)))
        }
        FormulaError::OutOfRange { .. } | FormulaError::Overflow { .. } => Failure::refused(error.to_string()),
    }
}

impl Sheet<'_> {
    /// One formula in full.
    pub(super) fn one(&self, outcome: &Outcome, output: &mut Output) -> Result<(), Failure> {
        self.one_with(outcome, &Besides::default(), output)
    }

    /// The same, with figures beside the answer.
    pub(super) fn one_with(&self, outcome: &Outcome, besides: &Besides, output: &mut Output) -> Result<(), Failure> {
        let computed = outcome.result.as_ref().map_err(failure)?;
        if output.is_json() {
            let mut document = json!({ "format": json::FORMAT });
            extend(&mut document, json::computed(outcome.name, computed));
            for (key, _, computed) in besides.given() {
                document[key] = json!(number::plain(computed.value));
            }
            document["citation"] = json!(outcome.citation);
            extend(&mut document, self.around());
            return output.json(&document);
        }
        output.line(&self.echo.line())?;
        output.line(&format!("{}: {}", outcome.name, as_used(computed)))?;
        for line in &computed.steps {
            output.line(&format!("  {line}"))?;
        }
        for (_, words, computed) in besides.given() {
            output.line(&format!("  {words}: {}", as_used(computed)))?;
        }
        output.line(&format!("  source: {}", outcome.citation))?;
        computed.cautions.iter().for_each(|caution| output.message(&format!("NOTE: {caution}")));
        Ok(())
    }

    /// Every formula side by side. Where some cannot be computed, they say what they miss; where none can,
    /// the command fails.
    pub(super) fn all(&self, outcomes: &[Outcome], output: &mut Output) -> Result<(), Failure> {
        let first = outcomes.iter().find_map(|outcome| outcome.result.as_ref().err());
        match first {
            Some(error) if outcomes.iter().all(|outcome| outcome.result.is_err()) => return Err(failure(error)),
            _ => {}
        }
        if output.is_json() {
            let mut document = json!({ "format": json::FORMAT });
            document["results"] = outcomes.iter().map(listed).collect();
            extend(&mut document, self.around());
            return output.json(&document);
        }
        output.line(&self.echo.line())?;
        let width = outcomes.iter().map(|outcome| outcome.name.len()).max().unwrap_or(0);
        for outcome in outcomes {
            output.line(&format!("{:<width$}  {}", outcome.name, side(outcome)))?;
        }
        let cautions = outcomes.iter().filter_map(|outcome| outcome.result.as_ref().ok());
        cautions
            .flat_map(|computed| &computed.cautions)
            .for_each(|caution| output.message(&format!("NOTE: {caution}")));
        Ok(())
    }

    /// What stands around the figures, in a document of its own shape.
    pub(super) fn beside(&self, document: &mut Value) {
        extend(document, self.around());
    }

    fn around(&self) -> Value {
        let inputs: serde_json::Map<String, Value> =
            self.echo.inputs.iter().map(|(name, value)| ((*name).to_owned(), json!(json::unit(value)))).collect();
        json!({ "inputs": inputs, "converted": self.echo.converted, "findings": json::findings(self.findings) })
    }
}

fn side(outcome: &Outcome) -> String {
    match &outcome.result {
        Ok(computed) => as_used(computed),
        Err(FormulaError::Missing { input, .. }) => format!("not computed: needs {}", input.written()),
        Err(error) => format!("not computed: {error}"),
    }
}

fn listed(outcome: &Outcome) -> Value {
    match &outcome.result {
        Ok(computed) => {
            let mut value = json::computed(outcome.name, computed);
            value["citation"] = json!(outcome.citation);
            value
        }
        Err(error) => json!({ "formula": outcome.name, "error": json::failure(&failure(error), None)["error"] }),
    }
}

/// Adds the keys of one object to another.
fn extend(document: &mut Value, more: Value) {
    if let (Value::Object(document), Value::Object(more)) = (document, more) {
        document.extend(more);
    }
}
