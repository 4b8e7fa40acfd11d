//! The pictures of the documentation, drawn from the cells of the running program: `POSOLOGY_WRITE_DOCS=1 cargo test pictures` makes
//! them, every other run compares. No library: those that are kept draw a recording of a terminal, and need one; a screen here is
//! a table of cells already.

use std::fmt::Write;

use posology::tui::theme::Theme;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::pages;
use crate::tui::{after, drawn};

/// Size of a cell and of the letters in it, in pixels.
const CELL: (u32, u32) = (9, 18);
const MARGIN: u32 = 10;

/// Paper and ink of a theme.
fn ground(theme: Theme) -> (&'static str, &'static str) {
    if theme == Theme::Light { ("#ffffff", "#1f2328") } else { ("#16181d", "#d7dae0") }
}

fn colour(colour: Color, theme: Theme) -> &'static str {
    match colour {
        Color::Cyan => "#56c8d8",
        Color::LightCyan => "#8be9fd",
        Color::Yellow => "#e5b567",
        Color::LightYellow => "#ffd866",
        Color::White => "#ffffff",
        Color::LightBlue => "#82aaff",
        Color::Blue => "#0b50b8",
        Color::Green if theme == Theme::Light => "#1a7f37",
        Color::Green => "#a3d977",
        Color::LightRed => "#ff8080",
        Color::Red => "#b3261e",
        Color::Magenta => "#8a1c86",
        _ => ground(theme).1,
    }
}

/// Ink, paper and attributes of a cell.
fn look(cell: &Cell, theme: Theme) -> (&'static str, Option<&'static str>, String) {
    let (paper, ink) = ground(theme);
    let ink = if cell.fg == Color::Reset { ink } else { colour(cell.fg, theme) };
    let reversed = cell.modifier.contains(Modifier::REVERSED);
    let mut more = String::new();
    for (modifier, written) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::DIM, " opacity=\"0.65\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ] {
        if cell.modifier.contains(modifier) {
            more.push_str(written);
        }
    }
    if reversed { (paper, Some(ink), more) } else { (ink, None, more) }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The cells of a screen as a picture, a run of cells that look alike at a time.
fn svg(buffer: &Buffer, title: &str, theme: Theme) -> String {
    let area = buffer.area;
    let (width, height) = (u32::from(area.width) * CELL.0 + 2 * MARGIN, u32::from(area.height) * CELL.1 + 2 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n\
         <g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"15\" xml:space=\"preserve\">\n",
        escaped(title),
        ground(theme).0
    );
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let begins = look(&buffer[(x, y)], theme);
            let alike = (x..area.width).take_while(|at| look(&buffer[(*at, y)], theme) == begins);
            let columns = u16::try_from(alike.count()).unwrap();
            let text: String = (x..x + columns).map(|at| buffer[(at, y)].symbol()).collect();
            run(&mut out, (x, y, columns), &text, &begins);
            x += columns;
        }
    }
    out + "</g>\n</svg>\n"
}

fn run(out: &mut String, (x, y, columns): (u16, u16, u16), text: &str, look: &(&str, Option<&str>, String)) {
    let (left, top) = (MARGIN + u32::from(x) * CELL.0, MARGIN + u32::from(y) * CELL.1);
    let long = u32::from(columns) * CELL.0;
    if let Some(paper) = look.1 {
        writeln!(out, "<rect x=\"{left}\" y=\"{top}\" width=\"{long}\" height=\"{}\" fill=\"{paper}\"/>", CELL.1)
            .unwrap();
    }
    if !text.trim().is_empty() {
        let base = top + 14;
        let text = escaped(text);
        writeln!(
            out,
            "<text x=\"{left}\" y=\"{base}\" textLength=\"{long}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{}>{text}</text>",
            look.0, look.2
        )
        .unwrap();
    }
}

const PLAN: &str = "nituzumab<enter>7dec<enter>170<enter>65<enter>";

/// What is drawn: the file, what it shows, the keys that lead there, the window, the theme.
type Picture = (&'static str, &'static str, &'static str, (u16, u16), Theme);

/// Every picture.
pub const PICTURES: &[Picture] = &[
    ("finder", "The finder, with one word typed", "nituzumab", (80, 24), Theme::Dark),
    ("plan", "The plan", PLAN, (100, 30), Theme::Dark),
    ("plan-light", "The plan, light", PLAN, (100, 30), Theme::Light),
    ("working", "How a dose came about", "nituzumab<enter>7dec<enter>170<enter>65<enter>w", (100, 30), Theme::Dark),
    ("pounds", "A question of the unit", "nituzumab<enter>7dec<enter>5ft7in<enter>154", (80, 24), Theme::Dark),
    ("calculators", "The calculators", "<f7>170<tab>65<tab>f<tab>58<tab>0.9 mg/dL", (100, 30), Theme::Dark),
];

#[test]
fn the_pictures_show_the_screens() {
    for (name, title, keys, (columns, rows), theme) in PICTURES {
        let mut model = after(keys);
        model.settings.theme = *theme;
        let picture = svg(&drawn(&model, *columns, *rows), title, *theme);
        assert!(picture.contains("<text") && picture.matches("<svg").count() == 1, "{name}");
        pages::hold(&format!("docs/pictures/{name}.svg"), &picture);
    }
}

/// Every picture that is drawn stands on a page, and no page shows one that is not.
#[test]
fn every_picture_stands_on_a_page() {
    let page = pages::text("docs/screens.md");
    for (name, ..) in PICTURES {
        assert!(page.contains(&format!("(pictures/{name}.svg)")), "{name}");
    }
    let drawn = std::fs::read_dir(pages::path("docs/pictures")).unwrap();
    for file in drawn {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(PICTURES.iter().any(|(one, ..)| format!("{one}.svg") == name), "{name} is drawn by nobody");
    }
}
