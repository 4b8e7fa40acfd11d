//! `cohort`: a whole list of subjects is what `plan` makes of each, whatever the number of threads; what is not planned is told.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use posology::calendar::Site;
use posology::cli::{self, Output};
use posology::library::Library;
use posology::regimen::Regimen;

use crate::program::Home;
use crate::support::cases;

const LEAN: &str =
    "subject,phase,cycle,day,part,drug_id,drug,formulation,dose,dose_unit,morning,evening,total,vials,date,run_through";

fn run(arguments: &[&str]) -> u8 {
    let mut output = Output::to(Box::new(std::io::sink()), Box::new(std::io::sink()));
    let arguments = std::iter::once("posology").chain(arguments.iter().copied()).map(Into::into);
    cli::run(arguments, &mut output)
}

/// The rows of a table, each with its cells by their names.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| names.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// Figures out of a seed, the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    /// A subject as the cells of `COLUMNS`: ordinary ones, and those whose product of height and weight is a square, so that
    /// the surface and with it the dose is often a tie; heavy ones, for caps.
    fn subject(&mut self, regimen: &Regimen) -> Vec<String> {
        let (height, weight) = match self.below(4) {
            0 => {
                (self.one(&["160", "162.5", "137.7", "180", "176.4"]), self.one(&["57.6", "72.9", "42.5", "81", "64"]))
            }
            1 => ("190", self.one(&["128.3", "141", "155.5"])),
            _ => (self.one(&["151", "168.2", "174", "183.5"]), self.one(&["48.7", "63", "70.05", "88.8", "99.9"])),
        };
        let exposure: Vec<String> = regimen.lifetimes.iter().map(|limit| format!("{}=none", limit.name)).collect();
        let cells = [
            self.one(&["+3", "+30", "+200"]),
            height,
            weight,
            self.one(&["f", "m"]),
            self.one(&["34", "61", "79"]),
            self.one(&["0.6 mg/dL", "71 umol/L", "110 umol/L"]),
            &exposure.join(";"),
        ];
        cells.map(str::to_owned).to_vec()
    }
}

const COLUMNS: [&str; 7] = ["start", "height", "weight", "sex", "age", "creatinine", "exposure"];

fn plan(regimen: &str, subject: &[String], to: &Path) -> bool {
    let mut arguments: Vec<&str> = vec!["plan", regimen, "--as", "csv", "--force", "-o", to.to_str().unwrap()];
    let options: Vec<String> = COLUMNS.iter().map(|name| format!("--{name}")).collect();
    for (option, text) in options.iter().zip(subject) {
        for part in text.split(';').filter(|part| !part.is_empty()) {
            arguments.extend([option.as_str(), part]);
        }
    }
    run(&arguments) == 0
}

fn list(path: &Path, subjects: &[Vec<String>]) {
    let mut writer = csv::Writer::from_path(path).unwrap();
    writer.write_record(std::iter::once("code").chain(COLUMNS)).unwrap();
    for (at, subject) in subjects.iter().enumerate() {
        writer.write_record(std::iter::once(format!("S-{at}")).chain(subject.iter().cloned())).unwrap();
    }
    writer.flush().unwrap();
}

/// Over every shipped regimen; the rows that `cohort` dates anew and those that it plans by themselves are compared alike.
#[test]
fn a_cohort_is_the_plans_of_its_subjects() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let library = Library::new(None, Vec::new(), Site::default());
    let (mut random, mut planned, mut all) = (Random(20_261_130), 0, 0);
    for file in library.load().unwrap() {
        let regimen = file.regimen.unwrap();
        let mut subjects: Vec<Vec<String>> = (0..cases(1)).map(|_| random.subject(&regimen)).collect();
        // The same body on another day: out of what is kept.
        let again = subjects.iter().map(|subject| [&["+11".to_owned()], &subject[1..]].concat()).collect::<Vec<_>>();
        subjects.extend(again);
        list(&at("list.csv"), &subjects);
        let (list, out, left) = (at("list.csv"), at("out.csv"), at("left.csv"));
        let [list, out, left] = [&list, &out, &left].map(|path| path.to_str().unwrap());
        let plans: Vec<Option<_>> = subjects
            .iter()
            .map(|subject| plan(&file.id, subject, &at("plan.csv")).then(|| rows(&at("plan.csv"))))
            .collect();
        for columns in ["lean", "full"] {
            let arguments = ["cohort", &file.id, list, "-o", out, "--refused", left, "--force", "--columns", columns];
            assert!([0, 3].contains(&run(&arguments)), "{}", file.id);
            let (ours, refused) = (rows(Path::new(out)), rows(Path::new(left)));
            for (nth, (subject, theirs)) in subjects.iter().zip(&plans).enumerate() {
                let code = format!("S-{nth}");
                let verdict = refused.iter().find(|row| row["code"] == code).map(|row| row["verdict"].as_str());
                let of = ours.iter().filter(|row| row["subject"] == code);
                let of: Vec<_> = of.cloned().map(|mut row| row.remove("subject").map(|_| row).unwrap()).collect();
                all += 1;
                if let Some(verdict) = verdict {
                    assert!(of.is_empty() && (verdict == "questioned" || theirs.is_none()), "{} {subject:?}", file.id);
                    continue;
                }
                let mut theirs = theirs.clone().unwrap_or_else(|| panic!("{} {subject:?}", file.id));
                for row in &mut theirs {
                    row.retain(|name, _| name != "subject" && of[0].contains_key(name));
                }
                assert_eq!(of, theirs, "{} {subject:?}", file.id);
                planned += 1;
            }
        }
    }
    assert!(planned * 4 > all, "only {planned} of {all} were planned: the comparison is of too few");
}

fn cohort(home: &Home, list: &str, more: &[&str]) -> crate::program::Ran {
    fs::write(home.path().join("list.csv"), list).unwrap();
    home.run(&[&["cohort", "gi-mfolfox6", "list.csv", "-o", "out.csv", "--force"], more].concat())
}

/// More rows than a round has, few bodies among them, and some that are refused.
#[test]
fn the_number_of_threads_changes_nothing() {
    let home = Home::new();
    let row = |at: usize| {
        format!("S-{at:05},+{},{},{}\n", at % 300, 160 + at % 3, if at.is_multiple_of(97) { 3 } else { 70 })
    };
    let list = std::iter::once("code,start,height,weight\n".to_owned()).chain((0..1_300).map(row)).collect::<String>();
    let of = |threads: &str| {
        let ran = cohort(&home, &list, &["--threads", threads]);
        assert_eq!(ran.code, 3, "{}", ran.err);
        assert!(ran.err.contains("1300 rows: 1286 planned"), "{}", ran.err);
        (fs::read(home.path().join("out.csv")).unwrap(), fs::read(home.path().join("out-refused.csv")).unwrap())
    };
    let one = of("1");
    assert!(one == of("2") && one == of("5"), "the same bytes");
    let codes: Vec<String> = rows(&home.path().join("out.csv")).into_iter().map(|row| row["subject"].clone()).collect();
    assert!(codes.is_sorted() && fs::read_to_string(home.path().join("out.csv")).unwrap().starts_with(LEAN));
}

#[test]
fn what_is_not_planned_is_told_and_can_be_corrected() {
    let home = Home::new();
    let list = "code;start;height;weight\nS-1;+7;170;65\nS-2;+7;17;65\nS-3;+7;;65\ns-1;+7;170;65\nS-5;;170;65\nS-6;+7;170\n\
                S-7;+7;170;154\n;+7;170;65\nS-9;+7;170;x\n";
    let ran = cohort(&home, list, &[]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("8 of 9 rows were not planned") && ran.err.contains("out-refused.csv"), "{}", ran.err);
    let left = rows(&home.path().join("out-refused.csv"));
    let told: Vec<(&str, &str)> = left.iter().map(|row| (row["line"].as_str(), row["verdict"].as_str())).collect();
    let refused = |line| (line, "refused");
    assert_eq!(
        told,
        [
            refused("3"),
            refused("4"),
            refused("5"),
            refused("6"),
            refused("7"),
            ("8", "questioned"),
            refused("9"),
            refused("10")
        ]
    );
    for (at, words) in [
        (0, "height"),
        (1, "height"),
        (2, "above has this code"),
        (3, "has no start"),
        (4, "has 3 cells, and the header 4"),
        (5, "Is 154 in pounds?"),
        (7, "weight \"x\""),
    ] {
        assert!(left[at]["reasons"].contains(words), "{words}: {}", left[at]["reasons"]);
    }
    // What is corrected is given to the command as it stands.
    let text = fs::read_to_string(home.path().join("out-refused.csv")).unwrap();
    let kept: Vec<String> = text
        .lines()
        .enumerate()
        .filter(|(at, _)| [0, 6].contains(at))
        .map(|(_, line)| line.replace(",154,", ",154lb,"))
        .collect();
    fs::write(home.path().join("again.csv"), kept.join("\n")).unwrap();
    let ran = home.run(&["cohort", "gi-mfolfox6", "again.csv", "-o", "second.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(rows(&home.path().join("second.csv")).iter().all(|row| row["subject"] == "S-7"));
}

#[test]
fn a_list_that_is_none_is_met_with_what_to_write() {
    let home = Home::new();
    for (list, words) in [
        ("", "has no column \"code\""),
        ("subject,start\n", "unknown column \"subject\""),
        ("code,height\n", "has no column \"start\""),
        ("code,start,start\n", "has the column \"start\" twice"),
    ] {
        let ran = cohort(&home, list, &[]);
        assert_eq!(ran.code, 1, "{list}: {}", ran.err);
        assert!(ran.err.contains(words) && ran.err.contains("names the columns: code, start, height"), "{}", ran.err);
        assert!(!home.path().join("out.csv").exists() && !home.path().join("out-refused.csv").exists());
    }
    let list = "code,start,height,weight\nS-1,+7,170,65\n";
    for (more, code, words) in [
        (&["--refused", "nowhere/x.csv"][..], 1, "nowhere"),
        (&["--threads", "0"][..], 2, "--threads"),
        (&["--columns", "wide"][..], 2, "wide"),
    ] {
        let ran = cohort(&home, list, more);
        assert!(ran.code == code && ran.err.contains(words), "{words}: {} {}", ran.code, ran.err);
    }
    let to = |out: &str, more: &[&str]| home.run(&[&["cohort", "gi-mfolfox6", "list.csv", "-o", out], more].concat());
    assert!(to("x.parquet", &[]).err.contains("written as CSV"));
    assert!(to("-", &[]).err.contains("--refused refused.csv"));
    assert!(to("-", &["--refused", "r.csv", "--summary"]).err.contains("both go to standard output"));
    fs::write(home.path().join("there.csv"), "mine").unwrap();
    assert_ne!(to("there.csv", &[]).code, 0);
    assert_eq!(fs::read_to_string(home.path().join("there.csv")).unwrap(), "mine");
    assert!(!home.path().join("there-refused.csv").exists(), "nothing of one file without the other");
    let ran = to("-", &["--refused", "r.csv"]);
    assert!(ran.code == 0 && ran.out.starts_with(LEAN) && ran.out.contains("\nS-1,"), "{}", ran.err);
}

/// 85 mg/m2 of oxaliplatin: 170 cm and 65 kg are 1.75 m2, 148.75 mg; 190 cm and 80 kg are 2.05 m2, 174.25 mg.
#[test]
fn a_summary_counts_every_dose() {
    let home = Home::new();
    let list = "code,start,height,weight\nS-1,+7,170,65\nS-2,+9,170,65\nS-3,+7,190,80\n";
    let whole = cohort(&home, list, &["--json"]);
    let summary: serde_json::Value = serde_json::from_str(&whole.out).unwrap();
    assert_eq!((&summary["rows"], &summary["planned"]), (&3.into(), &3.into()));
    let doses = rows(&home.path().join("out.csv"));
    assert_eq!(summary["dose_lines"], doses.len());
    let of = |name: &str| doses.iter().filter(|row| row["drug"] == name).count();
    let drugs = summary["drugs"].as_array().unwrap();
    let oxaliplatin = drugs.iter().find(|drug| drug["drug"] == "oxaliplatin").unwrap();
    assert_eq!(oxaliplatin["doses"], of("oxaliplatin"));
    // Without rounding in the file, to the whole milligram; two of three subjects have the smaller dose.
    let figure = |word: &str| oxaliplatin["quantiles"][word]["value"].as_str().unwrap().to_owned();
    assert_eq!([figure("min"), figure("median"), figure("max")], ["149", "149", "174"], "{oxaliplatin}");
    let told = cohort(&home, list, &["--summary"]);
    assert!(told.out.contains("oxaliplatin") && told.out.contains("median"), "{}", told.out);
}

/// 133 lb is 60.33 kg, and 160 cm with it 1.64 m² (√(160 × 60.33 ÷ 3,600) = 1.6375): 85 mg/m2 are 139.4 mg, 139 without a rounding of the file.
#[test]
fn a_column_says_the_unit_and_answers_what_would_be_asked() {
    let home = Home::new();
    let dose = |list: &str| {
        let ran = cohort(&home, list, &[]);
        let first = ran.err.is_empty() || ran.code == 0;
        let row = rows(&home.path().join("out.csv")).into_iter().find(|row| row["drug"] == "oxaliplatin");
        let left = rows(&home.path().join("out-refused.csv")).into_iter().next().map(|row| row["reasons"].clone());
        (row.filter(|_| first).map(|row| row["dose"].clone()), left)
    };
    let with = |weight: &str, unit: &str| {
        dose(&format!("code,start,height,height-unit,weight,weight-unit\nS-1,+7,160,cm,{weight},{unit}\n"))
    };
    assert_eq!(with("133", "lb").0.as_deref(), Some("139"));
    assert_eq!(with("133lb", "lb").0.as_deref(), Some("139"));
    // 133 kg is BMI 52: certain, and a WARN that waits for its reason.
    let (none, told) = with("133", "kg");
    assert!(none.is_none() && told.as_ref().unwrap().contains("[bmi-range]"), "{told:?}");
    let (none, told) = with("133kg", "lb");
    assert!(none.is_none() && told.unwrap().contains("stands beside the unit"));
    // 160 × 133 ÷ 3,600 = 5.911, √ = 2.4313, 2.43 m²: 206.55 mg, 207.
    let answered = |more: &str, cells: &str| {
        dose(&format!("code,start,height,weight,weight-unit,{more}\nS-1,+7,160,133,kg,{cells}\n"))
    };
    let full = answered("accept", "bmi-range=weighed on two scales").0.unwrap();
    assert_eq!(full, "207");
    assert!(answered("accept", "bmi-range").1.unwrap().contains("gives no reason"));
    // 220 kg at 175 cm waits for a second person; a reason alone confirms nothing.
    let second = |more: &str, cells: &str| {
        dose(&format!("code,start,height,weight,accept,{more}\nS-1,+7,175,220kg,weight-range=two scales,{cells}\n"))
    };
    assert!(second("confirm", "bmi-range=two scales").1.unwrap().contains("names nobody who does"));
    let (dosed, told) = second("confirm,second", "bmi-range=two scales,B. Lee");
    assert!(dosed.is_some(), "{told:?}");
    let (none, told) = second("second", "B. Lee");
    assert!(none.is_none() && told.unwrap().contains("CONFIRM [bmi-range]"));
}
