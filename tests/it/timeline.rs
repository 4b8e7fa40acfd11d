//! The picture of a schedule: no label over another, and what runs for weeks is a bar.

use posology::export::{self, Options};
use posology::present::Schedule;

use crate::schedules::{all_shipped, shipped};

fn picture(schedule: &Schedule) -> String {
    let page = export::format("html-worksheet").unwrap().bytes(schedule, &Options::default()).unwrap();
    let page = String::from_utf8(page).unwrap();
    page.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap().to_owned()
}

/// Each shape of the picture in order: its kind, its left end and, of a box, its width.
fn shapes(picture: &str) -> Vec<(char, f64, f64)> {
    let figure = |line: &str, name: &str| {
        line.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()?.parse().ok()).unwrap_or(0.0)
    };
    let kind = |line: &str| if line.starts_with("<rect") { 'b' } else { 't' };
    let lines = picture.lines().filter(|line| line.starts_with("<rect") || line.starts_with("<text"));
    lines.map(|line| (kind(line), figure(line, "x"), figure(line, "width"))).collect()
}

#[test]
fn no_number_of_a_cycle_is_covered_or_cut() {
    for (name, schedules) in all_shipped() {
        for schedule in schedules {
            let svg = picture(&schedule);
            let cycles: Vec<f64> = svg
                .lines()
                .filter(|line| line.starts_with("<text") && line.contains(" y=\"8.00\""))
                .map(|line| line.split(" x=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap())
                .collect();
            assert!(cycles.windows(2).all(|pair| pair[1] - pair[0] >= 25.9), "{name}: {cycles:?}");
            assert!(cycles.iter().all(|x| *x <= 515.0 - 23.9), "{name}: the last one ends inside the picture");
            let last_ground = svg.rfind("fill=\"#f2f4f7\"").unwrap_or(0);
            let first_label = svg.find(" y=\"8.00\"").unwrap_or(usize::MAX);
            assert!(first_label > last_ground, "{name}: a ground is drawn over a number");
        }
    }
}

/// Blinatumomab runs for 28 days of a cycle of 42: its bar is about two thirds of the cycle, no tick.
#[test]
fn an_infusion_of_four_weeks_is_a_bar() {
    let schedule = shipped("heme-blinatumomab");
    let boxes: Vec<(char, f64, f64)> =
        shapes(&picture(&schedule)).into_iter().filter(|(kind, ..)| *kind == 'b').collect();
    let widest_dose = picture(&schedule)
        .lines()
        .filter(|line| line.contains("fill=\"#103468\"") || line.contains("fill=\"#80a0c8\""))
        .map(|line| line.split(" width=\"").nth(1).unwrap().split('"').next().unwrap().parse::<f64>().unwrap())
        .fold(0.0, f64::max);
    let widest = boxes.iter().map(|(_, _, width)| *width).fold(0.0, f64::max);
    assert!(widest_dose > widest / 3.0, "{widest_dose} of {widest}");
}

/// The name of the 46-hour infusion takes two lines; its bars stand at the middle of them, never beside the next name.
#[test]
fn the_bars_of_a_long_name_stand_at_its_middle() {
    let svg = picture(&shipped("gi-mfolfox6"));
    let figure = |line: &str, name: &str| -> f64 {
        line.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    let lines: Vec<&str> = svg.lines().collect();
    let last = lines.iter().rposition(|line| line.starts_with("<text") && line.contains("infusion")).unwrap();
    let name: Vec<f64> = lines[..=last]
        .iter()
        .rev()
        .take_while(|line| line.starts_with("<text") && figure(line, "x") < 1.0)
        .map(|line| figure(line, "y"))
        .collect();
    assert_eq!(name.len(), 2, "{svg}");
    let bar = lines[last..].iter().find(|line| line.contains("height=\"7.00\"")).unwrap();
    // Letters stand on their line, their middle a third of their size above it.
    let (middle, of_bar) = (name.iter().sum::<f64>() / 2.0 - 2.5, figure(bar, "y") + 3.5);
    assert!((middle - of_bar).abs() < 2.0, "{middle} {of_bar}: {svg}");
}
