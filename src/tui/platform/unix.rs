//! Unix: signals, job control, the editor through the shell.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "starts the editor, ends the program when the terminal is gone"
)]

use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::{flag, low_level};

use super::super::inputs::Bell;
use super::super::terminal;

/// A shell can put the program aside and bring it back.
pub const CAN_SUSPEND: bool = true;

/// Signals that came in.
pub struct Signals {
    stop: Arc<AtomicBool>,
    suspend: Arc<AtomicBool>,
    resumed: Arc<AtomicBool>,
}

impl Signals {
    /// Listens from now on.
    pub fn listen() -> io::Result<Self> {
        let signals = Self { stop: Arc::default(), suspend: Arc::default(), resumed: Arc::default() };
        for signal in [SIGTERM, SIGHUP, SIGINT] {
            flag::register(signal, Arc::clone(&signals.stop))?;
        }
        flag::register(SIGTSTP, Arc::clone(&signals.suspend))?;
        flag::register(SIGCONT, Arc::clone(&signals.resumed))?;
        // After the flags: who is woken finds them set.
        ring_for_each(Bell::here())?;
        Ok(signals)
    }

    /// Whether the program should stop.
    pub fn stop(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    /// Whether it should be put aside; asked once, it is answered.
    pub fn suspended(&self) -> bool {
        self.suspend.swap(false, Ordering::SeqCst)
    }

    /// Whether it was brought back; asked once, it is answered.
    pub fn resumed(&self) -> bool {
        self.resumed.swap(false, Ordering::SeqCst)
    }
}

/// Wakes the loop for every signal. A terminal that is gone keeps the event reader busy for ever, and the loop may
/// wait for it: the loop has a moment to leave by itself, and then the program is ended.
fn ring_for_each(bell: Bell) -> io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            bell.ring();
            if matches!(signal, SIGTERM | SIGHUP) {
                std::thread::sleep(Duration::from_millis(1_500));
                terminal::give_back();
                std::process::exit(128 + signal);
            }
        }
    });
    Ok(())
}

/// Puts the program aside; returns when the shell brings it back.
pub fn suspend() -> io::Result<()> {
    low_level::emulate_default_handler(SIGTSTP)
}

/// The editor as the person's shell would start it, options and all.
pub fn editor(editor: &str, path: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{editor} \"$1\""), "editor"]).arg(path);
    command
}
