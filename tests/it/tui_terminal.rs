//! The real program in a real pseudo-terminal, read back through an emulator.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
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
    deaf: Arc<AtomicBool>,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn open(folder: &Path) -> Self {
        Self::run(folder, CommandBuilder::new(env!("CARGO_BIN_EXE_posology")))
    }

    fn run(folder: &Path, mut command: CommandBuilder) -> Self {
        let pty =
            native_pty_system().openpty(PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 }).unwrap();
        command.cwd(folder);
        command.env("TERM", "xterm-256color");
        for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
            command.env(variable, folder);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut output = pty.master.try_clone_reader().unwrap();
        let screen = Arc::new(Mutex::new(emulator()));
        let (fed, deaf) = (Arc::clone(&screen), Arc::<AtomicBool>::default());
        let ended = Arc::clone(&deaf);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                fed.lock().unwrap().process(&bytes[..count]);
                if ended.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        Self { child, keys: pty.master.take_writer().unwrap(), screen, deaf, _master: pty.master }
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

    /// Waits until the program holds the terminal (its own screen), or has given it back.
    fn holds(&self, wanted: bool) {
        let end = Instant::now() + Duration::from_secs(30);
        while self.screen.lock().unwrap().screen().alternate_screen() != wanted {
            assert!(Instant::now() < end, "waited for the terminal; the screen is\n{}", self.shown());
            sleep(Duration::from_millis(20));
        }
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([name, &id]).status().unwrap().success());
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
    terminal.see("For people");
    terminal.type_in("csv");
    terminal.see("-2026-12-07.csv");
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
    terminal.signal("-TERM");
    terminal.ends();
    terminal.holds(false);
}

#[test]
fn a_hang_up_ends_the_program_and_gives_the_terminal_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.see("Before you begin");
    terminal.signal("-HUP");
    terminal.ends();
    terminal.holds(false);
}

#[test]
fn a_terminal_that_is_gone_ends_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.see("Before you begin");
    // Nobody reads, nobody types: the last copy of the terminal's other end goes with the next frame.
    terminal.deaf.store(true, Ordering::SeqCst);
    terminal.type_in("\r");
    let Terminal { mut child, keys, _master: master, .. } = terminal;
    sleep(Duration::from_millis(500));
    drop((keys, master));
    let end = Instant::now() + Duration::from_secs(30);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > end {
            child.kill().unwrap();
            panic!("the program goes on without a terminal");
        }
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_shell_is_lent_the_terminal_and_gives_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.see("Before you begin");
    terminal.type_in("\r");
    terminal.see("regimens");
    terminal.type_in("nitu\u{1a}");
    terminal.holds(false);
    // The terminal is given back a moment before the program stops: a signal that comes in between is lost.
    let end = Instant::now() + Duration::from_secs(30);
    while !terminal.screen.lock().unwrap().screen().alternate_screen() && Instant::now() < end {
        terminal.signal("-CONT");
        sleep(Duration::from_millis(100));
    }
    terminal.see("Find nitu");
    terminal.type_in("zumab");
    terminal.see("Find nituzumab");
    terminal.type_in("\u{11}");
    assert_eq!(terminal.ends(), 0);
}

#[test]
#[ignore = "the other half of the next test, run by it in a pseudo-terminal"]
#[allow(clippy::panic)] // what is to be seen
fn panics_while_it_holds_the_terminal() {
    posology::tui::terminal::on_panic();
    posology::tui::terminal::take(true).unwrap();
    panic!("nothing is well");
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_speaks() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "--nocapture", "tui_terminal::panics_while_it_holds_the_terminal"]);
    let mut terminal = Terminal::run(folder.path(), command);
    assert_ne!(terminal.ends(), 0);
    terminal.holds(false);
    terminal.see("nothing is well");
}

/// An editor that says what it was given, waits for a line, and spoils the file when the line says so.
const EDITOR: &str = "#!/bin/sh\necho \"EDITING $1\"\nread answer\n\
                      if [ \"$answer\" = spoil ]; then echo '[regimen' >> \"$1\"; fi\n";

#[test]
fn a_regimen_is_opened_in_the_persons_own_editor() {
    let folder = tempfile::tempdir().unwrap();
    let editor = folder.path().join("editor.sh");
    std::fs::write(&editor, EDITOR).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_posology"));
    command.env("VISUAL", format!("sh '{}'", editor.display()));
    let mut terminal = Terminal::run(folder.path(), command);
    terminal.see("Before you begin");
    terminal.type_in("\rnituzumab");
    terminal.see("Find nituzumab");
    terminal.type_in("\u{1b}OS"); // F4
    terminal.see("EDITING");
    assert!(!terminal.screen.lock().unwrap().screen().alternate_screen(), "the editor has the terminal");
    terminal.type_in("done\n");
    terminal.holds(true);
    terminal.see("Copied to");
    terminal.see("(copy)");
    let copy = folder.path().join("posology/regimens/npc-liposomal-irinotecan-nituzumab-copy.toml");
    let text = std::fs::read_to_string(&copy).unwrap();
    assert!(text.contains("\"npc-liposomal-irinotecan-nituzumab-copy\""), "{text}");
    terminal.type_in("\u{1b}OS");
    terminal.holds(false);
    terminal.type_in("spoil\n");
    terminal.holds(true);
    terminal.see("has errors");
    assert!(std::fs::read_to_string(&copy).unwrap().ends_with("[regimen\n"));
    terminal.type_in("\u{11}");
    assert_eq!(terminal.ends(), 0);
}

/// 140 at 165 cm: the calculators of the command line ask which unit it is, as a plan does, and a key answers. 140 lb are
/// 63.5 kg: √(165 × 63.503 ÷ 3,600) = 1.706 m².
#[test]
fn a_bare_figure_is_asked_for_its_unit_at_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let calc = |formula: &str| {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_posology"));
        command.args(["calc", formula, "--height", "165", "--weight", "140"]);
        Terminal::run(folder.path(), command)
    };
    let mut terminal = calc("bsa");
    terminal.see("Which is it? 1 for 140kg, 2 for 140lb");
    terminal.type_in("2\r");
    assert_eq!(terminal.ends(), 0);
    terminal.see("1.71 m²");
    assert!(terminal.shown().contains("140 lb"), "{}", terminal.shown());
    // Whoever says neither gets no figure; 51.4 is the index of 140 kg.
    let mut terminal = calc("bmi");
    terminal.see("2 for 140lb");
    terminal.type_in("y\r");
    assert_eq!(terminal.ends(), 3);
    let mut terminal = calc("bmi");
    terminal.see("2 for 140lb");
    terminal.type_in("kg\r");
    assert_eq!(terminal.ends(), 0);
    terminal.see("51.4");
}
