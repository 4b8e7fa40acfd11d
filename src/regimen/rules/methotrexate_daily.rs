//! R066.

use crate::finding::Finding;
use crate::regimen::model::Days;
use crate::regimen::rules::{Context, figures};

rule! {
    /// Oral methotrexate on days in a row.
    ///
    /// Weekly methotrexate taken daily: 106 reports and 25 deaths in one review of 1997 to 2001, and still reported. Oral methotrexate is planned once a week (ISMP, Targeted Medication Safety Best Practices: weekly by default).
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "methotrexate"
    /// id = "study-drug"
    /// route = "oral"
    /// given = "home"
    /// days = [1, 2, 3]
    /// missed = "ask"
    /// cycle_total = "210 mg/m2"
    /// # no over
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "methotrexate"
    /// id = "study-drug"
    /// route = "oral"
    /// given = "home"
    /// days = [1, 8]
    /// missed = "ask"
    /// cycle_total = "140 mg/m2"
    /// # no over
    /// source = "trial"
    /// ```
    METHOTREXATE, "methotrexate-daily", Block, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let oral = drug.route.known().is_some_and(|route| route == "oral");
        if oral && figures::name(def) == "methotrexate" && in_a_row(&drug.days) {
            let place = def.days.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
            let finding = RULE.finding("oral methotrexate on days in a row has killed").at(place, "daily");
            findings.push(finding.help("write the one day a week the protocol gives, such as days = [1, 8, 15]"));
        }
    }
}

fn in_a_row(days: &Days) -> bool {
    let close = |list: &[i32]| list.windows(2).any(|pair| matches!(pair, [a, b] if a + 1 == *b));
    match days {
        Days::EveryDay => true,
        Days::List(list) => close(list),
        Days::ByCycle(rows) => rows.iter().any(|(_, _, list)| close(list)),
    }
}
