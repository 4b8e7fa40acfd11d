//! Windows: the console's events, the editor through the command interpreter. There is no job control.
//!
//! Ctrl-C is a key while the interface reads the console; Ctrl-Break, the closing of the window, the end
//! of the session and the shutdown come as events. For the last three Windows ends the process as soon as
//! the handler returns, and after five seconds in any case: the handler (tokio's) never returns, so that
//! the loop can leave by itself and the worker finish what was asked of it. Both take less than that.

#![allow(clippy::disallowed_types, reason = "starts the editor")]

use std::future::poll_fn;
use std::io;
use std::os::windows::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use tokio::signal::windows;

use super::super::inputs::Bell;

/// Windows has no way back to the shell for a while.
pub const CAN_SUSPEND: bool = false;

/// Whether an event came in.
pub struct Signals {
    stop: Arc<AtomicBool>,
}

impl Signals {
    /// Listens from now on.
    pub fn listen() -> io::Result<Self> {
        let (mut stroke, mut pause) = (windows::ctrl_c()?, windows::ctrl_break()?);
        let (mut close, mut logoff, mut shutdown) =
            (windows::ctrl_close()?, windows::ctrl_logoff()?, windows::ctrl_shutdown()?);
        let stop = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stop);
        let bell = Bell::here();
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        std::thread::spawn(move || {
            runtime.block_on(poll_fn(|context| {
                // Each is asked, so that each wakes this thread.
                let events = [
                    stroke.poll_recv(context),
                    pause.poll_recv(context),
                    close.poll_recv(context),
                    logoff.poll_recv(context),
                    shutdown.poll_recv(context),
                ];
                if events.iter().any(Poll::is_ready) { Poll::Ready(()) } else { Poll::Pending }
            }));
            flag.store(true, Ordering::SeqCst);
            bell.ring();
        });
        Ok(Self { stop })
    }

    /// Whether the program should stop.
    pub fn stop(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    /// Nothing asks for it here.
    pub fn suspended(&self) -> bool {
        false
    }

    /// What was never put aside is never brought back.
    pub fn resumed(&self) -> bool {
        false
    }
}

/// Refused: the command that asks for it is not offered where [`CAN_SUSPEND`] is false.
pub fn suspend() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The editor as the command interpreter starts it, options and all. The path comes in through a variable:
/// what it holds is not read as a command.
pub fn editor(editor: &str, path: &Path) -> Command {
    let mut command = Command::new("cmd");
    command.raw_arg(format!("/D /S /C \"{editor} \"%POSOLOGY_EDIT%\"\"")).env("POSOLOGY_EDIT", path);
    command
}
