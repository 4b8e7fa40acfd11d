//! How long a person waits: the first frame and a key's frame, of the program and of a bare ratatui
//! program in the same run, in a pseudo-terminal of 120 × 36. It prints figures and judges nothing.
//!
//! `cargo bench --bench tui`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)] // a measurement, not the program
#![allow(clippy::print_stdout, clippy::large_stack_arrays)] // a measurement prints its table

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const SIZE: PtySize = PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 };
const STARTS: usize = 15;
const KEYS: usize = 300;

fn main() {
    if std::env::args().any(|argument| argument == "--bare") {
        return bare();
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("posology")).unwrap();
    std::fs::write(folder.path().join("posology/safety-statement-read"), "").unwrap();
    let myself = std::env::current_exe().unwrap();
    println!("{:<10} {:>14} {:>14} {:>12} {:>10}", "", "first frame ms", "key ms", "resident MB", "idle ticks");
    report("bare", &myself, &["--bare"], "bare 0", folder.path());
    report("posology", Path::new(env!("CARGO_BIN_EXE_posology")), &[], "Ctrl-Q quit", folder.path());
}

fn emulator() -> vt100::Parser {
    let (rows, columns) = (NonZero::new(36).unwrap(), NonZero::new(120).unwrap());
    vt100::Parser::new(rows, columns, 0)
}

struct Run {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    _master: Box<dyn MasterPty + Send>,
}

fn open(program: &Path, arguments: &[&str], folder: &Path) -> Run {
    let pty = native_pty_system().openpty(SIZE).unwrap();
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.cwd(folder);
    command.env("TERM", "xterm-256color");
    for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        command.env(variable, folder);
    }
    let mut reader = pty.master.try_clone_reader().unwrap();
    let (sender, output) = channel();
    thread::spawn(move || {
        let mut bytes = [0; 65536];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            if sender.send((Instant::now(), bytes[..count].to_vec())).is_err() {
                break;
            }
        }
    });
    let child = pty.slave.spawn_command(command).unwrap();
    Run { child, keys: pty.master.take_writer().unwrap(), output, _master: pty.master }
}

/// Milliseconds until the last words of the first frame have come.
fn first_frame(run: &Run, from: Instant, last: &str) -> f64 {
    let mut screen = emulator();
    loop {
        let (at, bytes) = run.output.recv_timeout(Duration::from_secs(10)).unwrap();
        screen.process(&bytes);
        if screen.screen().contents().contains(last) {
            return (at - from).as_secs_f64() * 1000.0;
        }
    }
}

/// Milliseconds from a key to the first bytes it causes.
fn key(run: &mut Run, bytes: &[u8]) -> f64 {
    while run.output.try_recv().is_ok() {}
    let from = Instant::now();
    run.keys.write_all(bytes).unwrap();
    let (at, _) = run.output.recv_timeout(Duration::from_secs(10)).unwrap();
    thread::sleep(Duration::from_millis(4));
    (at - from).as_secs_f64() * 1000.0
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn report(name: &str, program: &Path, arguments: &[&str], last: &str, folder: &Path) {
    let mut frames = Vec::new();
    for _ in 0..STARTS {
        let from = Instant::now();
        let mut run = open(program, arguments, folder);
        frames.push(first_frame(&run, from, last));
        run.keys.write_all(b"\x11").unwrap();
        run.child.wait().unwrap();
    }
    let from = Instant::now();
    let mut run = open(program, arguments, folder);
    first_frame(&run, from, last);
    let down_and_up = [b"\x1b[B", b"\x1b[A"];
    let keys: Vec<f64> = (0..KEYS).map(|nth| key(&mut run, down_and_up[nth % 2])).collect();
    let process = run.child.process_id().unwrap();
    let before = ticks(process);
    thread::sleep(Duration::from_secs(5));
    let idle = ticks(process) - before;
    println!("{name:<10} {:>14.2} {:>14.3} {:>12.1} {idle:>10}", median(frames), median(keys), resident(process));
    run.keys.write_all(b"\x11").unwrap();
    run.child.wait().unwrap();
}

fn resident(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn ticks(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<u64> =
        stat.rsplit(") ").next().unwrap_or_default().split(' ').filter_map(|f| f.parse().ok()).collect();
    // After the name: state is no number; utime and stime are the 11th and 12th numbers behind it.
    fields.get(10).unwrap_or(&0) + fields.get(11).unwrap_or(&0)
}

/// The least a ratatui program does: a frame, a key, a frame.
fn bare() {
    use crossterm::event::{Event, KeyCode, read};
    let mut terminal = ratatui::init();
    let mut count = 0;
    loop {
        terminal.draw(|frame| frame.render_widget(format!("bare {count}"), frame.area())).unwrap();
        if let Event::Key(key) = read().unwrap() {
            match key.code {
                KeyCode::Char('q') => break,
                _ => count += 1,
            }
        }
    }
    ratatui::restore();
}
