//! R107.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::{Cap, Range, Start};

pub const RULE: Rule = Rule::checked(codes::ORDER_DECIDES, "order-decides", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let rows: Vec<_> = def.start.iter().flat_map(|list| &list.value).zip(&drug.dosing.starts).collect();
        for (at, (row, start)) in rows.iter().enumerate() {
            let before: Vec<&Start> = rows.iter().take(at).map(|(_, earlier)| *earlier).collect();
            let settled = |nth: usize, earlier: &Start| {
                let both = earlier.when.and(&start.when);
                before.iter().take(nth).any(|first| first.when.covers(&both))
            };
            let mut earlier = before.iter().enumerate();
            if let Some((_, earlier)) = earlier.find(|(nth, one)| either(one, start) && !settled(*nth, one)) {
                let words = |start: &Start| start.when.words().join(" and ");
                let text = format!(
                    "{}: {} and {} can both hold, and say different doses: the one that stands first is taken",
                    drug.full_name(),
                    words(earlier),
                    words(start)
                );
                let finding = RULE.finding(text).at(row.span.clone(), "also for some of an earlier row");
                findings.push(finding.help(
                    "write the overlap as a row of its own before both, or end one range where the other begins",
                ));
            }
        }
        for (at, cap) in drug.caps.iter().enumerate() {
            if drug.caps.iter().take(at).any(|earlier| overlap(earlier, cap)) {
                let text = format!(
                    "{}: the cap of {} overlaps an earlier one of another dose: the one that stands first is taken",
                    drug.full_name(),
                    cap.dose
                );
                let finding = RULE.finding(text).at(figures::cap_place(def), "two caps for one weight");
                findings.push(finding.help("end one range of weight where the other begins"));
            }
        }
    }
}

/// Whether both can hold of one subject with different doses, and the later is not the wider case the earlier is excepted
/// from. A later row that the earlier one covers is R088.
fn either(earlier: &Start, later: &Start) -> bool {
    let alike = earlier.dose == later.dose && earlier.ladder == later.ladder;
    let nested = later.when.covers(&earlier.when) || earlier.when.covers(&later.when);
    !alike && !nested && earlier.when.meets(&later.when)
}

fn overlap(earlier: &Cap, later: &Cap) -> bool {
    let everyone = Range::default();
    let (first, second) = (earlier.weight.unwrap_or(everyone), later.weight.unwrap_or(everyone));
    let excepted = second.covers(first) && !first.covers(second);
    earlier.dose != later.dose && !excepted && first.meets(second)
}
