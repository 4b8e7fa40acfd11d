//! The program itself: `calc`, `selftest`, `completions`, `man`, and how it fails.
//!
//! The environment is empty and the home is new, so that no setting of the machine that runs the test
//! reaches the program.

use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run left behind.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn program(arguments: &[&str]) -> (Command, tempfile::TempDir) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_posology"));
    command.args(arguments).env_clear().env("HOME", home.path()).current_dir(home.path()).stdin(Stdio::null());
    (command, home)
}

fn posology(arguments: &[&str]) -> Ran {
    let (mut command, home) = program(arguments);
    let output = command.output().unwrap();
    assert_eq!(home.path().read_dir().unwrap().count(), 0, "a calculation leaves no file behind");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let ran = Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) };
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "colour only on a terminal");
    ran
}

/// `calc bsa` and the rest, split at spaces; `_` stands for a space within an argument.
fn calc(line: &str) -> Ran {
    let arguments: Vec<String> = line.split_whitespace().map(|word| word.replace('_', " ")).collect();
    let arguments: Vec<&str> = std::iter::once("calc").chain(arguments.iter().map(String::as_str)).collect();
    posology(&arguments)
}

fn document(line: &str) -> Value {
    let ran = calc(&format!("{line} --json"));
    assert_eq!(ran.code, 0, "{line}: {}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// The first digits, so that a test states what it knows.
#[track_caller]
fn starts(line: &str, digits: &str, unit: &str) {
    let document = document(line);
    assert!(document["value"].as_str().unwrap().starts_with(digits), "{line}: {document:#}");
    assert_eq!(document["unit"], unit);
    assert!(!document["working"].as_array().unwrap().is_empty());
}

#[test]
fn figures_agree_with_ones_worked_elsewhere() {
    starts("bsa --height 170 --weight 65", "1.75198300346905319", "m2");
    starts("bsa --height 180 --weight 80 --formula du-bois", "1.99642102227504499", "m2");
    starts("bmi --height 180 --weight 75", "23.148148148148", "kg/m2");
    starts("weight --height 175 --sex male --formula devine", "70.464566929133", "kg");
    starts("weight --weight 100 --ideal 60 --factor 0.4 --formula adjusted", "76", "kg");
    let woman = "--sex female --age 60 --weight 70 --creatinine 0.8_mg/dL";
    starts(&format!("renal --formula cockcroft-gault {woman}"), "82.6388888888", "mL/min");
    starts(&format!("auc --target 5 {woman}"), "538.19444444", "mg");
    starts("auc --target 5 --gfr 90", "575", "mg");
    starts("auc --target 5 --gfr 90_mL/min/1.73m2 --bsa 2.1", "671.24277456647", "mg");
    starts("auc --target 6 --gfr 140 --no-cap", "990", "mg");
    starts("round 122.5 --to 5mg", "125", "mg");
    starts("round 109.09 --to 5mg --direction down", "105", "mg");
    starts("round 122.5 --to 5mg --ties even", "120", "mg");
    starts("round 1.2_g --to 500mg", "1000", "mg");
}

#[test]
fn weight_type_and_floor_stand_in_the_working() {
    let line = "renal --formula cockcroft-gault --sex male --age 45 --height 175 --weight 110 --creatinine 0.6_mg/dL \
                --weight-type adjusted --factor 0.4 --floor 0.7_mg/dL";
    let document = document(line);
    // Ideal 70.46, adjusted 86.28 kg: (140 − 45) × 86.28 ÷ (72 × 0.7) = 162.6; above 150 it is asked about.
    assert!(document["value"].as_str().unwrap().starts_with("162.62857767779"), "{document:#}");
    // (140 − 45) × 86.28 ÷ (72 × 0.6)
    assert!(document["without_floor"].as_str().unwrap().starts_with("189.7333"), "{document:#}");
    let working = document["working"].to_string();
    for step in ["the larger of 0.6 mg/dL and 0.7 mg/dL", "adjusted body weight = ", "× 86.27874"] {
        assert!(working.contains(step), "{working}");
    }
}

#[test]
fn kidney_function_is_converted_only_through_a_body_surface() {
    let person = "--sex male --age 46 --creatinine 71_umol/L --height 170 --weight 65";
    let indexed = document(&format!("renal --formula ckd-epi-2021 {person}"));
    assert_eq!(indexed["unit"], "mL/min/1.73 m2");
    let absolute = document(&format!("renal --formula ckd-epi-2021 {person} --bsa 1.73"));
    assert_eq!(absolute["unit"], "mL/min");
    // Through the standard surface nothing but the unit changes.
    assert_eq!(absolute["value"].as_str().unwrap()[..12], indexed["value"].as_str().unwrap()[..12]);
    let ran = calc(&format!("renal --formula cockcroft-gault --indexed {person}"));
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("needs the body surface"), "{}", ran.err);
    assert_eq!(calc(&format!("renal --formula chatelut --indexed {person}")).code, 2);
    assert_eq!(calc(&format!("renal --formula mdrd --weight-type ideal {person}")).code, 2);
}

#[test]
fn text_shows_inputs_figure_working_and_source() {
    let ran = calc("bsa --height 170 --weight 65");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "height 170 cm, weight 65 kg");
    assert_eq!(lines[1], "mosteller: 1.75 m²");
    assert_eq!(lines[2], "  body surface (mosteller) = √(170 cm × 65 kg ÷ 3,600) = 1.751983… m²");
    assert!(lines[3].contains("Mosteller RD 1987"));
}

#[test]
fn feet_and_pounds_are_echoed_with_both_values() {
    let ran = calc("bsa --height 5ft7in --weight 154lb");
    assert_eq!(ran.code, 0);
    let first = ran.out.lines().next().unwrap();
    // 67 × 2.54; 154 × 0.45359237
    assert_eq!(first, "height 170.18 cm, weight 69.85 kg (5 ft 7 in is 170.18 cm; 154 lb is 69.85 kg)");
    let document = document("bsa --height 67in --weight 154lb");
    assert_eq!(document["converted"][0], "67 in is 170.18 cm");
    assert_eq!(document["inputs"]["weight"], "69.85 kg");
}

#[test]
fn the_answer_has_the_digits_it_is_used_with_and_the_document_all() {
    // (140 − 60) × 70 × 0.85 ÷ (72 × 0.8) = 82.638…; men 50 kg + 2.3 × (175 ÷ 2.54 − 60) = 70.464…
    let woman = "--sex female --age 60 --weight 70 --creatinine 0.8_mg/dL";
    for (line, answer) in [
        (format!("crcl {woman}"), "cockcroft-gault: 82.6 mL/min"),
        (format!("renal --formula cockcroft-gault {woman}"), "cockcroft-gault: 82.6 mL/min"),
        ("ibw --height 175 --sex male".to_owned(), "devine: 70.5 kg"),
        ("bmi --height 180 --weight 75".to_owned(), "bmi: 23.1 kg/m²"),
        // √(180 × 80 ÷ 3600) = 2, exactly.
        ("bsa --height 180 --weight 80".to_owned(), "mosteller: 2 m²"),
        // 5 × (90 + 25)
        ("calvert --auc 5 --gfr 90".to_owned(), "calvert: 575 mg"),
        (format!("auc --target 5 {woman}"), "calvert: 538.2 mg"),
    ] {
        let ran = calc(&line);
        assert_eq!((ran.code, ran.out.lines().nth(1)), (0, Some(answer)), "{line}: {}{}", ran.out, ran.err);
    }
    starts(&format!("crcl {woman}"), "82.6388888888", "mL/min");
    starts("ibw --height 175 --sex male", "70.464566929133", "kg");
    assert_eq!(calc(&format!("gfr {woman} --height 170")).out, calc(&format!("renal {woman} --height 170")).out);
    assert!(calc("renal --sex male --age 46 --creatinine 71_umol/L").out.contains("ckd-epi-2021"));
}

#[test]
fn all_formulas_stand_side_by_side() {
    let ran = calc("bsa --height 170 --weight 65 --formula all");
    for name in ["mosteller", "du-bois", "haycock", "gehan-george", "boyd", "fujimoto", "takahira", "livingston-lee"] {
        assert!(ran.out.lines().any(|line| line.starts_with(name) && line.contains(" 1.")), "{name}: {}", ran.out);
    }
    assert!(ran.out.contains("schlich         not computed: needs the sex"), "{}", ran.out);
    let document = document("weight --height 175 --weight 80 --sex male --formula all");
    let results = document["results"].as_array().unwrap();
    let error = |result: &&Value| result["error"]["code"] == "missing";
    assert_eq!(results.len(), 11);
    assert_eq!(results.iter().find(error).unwrap()["formula"], "adjusted");
    let nothing = calc("weight --formula all");
    assert_eq!((nothing.code, nothing.out.as_str()), (1, ""));
}

#[test]
fn implausible_measurements_stop_with_the_reason() {
    for (line, sentence) in [
        ("bsa --height 65 --weight 170", "Are height and weight exchanged? Height 170 cm and weight 65 kg, BMI 22.5."),
        ("bsa --height 170 --weight 154", "Is 154 in pounds? 154 lb is 69.85 kg, BMI 24.2."),
        ("bsa --height 67 --weight 70", "Is 67 in inches? 67 in is 170.18 cm, BMI 24.2."),
        ("bsa --height 1.70 --weight 70", "Is 1.7 in metres? 1.7 m is 170 cm, BMI 24.2."),
        ("bsa --height 170 --weight 700", "Is 700 ten times too large? Weight 70 kg, BMI 24.2."),
        ("bmi --height 170 --weight 7", "Is 7 ten times too small? Weight 70 kg, BMI 24.2."),
        ("weight --height 17 --weight 70 --sex male", "Is 17 ten times too small? Height 170 cm, BMI 24.2."),
        ("renal --creatinine 70_mg/dL --sex male --age 50", "Is it umol/L? 70 umol/L is 0.79 mg/dL."),
        (
            "auc --target 5 --creatinine 0.79_umol/L --sex female --age 60 --weight 70",
            "Is it mg/dL? 0.79 mg/dL is 69.84 umol/L.",
        ),
        ("auc --target 5 --gfr 90_mL/min/1.73m2", "is indexed to 1.73 m²"),
        ("auc --target 5 --no-cap --gfr 900", "A GFR of 900 mL/min is above"),
        ("auc --target 50 --gfr 90", "A target AUC of 50 is above 10."),
    ] {
        let ran = calc(line);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{line}");
        let stops = ran.err.starts_with("BLOCK ") || ran.err.starts_with("CONFIRM ");
        assert!(stops && ran.err.contains(sentence), "{line}: {}", ran.err);
    }
}

#[test]
fn what_cannot_be_read_is_told_with_what_would_be_right() {
    for (line, sentence, right) in [
        ("bsa --height 1,70 --weight 65", "--height \"1,70\" holds a comma", "write centimetres such as 170"),
        ("bsa --height 170 --weight 65,5", "--weight \"65,5\" holds a comma", "write kilograms such as 65"),
        ("bsa --height 170 --weight 70k", "uses the unit \"k\"", "write kilograms"),
        ("bsa --height 170 --weight 70m2", "uses the unit \"m2\"", "write kilograms"),
        ("bsa --height 170 --weight 143lb170cm", "holds two figures run together", "write kilograms"),
        ("bsa --height 170 --weight .5", "has no digit before the decimal point", "write kilograms"),
        ("bsa --height -170 --weight 65", "\"-170\" is negative", "write centimetres"),
        ("bsa --height 0 --weight 65", "\"0\" is zero", "write centimetres"),
        ("bsa --height 1e2 --weight 65", "is written with an exponent", "write centimetres"),
        ("bsa --height 1m7 --weight 65", "is not a height in metres and centimetres", "1m70"),
        ("renal --creatinine 0.8 --age 50", "--creatinine \"0.8\" has no unit", "\"0.8 mg/dL\" or \"71 umol/L\""),
        ("renal --sex woman", "--sex \"woman\" is not female or male", "write \"female\" or \"male\" (f, m)"),
        ("bsa --born 03/04/1980", "can be read as two different days", "2026-12-07 or 07-Dec-2026"),
        ("round 122.5 --to 5", "--to \"5\" has no unit", "such as \"400 mg\""),
        ("renal --formula wright --bsa 1,75", "--bsa \"1,75\" holds a comma", "write square metres such as 1.75"),
    ] {
        let ran = calc(line);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{line}: {}", ran.err);
        assert!(ran.err.contains(sentence) && ran.err.contains(right), "{line}: {}", ran.err);
    }
}

#[test]
fn what_is_missing_is_named_with_the_option_that_gives_it() {
    for (line, sentence, option) in [
        ("bsa --weight 65", "mosteller needs the height", "--height 170"),
        ("bsa --height 170", "mosteller needs the weight", "--weight 65"),
        ("weight --height 170 --formula devine", "devine needs the sex", "--sex female"),
        ("auc --target 5", "calvert needs the GFR", "--gfr \"90 mL/min\""),
    ] {
        let ran = calc(line);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{line}");
        assert!(ran.err.contains(sentence) && ran.err.contains(option), "{line}: {}", ran.err);
    }
}

/// 220 kg at 175 cm is 71.8 kg/m².
#[test]
fn a_questioned_figure_counts_when_a_second_person_confirms_it() {
    let asked = calc("bmi --height 175 --weight 220kg");
    assert_eq!(asked.code, 3);
    for words in ["CONFIRM weight: BMI 71.8 kg/m²", "weigh again", "--confirm bmi-range=", "--second NAME"] {
        assert!(asked.err.contains(words), "{words}: {}", asked.err);
    }
    // Without a terminal a reason alone confirms nothing, and the way out is told.
    let alone = calc("bmi --height 175 --weight 220kg --confirm bmi-range=scales");
    assert!(alone.code == 3 && alone.err.contains("--second NAME"), "{}", alone.err);
    let ran = calc("bmi --height 175 --weight 220kg --confirm bmi-range=scales --second B.Lee");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("Confirmed by B.Lee: scales."), "{}", ran.err);
    // A unit answers the question about it, and nothing else is asked.
    assert_eq!(calc("bmi --height 160 --weight 133").code, 3);
    assert_eq!(calc("bmi --height 160 --weight 133kg").code, 0);
    assert_eq!(calc("bmi --height 160 --weight 133 --confirm pounds=kilograms --second B.Lee").code, 3);
    assert_eq!(calc("bmi --height 65 --weight 170 --confirm swapped=x --second B.Lee").code, 3);
}

#[test]
fn questions_and_notes_go_to_standard_error_and_into_the_document() {
    let ran = calc("bsa --height 180 --weight 120");
    assert_eq!(ran.code, 0);
    // √(180 × 120 ÷ 3600) = √6 = 2.449…
    assert!(
        ran.err.contains("NOTE weight: Body surface 2.45 m² (mosteller) is above 2 m²; no cap applied."),
        "{}",
        ran.err
    );
    let document = document("bsa --height 180 --weight 120");
    assert!(document["findings"].as_array().unwrap().iter().any(|finding| finding["code"] == "bsa-uncapped"));
    let capped = calc("auc --target 6 --gfr 140_mL/min");
    assert_eq!(capped.code, 0);
    assert!(capped.out.contains("calvert: 900 mg") && capped.out.contains("without the cap: 990 mg"), "{}", capped.out);
    // Cockcroft and Gault at 0.4 mg/dL is 165.3, capped 750 mg; raised to 0.7 it is 94.44, 597.2 mg.
    let woman = "auc --target 5 --sex female --age 60 --weight 70 --creatinine 0.4_mg/dL --floor 0.7_mg/dL";
    let floored = calc(woman);
    assert_eq!(floored.code, 0);
    assert!(
        floored.out.contains("calvert: 597.2 mg") && floored.out.contains("without the floor: 750 mg"),
        "{}",
        floored.out
    );
}

#[test]
fn a_failure_is_one_document_when_one_is_asked_for() {
    for (line, code, name) in [
        ("bsa --height 170 --weight 154 --json", 3, "pounds"),
        ("bsa --height 1,70 --weight 65 --json", 1, "unreadable"),
        ("bsa --weight 65 --json", 1, "missing"),
        ("bsa --length 170 --json", 2, "usage"),
    ] {
        let ran = calc(line);
        let document: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{line}: {}", ran.out));
        assert_eq!((ran.code, &document["error"]["code"]), (code, &Value::from(name)), "{line}");
        assert_eq!(document["format"], 1);
        assert!(!document["error"]["text"].as_str().unwrap().is_empty());
        assert!(!ran.err.is_empty(), "a person reading along is told too");
    }
}

#[test]
fn wrong_use_is_told_in_a_sentence() {
    for (arguments, sentence) in [
        (&["calculate"][..], "unrecognized subcommand 'calculate'"),
        (&["calc"], "a command is missing"),
        (&["calc", "bsa", "--hight", "170"], "unexpected argument '--hight'"),
        (&["calc", "bsa", "--formula", "dubois"], "a similar value exists: 'du-bois'"),
        (&["calc", "bsa", "--height", "170", "--height", "65"], "cannot be used multiple times"),
        (&["calc", "auc", "--target", "5", "--gfr", "140", "--cap", "125", "--no-cap"], "cannot be used with"),
        (&["man", "calc", "nothing"], "there is no command \"calc nothing\""),
        (&["completions", "tcsh"], "invalid value 'tcsh'"),
    ] {
        let ran = posology(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.starts_with("error: ") && ran.err.contains(sentence), "{arguments:?}: {}", ran.err);
    }
}

/// Figures without their options: the answer is a line that can be typed, and every such line works.
#[test]
fn a_formula_called_wrongly_answers_with_an_example_that_works() {
    for name in ["bsa", "bmi", "weight", "ibw", "renal", "gfr", "crcl", "auc", "calvert", "round"] {
        let wrong = posology(&["calc", name, "170", "65", "54"]);
        assert_eq!(wrong.code, 2, "{name}");
        let example = wrong.err.lines().find_map(|line| line.split_once("Example: posology "));
        let (_, example) = example.unwrap_or_else(|| panic!("{name} has no example: {}", wrong.err));
        let words: Vec<String> = example
            .split('"')
            .enumerate()
            .flat_map(|(at, part)| {
                if at % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
            })
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let ran = posology(&words);
        assert_eq!(ran.code, 0, "{example}: {}", ran.err);
        assert!(posology(&["calc", name, "--help"]).out.contains(example), "{name}");
    }
}

#[test]
fn help_says_what_the_program_is_and_is_not() {
    let help = posology(&["--help"]);
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    let words = help.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "has not been assessed or cleared as a medical device anywhere",
        "may be a medical device where it is used",
        "A qualified person checks every dose",
        "they are not an order",
        "To report an error",
    ] {
        assert!(words.contains(said), "{said}");
    }
    let alone = posology(&[]);
    assert_eq!(alone.code, 0);
    assert!(alone.out.contains("Usage: posology"));
    let version = posology(&["--version"]);
    assert_eq!(version.out.trim(), format!("posology {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_self_test_is_a_report_to_file() {
    let ran = posology(&["selftest"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.starts_with(&format!("posology {}: self-test\nRun on ", env!("CARGO_PKG_VERSION"))));
    assert!(ran.out.contains("Judged wrong") && ran.out.trim_end().ends_with("Result: PASSED"), "{}", ran.out);
    let document: Value = serde_json::from_str(&posology(&["selftest", "--json"]).out).unwrap();
    assert_eq!(document["clean"], true);
    let families = document["families"].as_array().unwrap();
    let sum = |key: &str| families.iter().map(|family| family[key].as_u64().unwrap()).sum::<u64>();
    assert_eq!(document["rows"], sum("rows"));
    for family in families {
        let count = |key: &str| family[key].as_array().unwrap().len() as u64;
        let answered = family["passed"].as_u64().unwrap() + count("judged_wrong") + count("left") + count("failed");
        assert_eq!(family["rows"], answered, "{}", family["family"]);
    }
}

#[test]
fn every_command_has_a_manual_page_and_every_shell_its_completions() {
    for page in [&["man"][..], &["man", "calc"], &["man", "calc", "renal"], &["man", "selftest"]] {
        let ran = posology(page);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains(".TH posology"), "{page:?}: {}", ran.out);
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = posology(&["completions", shell]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("weight-type"), "{shell} completes the options of calc renal");
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    for arguments in [&["selftest", "--json"][..], &["calc", "bsa", "--height", "1,7", "--json"], &["--help"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let (mut command, _home) = program(arguments);
        let output = command.stdout(writer).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(141), "{arguments:?}");
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(!err.contains("pipe") && !err.contains("panicked"), "{err}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_no_success() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let (mut command, _home) = program(&["selftest"]);
    let output = command.stdout(full).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("the output cannot be written"));
}

/// 70 × 1.75 = 122.5, of 43 mg in 10 mL 123 ÷ 4.3 = 28.60 mL, of three vials; 0.5 of 122.5 is 0.41 %.
#[test]
fn a_dose_by_size_comes_with_what_is_prepared() {
    let body = "--height 170 --weight 65";
    let ran = calc(&format!("dose 70_mg/m2 {body} --step 1_mg --vial 43_mg_in_10_mL"));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[1], "123 mg (+0.41 %); about 28.6 mL; 3 vials");
    assert!(ran.out.contains("  dose = 70 mg/m² × 1.75 m² = 122.5 mg"), "{}", ran.out);
    let document = document(&format!("dose 70_mg/m2 {body} --step 1_mg --vial 43_mg_in_10_mL"));
    assert_eq!((document["value"].as_str(), document["vials"].as_u64()), (Some("123"), Some(3)));
    assert_eq!(document["calculated"], "122.5");
    // 6 × 65 = 390, of 150 mg vials three; rounded down by 50 it is 350. A typed surface is used as it is.
    assert!(
        calc("dose 6_mg/kg --weight 65 --step 50_mg_down --vial 150_mg").out.contains("350 mg (−10.26 %); 3 vials")
    );
    assert!(calc("dose 100_mg/m2 --bsa 1.8").out.contains("\n180 mg\n"));
    for (line, sentence) in [
        ("dose 70_mg/m2", "needs the height"),
        ("dose 6_mg/kg", "needs the weight"),
        ("dose AUC_5", "a calculation of its own"),
        ("dose 70_mg/m2 --bsa 1.8 --step 5_units", "in the unit of the dose"),
        ("dose 400_mg --vial 10_mL_in_mg", "does not start with a number"),
        ("dose 400_mg --vial 0_mg", "write what is in one vial"),
    ] {
        let ran = calc(line);
        assert!(ran.code != 0 && ran.err.contains(sentence), "{line}: {} {}", ran.out, ran.err);
    }
    assert_eq!(calc("dose 70_mg/m2 --height 170 --weight 154").code, 3, "a body is looked at first");
}

/// Seven cycles of 14 days after 07-Dec-2026 is 98 days: 24 in December, 31, 28, 15 in March.
#[test]
fn dates_are_added_held_apart_and_given_room() {
    let ran = calc("date 2026-12-07 --add 7_x_14_days --until 2027-01-04 --window -1_+3");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for line in [
        "Mon 07-Dec-2026",
        "  + 14 days: Mon 21-Dec-2026",
        "  + 7 × 14 days: Mon 15-Mar-2027",
        "  until Mon 04-Jan-2027: 28 days (4 weeks)",
        "  window: Sun 06-Dec-2026 through Thu 10-Dec-2026",
    ] {
        assert!(ran.out.lines().any(|printed| printed == line), "{line}: {}", ran.out);
    }
    // The end of a month is counted from the first day, not from the shortened month before.
    let months = calc("date 2027-01-31 --add 2_x_1_months");
    assert!(
        months.out.contains("+ 1 month: Sun 28-Feb-2027") && months.out.contains("Wed 31-Mar-2027"),
        "{}",
        months.out
    );
    assert!(calc("date 2027-01-04 --until 2026-12-07").out.contains("28 days earlier (4 weeks)"));
    assert!(calc("date 2026-12-07 --add -1w").out.contains("Mon 30-Nov-2026"));
    for wrong in ["--add 14", "--add 3_hours", "--add 0_x_14_days", "--window +1_-3", "--window x"] {
        let ran = calc(&format!("date 2026-12-07 {wrong}"));
        assert!(ran.code == 1 && ran.err.contains("such as"), "{wrong}: {} {}", ran.code, ran.err);
    }
}
