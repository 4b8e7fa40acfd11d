//! What the interface asks of the system, where systems differ: how it says that the program should stop,
//! whether it can be put aside, how an editor is started.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use unix::{CAN_SUSPEND, Signals, editor, suspend};
#[cfg(windows)]
pub use windows::{CAN_SUSPEND, Signals, editor, suspend};
