//! Made-up regimens: every way to say a dose, with starting rules, ladders, loading doses, cohorts, tables of rules and an
//! eligibility. Most load; those that do not are compared by what is said against them.

use super::shuffle::Chance;

/// A regimen file made up from a number.
pub struct Generated {
    chance: Chance,
    cohorts: usize,
}

const FLAT: &[&str] = &["50 mg", "60 mg", "80 mg", "100 mg", "120 mg"];
const ANY: &[&str] = &["1 mg/kg", "1.5 mg/kg", "60 mg/m2", "80 mg/m2", "100 mg", "120 mg", "45 mg/m2"];
const GENOTYPES: &[&str] = &["UGT1A1*28/*28", "UGT1A1*1/*28"];

impl Generated {
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed ^ 0x00D0_5E00);
        let cohorts = chance.below(4).min(3);
        Self { chance, cohorts: if cohorts == 1 { 2 } else { cohorts } }
    }

    pub fn text(&mut self) -> String {
        let drugs = 1 + self.chance.below(3);
        let mut text = crate::support::HEAD.to_owned();
        text.push_str("[cycle]\nlength = \"14 days\"\ncount = { planned = 4 }\nnext = \"from actual day 1\"\nwindow = { early = \"0 days\", late = \"3 days\" }\nsource = \"unverified\"\n");
        text.push_str(crate::support::BODY);
        for cohort in 1..=self.cohorts {
            text.push_str(&format!("[[cohort]]\nid = \"arm-q{cohort}\"\n"));
        }
        for at in 0..drugs {
            let drug = self.drug(at, drugs);
            text.push_str(&drug);
        }
        for at in 0..self.chance.below(4) {
            let rule = self.rule(at, drugs);
            text.push_str(&rule);
        }
        text.push_str(&self.eligibility());
        text.push_str(&crate::support::EXAMPLE.replace("drug = \"a\"", "drug = \"drug-0\""));
        text
    }

    fn drug(&mut self, at: usize, drugs: usize) -> String {
        let dose = match self.chance.below(5) {
            0 | 1 => self.table(),
            2 if self.cohorts > 0 => self.by_cohort(),
            // Of another drug, which may be dosed in a way that has no fraction.
            3 if drugs > 1 && at > 0 => "dose = \"50 % of drug-0\"\n".to_owned(),
            _ => format!("dose = \"{}\"\n", self.chance.of(ANY)),
        };
        let home = self.chance.once_in(4);
        let mut lines = format!(
            "\n[[drug]]\nid = \"drug-{at}\"\nname = \"drug {}\"\n{dose}days = [{}]\n",
            ["alfa", "bravo", "charlie"][at],
            1 + at
        );
        lines.push_str(if home {
            "route = \"oral\"\ngiven = \"home\"\ntablets = [\"50 mg\", \"20 mg\"]\n"
        } else {
            "route = \"intravenous\"\nover = \"unknown\"\n"
        });
        lines.push_str(if self.chance.once_in(3) && !home {
            "round = { nearest = \"1 mg\", ties = \"up\" }\n"
        } else {
            "round = \"none\"\n"
        });
        if self.chance.once_in(3) {
            let starts = self.starts();
            lines.push_str(&format!("start = [{starts}]\n"));
        }
        if !self.chance.once_in(5) {
            lines.push_str("reduce = { to = [\"20 mg/m2\", \"15 mg/m2\"], then = \"ask\", raise_again = \"never\" }\n");
        }
        // A step of so many milligrams leads up to no dose by size, and a loading dose is for one dose of all.
        let same = dose.starts_with("dose") && !dose.contains("table");
        if self.chance.once_in(5) && !same {
            lines.push_str("ramp = [{ dose = \"10 mg\", lasts = \"1 dose\" }]\n");
        } else if self.chance.once_in(5) && !home && same {
            lines.push_str("loading = { dose = \"200 mg\", again_after = \"never\" }\n");
        }
        if self.chance.once_in(4) {
            lines.push_str("cap = [{ dose = \"150 mg\", weight = { below = \"60 kg\" } }, { dose = \"180 mg\" }]\n");
        }
        if self.cohorts > 1 && self.chance.once_in(4) {
            lines.push_str("cohorts = [\"arm-q2\", \"arm-q1\"]\n");
        }
        lines.push_str("source = \"unverified\"\n");
        lines
    }

    /// Rows that hold everybody once, by one thing or by two.
    fn table(&mut self) -> String {
        let halves: &[(&str, &str)] = match self.chance.below(4) {
            0 => &[("weight = { below = \"40 kg\" }", "weight = { from = \"40 kg\" }")],
            1 => &[("age = { below = \"18 years\" }", "age = { from = \"18 years\" }")],
            2 => &[("bsa = { below = \"1 m2\" }", "bsa = { from = \"1 m2\" }")],
            _ => &[
                ("age = { below = \"18 years\" }", "age = { from = \"18 years\" }"),
                ("weight = { below = \"40 kg\" }", "weight = { from = \"40 kg\" }"),
            ],
        };
        let mut rows = vec![String::new()];
        for (low, high) in halves {
            let with =
                |row: &String, more: &str| if row.is_empty() { more.to_owned() } else { format!("{row}, {more}") };
            rows = rows.iter().flat_map(|row| [with(row, low), with(row, high)]).collect();
        }
        let list = if self.chance.once_in(3) { FLAT } else { ANY };
        let rows = rows.iter().map(|row| {
            let reduce = if self.chance.once_in(4) {
                ", reduce = { to = [\"20 mg\"], then = \"stop this drug\", raise_again = \"never\" }"
            } else {
                ""
            };
            let dose = if self.chance.once_in(12) { "unknown" } else { *self.chance.of(list) };
            format!("  {{ {row}, dose = \"{dose}\"{reduce} }},\n")
        });
        let rows: String = rows.collect();
        let formula = if self.chance.once_in(4) { "dose = \"60 mg/m2\"\n" } else { "" };
        format!("{formula}table = [\n{rows}]\n")
    }

    fn by_cohort(&mut self) -> String {
        let doses: Vec<String> =
            (1..=self.cohorts).map(|cohort| format!("arm-q{cohort} = \"{}\"", self.chance.of(ANY))).collect();
        format!("by_cohort = {{ {} }}\n", doses.join(", "))
    }

    /// One or two starting rules, which may overlap: their order stays.
    fn starts(&mut self) -> String {
        let count = 1 + self.chance.below(2);
        let starts: Vec<String> = (0..count)
            .map(|_| {
                let when = match self.chance.below(3) {
                    0 => format!("genotype = \"{}\"", self.chance.of(GENOTYPES)),
                    1 => "age = { from = \"70 years\" }".to_owned(),
                    _ => "weight = { through = \"10 kg\" }".to_owned(),
                };
                let dose = if self.chance.once_in(2) { "percent = \"75 %\"" } else { "dose = \"0.8 mg/kg\"" };
                format!("{{ when = {{ {when} }}, {dose} }}")
            })
            .collect();
        starts.join(", ")
    }

    fn rule(&mut self, at: usize, drugs: usize) -> String {
        let actions = [
            "one level down",
            "50 % of the protocol dose",
            "75 % of the starting dose",
            "hold",
            "omit",
            "75 % of the last dose",
            "delay",
            "ask",
        ];
        let mut action = || *self.chance.of(&actions);
        let (one, other, third) = (action(), action(), action());
        let of = if drugs > 1 && self.chance.once_in(2) { "[\"drug-1\", \"drug-0\"]" } else { "\"all\"" };
        let looks = match (at + self.chance.below(2)) % 3 {
            0 => format!(
                "test = \"neutrophils {at}\"\nrows = [{{ from = \"1.5 10^9/L\", do = \"treat\" }}, {{ below = \"1.5 10^9/L\", from = \"1 10^9/L\", do = \"{one}\" }}, {{ below = \"1 10^9/L\", do = \"{other}\" }}]"
            ),
            1 => format!(
                "grade = \"diarrhoea {at}\"\nctcae = \"5.0\"\nrows = [{{ through = \"grade 1\", do = \"treat\" }}, {{ is = \"grade 2\", do = \"{one}\" }}, {{ from = \"grade 3\", occurrence = \"first\", do = \"{other}\" }}, {{ from = \"grade 3\", occurrence = \"second or later\", do = \"{third}\" }}]"
            ),
            _ => format!("event = \"fever {at}\"\nrows = [{{ do = \"{one}\" }}]"),
        };
        format!("\n[[rule]]\ndrugs = {of}\n{looks}\nsource = \"unverified\"\n")
    }

    fn eligibility(&mut self) -> String {
        let age = if self.chance.once_in(4) { "age = { from = \"18 years\" }\n" } else { "" };
        let weight = if self.chance.once_in(3) { "weight = { from = \"30 kg\" }\n" } else { "" };
        format!(
            "\n[eligibility]\n{age}{weight}other = [\"no other trial\", \"consent\", \"follow-up possible\"]\nsource = \"unverified\"\n"
        )
    }
}
