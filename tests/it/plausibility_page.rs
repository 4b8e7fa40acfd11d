//! `docs/plausibility.md`: every limit with its grade, who lifts it and its source, written from the table the program reads.

use posology::plausibility::doses::{self, Above, Mode, Solid};
use posology::plausibility::{Row, limits};
use posology::quantity::{Decimal, number};

use crate::pages;

const HEAD: &str = "\
# Plausibility

Written by the tests from `src/plausibility/limits.toml` and `src/plausibility/drugs.toml`; a figure is changed there. *unverified* in a
source is a judgement of this project (J): it stands in no publication that was read, and wants the agreement of the site's
pharmacist. (M) is a figure whose publication is known and was not read for this project: it is to be compared with it before it is relied on.

## Four grades, and who lifts them

| grade | what it means | of a measurement or result | of a dose |
|---|---|---|---|
| NOTE | told | nobody | nobody |
| WARN | unusual | who records, with a reason | the same |
| CONFIRM | unusual enough to be a slip; a living person may have it | measured again and typed without seeing the first figure, or a second person; where the unit is the question, the unit | a second person |
| BLOCK | no living person has it, or nothing can be calculated; of a result for the dose tables: another unit is likelier | another input; a result that is meant all the same is looked up by hand | another version of the file |

Every check looks for itself, all are told and the gravest decides. An answer is kept with figure, person, day and reason, and holds for the
course: it is asked again when the figure moves by 5 %, a child's by one standard deviation (both unverified). Of a subject on record nothing that was known at
enrolment stops a plan later.

**On the command line** a CONFIRM is answered with `--confirm CODE=\"reason\"` and either `--second NAME` or the figure typed again when it is
asked for on a terminal; without both the exit code is 3. A second person who confirms a dose types it, and the subject's code, without seeing
either (`--second-figure \"DRUG=DOSE\"` where nobody sits at a terminal). **On a screen** a field for the figure again and one for the reason appear; the
first figure is not shown while it is typed again. A **unit** is typed behind the figure: `133kg`, `133lb`, `67in`; or one key takes it: a
question at the terminal, F5 and F6 on a screen.

**A reason** is typed, or chosen by its number from a short list: under the field on a screen, in the refusal and in `posology
regimen explain CODE` on the command line. The words are kept, not the number.

**A study or a site raises a grade, never lowers it**: `[grades]` in its file, `bmi-range = \"confirm\"`, is the least a message of that code then has, on
both faces ([study-format.md](study-format.md)). What is raised to CONFIRM is measured again where it is a figure of the body, and confirmed by a
second person where it is not; of a rule over files it is a WARN that both who approve the file answer. What has happened is
recorded with a reason, whatever is raised.

## The unit question

A weight or height without a unit is asked for its unit where the other unit makes an ordinary body of it. A figure with its unit never is.
The limits were set on 4,000 people drawn before (`tests/population/`): 98 % of weights in pounds are asked about, and 8 % of adults who type kilograms
without a unit, once.

";

fn cell(limit: Option<Decimal>, sign: &str) -> Option<String> {
    limit.map(|limit| {
        let figure = if limit.is_sign_negative() { number::plain(limit) } else { number::print(limit) };
        format!("{sign} {figure}")
    })
}

fn line(row: &Row) -> String {
    let grade = |limits: [(Option<Decimal>, &str); 4]| {
        let all: Vec<String> = limits.into_iter().filter_map(|(limit, sign)| cell(limit, sign)).collect();
        all.join(", ")
    };
    let note = grade([(row.note_below, "<"), (row.note_above, ">"), (row.note_from, "≥"), (None, "")]);
    let warn = grade([(row.warn_below, "<"), (row.warn_above, ">"), (row.warn_from, "≥"), (None, "")]);
    let confirm = grade([(row.confirm_below, "<"), (row.confirm_above, ">"), (row.confirm_from, "≥"), (None, "")]);
    let block =
        grade([(row.block_below, "<"), (row.block_above, ">"), (row.block_from, "≥"), (row.block_through, "≤")]);
    format!("| {} | {} | {note} | {warn} | {confirm} | {block} | {} |\n", row.quantity, row.unit, row.source)
}

fn table(title: &str, rows: &[Row]) -> String {
    let head = "| quantity | unit | NOTE | WARN | CONFIRM | BLOCK | source |\n|---|---|---|---|---|---|---|\n";
    let lines: String = rows.iter().map(line).collect();
    format!("## {title}\n\n{head}{lines}\n")
}

#[test]
fn the_page_has_every_limit_of_the_table() {
    let limits = limits();
    let mut page = HEAD.to_owned();
    page.push_str("| slip | asked from, as typed | an adult's body it must make (BMI) | a child's (SD) | source |\n|---|---|---|---|---|\n");
    for slip in limits.slips {
        let typed = match (slip.typed_bmi, slip.typed_deviations) {
            (Some(bmi), Some(deviations)) => {
                format!("BMI {}; a child's above {} SD", number::print(bmi), number::print(deviations))
            }
            _ if slip.code == "swapped" => {
                "an adult's height below the weight; a child's figure at CONFIRM or BLOCK".to_owned()
            }
            _ => "a figure at CONFIRM or BLOCK".to_owned(),
        };
        let record = slip.ratio_from.zip(slip.ratio_through).map_or_else(String::new, |(from, through)| {
            format!(
                "; or a weight {} to {} times away from the one on record",
                number::print(from),
                number::print(through)
            )
        });
        let body = format!("{} to {}", number::print(slip.bmi_from), number::print(slip.bmi_through));
        let deviations = number::print(slip.deviations);
        page.push_str(&format!(
            "| {} | {typed}{record} | {body} | within {deviations} | {} |\n",
            slip.code, slip.source
        ));
    }
    page.push('\n');
    page.push_str(&table("Measurements", limits.rows));
    page.push_str(
        "A child's height, weight and body-mass index are compared with those of the same age and sex: CDC growth charts of 2000, below two years \
         the body-mass index with the WHO standards of 2006 (`src/plausibility/growth.csv`), on CDC's modified z-scores. Of an age in completed years, and \
         of a sex that is not known, the score nearest to the mean counts. Below two years a corrected age stands in for the age; before the \
         day it was due no reference holds.\n\n",
    );
    page.push_str(&table("Laboratory results", limits.laboratory));
    page.push_str(&table("Upper limits of normal", limits.upper_limits));
    let rate = &limits.weight_rate;
    page.push_str(&format!(
        "## How fast a weight changes\n\n{} + {} × ln(1 + months), at most {} kg; more is CONFIRM. {}\n",
        number::print(rate.base),
        number::print(rate.factor),
        number::print(rate.most),
        rate.source
    ));
    page.push_str(&largest_doses());
    pages::hold("docs/plausibility.md", &page);
}

/// The table of the largest doses, and what is above them.
fn largest_doses() -> String {
    let table = doses::table();
    let [note, warn, confirm, block] = [table.note, table.warn, table.confirm, table.block].map(number::print);
    let mut page = format!(
        "\n## The largest single doses\n\nA dose above its row is a NOTE (more than {note} times), from {warn} times a WARN, from {confirm} times CONFIRM, from {block} \
         times BLOCK; these figures are unverified (J). A file with a dose at BLOCK is refused unless `dose_exception` names a source of tier A, and \
         then each subject's dose is CONFIRM. Doses of another basis than the row's are compared for the subject's own body, in a file for 1.75 m² and 70 kg. *push* is at once \
         or in 15 minutes or less, *short* less than 22 hours, *long* 22 hours or more, of which the dose is that of the whole infusion. *rescue*: the \
         file plans or names stem cells, of methotrexate folinic acid. *weekly*: at least 7 days between doses. Two entries of one substance on one day, each more than half of the \
         largest, are a WARN.\n\nInto the cerebrospinal fluid go {}; {} are CONFIRM; anything else is BLOCK in the file, as is a vinca \
         alkaloid by any route but a vein (vinorelbine may be swallowed) and methotrexate from 500 mg/m2 without its rescue. Methotrexate by mouth on two days within a week \
         is CONFIRM, on days in a row BLOCK.\n\n| substance | route | way | largest single dose | above it | source |\n|---|---|---|---|---|---|\n",
        table.spinal.join(", "),
        table.spinal_confirmed.join(", "),
    );
    for row in table.most {
        let way = match row.mode {
            Some(Mode::Push) => "push",
            Some(Mode::Short) => "short",
            Some(Mode::Long) => "long",
            None => "",
        };
        let form = match row.form {
            Some(Solid::Tablets) => "tablets",
            Some(Solid::Capsules) => "capsules",
            None => way,
        };
        let way = match (row.rescue, row.weekly) {
            (true, _) => "rescue",
            (false, true) => "weekly",
            (false, false) => form,
        };
        let above = match row.above {
            Some(Above::Block) => "BLOCK",
            Some(Above::Confirm) => "CONFIRM",
            None => "",
        };
        page.push_str(&format!("| {} | {} | {way} | {} | {above} | {} |\n", row.drug, row.route, row.dose, row.source));
    }
    page.push_str(&format!(
        "\n## The shortest times\n\nA dose into a vein that runs in less than its row is a WARN, in less than {} of it CONFIRM; what is given at once takes no time. \
         A rate that is not to be passed makes the length it gives with the dose, and is at most a WARN: slower steps before it make it longer. \
         These figures are unverified (J), and an unknown length is not compared.\n\n| substance | shortest time | source |\n|---|---|---|\n",
        number::print(table.least_confirm)
    ));
    for row in table.least {
        page.push_str(&format!("| {} | {} | {} |\n", row.drug, number::counted(row.minutes, "minute"), row.source));
    }
    page.push_str(&format!(
        "\n## The most support in a day\n\nWhat a file gives of one substance as premedication and support on a day, all rows together: above its row a WARN, from {} \
         times CONFIRM (unverified, J).\n\n| substance | most in a day | source |\n|---|---|---|\n",
        number::print(table.day_confirm)
    ));
    for row in table.day {
        page.push_str(&format!("| {} | {} | {} |\n", row.drug, row.dose, row.source));
    }
    page
}
