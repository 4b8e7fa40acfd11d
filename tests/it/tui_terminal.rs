//! The real program in a real pseudo-terminal, read back through an emulator.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

fn emulator() -> vt100::Parser {
    let (rows, columns) = (NonZero::new(36).unwrap(), NonZero::new(120).unwrap());
    vt100::Parser::new(rows, columns, 0)
}

struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn open(folder: &Path) -> Self {
        let pty =
            native_pty_system().openpty(PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_posology"));
        command.cwd(folder);
        command.env("TERM", "xterm-256color");
        for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
            command.env(variable, folder);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut output = pty.master.try_clone_reader().unwrap();
        let screen = Arc::new(Mutex::new(emulator()));
        let fed = Arc::clone(&screen);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                fed.lock().unwrap().process(&bytes[..count]);
            }
        });
        Self { child, keys: pty.master.take_writer().unwrap(), screen, _master: pty.master }
    }

    fn shown(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    fn type_in(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until the screen fits; half a minute is no measurement, only an end.
    fn wait(&self, what: &str, fits: impl Fn(&str) -> bool) {
        let end = Instant::now() + Duration::from_secs(30);
        while Instant::now() < end {
            if fits(&self.shown()) {
                return;
            }
            sleep(Duration::from_millis(20));
        }
        panic!("waited for {what}; the screen is\n{}", self.shown());
    }

    fn see(&self, text: &str) {
        self.wait(text, |shown| shown.contains(text));
    }

    fn ends(&mut self) -> u32 {
        let end = Instant::now() + Duration::from_secs(30);
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            sleep(Duration::from_millis(20));
        }
        panic!("the program did not end; the screen is\n{}", self.shown());
    }
}

#[test]
fn from_the_first_screen_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.see("Before you begin");
    terminal.type_in("\r");
    terminal.see("regimens");
    terminal.type_in("nituzumab");
    terminal.see("Liposomal irinotecan + nituzumab");
    terminal.type_in("\r");
    terminal.see("Start date");
    terminal.type_in("2026-12-07\r170\r65");
    terminal.see("123 mg");
    terminal.type_in("\r");
    terminal.see("C1D1");
    terminal.see("123 mg");
    terminal.type_in("8");
    terminal.see("15-Mar-2027");
    terminal.type_in("x");
    terminal.see("will be written");
    terminal.type_in("\r");
    terminal.see("Written:");
    terminal.type_in("\u{11}");
    assert_eq!(terminal.ends(), 0);
    assert!(!terminal.screen.lock().unwrap().screen().alternate_screen(), "the terminal is given back");
    let names =
        || std::fs::read_dir(folder.path()).unwrap().filter_map(|entry| entry.unwrap().file_name().into_string().ok());
    let file = names()
        .find(|name| name.ends_with("-2026-12-07.csv"))
        .unwrap_or_else(|| panic!("{:?}", names().collect::<Vec<_>>()));
    let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
    assert!(text.contains("123") && text.contains("2027-03-15"), "{text}");
}

#[test]
fn the_safety_statement_is_shown_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.see("Before you begin");
    terminal.type_in("\r");
    terminal.see("regimens");
    sleep(Duration::from_millis(200)); // the worker writes while the finder is shown
    terminal.type_in("\u{11}");
    assert_eq!(terminal.ends(), 0);
    let mut again = Terminal::open(folder.path());
    again.see("regimens");
    assert!(!again.shown().contains("Before you begin"));
    again.type_in("\u{11}");
    assert_eq!(again.ends(), 0);
}

#[test]
fn a_polite_kill_gives_the_terminal_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.see("Before you begin");
    let id = terminal.child.process_id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    terminal.ends();
    terminal.wait("the ordinary screen", |_| true);
    let end = Instant::now() + Duration::from_secs(10);
    while terminal.screen.lock().unwrap().screen().alternate_screen() && Instant::now() < end {
        sleep(Duration::from_millis(20));
    }
    assert!(!terminal.screen.lock().unwrap().screen().alternate_screen());
}
