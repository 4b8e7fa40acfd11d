//! A pocket calculator: it reads the expression a step shows, and must get the figure the step gives.

use posology::formula::{CATALOGUE, Inputs};
use posology::quantity::{Age, Bsa, Creatinine, Decimal, Gfr, Height, Sex, Weight};

/// What is typed into the calculator: the expression without units and thousands' commas.
fn typed(expression: &str) -> Vec<char> {
    let mut text = expression.replace("log10", "L");
    for unit in [" cm", " kg", " mL/min", " mg/dL", " umol/L", " ", ",", "…"] {
        text = text.replace(unit, "");
    }
    text.chars().collect()
}

struct Keys {
    keys: Vec<char>,
    at: usize,
}

impl Keys {
    fn take(&mut self, wanted: char) -> bool {
        let there = self.keys.get(self.at) == Some(&wanted);
        self.at += usize::from(there);
        there
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.take('+') {
                value += self.product();
            } else if self.take('−') {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.power();
        loop {
            if self.take('×') {
                value *= self.power();
            } else if self.take('÷') {
                value /= self.power();
            } else {
                return value;
            }
        }
    }

    fn power(&mut self) -> f64 {
        let base = self.atom();
        if self.take('^') {
            base.powf(self.atom())
        } else if self.take('²') {
            base * base
        } else {
            base
        }
    }

    fn atom(&mut self) -> f64 {
        if self.take('√') {
            return self.atom().sqrt();
        }
        if self.take('L') {
            return self.atom().log10();
        }
        if self.take('−') {
            return -self.atom();
        }
        if self.take('(') {
            let value = self.sum();
            assert!(self.take(')'), "no closing bracket in {:?}", self.keys);
            return value;
        }
        let from = self.at;
        while self.keys.get(self.at).is_some_and(|key| key.is_ascii_digit() || *key == '.') {
            self.at += 1;
        }
        self.keys[from..self.at].iter().collect::<String>().parse().unwrap()
    }
}

fn work_out(expression: &str) -> f64 {
    let mut keys = Keys { keys: typed(expression), at: 0 };
    let value = keys.sum();
    assert_eq!(keys.at, keys.keys.len(), "left over in {expression}");
    value
}

fn person(sex: Sex, height: i64, age: i64, indexed: bool, creatinine: &str) -> Inputs {
    Inputs {
        height: Some(Height::new(height.into())),
        weight: Some(Weight::read("65.4").unwrap()),
        sex: Some(sex),
        age: Some(Age::new(age.into())),
        creatinine: Some(Creatinine::read(creatinine).unwrap()),
        bsa: Some(Bsa::new(Decimal::new(175, 2))),
        factor: Some(Decimal::new(4, 1)),
        gfr: Some(if indexed { Gfr::Indexed(80.into()) } else { Gfr::Absolute(80.into()) }),
        target_auc: Some(5.into()),
        ..Inputs::default()
    }
}

#[test]
fn the_calculator_itself_calculates() {
    assert!((work_out("√(170 cm × 65 kg ÷ 3,600)") - 1.751_983).abs() < 1e-6);
    assert!((work_out("2 × 4^(−0.5) + 3²") - 10.0).abs() < 1e-12);
}

#[test]
fn every_step_can_be_redone_from_what_it_shows() {
    let mut redone = 0;
    for entry in CATALOGUE {
        for sex in [Sex::Female, Sex::Male] {
            for (height, age, creatinine) in [(148, 9, "0.5 mg/dL"), (181, 46, "71 umol/L"), (170, 80, "1.9 mg/dL")] {
                let inputs = person(sex, height, age, entry.name == "deindex", creatinine);
                if entry.name == "mirvetuximab" && sex == Sex::Male {
                    assert!((entry.compute)(&inputs).is_err(), "its label gives no weight for men");
                    continue;
                }
                for line in (entry.compute)(&inputs).unwrap().steps {
                    if line.expression.starts_with("the ") {
                        continue; // the larger or the smaller of two figures needs no calculator
                    }
                    let shown: f64 = line.value.to_string().parse().unwrap();
                    let found = work_out(&line.expression);
                    let apart = (found - shown).abs() / shown.abs();
                    assert!(apart < 1e-5, "{}: {} is {found}, not {shown}", entry.name, line.expression);
                    redone += 1;
                }
            }
        }
    }
    assert!(redone > CATALOGUE.len() * 6, "only {redone} steps");
}
