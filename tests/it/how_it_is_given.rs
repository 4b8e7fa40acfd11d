//! How fast a dose runs, how much support a day holds, and what never lies beside what goes into the spine. The figures are
//! worked out by hand beside each.

use posology::checker;
use posology::finding::{Finding, Severity};
use posology::plan::{self, Options};
use posology::plausibility::doses;

use crate::program::Home;
use crate::support::{BODY, EXAMPLE, HEAD, TWO_WEEKS, course, drug, regimen, site};

fn text(drugs: &str) -> String {
    format!("{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{drugs}\n{EXAMPLE}")
}

fn named(id: &str, name: &str, lines: &str) -> String {
    drug(id, &format!("{lines}\nround = \"none\"")).replace(&format!("name = \"{id}\""), &format!("name = \"{name}\""))
}

/// Of the file, and of a plan made of it.
fn told(drugs: &str, rule: &str, code: &str) -> (Option<Finding>, Option<Finding>) {
    let text = text(drugs);
    let of = |findings: Vec<Finding>, code: &str| findings.into_iter().find(|one| one.code.name() == code);
    let file = of(checker::check(text.as_bytes(), &site()).findings, rule);
    let planned = plan::plan(&regimen(&text), &course("2026-12-07", "170", "65"), &site(), Options::default());
    (file, of(planned.map_or_else(|findings| findings, |plan| plan.findings), code))
}

/// Docetaxel runs over 60 minutes: 59 is a WARN, less than 30 waits for a second person, and so does a push.
#[test]
fn a_dose_that_runs_too_fast_is_told() {
    let graded = |name: &str, over: &str| {
        let lines = format!("route = \"intravenous\"\ndays = [1]\ndose = \"70 mg/m2\"\nover = {over}");
        let (file, planned) = told(&named("a", name, &lines), "R128", "infusion-short");
        assert_eq!(file.is_some(), planned.is_some(), "{name} {over}");
        assert!(file.is_none_or(|one| one.severity == Severity::Warn));
        planned.map(|one| (one.severity, one.text))
    };
    let severity = |name, over| graded(name, over).map(|one| one.0);
    for (over, expected) in [
        ("\"60 minutes\"", None),
        ("\"59 minutes\"", Some(Severity::Warn)),
        ("\"30 minutes\"", Some(Severity::Warn)),
        ("\"29 minutes\"", Some(Severity::Confirm)),
        ("\"bolus\"", Some(Severity::Confirm)),
        ("{ from = \"45 minutes\", through = \"90 minutes\" }", Some(Severity::Warn)),
        ("{ by_occurrence = [\"90 minutes\", \"20 minutes\"] }", Some(Severity::Confirm)),
        ("\"unknown\"", None),
        // 70 x 1.75 = 122.5 mg: at 400 mg an hour 18 minutes, at 120 mg an hour 61. A rate is never more than a WARN.
        ("{ at_most_per_hour = \"400 mg\" }", Some(Severity::Warn)),
        ("{ at_most_per_hour = \"120 mg\" }", None),
    ] {
        assert_eq!(severity("docetaxel", over), expected, "{over}");
    }
    assert_eq!(severity("doxorubicin", "\"bolus\""), None, "it is given so");
    let (_, words) = graded("docetaxel", "\"bolus\"").unwrap();
    assert_eq!(words, "docetaxel at once: the shortest time in use is 60 minutes.");
    // Irinotecan's shortest time has no source, and every face says so.
    assert!(graded("irinotecan", "\"10 minutes\"").unwrap().1.ends_with("30 minutes (not verified)."));
}

/// 8 + 24 = 32 mg of ondansetron is the most of a day; 16 + 24 = 40 is above it; 24 mg three times are 72, 2.25 times.
#[test]
fn support_of_a_day_is_added_up() {
    let vein = |dose: &str| {
        named(
            "a",
            "ondansetron",
            &format!(
                "role = \"support\"\nroute = \"intravenous\"\nover = \"15 minutes\"\ndays = [1]\ndose = \"{dose}\""
            ),
        )
    };
    let mouth = |dose: &str, days: &str| {
        named(
            "b",
            "ondansetron",
            &format!("role = \"support\"\nroute = \"oral\"\ngiven = \"clinic\"\ndays = {days}\ndose = \"{dose}\""),
        )
    };
    let graded = |drugs: &str| {
        let (file, planned) = told(drugs, "R129", "support-day-large");
        assert_eq!(file.is_some(), planned.is_some(), "{drugs}");
        planned.map(|one| (one.severity, one.text))
    };
    assert_eq!(graded(&(vein("8 mg") + &mouth("24 mg", "[1]"))), None);
    let (severity, words) = graded(&(vein("16 mg") + &mouth("24 mg", "[1]"))).unwrap();
    assert_eq!(severity, Severity::Warn);
    assert!(
        words.contains("ondansetron as support comes to 40 mg on Mon 07-Dec-2026") && words.contains("32 mg"),
        "{words}"
    );
    assert_eq!(graded(&(vein("16 mg") + &mouth("24 mg", "[2]"))), None, "on different days");
    // Twice a day at home: 24 + 24 = 48 mg, and 48 + 16 = 64 with what was given into the vein, twice the most.
    let home = |id: &str| {
        named(
            id,
            "ondansetron",
            "role = \"support\"\nroute = \"oral\"\ngiven = \"home\"\ntimes = \"twice daily\"\nstarts = \"morning\"\ndays = { from = 1, through = 2 }\ndose = \"24 mg\"\ncycle_total = \"96 mg\"",
        )
    };
    assert_eq!(graded(&home("a")).map(|one| one.0), Some(Severity::Warn));
    assert_eq!(graded(&(vein("16 mg") + &home("b"))).map(|one| one.0), Some(Severity::Confirm));
    // Treatment is no support: dexamethasone 40 mg twice is the protocol's affair.
    let dexamethasone = "route = \"oral\"\ngiven = \"clinic\"\ndays = [1]\ndose = \"60 mg\"";
    assert_eq!(told(&named("a", "dexamethasone", dexamethasone), "R129", "support-day-large"), (None, None));
}

/// Vincristine into a vein and methotrexate into the spine on one day: told, and on no sheet together.
#[test]
fn a_vinca_never_stands_on_a_sheet_with_what_goes_into_the_spine() {
    let vinca = named(
        "a",
        "vincristine",
        "route = \"intravenous\"\ndays = [1]\ndose = \"2 mg\"\ncap = \"2 mg\"\nwarn = \"fatal by any other route\"",
    );
    let spinal =
        |days: &str| named("b", "methotrexate", &format!("route = \"intrathecal\"\ndays = {days}\ndose = \"12 mg\""));
    let (file, planned) = told(&(vinca.clone() + &spinal("[1]")), "R070", "vinca-beside-intrathecal");
    let planned = planned.unwrap();
    assert_eq!((file.unwrap().severity, planned.severity), (Severity::Warn, Severity::Note));
    assert!(
        planned.text.contains("vincristine and intrathecal methotrexate are both given on Mon 07-Dec-2026"),
        "{}",
        planned.text
    );
    assert_eq!(told(&(vinca.clone() + &spinal("[2]")), "R070", "vinca-beside-intrathecal"), (None, None));

    let home = Home::new();
    let third =
        named("c", "cytarabine", "route = \"intravenous\"\ndays = [1]\ndose = \"100 mg\"\nover = \"30 minutes\"");
    std::fs::write(home.path().join("both.toml"), text(&(vinca + &spinal("[1]") + &third))).unwrap();
    let page = |format: &str, of: &str| {
        let line = [
            "plan",
            "./both.toml",
            "--height",
            "170",
            "--weight",
            "65",
            "--start",
            "2026-12-07",
            "--cycles",
            "1",
            "--as",
            format,
            "-o",
            of,
        ];
        let ran = home.run(&line);
        assert_eq!(ran.code, 0, "{}", ran.err);
        std::fs::read_to_string(home.path().join(of)).unwrap()
    };
    for (format, to_prepare) in
        [("html-worksheet", ["vinCRIStine", "methotrexate"]), ("html-labels", ["vinCRIStine", "methotrexate"])]
    {
        let html = page(format, &format!("{format}.html"));
        // The overview of all of the plan prepares nothing.
        let sheets: Vec<&str> = html.split("<section").skip(1).filter(|sheet| !sheet.contains("Overview")).collect();
        let with = |name: &str| {
            // What is prepared stands as a heading; the finding above it names both.
            let heads = [format!("<h3>{name}"), format!("<strong>{name}"), format!(">{name}<")];
            let holds = |sheet: &&str| heads.iter().any(|head| sheet.to_lowercase().contains(&head.to_lowercase()));
            sheets.iter().enumerate().filter(|(_, sheet)| holds(sheet)).map(|(at, _)| at).collect::<Vec<_>>()
        };
        let [vinca, spinal] = to_prepare.map(with);
        assert!(!vinca.is_empty() && !spinal.is_empty(), "{format}: {vinca:?} {spinal:?}\n{html}");
        assert!(vinca.iter().all(|at| !spinal.contains(at)), "{format}: {vinca:?} {spinal:?}");
        assert!(with("cytarabine").iter().all(|at| vinca.contains(at)), "{format}");
    }
}

/// A row that names a shipped file is of a route by which that file gives the drug.
#[test]
fn a_source_that_is_a_shipped_file_holds_the_drug_by_its_route() {
    let table = doses::table();
    let of_most = table.most.iter().map(|row| (row.drug, row.route, row.source));
    let all = of_most.chain(table.least.iter().map(|row| (row.drug, "intravenous", row.source)));
    let named = all.filter(|(_, _, source)| source.starts_with("the ")).filter_map(|(drug, route, source)| {
        Some((drug, route, source.split("regimens/").nth(1)?.split(".toml").next()?))
    });
    let mut seen = 0;
    for (substance, route, id) in named {
        let path = format!("{}/regimens/{id}.toml", env!("CARGO_MANIFEST_DIR"));
        let file = regimen(&std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{substance}: no {path}")));
        let given =
            file.drugs().any(|drug| drug.substance == substance && drug.route.known().is_some_and(|one| one == route));
        assert!(given, "{substance} {route}: not so in {id}");
        seen += 1;
    }
    assert!(seen > 50, "{seen}");
}
